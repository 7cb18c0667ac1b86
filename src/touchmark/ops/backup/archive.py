"""
The file of a backup: a tar, whose last member lists all others with their sizes and digests.

So it can be written and read as a stream, and one that was cut short or changed is known before anything is put in
place. It may come from anywhere: names are those that we write, or it is refused.
"""

import json
import os
import re
import tarfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from touchmark.engine.errors import TouchmarkError

MANIFEST = "manifest.json"
#: Every name that a member may have: the database, a key, a file by its digest.
NAMES = re.compile(
    r"database|keys/(secret\.key|record\.key|record\.key\.pub)|blobs/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}"
)
#: A list of ten million files is no larger.
LARGEST_MANIFEST = 2**31
CHUNK = 1 << 20

Counted = Callable[[int], None]


class UnusableBackup(TouchmarkError):
    """The file is no backup of ours, or not a whole one."""


class CannotWrite(TouchmarkError):
    """There is no place for the backup."""


@dataclass
class Writer:
    """Writes a backup, as a context: it has its name once it is whole, and on any exception there is none."""

    path: Path
    about: dict[str, Any]
    _files: dict[str, dict[str, Any]] = field(default_factory=dict, init=False)

    def __enter__(self) -> Self:
        if self.path.exists():
            raise CannotWrite(f"{self.path} exists; name a new file, or take the old one away")
        self._part = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        try:
            opened = os.open(self._part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)  # it holds keys
        except OSError as fault:
            raise CannotWrite(f"{self.path}: cannot be written ({fault.strerror}); check the folder") from None
        self._stream = os.fdopen(opened, "wb")
        self._tar = tarfile.open(fileobj=self._stream, mode="w|", format=tarfile.PAX_FORMAT)
        return self

    def add(self, name: str, path: Path) -> str:
        """Put a file in and give the digest of what went in; one that grows meanwhile is taken as long as it was."""
        with path.open("rb") as file:
            info = tarfile.TarInfo(name)
            info.size, info.mode = os.fstat(file.fileno()).st_size, 0o600
            through = _Digesting(file)
            self._tar.addfile(info, through)
        self._files[name] = {"size": info.size, "sha256": through.digest.hexdigest()}
        return through.digest.hexdigest()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            with suppress(OSError, ValueError):
                self._tar.close()  # else it would write its end once it is thrown away, to a file that is closed
            with suppress(OSError, ValueError):
                self._stream.close()
            self._part.unlink(missing_ok=True)

    def _finish(self) -> None:
        listed = json.dumps(self.about | {"files": self._files}).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(listed), 0o600
        self._tar.addfile(info, BytesIO(listed))
        self._tar.close()
        self._stream.flush()
        os.fsync(self._stream.fileno())
        os.replace(self._part, self.path)


def unpacked(path: Path, into: Path, taken: Counted) -> dict[str, Any]:
    """
    Unpack a backup into an empty folder and give what it says of itself, once every file is as it was written.

    :param taken: is told the bytes of each file
    :raises UnusableBackup: if it is none, or not whole; what was unpacked is then worth nothing
    """
    found: dict[str, dict[str, Any]] = {}
    about: dict[str, Any] | None = None
    try:
        with tarfile.open(path, mode="r|") as tar:
            for info in tar:
                if info.name == MANIFEST:
                    about = _manifest(tar, info)
                else:
                    found[info.name] = _member(tar, info, into)
                    taken(info.size)
    except (tarfile.TarError, OSError, EOFError, ValueError) as fault:
        raise UnusableBackup(f"{path}: cannot be read to its end ({fault}); fetch it again, or take another") from fault
    if about is None:
        raise UnusableBackup(f"{path}: cut short, its last part is missing; fetch it again, or take another")
    _require_whole(path, about.pop("files", None), found)
    return about


def _manifest(tar: tarfile.TarFile, info: tarfile.TarInfo) -> dict[str, Any]:
    held = tar.extractfile(info) if info.isfile() and info.size < LARGEST_MANIFEST else None
    about = json.loads(held.read()) if held else None
    if not isinstance(about, dict):
        raise ValueError("its list of files is none")
    return about


def _member(tar: tarfile.TarFile, info: tarfile.TarInfo, into: Path) -> dict[str, Any]:
    held = tar.extractfile(info) if info.isfile() and NAMES.fullmatch(info.name) else None
    if held is None:
        raise ValueError(f"it holds {info.name!r}, which is none of ours")
    path = into / info.name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    through = _Digesting(held)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        while chunk := through.read(CHUNK):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return {"size": info.size, "sha256": through.digest.hexdigest()}


def _require_whole(path: Path, listed: object, found: dict[str, dict[str, Any]]) -> None:
    if listed == found and "database" in found:
        return
    known = listed if isinstance(listed, dict) else {}
    name = next((name for name in sorted({*known, *found}) if known.get(name) != found.get(name)), "database")
    raise UnusableBackup(f"{path}: {name} is not as it was written; fetch the backup again, or take another")


class _Digesting:
    """Counts the digest of all that is read through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, sha256()

    def read(self, size: int = -1) -> bytes:
        """As a file's."""
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk
