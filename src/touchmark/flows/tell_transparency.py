"""Statements of reasons go to the Commission's transparency database: gathered, sent, and what came of each kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from touchmark.apps.reports import statements
from touchmark.integrations.answers import Answer
from touchmark.integrations.transparency_db.send import send

if TYPE_CHECKING:
    import httpx

    from touchmark.apps.outbox.models import Message


def gather(at: datetime, *, url: str) -> int:
    """Gather what must be told, where there is a database to tell it to."""
    return statements.gather(at=at) if url else 0


def tell(message: Message, *, url: str, token: str, client: httpx.Client, at: datetime) -> Answer:
    """
    Send the statements that a message names and that are not answered, and keep what came of each.

    Told again after it broke off, it sends what is left: the database knows each by its name.

    :raises Later: if the database does not answer, or not now; the message is tried again
    :raises Never: if it does not take our token
    """
    rows = statements.bodies_of(message.payload["puids"])
    if not rows:
        return Answer(excerpt="all answered before")
    results = send(rows, url=url, token=token, client=client)
    statements.answered({result.puid: (result.uuid, result.errors) for result in results}, at=at)
    stored = sum(result.stored for result in results)
    return Answer(excerpt=f"{stored} stored, {len(results) - stored} refused")
