"""Runs, assessments, findings."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import Q

from touchmark.apps.catalog.models import Listing, Marketplace, Seller
from touchmark.apps.registry.models import Right
from touchmark.apps.rules.models import RuleVersion
from touchmark.apps.screening.kinds import TipReason
from touchmark.engine.terms import Verdict, Way


class Base(models.Model):
    """An edition of the register that was compiled whole; its folder is named by both numbers."""

    edition = models.PositiveBigIntegerField(unique=True)
    state = models.CharField(max_length=32, blank=True)


class Run(models.Model):
    """
    One pass of the engine over listings, with what it used.

    A run that ``covers`` the catalogue leaves all of it screened by its ``basis``, the digest of what it screens by:
    the register, what of it is in force on the day, the model. It goes through the listings in the order of their keys,
    step by step, and has ``reached`` one of them; cut short, it goes on from there. One that goes on ``since`` another
    looks only where rights may stand that have changed since then.
    """

    snapshot_id = models.CharField(max_length=100)
    model_version = models.CharField(max_length=60)
    basis = models.CharField(max_length=64)
    edition = models.PositiveBigIntegerField(default=0)
    on = models.DateField(null=True)
    covers = models.BooleanField()
    since = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    reached = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    listings = models.BigIntegerField(default=0)
    findings = models.BigIntegerField(default=0)


class Assessment(models.Model):
    """
    What the engine makes of one listing as it was.

    Open until it is settled by a decision, or superseded by a later one. ``basis`` is the digest of the listing and of
    what was found in it: the same basis, once settled, does not come back to the desk.

    ``amounts`` is what each feature of the model said, whatever it weighed. One that is clear may be ``sampled``, drawn
    at random to be looked at all the same; it then ``stands_for`` so many that were not drawn.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="assessments")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="assessments")
    risk = models.FloatField()
    verdict = models.CharField(max_length=10, choices=[(verdict.value, verdict.value) for verdict in Verdict])
    reasons = models.JSONField()
    amounts = models.JSONField(default=dict)
    sampled = models.BooleanField(default=False)
    stands_for = models.FloatField(default=1.0)
    basis = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing"], condition=Q(superseded_at=None), name="one_current_assessment_per_listing"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-risk", "made_at"],
                condition=Q(settled_at=None, superseded_at=None) & (~Q(verdict="clear") | Q(sampled=True)),
                name="assessments_that_wait",
            ),
        ]


class Finding(models.Model):
    """One place where a right is used in a listing; columns are those of the contract."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="findings")
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="findings")
    way = models.CharField(max_length=20, choices=[(way.value, way.value) for way in Way])
    confidence = models.FloatField()
    reasons = models.JSONField()
    field = models.CharField(max_length=20)
    start = models.IntegerField(null=True)
    end = models.IntegerField(null=True)
    surface = models.TextField(blank=True)
    image = models.CharField(max_length=500, blank=True)  # the picture's digest
    box = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]


class Hit(models.Model):
    """
    A written rule holds for a listing as it was assessed: what its verdict is by it, or, on trial, what it would be.

    One that ``waits`` is to be acted on by the rule; ``left`` is a code of ``Left``, why it was left to people instead.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="hits")
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="hits")
    live = models.BooleanField()
    verdict = models.CharField(max_length=10, choices=[(verdict.value, verdict.value) for verdict in Verdict])
    at = models.DateTimeField()
    waits = models.BooleanField(default=False)
    left = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "version", "live"], name="a_rule_holds_once_for_an_assessment"
            ),
            models.CheckConstraint(condition=Q(live=True) | Q(waits=False), name="nothing_is_done_by_a_rule_on_trial"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(waits=True), name="hits_that_wait"),
            models.Index(fields=["version", "live", "-at"], name="hits_of_a_rule"),
        ]


class Returned(models.Model):
    """
    A listing is a removed one that came back: it goes first at the desk, with the decision that removed it beside it.

    ``share`` is how much the titles have in common, ``bits`` in how many bits the nearest pictures differ; 257: none.
    One that ``stood`` was on sale as it is before the other was removed: it is another of the same.
    """

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, related_name="returned")
    decision = models.CharField(max_length=20)  # the reference of what removed it
    share = models.FloatField()
    bits = models.PositiveSmallIntegerField()
    stood = models.BooleanField(default=False)
    found_at = models.DateTimeField()


