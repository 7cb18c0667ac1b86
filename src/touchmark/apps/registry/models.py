"""Brands and rights."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.blobs.models import Blob
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.terms import OfficeStatus, RightKind


class Brand(models.Model):
    """A name under which a holder sells."""

    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="brands")
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "name"], name="a_holder_names_a_brand_once")]

    def __str__(self) -> str:
        return self.name


class Right(models.Model):
    """
    One registered or claimed right. ``right_id`` is the name it has in files; columns are those of the contract.

    ``status`` is its life in our register, ``office_status`` where it stands at the office.
    """

    right_id = models.CharField(max_length=200, unique=True)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rights")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="rights")
    kind = models.CharField(max_length=30, choices=[(kind, kind) for kind in RightKind])
    text = models.CharField(max_length=1000, blank=True)
    aliases = models.JSONField(default=list)
    owner = models.CharField(max_length=300, blank=True)  # the registrant, as the office writes it
    office = models.CharField(max_length=30, blank=True)
    number = models.CharField(max_length=60, blank=True)
    nice_classes = models.JSONField(default=list)
    territories = models.JSONField(default=list)
    office_status = models.CharField(
        max_length=20, choices=[(status, status) for status in OfficeStatus], default=OfficeStatus.REGISTERED
    )
    registered_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    image = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    image_name = models.CharField(max_length=500, blank=True)
    reference_price = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)
    authorised_sellers = models.JSONField(default=list)
    extra = models.JSONField(default=dict)  # columns of the file that we do not know
    digest = models.CharField(max_length=64)  # of the content above: an import that changes nothing writes nothing
    status = models.CharField(max_length=20, choices=[(status, status) for status in RightStatus])
    status_reason = models.CharField(max_length=2000, blank=True)
    submitted_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["status", "submitted_at"], name="rights_that_wait_first")]

    def __str__(self) -> str:
        return self.text or self.right_id
