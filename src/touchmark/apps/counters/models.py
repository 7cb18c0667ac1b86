"""Counter-notices, what holders say to them, and suits."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.blobs.models import Blob
from touchmark.apps.counters.kinds import FileKind, Said, SuitKind
from touchmark.apps.counters.standing import OPEN
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.lifecycle.suit import SuitStatus


class CounterNotice(models.Model):
    """
    A seller's answer to one listing of a notice: the ``chance``-th, where the law counts them.

    ``statutory`` says which of the two lives it has. ``particulars`` holds what was declared, signed and given, by the
    names that the regimes use. The clocks count from ``received_at``, when it was complete, and ``arrived_at``, when
    the holder had it. ``outcome_text`` is what both sides were told at the end.
    """

    ref = models.CharField(max_length=20, unique=True)
    item = models.ForeignKey(NoticeItem, on_delete=models.PROTECT, related_name="counters")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="counters")
    seller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="counters")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    regime = models.CharField(max_length=30)
    statutory = models.BooleanField()
    chance = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=30, blank=True)
    explanation = models.TextField(blank=True)
    particulars = models.JSONField(default=dict)
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in CounterStatus])
    outcome_text = models.TextField(blank=True)
    request_key = models.UUIDField(unique=True)  # the same form sent twice is one answer
    filed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(status__in=OPEN), name="one_open_answer_per_listing_of_a_notice"
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "-filed_at", "-id"], name="answers_of_a_seller"),
            models.Index(
                fields=["received_at"], condition=models.Q(status__in=OPEN), name="answers_that_are_not_settled"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class CounterFile(models.Model):
    """A file that either side gave; the same one twice is kept once."""

    counter = models.ForeignKey(CounterNotice, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=20, choices=FileKind.choices)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")  # a picture, or a page
    document = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")  # that it is a page of
    by_holder = models.BooleanField(default=False)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counter", "blob", "kind"], name="one_file_once_of_an_answer"),
        ]
        ordering = ["id"]


class Reply(models.Model):
    """What the holder said to an answer."""

    counter = models.ForeignKey(CounterNotice, on_delete=models.PROTECT, related_name="replies")
    said = models.CharField(max_length=20, choices=Said.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class Suit(models.Model):
    """A suit, or a complaint to an authority, that keeps a listing down; ``result`` is how it ended."""

    ref = models.CharField(max_length=20, unique=True)
    counter = models.ForeignKey(CounterNotice, on_delete=models.PROTECT, related_name="suits")
    kind = models.CharField(max_length=20, choices=SuitKind.choices)
    body = models.CharField(max_length=300)
    number = models.CharField(max_length=120)
    filed_on = models.DateField()
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in SuitStatus])
    result = models.TextField(blank=True)
    shown_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counter"],
                condition=models.Q(status__in=["shown", "pending", "asked"]),
                name="one_suit_keeps_a_listing_down",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.ref
