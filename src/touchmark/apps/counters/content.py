"""What an answer says, by the names of the regimes' elements; what it still needs; what the holder is shown of it."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from touchmark.engine.policy import particulars
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.reasons import grounds
from touchmark.engine.policy.rules import Element
from touchmark.engine.terms import RightKind

if TYPE_CHECKING:
    from touchmark.apps.counters.models import CounterNotice
    from touchmark.apps.notices.models import NoticeItem

DOCUMENT = "counter_notice"


def asked_of(item: "NoticeItem") -> tuple[Element, ...]:
    """Give the elements that the law asks of an answer to this item, in its order."""
    return particulars.asked(document=DOCUMENT, regime=regimes()[item.regime], kind=RightKind(item.right.kind))


def missing_from(counter: "CounterNotice", files: Collection[str]) -> tuple[Element, ...]:
    """Give what an answer still needs; ``files`` are the kinds of those that came with it."""
    regime, kind = regimes()[counter.regime], RightKind(counter.item.right.kind)
    return particulars.missing(content_of(counter, files), document=DOCUMENT, regime=regime, kind=kind)


def content_of(counter: "CounterNotice", files: Collection[str]) -> dict[str, Any]:
    """Give what an answer says by the names of the elements; the listing is the one that it was opened from."""
    ground = grounds().get(counter.ground)
    known = {
        "listing": counter.item.ref,
        "ground": counter.ground,
        "explanation": counter.explanation,
        "evidence": (ground is not None and ground.shown_by(files)) or None,
        "identity": "identity" in files or None,
    }
    return {**_said(counter.particulars), **known}


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value not in (None, "")}


def forwarded_of(counter: "CounterNotice") -> list[tuple[Element, Any]]:
    """Give what a holder reads of an answer: of what the law asked for, what it lets the holder see."""
    shown = [element for element in asked_of(counter.item) if element.forwarded and element.name not in BESIDE]
    said = [(element, counter.particulars.get(element.name)) for element in shown]
    return [(element, value) for element, value in said if value not in (None, "")]


#: What a page shows in places of its own.
BESIDE = frozenset({"listing", "ground", "explanation", "evidence", "identity"})
