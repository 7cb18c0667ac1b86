from collections.abc import Iterator
from datetime import datetime

from touchmark.apps.audit.models import Checkpoint, Event, Leaf


def events_of(stream: str) -> Iterator[Event]:
    """The events of a stream, in order. The caller has got what the stream is about through its own access."""
    return Event.objects.filter(stream=stream).order_by("number").iterator(chunk_size=500)


def done_by(user_id: int) -> Iterator[Event]:
    """What somebody did, in order: for the person themselves."""
    return Event.objects.filter(user_id=user_id).order_by("id").iterator(chunk_size=500)


def happened_after(key: int, *, before: datetime, size: int) -> list[tuple[int, str]]:
    """Give the next events recorded before a moment, in the order of their keys: each with the stream it is of."""
    found = Event.objects.filter(pk__gt=key, at__lt=before).order_by("pk")
    return list(found.values_list("pk", "stream")[:size])


def last_checkpoint() -> str | None:
    """The newest signed head of the log, as the text to keep elsewhere; None before the first sealing."""
    return Checkpoint.objects.order_by("-size").values_list("note", flat=True).first()


def rows() -> int:
    """How many rows a verification has to look at."""
    return Event.objects.count() + Leaf.objects.count()
