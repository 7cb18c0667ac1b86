"""Appeals."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.blobs.models import Blob
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.lifecycle.appeal import AppealStatus


class Appeal(models.Model):
    """
    A complaint against a decision (Digital Services Act, Article 20): a seller's against a restriction, or, with an
    ``item``, a notifier's against the refusal of that listing of its notice.
    """

    ref = models.CharField(max_length=20, unique=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    item = models.ForeignKey(NoticeItem, on_delete=models.PROTECT, null=True, related_name="appeals")
    appellant = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appeals")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # none: a guest
    grounds = models.TextField()
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in AppealStatus])
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    request_key = models.UUIDField(unique=True)  # the same form sent twice is one appeal
    filed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "appellant"],
                condition=models.Q(item=None),
                name="one_appeal_per_party_and_decision",
            ),
            models.UniqueConstraint(fields=["decision", "item"], name="one_appeal_per_refusal"),
        ]
        indexes = [
            models.Index(fields=["filed_at"], condition=models.Q(status="filed"), name="appeals_that_wait"),
            models.Index(fields=["-filed_at", "-id"], name="appeals_newest_first"),
        ]

    def __str__(self) -> str:
        return self.ref


class AppealFile(models.Model):
    """A page of a file that an appeal rests on; of a picture, the picture itself, and no ``document``."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField()  # of the page in its file, from 1
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "blob"], name="a_page_once_of_an_appeal")]
        ordering = ["id"]
