"""What was told to the public, and how it was taken."""

from django.db import models

from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.models import NoticeItem


class Taken(models.TextChoices):
    """Where a statement stands with the transparency database."""

    WAITING = "waiting", "waiting"
    STORED = "stored", "stored"
    REFUSED = "refused", "refused"


class Submission(models.Model):
    """
    One statement of reasons for the transparency database, as it is sent: made once, under a name never used again.

    ``errors`` are those of a refused one by field, ``uuid`` is the database's own name of a stored one.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="submission")
    puid = models.CharField(max_length=500, unique=True)
    body = models.JSONField()
    taken = models.CharField(max_length=10, choices=Taken.choices, default=Taken.WAITING)
    uuid = models.CharField(max_length=40, blank=True)
    errors = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="submissions_newest_first"),
            models.Index(fields=["id"], condition=models.Q(taken="waiting"), name="submissions_that_wait"),
        ]

    def __str__(self) -> str:
        return self.puid


class Publication(models.Model):
    """A notice, what the seller answered, and the result, published as the E-Commerce Law asks (art. 44), redacted."""

    item = models.OneToOneField(NoticeItem, on_delete=models.PROTECT, related_name="publication")
    content = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-published_at", "-id"], name="publications_newest_first")]
