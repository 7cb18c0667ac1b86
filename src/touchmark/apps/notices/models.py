"""Notices, and the listings that each of them names."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.notices.standing import JUDGED, OPEN
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus


class Notice(models.Model):
    """
    What a holder sent at once: one right, why, and the listings that it names, each an item with a life of its own.

    ``particulars`` holds what was declared, signed and given besides, by the names that the regimes use.
    """

    ref = models.CharField(max_length=20, unique=True)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="notices")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="notices")
    reason = models.CharField(max_length=30, choices=NoticeReason.choices)
    statement = models.TextField()
    good_faith = models.BooleanField()  # the declaration that the notice is accurate and complete
    particulars = models.JSONField(default=dict)
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in FilingStatus])
    request_key = models.UUIDField(unique=True)  # the same form sent twice is one notice
    filed_at = models.DateTimeField()

    class Meta:
        db_table = "notices_filed"  # indexes of the items still bear the names that the default would take
        indexes = [models.Index(fields=["holder", "-filed_at", "-id"], name="notices_of_a_holder")]

    def __str__(self) -> str:
        return self.ref


class NoticeItem(models.Model):
    """
    One listing that a notice names, under the ``regime`` that holds for it: decided and answered by itself.

    ``right``, ``holder`` and ``filed_at`` are the notice's own, kept here too for what is found by them.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(default=1)
    ref = models.CharField(max_length=20, unique=True)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="notice_items")
    regime = models.CharField(max_length=30, default="platform")
    territories = models.JSONField(default=list)  # where the right reaches the listing
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in ItemStatus])
    outcome_text = models.TextField(blank=True)  # what the holder was told of the decision
    filed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["right", "listing"],
                condition=models.Q(status__in=OPEN),
                name="one_open_notice_per_right_and_listing",
            ),
            models.UniqueConstraint(fields=["notice", "number"], name="items_of_a_notice_are_numbered"),
        ]
        indexes = [
            models.Index(fields=["filed_at"], condition=models.Q(status__in=JUDGED), name="notices_that_wait"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def reason(self) -> str:
        """Why the listing is objected to, as the notice says."""
        return self.notice.reason

    @property
    def statement(self) -> str:
        """What the notice says."""
        return self.notice.statement
