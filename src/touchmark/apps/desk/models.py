"""Holds, skips, saved filters, notes, decisions on many listings, decisions drawn to be looked at again."""

from django.db import models
from django.db.models import F, Q

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.blobs.models import Blob
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.models import Decision
from touchmark.apps.desk.kinds import Alike, Outcome, SkipReason, Source
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.proposal import ProposalStatus


class Hold(models.Model):
    """A reviewer works on this listing until ``until``; then anybody may take it. One row per listing, ever."""

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, related_name="hold")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_hold_ends_after_it_began")]
        indexes = [models.Index(fields=["by", "until"], name="holds_of_a_reviewer")]


class Skip(models.Model):
    """A reviewer left a listing to others; it is not given to them again until ``until``."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="skips")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=SkipReason.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "by"], name="a_listing_is_skipped_once_by_a_person")]


class SavedFilter(models.Model):
    """
    What of the queue somebody wants to see again, under a name of theirs; ``asked`` is as an address says it.

    The review team that it is ``shared_with`` sees it too; whose it is alone changes it.
    """

    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    asked = models.JSONField()
    shared_with = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "name"], name="a_filter_is_named_once_by_a_person")]
        ordering = ["name"]


class Note(models.Model):
    """What one reviewer tells the others about a listing. Nobody outside the review team reads it."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["listing", "at"], name="notes_on_a_listing")]


class Mention(models.Model):
    """A note calls somebody; they have seen it once they opened the listing."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "person"], name="a_note_calls_a_person_once")]
        indexes = [models.Index(fields=["person"], condition=Q(seen_at=None), name="mentions_to_be_seen")]


class Bulk(models.Model):
    """One decision on many listings: what was chosen, by whom, and until when it can be undone as a whole."""

    ref = models.CharField(max_length=20, unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    alike = models.CharField(max_length=10, choices=Alike.choices)
    choice = models.JSONField()
    right = models.ForeignKey(Right, on_delete=models.PROTECT, null=True, related_name="+")
    request_key = models.UUIDField(unique=True)  # the same form sent twice is one
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["by", "-asked_at"], name="bulks_of_a_reviewer")]


class BulkItem(models.Model):
    """One listing of a decision on many, as it was seen, and what became of it."""

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="items")
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="+")
    seen_digest = models.CharField(max_length=64)
    seen_assessment = models.BigIntegerField(null=True)
    request_key = models.UUIDField(unique=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITS)
    why = models.CharField(max_length=30, blank=True)  # a code of ``bulk.LEFT``: why it was left out
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="bulk_item")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulk", "listing"], name="a_bulk_names_a_listing_once")]
        ordering = ["id"]


class Proposal(models.Model):
    """
    A decision that one reviewer would take, and that another must confirm: as policy asks, or as the first one asked.

    ``choice`` and ``seen`` are the form as it was sent, ``answers`` what the holders would be told. ``because`` is the
    rule of ``engine.policy.second_eyes`` that asks for it; ``asked``: nobody but the reviewer does.
    """

    ref = models.CharField(max_length=20, unique=True)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="proposals")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation_id = models.BigIntegerField()  # that the reviewer acted for
    because = models.CharField(max_length=40)
    choice = models.JSONField()
    right = models.ForeignKey(Right, on_delete=models.PROTECT, null=True, related_name="+")
    seen = models.JSONField()
    answers = models.JSONField()
    request_key = models.UUIDField(unique=True)
    proposed_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in ProposalStatus])
    looked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="proposal")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing"], condition=Q(status="waits"), name="one_proposal_waits_per_listing"
            ),
            models.CheckConstraint(
                condition=Q(looked_by=None) | ~Q(status="confirmed") | ~Q(looked_by=F("by")),
                name="a_second_person_confirms",
            ),
        ]
        indexes = [models.Index(fields=["proposed_at"], condition=Q(status="waits"), name="proposals_that_wait")]

    def __str__(self) -> str:
        return self.ref


class Redraw(models.Model):
    """
    A person's decision, drawn at random to be looked at again by somebody else who does not see it.

    Nothing follows from it but a figure: whoever thinks that a decision is wrong reverses it on the usual ways.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="redraw")
    drawn_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    restricts = models.BooleanField(null=True)  # what the second reviewer would do
    words = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by=None, restricts=None, done_at=None)
                | Q(by__isnull=False, restricts__isnull=False, done_at__isnull=False),
                name="a_second_look_is_whole",
            )
        ]
        indexes = [models.Index(fields=["drawn_at"], condition=Q(done_at=None), name="redraws_that_wait")]


class Drawn(models.Model):
    """Up to which decision the draw has come. Its one row."""

    reached = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_draw")]


class SeenPage(models.Model):
    """
    A page that somebody sent to prove something, once it was compared with what other accounts sent before.

    ``source`` and ``source_key`` name the row of the room that owns it, ``about`` the notice, answer or proof. ``code``
    is that of the page, cut out of its picture; empty where there is none to compare by.
    """

    source = models.CharField(max_length=10, choices=Source.choices)
    source_key = models.BigIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=20)
    code = models.BinaryField(max_length=32)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_key"], name="a_page_is_compared_once")]


class Recycled(models.Model):
    """A page is largely the same as one that another account sent before: ``share`` of what is written; 1: all."""

    page = models.ForeignKey(SeenPage, on_delete=models.CASCADE, related_name="recycled")
    earlier = models.ForeignKey(SeenPage, on_delete=models.CASCADE, related_name="+")
    share = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "earlier"], name="two_pages_are_compared_once")]

    @property
    def percent(self) -> int:
        """The share in percent, never quite all where the files differ."""
        return min(round(self.share * 100), 99) if self.share < 1 else 100
