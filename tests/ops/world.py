"""A wiring for tests: messages of the kind ``note`` are written down here, one that says so fails."""

from collections.abc import Sequence
from datetime import datetime

from touchmark.apps.outbox.handlers import Handler, Handlers
from touchmark.apps.outbox.models import Message
from touchmark.integrations.answers import Answer, Later
from touchmark.ops.background import DueClock

told: list[str] = []
rung: list[datetime] = []
broken: list[str] = []


def handlers() -> Handlers:
    return {"note": Handler(carry=_carry)}


def due_clocks() -> Sequence[DueClock]:
    return [_broken, _ring]


def _broken(at: datetime) -> int:
    if broken:
        raise ValueError("as asked")
    return 0


def _carry(message: Message, at: datetime) -> Answer:
    told.append(message.payload["says"])
    if message.payload["says"] == "fail":
        raise Later("as asked")
    return Answer()


def _ring(at: datetime) -> int:
    if rung:
        return 0
    rung.append(at)
    return 1
