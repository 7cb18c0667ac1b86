"""
Recompute the whole record and name the first thing that does not hold.

Rows are streamed and the tree is kept as its frontier: memory does not grow with the record. The log may go on growing
meanwhile: what is looked at is the log as far as its last checkpoint at the start.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

from django.db.models import Exists, F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from touchmark.apps.audit import keys
from touchmark.apps.audit.models import Checkpoint, Event, Leaf, Unsealed
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.record import checkpoint as head
from touchmark.engine.record.tree import Frontier, leaf_hash

CHUNK = 500


class DoesNotHold(TouchmarkError):
    """Something in the record is not as it was written; the text names it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A record that holds: how much of it there is, and what of it no checkpoint vouches for yet."""

    events: int
    sealed: int  # leaves of the log
    checkpoints: int
    unsealed: int
    unsealed_since: datetime | None  # the oldest moment among the unsealed


def verify(
    *,
    trusted: str | None = None,
    believed: Sequence[keys.Ed25519Verifier] | None = None,
    seen: Callable[[int], None] = lambda rows: None,
) -> Standing:
    """
    Check every event's digest and number, its place in the log, every checkpoint's root and signature.

    ``trusted`` is a checkpoint that was kept elsewhere: with it, a log that was cut short together with its
    checkpoints is found out; nothing within the database can show that. ``believed`` are the public keys, by default
    those beside the signing key. ``seen`` is called now and then with the number of rows done since.

    :raises DoesNotHold: at the first thing that does not hold
    :raises NotACheckpoint: if ``trusted`` is no checkpoint
    :raises UnusableKey: if there is a checkpoint to check and the public keys cannot be read
    """
    end = Checkpoint.objects.aggregate(end=Max("size"))["end"] or 0
    believed = _believed(believed) if end or trusted else ()
    outside = _outside(trusted, believed) if trusted else None
    events = _Events(seen)
    events.check()
    checkpoints = _check_log(end, outside, believed, seen)
    _require_nothing_hangs_over()
    return Standing(events.count, end, checkpoints, events.unsealed, events.unsealed_since)


def _believed(given: Sequence[keys.Ed25519Verifier] | None) -> Sequence[keys.Ed25519Verifier]:
    return keys.verifiers() if given is None else given


def _outside(note: str, believed: Sequence[keys.Ed25519Verifier]) -> head.Checkpoint:
    try:
        return head.opened(note, believed)
    except head.NotSigned as reason:
        raise DoesNotHold(f"The checkpoint that was given from outside: {reason}") from reason


class _Events:
    """One pass over all events, stream by stream."""

    def __init__(self, seen: Callable[[int], None]) -> None:
        self.seen = seen
        self.count = 0
        self.unsealed = 0
        self.unsealed_since: datetime | None = None

    def check(self) -> None:
        stream, number = "", 0
        for event in self._all():
            number = number + 1 if event.stream == stream else 1
            stream = event.stream
            _require_number(event, number)
            _require_digest(event)
            self._require_place(event)
            self.count += 1
            if self.count % CHUNK == 0:
                self.seen(CHUNK)
        self.seen(self.count % CHUNK)

    def _all(self) -> Iterator[Event]:
        rows = Event.objects.annotate(place=F("leaf__index"), mark=F("unsealed__event"))
        return rows.order_by("stream", "number").iterator(chunk_size=CHUNK)

    def _require_place(self, event: Event) -> None:
        place: int | None = event.place  # type: ignore[attr-defined]  # annotated above
        waits = event.mark is not None  # type: ignore[attr-defined]
        if place is None and not waits:
            raise DoesNotHold(f"{_named(event)} is neither in the log nor waiting to be sealed.")
        if place is not None and waits:
            raise DoesNotHold(f"{_named(event)} is in the log at {place} and waits to be sealed all the same.")
        if waits:
            self.unsealed += 1
            self.unsealed_since = min(self.unsealed_since or event.at, event.at)


def _require_number(event: Event, number: int) -> None:
    if event.number > number:
        raise DoesNotHold(f"Event {number} of stream {event.stream} is missing: {event.number} follows {number - 1}.")
    if event.number < number:
        raise DoesNotHold(f"{_named(event)} bears a number that cannot be: numbers run from 1, each once.")


def _require_digest(event: Event) -> None:
    try:
        holds = event.entry().digest(bytes(event.salt)) == bytes(event.digest)
    except (TouchmarkError, AttributeError, TypeError, ValueError):  # a column no longer holds what its type promises
        holds = False
    if not holds:
        raise DoesNotHold(f"{_named(event)} is not as it was written: its digest differs.")


def _check_log(
    end: int, outside: head.Checkpoint | None, believed: Sequence[keys.Ed25519Verifier], seen: Callable[[int], None]
) -> int:
    """Grow the tree anew from the leaves, stopping at each head to compare; gives the number of own checkpoints."""
    tree, leaves, count = Frontier(), _leaf_hashes(end, seen), 0
    for found in merge(_heads(end, believed), [outside] if outside else [], key=lambda each: each.size):
        tree = tree.grown(islice(leaves, found.size - tree.size))
        whose = "given from outside" if found is outside else "in the database"
        if tree.size < found.size:
            raise DoesNotHold(f"The checkpoint {whose} counts {found.size} events, the log has {tree.size}: cut short.")
        if tree.root() != found.root:
            raise DoesNotHold(f"The root at {found.size} is not that of the checkpoint {whose}: the log was rewritten.")
        count += found is not outside
    return count


def _heads(end: int, believed: Sequence[keys.Ed25519Verifier]) -> Iterator[head.Checkpoint]:
    """Every checkpoint of our own, signature seen, columns agreeing with the signed text."""
    origin = None
    for row in Checkpoint.objects.filter(size__lte=end).order_by("size").iterator(chunk_size=CHUNK):
        try:
            signed = head.opened(row.note, believed)
        except (head.NotSigned, head.NotACheckpoint) as reason:
            raise DoesNotHold(f"Checkpoint {row.size}: {reason}") from reason
        if (signed.size, signed.root, signed.at) != (row.size, bytes(row.root), row.at):
            raise DoesNotHold(f"Checkpoint {row.size}: the row says another thing than its signed text.")
        if origin is not None and signed.origin != origin:
            raise DoesNotHold(f"Checkpoint {row.size} is of the log {signed.origin}, the ones before of {origin}.")
        origin = signed.origin
        yield signed


def _leaf_hashes(end: int, seen: Callable[[int], None]) -> Iterator[bytes]:
    """The leaf hashes in order, each leaf seen to be the event it stands for."""
    for start in range(0, end, CHUNK):
        stop = min(start + CHUNK, end)
        leaves = {leaf.index: leaf for leaf in Leaf.objects.filter(index__gte=start, index__lt=stop)}
        digests = dict(Event.objects.filter(leaf__index__gte=start, leaf__index__lt=stop).values_list("id", "digest"))
        seen(stop - start)
        for index in range(start, stop):
            yield _leaf(index, leaves.get(index), digests)


def _leaf(index: int, leaf: Leaf | None, digests: Mapping[int, bytes | memoryview]) -> bytes:
    if leaf is None:
        raise DoesNotHold(f"Leaf {index} of the log is missing.")
    if leaf.event_id not in digests:
        raise DoesNotHold(f"Leaf {index} of the log stands for an event (key {leaf.event_id}) that is missing.")
    if bytes(leaf.digest) != bytes(digests[leaf.event_id]):
        raise DoesNotHold(f"Leaf {index} of the log is not the digest of its event (key {leaf.event_id}).")
    return leaf_hash(bytes(leaf.digest))


def _require_nothing_hangs_over() -> None:
    """Each in one statement, so that a sealing meanwhile is seen whole or not at all."""
    end = Coalesce(Subquery(Checkpoint.objects.order_by("-size").values("size")[:1]), 0)
    if loose := Leaf.objects.filter(index__gte=end).order_by("index").first():
        raise DoesNotHold(f"No checkpoint vouches for leaf {loose.index} of the log and those after it.")
    if gone := Unsealed.objects.filter(~Exists(Event.objects.filter(pk=OuterRef("event_id")))).first():
        raise DoesNotHold(f"An event (key {gone.event_id}) that waits to be sealed is missing.")


def _named(event: Event) -> str:
    return f"Event {event.number} of stream {event.stream}"
