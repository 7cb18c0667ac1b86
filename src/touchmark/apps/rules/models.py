"""Versions of rules, and replays of them over past listings."""

from dataclasses import replace

from django.db import models
from django.db.models import Q

from touchmark.apps.accounts.models import User
from touchmark.engine.lifecycle.rule import COMING, RuleStatus
from touchmark.engine.screening.rules.reading import rule_of
from touchmark.engine.screening.rules.rule import Effect, Rule


class RuleVersion(models.Model):
    """
    One version of one rule. ``text`` is the rule as it stands in a file, without what the other columns say.

    ``stopped_because`` is a code of ``Stopped``; what happened since ``live_since`` counts for the brake.
    """

    name = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    text = models.TextField()
    effect = models.CharField(max_length=10, choices=[(effect.value, effect.value) for effect in Effect])
    description = models.TextField()
    reason = models.TextField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=[(status.value, status.value) for status in RuleStatus])
    shadow_since = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    live_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    live_since = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=20, blank=True)
    stopped_why = models.TextField(blank=True)  # in the words of whoever stopped it
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "number"], name="versions_of_a_rule_are_numbered"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(status=RuleStatus.LIVE), name="one_version_of_a_rule_is_live"
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(status__in=[status.value for status in COMING]),
                name="one_version_of_a_rule_is_coming",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    @property
    def rule(self) -> Rule:
        """The rule that this version is, as the engine reads it."""
        return replace(rule_of(self.text), version=self.number, reason=self.reason, dated=self.written_at.date())

    @property
    def acts(self) -> bool:
        """Whether it restricts listings by itself: two people switch it on."""
        return self.effect == Effect.ACT


class Replay(models.Model):
    """
    What a version would have said of the listings that are here, beside what people decided on them.

    It goes through the listings in the order of their keys and has ``reached`` one. ``text`` is the rule that was
    replayed, ``beside`` names the live versions that it was judged with.
    """

    version = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="replays")
    text = models.TextField()
    beside = models.JSONField(default=list)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reached = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    examples = models.JSONField(default=list)

    @property
    def listings(self) -> int:
        """How many listings were looked at."""
        return int(self.counts.get("listings", 0))

    @property
    def held(self) -> int:
        """For how many of them the rule holds."""
        return int(self.counts.get("held", 0))

    @property
    def would_act(self) -> int:
        """On how many it would act."""
        return sum(self.counts.get("people", {}).get("act", {}).values())
