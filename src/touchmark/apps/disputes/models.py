"""Disputes before out-of-court bodies."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.disputes.kinds import Result
from touchmark.engine.lifecycle.dispute import DisputeStatus


class Dispute(models.Model):
    """
    That a party brought an appeal that was decided before a body, under the body's ``number``, on a day.

    ``text`` is what the body decided, what was agreed, or why the platform did not take part; ``why`` why the platform
    follows or does not. ``fee`` is what the platform paid, in euros, where it did.
    """

    ref = models.CharField(max_length=20, unique=True)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="disputes")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.CharField(max_length=60)
    number = models.CharField(max_length=120)
    received_on = models.DateField()
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in DisputeStatus])
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    text = models.TextField(blank=True)
    fee = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    why = models.TextField(blank=True)
    request_key = models.UUIDField(unique=True)
    told_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal"],
                condition=models.Q(status__in=["open", "overdue", "decided"]),
                name="one_open_dispute_per_appeal",
            ),
        ]
        indexes = [
            models.Index(fields=["told_at"], name="disputes_by_day"),
            models.Index(
                fields=["told_at"],
                condition=models.Q(status__in=["open", "overdue", "decided"]),
                name="disputes_that_are_open",
            ),
        ]

    def __str__(self) -> str:
        return self.ref
