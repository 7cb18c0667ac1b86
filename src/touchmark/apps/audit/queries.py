from collections.abc import Iterator

from touchmark.apps.audit.models import Checkpoint, Event, Leaf


def events_of(stream: str) -> Iterator[Event]:
    """The events of a stream, in order. The caller has got what the stream is about through its own access."""
    return Event.objects.filter(stream=stream).order_by("number").iterator(chunk_size=500)


def done_by(user_id: int) -> Iterator[Event]:
    """What somebody did, in order: for the person themselves."""
    return Event.objects.filter(user_id=user_id).order_by("id").iterator(chunk_size=500)


def last_checkpoint() -> str | None:
    """The newest signed head of the log, as the text to keep elsewhere; None before the first sealing."""
    return Checkpoint.objects.order_by("-size").values_list("note", flat=True).first()


def rows() -> int:
    """How many rows a verification has to look at."""
    return Event.objects.count() + Leaf.objects.count()