class Tip(models.Model):
    """
    What a shopper without an account said of a listing: no notice, of no right, a signal that others join.

    ``sent_from`` is a keyed hash of where from: one place counts once on a listing. ``settled_at`` is when somebody
    decided on the listing afterwards.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="tips")
    reason = models.CharField(max_length=20, choices=TipReason.choices)
    text = models.TextField(blank=True)
    sent_from = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "sent_from"], condition=Q(settled_at=None), name="a_place_counts_once_on_a_listing"
            ),
        ]
        indexes = [
            models.Index(fields=["sent_from", "said_at"], name="tips_from_a_place"),
            models.Index(fields=["said_at"], name="tips_by_age"),
            models.Index(fields=["settled_at"], name="tips_by_when_settled"),
        ]


class Waiting(models.Model):
    """
    A listing that waits at the desk, with everything that the queue is ordered and narrowed by, in one narrow row.

    It waits for the assessment that is open, for ``notices`` that holders filed, or for both; one that ``came_back``
    even if nothing is found in it, and one of which enough shoppers gave ``tips``. ``waiting.renew`` makes the row anew
    from what stands; nobody else writes it.

    An order goes one way in all its columns, so that one index gives any page: hence ``due_at`` is ``NEVER`` where no
    clock of a notice runs (it is the first of theirs, an index of what ``deadlines`` keeps), ``rank`` (0: came back, or
    reported and safety-critical; 1 to 4: reported, by the ``lane`` of the best of its notices, see
    ``notices.standing.LANES``; then safety-critical, then any other) and ``doubt``, which is what the risk lacks of
    certainty. ``proposed`` is what is proposed to be said to its notices. ``views`` and ``sold`` follow the listing
    within minutes.
    """

    DANGEROUS, OTHER = 5, 6
    #: Behind every moment by which something is to be acted on.
    NEVER = datetime(9999, 1, 1, tzinfo=UTC)
    #: The ranks of what is reported, and of safety-critical goods: asked for by them, rows are found by an index.
    REPORTED, SAFETY = (0, 1, 2, 3, 4), (0, DANGEROUS)

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, related_name="waiting")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, null=True, related_name="+")
    notices = models.PositiveIntegerField(default=0)
    tips = models.PositiveIntegerField(default=0)
    rank = models.PositiveSmallIntegerField()
    lane = models.PositiveSmallIntegerField(default=0)
    proposed = models.CharField(max_length=10, blank=True, default="")
    came_back = models.BooleanField(default=False)
    doubt = models.FloatField()
    verdict = models.CharField(max_length=10, blank=True)
    assessed_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=NEVER)
    since = models.DateTimeField()
    marketplace = models.ForeignKey(Marketplace, on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    right = models.ForeignKey(Right, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    brand = models.CharField(max_length=300, blank=True)  # of the right, folded
    category = models.CharField(max_length=300, blank=True)  # folded
    safety = models.CharField(max_length=30, blank=True)  # the group of safety-critical goods, if it is of one
    language = models.CharField(max_length=8, blank=True)
    text_key = models.CharField(max_length=32, db_index=True)  # the same for the same title and description
    views = models.BigIntegerField(default=0)
    sold = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(assessment=None) | Q(notices__gt=0) | Q(tips__gt=0), name="what_waits_waits_for_something"
            ),
        ]
        indexes = [
            models.Index(fields=["rank", "doubt", "id"], name="waiting_most_urgent_first"),
            models.Index(fields=["doubt", "id"], name="waiting_by_risk"),
            models.Index(fields=["since", "id"], name="waiting_longest_first"),
            models.Index(fields=["due_at", "rank", "doubt", "id"], name="waiting_first_due"),
            models.Index(fields=["views", "id"], name="waiting_by_views"),
            models.Index(fields=["sold", "id"], name="waiting_by_sales"),
            models.Index(fields=["marketplace", "rank", "doubt", "id"], name="waiting_of_a_marketplace"),
            models.Index(fields=["seller", "rank", "doubt", "id"], name="waiting_of_a_seller"),
            models.Index(fields=["right", "rank", "doubt", "id"], name="waiting_for_a_right"),
            models.Index(fields=["brand", "rank", "doubt", "id"], name="waiting_for_a_brand"),
            models.Index(fields=["category", "rank", "doubt", "id"], name="waiting_of_a_category"),
            models.Index(fields=["language", "rank", "doubt", "id"], name="waiting_in_a_language"),
        ]
