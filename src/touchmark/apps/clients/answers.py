"""
What requests with an ``Idempotency-Key`` were answered, so that one that is sent again gets the same answer.

A request claims its key before it begins and leaves its answer when it is done. What it did and its answer are kept
together, or neither is: a claim that outlives its process has done nothing and is taken over once its lease is past.
"""

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from touchmark.apps.clients.models import Answered, Client
from touchmark.engine.errors import TouchmarkError

#: How long an answer is kept.
KEPT = timedelta(hours=24)
#: A request at work for longer than this is held for dead.
LEASE = timedelta(minutes=5)
#: Longer bodies are kept packed: rows of a bulk request differ in little. JSON never begins as what is packed does.
SHORT, PACKED = 1_000, b"x"


class KeyUsedOtherwise(TouchmarkError):
    """The key came with another request before."""


class StillAtWork(TouchmarkError):
    """The same request is being carried out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered."""

    code: int
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """A request at work under its key since a moment; one that took it over bears another."""

    client: Client
    key: str
    since: datetime


def claim(*, client: Client, key: str, digest: str, at: datetime) -> Answer | Claim:
    """
    Begin a request under its key; give what it was answered, if it was sent before.

    :raises KeyUsedOtherwise: if the key came with another request
    :raises StillAtWork: if the same request is at work
    """
    Answered.objects.filter(client=client, key=key, begun_at__lte=at - KEPT).delete()
    try:
        with transaction.atomic():
            Answered.objects.create(client=client, key=key, digest=digest, begun_at=at)
    except IntegrityError:
        return _before(client, key, digest, at)
    return Claim(client, key, at)


def _before(client: Client, key: str, digest: str, at: datetime) -> Answer | Claim:
    found = Answered.objects.filter(client=client, key=key).first()
    if found is None:
        raise StillAtWork("The same request was refused at this very moment: send it again.")
    if found.digest != digest:
        raise KeyUsedOtherwise("This Idempotency-Key came with another request. Use a new key for each request.")
    if found.code is not None:
        return Answer(found.code, found.kind, _unpacked(bytes(found.body)))
    dead = Answered.objects.filter(pk=found.pk, code=None, begun_at=found.begun_at, begun_at__lte=at - LEASE)
    if not dead.update(begun_at=at):
        raise StillAtWork("The same request is being carried out: wait for its answer, or send it again in a moment.")
    return Claim(client, key, at)


def keep(claimed: Claim, answer: Answer) -> None:
    """
    Leave the answer of a request that is done.

    :raises StillAtWork: if it took so long that it was held for dead, and another does it: what this one did goes
    """
    if not _held(claimed).update(code=answer.code, kind=answer.kind, body=_packed(answer.body)):
        raise StillAtWork("The same request was sent again meanwhile, and is being carried out: wait for that answer.")


def _packed(body: bytes) -> bytes:
    return zlib.compress(body) if len(body) > SHORT else body


def _unpacked(body: bytes) -> bytes:
    return zlib.decompress(body) if body.startswith(PACKED) else body


def release(claimed: Claim) -> None:
    """Let a key go whose request came to nothing, unless another has taken it over."""
    _held(claimed).delete()


def _held(claimed: Claim) -> QuerySet[Answered]:
    return Answered.objects.filter(client=claimed.client, key=claimed.key, code=None, begun_at=claimed.since)


def forget(*, at: datetime) -> int:
    """Let go of the answers that are older than they are kept; give how many there were."""
    return Answered.objects.filter(begun_at__lte=at - KEPT).delete()[0]
