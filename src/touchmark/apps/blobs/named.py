"""Pictures that come by name, out of a folder or an archive: kept, or known why not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from touchmark.apps.blobs import actions, queries
from touchmark.apps.blobs.look import look
from touchmark.apps.blobs.models import Blob
from touchmark.engine.screening.image.unreadable import ImageBytes, UnreadableImage


@dataclass(frozen=True, slots=True)
class Named:
    """What came of one name: the file, if its bytes came at all, and why it is no picture to look at, if so."""

    blob: Blob | None
    refusal: UnreadableImage | None


def keep_named(names: Iterable[str], images: ImageBytes, *, at: datetime) -> Mapping[str, Named]:
    """Keep the pictures of these names. Nothing that is wrong with one keeps the others from being kept."""
    missing: dict[str, UnreadableImage] = {}
    came: list[str] = []

    def files() -> Iterator[bytes]:
        for name in dict.fromkeys(names):
            try:
                data = images(name)
            except UnreadableImage as refusal:
                missing[name] = refusal
                continue
            came.append(name)
            yield data

    blobs = actions.keep_many(files(), at=at)
    kept = {name: Named(blob, _refusal(blob)) for name, blob in zip(came, blobs, strict=True)}
    return kept | {name: Named(None, refusal) for name, refusal in missing.items()}


def _refusal(blob: Blob) -> UnreadableImage | None:
    """A file that is known to be unreadable is looked at again, for the words."""
    return look(queries.bytes_of(blob.sha256)).refusal if blob.problem else None
