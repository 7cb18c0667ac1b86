"""
What requests with an ``Idempotency-Key`` were answered, so that one that is sent again gets the same answer.

A request claims its key before it begins and leaves its answer when it is done. What it did and its answer are kept
together, or neither is: a claim that outlives its process has done nothing and is taken over once its lease is past.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from touchmark.apps.clients.models import Answered, Client
from touchmark.engine.errors import TouchmarkError

#: How long an answer is kept.
KEPT = timedelta(hours=24)
#: A request at work for longer than this is held for dead.
LEASE = timedelta(minutes=5)


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


def claim(*, client: Client, key: str, digest: str, at: datetime) -> Answer | None:
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
    return None


def _before(client: Client, key: str, digest: str, at: datetime) -> Answer | None:
    found = Answered.objects.filter(client=client, key=key).first()
    if found is None:
        raise StillAtWork("The same request was refused at this very moment: send it again.")
    if found.digest != digest:
        raise KeyUsedOtherwise("This Idempotency-Key came with another request. Use a new key for each request.")
    if found.code is not None:
        return Answer(found.code, found.kind, bytes(found.body))
    dead = Answered.objects.filter(pk=found.pk, code=None, begun_at=found.begun_at, begun_at__lte=at - LEASE)
    if not dead.update(begun_at=at):
        raise StillAtWork("The same request is being carried out: wait for its answer, or send it again in a moment.")
    return None


def keep(*, client: Client, key: str, answer: Answer) -> None:
    """Leave the answer of a request that is done."""
    Answered.objects.filter(client=client, key=key).update(code=answer.code, kind=answer.kind, body=answer.body)


def release(*, client: Client, key: str) -> None:
    """Let a key go whose request came to nothing."""
    Answered.objects.filter(client=client, key=key, code=None).delete()


def forget(*, at: datetime) -> int:
    """Let go of the answers that are older than they are kept; give how many there were."""
    return Answered.objects.filter(begun_at__lte=at - KEPT).delete()[0]
