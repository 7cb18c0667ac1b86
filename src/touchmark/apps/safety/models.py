"""Duties of product safety and what was done; suspicions and what the police was told."""

from django.db import models

from touchmark.apps.accounts.models import User
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.models import Decision
from touchmark.apps.safety.kinds import Basis, Because, DutyKind
from touchmark.engine.lifecycle.safety import SafetyStatus, SuspicionStatus


class SafetyDuty(models.Model):
    """
    One thing that product safety asks for about a listing, because of a ``decision`` or of what was reported.

    ``about`` is the reference of the notice, blank of a tip. ``due_at`` is what its clock comes to, kept here for the
    list. ``why`` says why it is not owed.
    """

    ref = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=DutyKind.choices)
    because = models.CharField(max_length=20, choices=Because.choices)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="safety_duties")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="safety_duties")
    about = models.CharField(max_length=20, blank=True)
    goods = models.CharField(max_length=30, blank=True)  # the group of safety-critical goods, if it is of one
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in SafetyStatus])
    began_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind"],
                condition=models.Q(decision__isnull=False) & ~models.Q(kind="notice"),
                name="a_decision_begins_a_safety_duty_once",
            ),
            models.UniqueConstraint(
                fields=["listing"],
                condition=models.Q(kind="notice", status="due"),
                name="one_open_safety_notice_per_listing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(status__in=["due", "to_take_back"]),
                name="safety_duties_that_wait",
            ),
            models.Index(fields=["-began_at", "-id"], name="safety_duties_newest_first"),
        ]

    def __str__(self) -> str:
        return self.ref


class ToldOutside(models.Model):
    """What was told to somebody outside: when, by whom, and under which reference they keep it. No table of its own."""

    reference = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["told_at", "id"]


class SafetyReport(ToldOutside):
    """What was told for a duty, and to whom or where."""

    duty = models.ForeignKey(SafetyDuty, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField()
    where = models.CharField(max_length=300)


class Suspicion(models.Model):
    """
    That a crime against somebody's life or safety may have happened, happens or may happen, by what a listing shows.

    Whoever sees it is said in ``access``; a seller never does. ``why`` says why it was dropped.
    """

    ref = models.CharField(max_length=20, unique=True)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="suspicions")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    reasons = models.TextField()
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in SuspicionStatus])
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing"], condition=models.Q(status="raised"), name="one_open_suspicion_per_listing"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(status="raised"), name="suspicions_that_wait"),
            models.Index(fields=["-raised_at", "-id"], name="suspicions_newest_first"),
        ]

    def __str__(self) -> str:
        return self.ref


class PoliceReport(ToldOutside):
    """What the police of a country, or Europol, was told of a suspicion, why they, and what they were given."""

    suspicion = models.ForeignKey(Suspicion, on_delete=models.PROTECT, related_name="reports")
    country = models.CharField(max_length=7)  # two letters, or EUROPOL
    authority = models.CharField(max_length=300)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    given = models.TextField()


class Looked(models.Model):
    """Up to which decision, by key, was looked at: one row."""

    decision = models.BigIntegerField(default=0)
