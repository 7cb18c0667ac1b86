from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from touchmark.apps.audit import keys
from touchmark.apps.audit.entries import next_event
from touchmark.apps.audit.models import Checkpoint, Event, Leaf, Unsealed
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.record import checkpoint as head
from touchmark.engine.record.canonical import Json
from touchmark.engine.record.tree import Frontier, leaf_hash
from touchmark.engine.terms import Actor

#: So many events are sealed in one transaction. On SQLite, writers wait for that one: a fraction of a second.
BATCH = 1_000


class RecordDamaged(TouchmarkError):
    """The log's last checkpoint does not agree with itself; nothing is added to it until somebody has looked."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one sealing did: how many events, and the size of the log since."""

    events: int
    size: int


def append(*, stream: str, kind: str, actor: Actor, at: datetime, payload: Mapping[str, Json]) -> Event:
    """
    Write the next event of a stream, within the caller's transaction: both are kept, or neither.

    Numbers run from 1 without gaps. Two transactions that append to one stream take turns: the later one waits for the
    earlier at the unique number, and takes the next. The payload names people and organisations by key only.

    :raises NotCanonical: if the payload holds what could not be digested again (see engine.record.canonical)
    :raises RuntimeError: if the caller has opened no transaction
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append() belongs in the transaction that does what it records")
    while True:
        last = _last_number(stream)
        event = next_event(last, stream=stream, kind=kind, actor=actor, at=at, payload=payload)
        try:
            with transaction.atomic():
                return _written(event)
        except IntegrityError:
            if _last_number(stream) == last:
                raise


def _last_number(stream: str) -> int:
    last = Event.objects.filter(stream=stream).order_by("-number").values_list("number", flat=True).first()
    return last or 0


def _written(event: Event) -> Event:
    event.save(force_insert=True)
    Unsealed.objects.create(event=event)
    return event


def seal(*, at: datetime) -> Sealed:
    """
    Put waiting events into the log, oldest key first, and sign the new head; at most ``BATCH`` of them.

    Call again until it gives 0. Of two sealers at once one does the work: both would write the same leaf, the database
    lets one, and the other gives 0. Killed at any point, it has done all of one batch or none.

    :raises RecordDamaged: if the last checkpoint's root and its subtrees disagree
    :raises UnusableKey: if the signing key cannot be read
    """
    if not Unsealed.objects.exists():
        return Sealed(0, _size())
    signer = keys.signer()
    before = _size()
    try:
        with transaction.atomic():
            return _seal_batch(signer, at)
    except IntegrityError:
        if _size() == before:
            raise
        return Sealed(0, _size())


def _size() -> int:
    last = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first()
    return last or 0


def _seal_batch(signer: keys.Ed25519Signer, at: datetime) -> Sealed:
    waiting = list(Unsealed.objects.order_by("event_id").values_list("event_id", "event__digest")[:BATCH])
    if not waiting:
        return Sealed(0, _size())
    old = _frontier()
    digests = [bytes(digest) for _, digest in waiting]
    Leaf.objects.bulk_create(
        Leaf(index=old.size + i, event_id=event_id, digest=digests[i]) for i, (event_id, _) in enumerate(waiting)
    )
    _sign(old.grown(map(leaf_hash, digests)), signer, at)
    Unsealed.objects.filter(event__leaf__index__gte=old.size).delete()
    return Sealed(len(waiting), old.size + len(waiting))


def _frontier() -> Frontier:
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        return Frontier()
    frontier = Frontier(last.size, tuple(bytes.fromhex(root) for root in last.frontier))
    if len(frontier.roots) != last.size.bit_count() or frontier.root() != bytes(last.root):
        raise RecordDamaged(f"The subtrees kept with the checkpoint of {last.size} do not give its root: verify-audit.")
    return frontier


def _sign(tree: Frontier, signer: keys.Ed25519Signer, at: datetime) -> None:
    made = head.Checkpoint(origin=signer.name, size=tree.size, root=tree.root(), at=at)
    Checkpoint.objects.create(
        size=made.size,
        root=made.root,
        at=at,
        key_id=signer.key_id.hex(),
        note=made.signed(signer),
        frontier=[root.hex() for root in tree.roots],
    )
