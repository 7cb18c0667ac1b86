"""Programs with tokens, and what requests with a key were answered."""

from django.db import models
from django.db.models import Q

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.blobs.models import Blob
from touchmark.apps.catalog.models import Marketplace


class Client(models.Model):
    """
    A program that speaks to the API: for a marketplace, or for a person in one of their organisations.

    Only a digest of its token is kept.
    """

    marketplace = models.ForeignKey(Marketplace, on_delete=models.PROTECT, null=True, related_name="clients")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="clients")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="clients")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)  # to the minute

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(marketplace__isnull=False, user=None, organisation=None)
                | Q(marketplace=None, user__isnull=False, organisation__isnull=False),
                name="a_program_speaks_for_a_marketplace_or_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Answered(models.Model):
    """
    What a request with an ``Idempotency-Key`` was answered. ``code`` is empty while the request is at work.

    ``digest`` is of the request: its method, its address and its body.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="answered")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    code = models.PositiveSmallIntegerField(null=True)  # the answer's HTTP status
    kind = models.CharField(max_length=80, blank=True)  # the answer's content type
    body = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="a_key_is_used_once_by_a_program")]
        indexes = [models.Index(fields=["begun_at"], name="answers_by_age")]


class Upload(models.Model):
    """
    A file that a program sent for its organisation, to be named in what the organisation files.

    ``pages`` are the digests of what is shown of it; of a picture, the picture itself.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="uploads")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    pages = models.JSONField()
    name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "blob"], name="a_file_is_uploaded_once_by_an_organisation")
        ]
        indexes = [models.Index(fields=["at"], name="uploads_by_age")]
