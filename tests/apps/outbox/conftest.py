from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from touchmark.apps.outbox import actions
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Actor, Role

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
OPERATOR = Actor(user_id=1, organisation_id=1, roles=frozenset({Role.OPERATOR}))


@dataclass
class Time:
    """A clock that a test moves."""

    now: datetime = AT

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **lengths: float) -> datetime:
        self.now += timedelta(**lengths)
        return self.now


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def put(clock: Time) -> Callable[..., Message]:
    def put(subject: str = "", *, kind: str = "webhook", to: str = "agora", **payload: Any) -> Message:
        with transaction.atomic():
            return actions.put(kind=kind, to=to, subject=subject, payload=payload, at=clock())

    return put
