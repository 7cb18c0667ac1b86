"""Gates, and the proofs that open them for a seller."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.blobs.models import Blob
from touchmark.apps.catalog.models import Marketplace
from touchmark.apps.gates.kinds import ProofKind
from touchmark.apps.registry.models import Brand
from touchmark.engine.lifecycle.proof import ProofStatus


class Gate(models.Model):
    """
    From a day on, and until it is closed, listings of a brand or a category wait until their seller has a proof.

    ``category`` is what a category begins with, in small letters; a gate of a ``marketplace`` holds there alone.
    """

    ref = models.CharField(max_length=20, unique=True)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="gates")
    category = models.CharField(max_length=200, blank=True)
    marketplace = models.ForeignKey(Marketplace, on_delete=models.PROTECT, null=True, related_name="gates")
    reason = models.TextField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(brand=None) ^ models.Q(category=""), name="a_gate_is_of_a_brand_or_a_category"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="a_gate_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return str(self.brand) if self.brand else self.category


class Proof(models.Model):
    """An invoice or an authorisation that a seller filed for a gate; accepted, it is good until ``valid_until``."""

    ref = models.CharField(max_length=20, unique=True)
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="proofs")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=20, choices=ProofKind.choices)
    issued_by = models.CharField(max_length=300)
    issued_on = models.DateField()
    note = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=[(status.value, status.value) for status in ProofStatus])
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    request_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "organisation"],
                condition=models.Q(status="filed"),
                name="one_proof_waits_per_seller_and_gate",
            ),
        ]
        indexes = [
            models.Index(fields=["filed_at"], condition=models.Q(status="filed"), name="proofs_that_wait"),
            models.Index(fields=["valid_until"], condition=models.Q(status="accepted"), name="proofs_that_expire"),
        ]

    def __str__(self) -> str:
        return self.ref


class ProofFile(models.Model):
    """A page of a proof, as a picture; of a PDF, ``source`` is the document as it was sent, which nobody is served."""

    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="files")
    place = models.PositiveSmallIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proof", "place"], name="one_page_per_place_of_a_proof")]
        ordering = ["place"]


class Looked(models.Model):
    """Up to which assessment, by key, listings were looked at for gates: one row."""

    reached = models.BigIntegerField(default=0)
