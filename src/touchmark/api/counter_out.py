"""Answers to notices as programs read them."""

from datetime import datetime
from typing import Any

from ninja import Schema

from touchmark.api.clients import Asking
from touchmark.api.notice_out import DueOut, LackingOut, asked_for, falling_due
from touchmark.apps.counters import kinds as of_counters
from touchmark.apps.counters.content import forwarded_of, missing_from
from touchmark.apps.counters.record import stream_of
from touchmark.apps.deadlines import queries as deadlines
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.policy.reasons import grounds
from touchmark.engine.terms import Role

#: What a seller reads of a delay: that there is one.
OF_THE_HOLDER = (of_counters.Said.CLAIM_DELAY, of_counters.Said.END_DELAY)


class RetractionOut(Schema):
    """How many listings of a notice were taken back."""

    notice: str
    taken_back: int


class SaidOut(Schema):
    """What the holder said to an answer."""

    said: str
    text: str
    at: datetime


class CounterOut(Schema):
    """
    An answer to one listing of a notice. ``declared`` is what the law has forwarded; ``lacking``, for the seller, what
    an incomplete one still needs.
    """

    ref: str
    notice: str
    decision: str
    marketplace: str
    listing_id: str
    regime: str
    statutory: bool
    chance: int
    status: str
    ground: str
    explanation: str
    declared: dict[str, Any]
    replies: list[SaidOut]
    suits: list[str]
    outcome_text: str
    filed_at: datetime
    received_at: datetime | None
    arrived_at: datetime | None
    settled_at: datetime | None
    lacking: list[LackingOut]
    due: list[DueOut]


class CountersOut(Schema):
    """A page of answers, newest first."""

    items: list[CounterOut]
    next: str | None


class Told:
    """Writes answers for whoever asks: a seller reads what an answer of its own lacks."""

    def __init__(self, request: Asking) -> None:
        self._seller = request.actor.has(Role.SELLER)

    def __call__(self, row: Any) -> CounterOut:
        columns = ("ref", "regime", "statutory", "chance", "status", "explanation", "outcome_text")
        moments = ("filed_at", "received_at", "arrived_at", "settled_at")
        running = deadlines.running_of_each([stream_of(row)])[stream_of(row)]
        return CounterOut(
            **{name: getattr(row, name) for name in (*columns, *moments)},
            notice=row.item.ref,
            decision=row.decision.ref,
            marketplace=row.item.listing.marketplace.slug,
            listing_id=row.item.listing.listing_id,
            ground=row.ground if row.ground in grounds() else "",
            declared={element.name: value for element, value in forwarded_of(row)},
            replies=[SaidOut(said=one.said, text=self._text(one), at=one.at) for one in row.replies.all()],
            suits=[f"{suit.body}, {suit.number}" for suit in row.suits.all()],
            lacking=self._lacking(row),
            due=falling_due(running),
        )

    def _text(self, reply: Any) -> str:
        return "" if self._seller and reply.said in OF_THE_HOLDER else str(reply.text)

    def _lacking(self, row: Any) -> list[LackingOut]:
        if not self._seller or row.status != CounterStatus.INCOMPLETE:
            return []
        return asked_for(missing_from(row, {one.kind for one in row.files.all()}))
