"""Decisions, statements of reasons, restrictions."""

from django.db import models
from django.utils.translation import gettext as _

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.catalog.models import Listing, ListingSnapshot
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.notices.models import Notice
from touchmark.apps.registry.models import Right
from touchmark.apps.rules.models import RuleVersion
from touchmark.engine.lifecycle.decision import DecisionStatus, RestrictionStatus


class Decision(models.Model):
    """
    What somebody decided about a listing, on what, and why.

    ``evidence`` holds the assessment and findings that were before the person; they can be superseded later. Its author
    is a person, or the version of a written rule that decided by itself.
    """

    ref = models.CharField(max_length=20, unique=True)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="decisions")
    snapshot = models.ForeignKey(ListingSnapshot, on_delete=models.PROTECT, related_name="decisions")
    right = models.ForeignKey(Right, on_delete=models.PROTECT, null=True, related_name="decisions")
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    territories = models.JSONField(default=list)  # of a ``disable``; empty = everywhere
    ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    ground_reference = models.CharField(max_length=500, blank=True)
    ground_explanation = models.TextField(blank=True)
    facts = models.TextField()
    automated_detection = models.BooleanField()
    evidence = models.JSONField(default=dict)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, null=True, related_name="decisions")
    decided_at = models.DateTimeField()
    effective_at = models.DateTimeField(null=True)  # empty for a dismissal
    ends_at = models.DateTimeField(null=True)  # when a restriction ends by itself; empty: when it is reversed
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in DecisionStatus])
    reversed_at = models.DateTimeField(null=True)
    reversal_reason = models.TextField(blank=True)
    request_key = models.UUIDField(unique=True)  # the same form sent twice is one decision
    notices = models.ManyToManyField(Notice, related_name="decisions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing"],
                condition=models.Q(status="in_force"),
                name="one_decision_in_force_per_listing",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="none") ^ models.Q(effective_at=None),
                name="a_restriction_takes_effect_and_a_dismissal_does_not",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("effective_at")),
                name="a_restriction_ends_after_it_takes_effect",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) ^ models.Q(rule=None), name="a_decision_is_by_a_person_or_a_rule"
            ),
        ]
        indexes = [
            models.Index(fields=["-decided_at"], name="decisions_newest_first"),
            models.Index(
                fields=["ends_at"],
                condition=models.Q(status="in_force", ends_at__isnull=False),
                name="decisions_that_will_end",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def by(self) -> str:
        """Who decided, as colleagues call them: a person, or a rule with its version."""
        return self.decided_by.name if self.decided_by else _("rule {rule}").format(rule=self.rule)


class Statement(models.Model):
    """
    The statement of reasons to the seller (Digital Services Act, Article 17).

    ``content`` holds every element that the regime's particulars ask for; ``appeal_by`` is until when the seller can
    appeal, by the rule named in ``appeal_rule``.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="statement")
    addressed_to = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="statements")
    regime = models.CharField(max_length=30)
    content = models.JSONField()
    language = models.CharField(max_length=10)
    issued_at = models.DateTimeField()
    appeal_by = models.DateTimeField()
    appeal_rule = models.CharField(max_length=100)


class Restriction(models.Model):
    """What the marketplace was told to do, and what it answered. One per decision that restricts."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="restriction")
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in RestrictionStatus])
    ordered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    lift_ordered_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
