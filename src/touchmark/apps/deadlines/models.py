"""Deadlines."""

from zoneinfo import ZoneInfo

from django.db import models

from touchmark.engine.policy.rules import Place


class Outcome(models.TextChoices):
    """How a deadline ended."""

    MET = "met", "met"
    LAPSED = "lapsed", "lapsed"


class Deadline(models.Model):
    """
    One clock that runs for a ``subject``: the name of its stream in the record, such as ``notice:N-2026-…``.

    ``rule`` is the id of the dated rule by which it was started, ``regime`` the file that holds it; a change of the law
    leaves it alone. ``events`` are what happened to it, and ``due_at`` what they come to: an index for the sweep, made
    anew before anybody acts on it; empty while it stands still without limit.
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=60)
    clock = models.CharField(max_length=40)
    regime = models.CharField(max_length=30)
    rule = models.CharField(max_length=100)
    calendar = models.CharField(max_length=30)
    zone = models.CharField(max_length=60)
    events = models.JSONField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "clock"],
                condition=models.Q(closed_at=None),
                name="one_open_deadline_per_clock",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="")
                | models.Q(closed_at__isnull=False) & ~models.Q(outcome=""),
                name="a_closed_deadline_says_how_it_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(closed_at=None), name="deadlines_that_run"),
            models.Index(fields=["subject"], name="deadlines_of_a_subject"),
        ]

    @property
    def place(self) -> Place:
        """Where its days are counted."""
        return Place(self.calendar, ZoneInfo(self.zone))
