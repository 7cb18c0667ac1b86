"""Authentication requests."""

from django.db import models

from touchmark.apps.accounts.models import User
from touchmark.apps.examinations.kinds import Found
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.lifecycle.authentication import AuthenticationStatus


class Examination(models.Model):
    """
    What a reviewer asked about one listing of a notice, and what the holder's examiner said.

    ``findings`` can hold secret marks of the genuine goods: they are for reviewers, and never shown to a seller.
    ``disproved_why`` is how an answer turned out to be wrong.
    """

    ref = models.CharField(max_length=20, unique=True)
    item = models.ForeignKey(NoticeItem, on_delete=models.PROTECT, related_name="examinations")
    question = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in AuthenticationStatus])
    found = models.CharField(max_length=20, choices=Found.choices, blank=True)
    examiner = models.CharField(max_length=200, blank=True)
    findings = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    disproved_why = models.TextField(blank=True)
    disproved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(status="asked"), name="one_open_examination_per_item"
            ),
            models.CheckConstraint(condition=models.Q(found="") | ~models.Q(examiner=""), name="an_examiner_is_named"),
        ]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="examinations_newest_first")]

    def __str__(self) -> str:
        return self.ref
