"""What the pages of a decision and of a notice show of answers: that one can be given, until when, and those given."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from touchmark.apps.counters import access, actions, queries
from touchmark.apps.counters.windows import by_statute, window_of
from touchmark.engine.errors import TouchmarkError
from touchmark.web.counters.words import badge_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from touchmark.apps.notices.models import NoticeItem
    from touchmark.engine.terms import Actor


@dataclass(frozen=True, slots=True)
class Offer:
    """One notice behind a decision: whether and until when the seller can answer it, and what was answered."""

    ref: str
    may: bool
    until: datetime | None
    later_until: datetime | None  # the other chances, where the first one ends before them
    statutory: bool
    given: list[tuple[Any, dict[str, str]]]


def offers_on(decision_key: int, actor: "Actor", at: datetime) -> list[Offer]:
    """Give the notices behind a decision that this seller may see."""
    found = access.answerable_for(actor).filter(decisions=decision_key)
    items = list(found.select_related("notice", "right", "listing__marketplace"))
    given = queries.of_items(actor, items)
    return [_offer(item, given[item.pk], at) for item in items]


def _offer(item: "NoticeItem", given: list[Any], at: datetime) -> Offer:
    window = window_of(item)
    first = window.first_until if not given else None
    until = first if first is not None and at <= first else window.until
    later = window.until if until != window.until else None
    return Offer(item.ref, may_answer(item, at), until, later, by_statute(item), _badged(given))


def may_answer(item: "NoticeItem", at: datetime) -> bool:
    """Whether an answer to a notice would be taken now."""
    try:
        actions.require_answerable(item, at=at)
    except TouchmarkError:
        return False
    return True


def answers_to(items: "Iterable[NoticeItem]", actor: "Actor") -> list[tuple[Any, dict[str, str]]]:
    """Give the answers to these items that the actor may see, each with its badge."""
    found = queries.of_items(actor, items)
    return _badged([counter for counters in found.values() for counter in counters])


def answers_of_each(items: "Iterable[NoticeItem]", actor: "Actor") -> dict[int, list[tuple[Any, dict[str, str]]]]:
    """Give the same by the key of the item that each answers."""
    return {key: _badged(counters) for key, counters in queries.of_items(actor, items).items()}


def _badged(given: list[Any]) -> list[tuple[Any, dict[str, str]]]:
    return [(counter, badge_of(counter.status)) for counter in given]
