"""Rights for tests, entered the way a holder enters them."""

from datetime import datetime
from typing import Any

import pyarrow as pa

from tests.factories import accounts
from tests.factories.accounts import AT
from touchmark.apps.accounts.models import Organisation
from touchmark.apps.registry import actions
from touchmark.apps.registry.content import RightContent
from touchmark.apps.registry.models import Right
from touchmark.engine.screening.schemas import RIGHTS
from touchmark.engine.terms import Actor, RightKind, Role


def content(text: str = "ALDERMOOR", **said: Any) -> RightContent:
    """Say what a right says; a word mark, unless told otherwise."""
    return RightContent(**{"kind": RightKind.WORD_MARK, "text": text} | said)


def holder(name: str = "", *, role: Role = Role.HOLDER) -> Actor:
    """Make somebody who acts for a holder of their own."""
    return accounts.actor(role, of=accounts.organisation(name=name))


def right(of: Actor | None = None, *, at: datetime = AT, **said: Any) -> Right:
    """Make a right that waits for a reviewer."""
    return actions.submit(content=content(**said), actor=of or holder(), at=at)


def verified(of: Actor | None = None, *, by: Actor | None = None, at: datetime = AT, **said: Any) -> Right:
    """Make a right that a reviewer has verified."""
    made = right(of, at=at, **said)
    return actions.verify(ref=made.ref, seen=made.digest, actor=by or accounts.actor(Role.REVIEWER), at=at)


def organisation_of(actor: Actor) -> Organisation:
    """Give the organisation that somebody acts for."""
    return Organisation.objects.get(pk=actor.organisation_id)


def rows(*said: dict[str, Any]) -> pa.RecordBatch:
    """Give rows of a file of rights, numbered from 1; a word mark where no kind is said."""
    whole = [{"row": number, "kind": "word_mark"} | row for number, row in enumerate(said, 1)]
    return pa.RecordBatch.from_pylist(whole, schema=RIGHTS)
