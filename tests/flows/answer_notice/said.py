"""What tests of answers ask and say: when something is due, a suit, the orders to marketplaces."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.factories.disputes import picture
from touchmark.apps.counters.actions import (
    GivenFile,
)
from touchmark.apps.counters.kinds import FileKind, SuitKind
from touchmark.apps.counters.models import CounterNotice
from touchmark.apps.counters.suits import SuitForm
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.outbox.models import Message

DAY = timedelta(days=1)


def due(counter: CounterNotice, clock: str) -> datetime:
    found = {one.clock: one.due_at for one in deadlines.running_of_each([f"counter:{counter.ref}"]).popitem()[1]}
    at = found[clock]
    assert at is not None
    return at


def suit(**changes: Any) -> SuitForm:
    said: dict[str, Any] = {
        "kind": SuitKind.SUIT,
        "body": "District Court",
        "number": "26-cv-1",
        "filed_on": date(2026, 8, 1),
        "files": (GivenFile(FileKind.SUIT, picture(9)),),
    }
    return SuitForm(**said | changes)


def orders() -> list[str]:
    return [m.payload["type"] for m in Message.objects.filter(kind="webhook").order_by("created_at", "sequence")]
