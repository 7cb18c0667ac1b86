"""
Where the bytes lie: a folder, ``ab/cd/<digest>``, written once, whole or not at all; or a bucket (``bucket.py``).
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from touchmark.apps.blobs import names
from touchmark.apps.blobs.bucket import SCHEME, Account, Bucket
from touchmark.engine.screening.image.unreadable import UnreadableImage


@dataclass(frozen=True, slots=True)
class Store:
    """
    A folder of files by their SHA-256. Calling it with a digest gives the bytes, which is what the engine asks of
    whoever gives it pictures; it can be sent to another process.
    """

    folder: Path

    def __call__(self, digest: str, /) -> bytes:
        """
        Give the bytes of a digest.

        :raises UnreadableImage: ``missing``, if this is no digest, or none whose bytes are here
        """
        try:
            return self.path(digest).read_bytes()
        except (ValueError, FileNotFoundError):
            raise UnreadableImage("missing") from None

    def put(self, data: bytes) -> str:
        """Write the bytes if they are not here yet, and give their digest. Two writers at once do no harm."""
        digest = sha256(data).hexdigest()
        path = self.path(digest)
        if not path.exists():
            write_whole(path, data)
        return digest

    def path(self, digest: str) -> Path:
        """
        Give where the bytes of a digest lie, or would.

        :raises ValueError: if this is no digest
        """
        return self.folder / names.of(digest)

    def shown(self, digest: str, width: int) -> bytes | None:
        """Give the re-encoded picture of a width, if it was kept."""
        try:
            return (self.folder / names.shown(digest, width)).read_bytes()
        except FileNotFoundError:
            return None

    def keep_shown(self, digest: str, width: int, data: bytes) -> None:
        """Keep the re-encoded picture of a width beside the bytes that it was made from."""
        write_whole(self.folder / names.shown(digest, width), data)

    def digests(self) -> Iterator[str]:
        """Give the digest of every file, in order."""
        for path in sorted(self.folder.rglob("*")):
            if names.is_digest(path.name) and path == self.folder / names.of(path.name) and path.is_file():
                yield path.name

    def reach(self) -> None:
        """See whether the files are there: a folder is made at need."""

    def copy_out(self, digest: str, scratch: Path) -> Path:
        """Give a file with the bytes of a digest: the one that lies here; ``scratch`` is not needed."""
        return self.path(digest)

    def take_in(self, file: Path) -> None:
        """Put a file, whose name is the digest of its bytes, in its place; it is moved."""
        place = self.path(file.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(file, place)


#: Where files lie, one way or the other.
Files = Store | Bucket


def here() -> Files:
    """Give the store of this installation."""
    where = str(settings.BLOBS)
    if not where.startswith(SCHEME):
        return Store(Path(settings.BLOBS))
    return Bucket(where, Account(**settings.TOUCHMARK_BLOBS_ACCOUNT))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it stands there whole or not at all, also after the power failed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
