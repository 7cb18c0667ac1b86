"""Appeals."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.decisions.models import Decision
from touchmark.engine.lifecycle.appeal import AppealStatus


class Appeal(models.Model):
    """A seller's complaint against a decision (Digital Services Act, Article 20)."""

    ref = models.CharField(max_length=20, unique=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    appellant = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appeals")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    grounds = models.TextField()
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in AppealStatus])
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    request_key = models.UUIDField(unique=True)  # the same form sent twice is one appeal
    filed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "appellant"], name="one_appeal_per_party_and_decision"),
        ]
        indexes = [models.Index(fields=["filed_at"], condition=models.Q(status="filed"), name="appeals_that_wait")]

    def __str__(self) -> str:
        return self.ref
