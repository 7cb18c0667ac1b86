"""Decisions, statements of reasons, restrictions."""

from django.db import models
from django.utils.translation import gettext as _

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.catalog.models import Listing, ListingSnapshot, Marketplace, Seller
from touchmark.apps.decisions.kinds import MEASURES, OF_SELLERS, SHUT, DecisionKind, DismissReason, Ground
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.registry.models import Right
from touchmark.apps.rules.models import RuleVersion
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.decision import STANDING, DecisionStatus, RestrictionStatus


class OnASeller(TouchmarkError):
    """A decision on a seller is asked for the listing that it is on."""


class Decision(models.Model):
    """
    What somebody decided about a listing, on what, and why; or about a ``seller``, after a second person agreed.

    ``evidence`` holds the assessment and findings that were before the person; they can be superseded later. Its author
    is a person, or the version of a written rule that decided by itself; a listing is held, and the suspension of a
    seller proposed, by the system too. Where a listing is to be corrected by ``correct_by``, ``measure`` is what
    happens otherwise, or, ``at_once``, until then. A shop is counted together with the one that it is ``linked_to``.

    What an authority's ``order`` has us do stands beside what was decided otherwise: lifting the one leaves the other.
    ``untold_until``: by that order the seller learns nothing of it until then. It has no statement as long, and only
    what has one reaches a seller.

    One that takes ``pictures`` off, by their addresses, leaves the listing on sale and stands beside the others too.
    """

    ref = models.CharField(max_length=20, unique=True)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, null=True, related_name="decisions")
    snapshot = models.ForeignKey(ListingSnapshot, on_delete=models.PROTECT, null=True, related_name="decisions")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, null=True, related_name="decisions")
    right = models.ForeignKey(Right, on_delete=models.PROTECT, null=True, related_name="decisions")
    counts_for = models.ForeignKey(  # in whose record it is: the seller, or of a listing whoever offered it then
        Seller, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    reason = models.CharField(max_length=20, choices=DismissReason.choices, blank=True)  # of leaving it on sale
    correct_by = models.DateTimeField(null=True)
    measure = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in MEASURES], blank=True)
    at_once = models.BooleanField(default=False)
    gate = models.CharField(max_length=20, blank=True)  # the reference of the brand gate that a listing is held by
    because = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="held")  # the seller's ban
    linked_to = models.ForeignKey(Seller, on_delete=models.PROTECT, null=True, related_name="+")  # of a ``link``
    territories = models.JSONField(default=list)  # of a ``disable``; empty = everywhere
    pictures = models.JSONField(default=list)  # what ``pictures`` takes off, as the marketplace calls them; videos too
    ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    ground_reference = models.CharField(max_length=500, blank=True)
    ground_explanation = models.TextField(blank=True)
    facts = models.TextField()
    automated_detection = models.BooleanField()
    evidence = models.JSONField(default=dict)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, null=True, related_name="decisions")
    decided_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)  # empty for a dismissal
    ends_at = models.DateTimeField(null=True)  # when a restriction ends by itself; empty: when it is reversed
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in DecisionStatus])
    reversed_at = models.DateTimeField(null=True)
    reversal_reason = models.TextField(blank=True)
    request_key = models.UUIDField(unique=True)  # the same form sent twice is one decision
    order = models.CharField(max_length=20, blank=True)  # the reference of the authority's order that it carries out
    untold_until = models.DateTimeField(null=True)  # empty once the seller has been told
    notices = models.ManyToManyField(NoticeItem, related_name="decisions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing"],
                condition=models.Q(status__in=[status.value for status in STANDING], order="")
                & ~models.Q(kind="pictures"),
                name="one_decision_stands_per_listing",
            ),
            models.UniqueConstraint(
                fields=["listing", "order"],
                condition=models.Q(status__in=[status.value for status in STANDING]) & ~models.Q(order=""),
                name="an_order_stands_once_on_a_listing",
            ),
            models.CheckConstraint(
                condition=models.Q(order="") ^ models.Q(ground="order"), name="an_order_is_the_ground_of_its_decision"
            ),
            models.UniqueConstraint(
                fields=["seller"],
                condition=models.Q(status__in=["proposed", "in_force"], kind__in=[kind.value for kind in SHUT]),
                name="one_decision_stands_per_seller",
            ),
            models.UniqueConstraint(
                fields=["seller"],
                condition=models.Q(status__in=["proposed", "in_force"], kind="ban"),
                name="one_ban_stands_per_seller",
            ),
            models.UniqueConstraint(
                fields=["seller", "linked_to"],
                condition=models.Q(status__in=["proposed", "in_force"], kind="link"),
                name="one_link_stands_per_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="link") ^ models.Q(linked_to=None), name="a_link_names_the_other_shop"
            ),
            models.CheckConstraint(
                condition=models.Q(linked_to=None) | ~models.Q(linked_to=models.F("seller")),
                name="no_shop_is_linked_to_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(listing=None) ^ models.Q(seller=None), name="a_decision_is_on_a_listing_or_a_seller"
            ),
            models.CheckConstraint(
                condition=models.Q(listing=None) ^ models.Q(snapshot__isnull=False),
                name="a_listing_is_frozen_when_decided_on",
            ),
            models.CheckConstraint(
                condition=models.Q(seller=None) ^ models.Q(kind__in=[kind.value for kind in OF_SELLERS]),
                name="a_seller_is_shut_banned_or_linked",
            ),
            models.CheckConstraint(
                condition=~(models.Q(kind="none") | models.Q(status__in=["proposed", "declined"]))
                ^ models.Q(effective_at=None),
                name="a_decision_that_does_something_takes_effect",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at=None)
                | models.Q(ends_at__gt=models.F("effective_at"))
                | models.Q(effective_at=None),
                name="a_decision_ends_after_it_takes_effect",
            ),
            models.CheckConstraint(
                condition=(models.Q(decided_by=None) ^ models.Q(rule=None))
                | models.Q(decided_by=None, rule=None, kind__in=["hold", "suspend", "close", "ban"]),
                name="a_decision_has_an_author",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="correct") ^ models.Q(correct_by=None),
                name="a_correction_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("decided_by")),
                name="a_second_person_approves",
            ),
        ]
        indexes = [
            models.Index(fields=["-decided_at"], name="decisions_newest_first"),
            models.Index(fields=["counts_for", "-decided_at"], name="decisions_in_a_record"),
            models.Index(
                fields=["ends_at"],
                condition=models.Q(status="in_force", ends_at__isnull=False),
                name="decisions_that_will_end",
            ),
            models.Index(
                fields=["correct_by"], condition=models.Q(status="to_correct"), name="decisions_to_be_corrected"
            ),
            models.Index(
                fields=["reversed_at"], condition=models.Q(status="reversed"), name="decisions_reversed_lately"
            ),
            models.Index(
                fields=["untold_until"],
                condition=models.Q(untold_until__isnull=False),
                name="decisions_not_told_yet",
            ),
            models.Index(fields=["order"], condition=~models.Q(order=""), name="decisions_upon_an_order"),
            models.Index(fields=["gate"], condition=models.Q(status="held"), name="decisions_held_by_a_gate"),
            models.Index(fields=["because"], condition=models.Q(status="held"), name="decisions_held_by_a_ban"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def by(self) -> str:
        """Who decided, as colleagues call them: a person, a rule with its version, or nobody but the system."""
        if self.decided_by:
            return self.decided_by.name
        return _("rule {rule}").format(rule=self.rule) if self.rule else _("Touchmark")

    @property
    def offer(self) -> Listing:
        """
        The listing that was decided on.

        :raises OnASeller: if it is a decision on a seller
        """
        if self.listing is None:
            raise OnASeller(f"Decision {self.ref} is on a seller, not on a listing.")
        return self.listing

    @property
    def frozen(self) -> ListingSnapshot:
        """
        The listing as it was decided on.

        :raises OnASeller: if it is a decision on a seller
        """
        if self.snapshot is None:
            raise OnASeller(f"Decision {self.ref} is on a seller, not on a listing.")
        return self.snapshot

    @property
    def concerns(self) -> Seller | None:
        """The seller whom it concerns, if the marketplace names one."""
        return self.listing.seller if self.listing else self.seller

    @property
    def marketplace(self) -> Marketplace:
        """Where it is carried out."""
        if self.listing is not None:
            return self.listing.marketplace
        assert self.seller is not None  # noqa: S101  # the database holds that it is on one or the other
        return self.seller.marketplace

    @property
    def title(self) -> str:
        """What it is about, in a line: the listing's title as it is now, or the seller."""
        return self.listing.title if self.listing else str(self.seller)

    @property
    def title_then(self) -> str:
        """What it is about, in a line, as it was decided on: as the seller has read it in the statement."""
        return str(self.snapshot.content["title"]) if self.snapshot else self.title

    @property
    def acts_as(self) -> DecisionKind:
        """What the marketplace does where it is carried out."""
        return DecisionKind(self.measure or self.kind)


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
