"""Who may file notices in whose name, under which rights, from when until when."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.registry.models import Brand, Right
from touchmark.engine.lifecycle.mandate import MandateStatus


class Mandate(models.Model):
    """
    The principal lets the agent file under ``rights`` and under those of ``brands``; ``whole``: under all of its own,
    those that it enters later too. ``until_on`` is its last day; without one it holds until somebody ends it.
    """

    ref = models.CharField(max_length=20, unique=True)
    principal = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    whole = models.BooleanField()
    brands = models.ManyToManyField(Brand, related_name="+")
    rights = models.ManyToManyField(Right, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in MandateStatus])
    why = models.TextField(blank=True)  # it ended
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(principal=models.F("agent")), name="nobody_gives_itself_a_mandate"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")),
                name="a_mandate_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["until_on"], condition=models.Q(status="given"), name="mandates_that_may_run_out"),
        ]
        ordering = ["-given_at", "-id"]

    def __str__(self) -> str:
        return self.ref
