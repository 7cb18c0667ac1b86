"""Tiers, the measures that people took, and what reviewers found of single notices and answers."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.counters.models import CounterNotice
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.lifecycle.tier import TierStatus
from touchmark.engine.penalties.tiers import Side

SIDES = [(side.value, side.value) for side in Side]


class Tier(models.Model):
    """Where an organisation stands on one side; it has a row once somebody warned or suspended it, or looked."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tiers")
    side = models.CharField(max_length=20, choices=SIDES)
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in TierStatus])
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "side"], name="one_tier_per_organisation_and_side"),
        ]
        indexes = [
            models.Index(
                fields=["-changed_at"],
                condition=models.Q(status__in=["watched", "warned", "suspended"]),
                name="tiers_that_are_watched",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}-{self.side}"


class Measure(models.Model):
    """
    A warning or a suspension, with why and the numbers on which it was taken (DSA, art. 23).

    It can be appealed until ``appeal_by``, once; somebody else answers. ``lifted`` is what an appeal that is granted
    comes to.
    """

    ref = models.CharField(max_length=20, unique=True)
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=20, choices=[("warn", "warn"), ("suspend", "suspend")])
    why = models.TextField()
    numbers = models.JSONField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    until = models.DateTimeField()
    appeal_by = models.DateTimeField()
    grounds = models.TextField(blank=True)
    appealed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    appealed_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    lifted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("taken_by")),
                name="a_second_person_answers_the_appeal",
            ),
        ]
        indexes = [
            models.Index(
                fields=["appealed_at"],
                condition=models.Q(appealed_at__isnull=False, answered_at=None),
                name="measures_appealed",
            ),
        ]
        ordering = ["-taken_at", "-id"]

    def __str__(self) -> str:
        return self.ref


class Mark(models.Model):
    """What a reviewer found of one listing of a notice, or of one answer: manifestly unfounded, or wrong on purpose."""

    item = models.OneToOneField(NoticeItem, on_delete=models.PROTECT, null=True, related_name="mark")
    counter = models.OneToOneField(CounterNotice, on_delete=models.PROTECT, null=True, related_name="mark")
    intended = models.BooleanField()
    why = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(item=None) ^ models.Q(counter=None), name="a_mark_is_on_a_notice_or_an_answer"
            ),
        ]
