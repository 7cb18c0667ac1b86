"""The folder that holds the bytes: ``ab/cd/<digest>``, written once, whole or not at all."""

import os
import re
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from touchmark.engine.screening.image.unreadable import UnreadableImage

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


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
        if not is_digest(digest):
            raise ValueError(f"{digest[:80]!r} is no SHA-256 in hexadecimal")
        return self.folder / digest[:2] / digest[2:4] / digest

    def shown(self, digest: str, width: int) -> Path:
        """Give where the re-encoded picture of a width lies, beside the bytes that it was made from."""
        path = self.path(digest)
        return path.with_name(f"{path.name}.{width}.webp")


def is_digest(word: str) -> bool:
    """Whether a word can be the name of a file here."""
    return _DIGEST.fullmatch(word) is not None


def here() -> Store:
    """Give the store of this installation."""
    return Store(Path(settings.BLOBS))


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
