"""Notices."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.notice import NoticeStatus


class Notice(models.Model):
    """A holder's report of one listing under one right."""

    ref = models.CharField(max_length=20, unique=True)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="notices")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="notices")
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="notices")
    reason = models.CharField(max_length=30, choices=NoticeReason.choices)
    statement = models.TextField()
    good_faith = models.BooleanField()  # the declaration that the notice is accurate and complete
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in NoticeStatus])
    outcome_text = models.TextField(blank=True)  # what the holder was told of the decision
    request_key = models.UUIDField(unique=True)  # the same form sent twice is one notice
    filed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["right", "listing"],
                condition=models.Q(status="received"),
                name="one_open_notice_per_right_and_listing",
            ),
        ]
        indexes = [
            models.Index(fields=["filed_at"], condition=models.Q(status="received"), name="notices_that_wait"),
        ]

    def __str__(self) -> str:
        return self.ref
