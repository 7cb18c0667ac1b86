"""
What leaves the house: of each letter, as which event it is told to programs, and which of its values go along.

A letter holds what its reader may know; of that an event carries what a program needs, by name. What is not named here
is not carried, so that a value that a letter gains later does not leave by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """How a kind of letter is told: its type, and the names of the values that go along."""

    type: str
    carries: tuple[str, ...]


_NOTICE = ("notice", "right", "listing")
_ANSWER = ("counter", "notice", "listing", "due")
_SUIT = ("suit", "suit_kind", "body", "number")
_APPEAL = ("appeal", "decision", "listing")
_DECISION = ("decision", "kind", "listing")

#: By the kind of letter. ``{outcome}`` and ``{status}`` are filled from the letter.
EVENTS: Mapping[str, Event] = {
    "notice_received": Event("notice.filed", (*_NOTICE, "listings", "by")),
    "notice_incomplete": Event("notice.incomplete", ("notice", "right", "lacking", "by")),
    "notice_lapsed": Event("notice.lapsed", ("notice", "right")),
    "notice_gone": Event("notice.listing_gone", (*_NOTICE, "because", "by")),
    "notice_goes_on": Event("notice.goes_on", (*_NOTICE, "because", "by")),
    "notice_stopped": Event("notice.stopped", ("notice", "right", "listings")),
    "notice_outcome": Event("notice.{outcome}", (*_NOTICE, "outcome", "reasons", "automated_decision", "appeal_by")),
    "goods_to_examine": Event("examination.asked", ("examination", "notice", "listing", "question", "by")),
    "counter_received": Event("counter_notice.received", _ANSWER),
    "counter_incomplete": Event("counter_notice.incomplete", (*_ANSWER, "lacking", "text")),
    "counter_forwarded": Event(
        "counter_notice.forwarded", (*_ANSWER, "ground", "explanation", "statutory", "law", "declared")
    ),
    "counter_suit": Event("counter_notice.suit_shown", (*_ANSWER, *_SUIT)),
    "counter_suit_asked": Event("suit.asked", (*_ANSWER, *_SUIT, "by")),
    "counter_goes_on": Event("counter_notice.{what}", (*_ANSWER, *_SUIT)),
    "counter_ruling": Event("counter_notice.ruling_shown", (*_ANSWER, "ruling")),
    "counter_settled": Event("counter_notice.settled", (*_ANSWER, "outcome", "text", "back")),
    "appeal_received": Event("appeal.received", (*_APPEAL, "by")),
    "appeal_refused": Event("appeal.refused", (*_APPEAL, "answer")),
    "decision_reversed": Event("decision.reversed", (*_APPEAL, "answer")),
    "decision_narrowed": Event("decision.narrowed", (*_APPEAL, "answer")),
    "statement_of_reasons": Event("decision.made", _DECISION),
    "decision_taken_back": Event("decision.taken_back", _DECISION),
    "restriction_ended": Event("decision.ended", _DECISION),
    "listing_corrected": Event("decision.corrected", _DECISION),
    "listing_released": Event("decision.released", _DECISION),
    "correction_lapsed": Event("decision.correction_lapsed", _DECISION),
    "notice_taken_back": Event("notice.taken_back", _DECISION),
    "dispute_news": Event(
        "dispute.{status}", ("dispute", "appeal", "decision", "body", "number", "result", "text", "why")
    ),
    "right_verified": Event("right.verified", ("right", "ref")),
    "right_declined": Event("right.declined", ("right", "ref", "reason")),
    "proof_answered": Event("proof.answered", ()),
    "tier_measure": Event("record.measure", ()),
}
#: A clock that waits for the receiver ends soon.
ENDS_SOON = "clock.ends_soon"
#: A message that asks for nothing but an answer.
TRIAL = "webhook.test"


def event_of(kind: str, about: str, content: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """Give the type and the data of the event that a letter is; None for one that no program is told of."""
    event = EVENTS.get(kind)
    if event is None:
        return None
    data = {name: content[name] for name in event.carries if content.get(name) not in (None, "")}
    named = {name: content.get(name, "") for name in ("outcome", "status", "what")}
    return event.type.format(**named), {"about": about, **data}
