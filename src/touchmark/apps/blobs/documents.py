"""The pages of a PDF as pictures, drawn by a program of its own that may use little and can do nothing."""

import hashlib
import json
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from touchmark.engine.errors import TouchmarkError

#: Seconds that drawing one document may take, whatever else the machine does.
PATIENCE = 60
_PROGRAM = Path(__file__).with_name("draw_pages.py")
#: How far from its end a document says that it ends; what stands behind that is no part of it.
_TAIL = 1_024
_HEAD = b"%PDF-"


class NotDrawn(TouchmarkError):
    """The pages of a document cannot be shown; ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def is_pdf(data: bytes) -> bool:
    """Tell a PDF as readers do, which also look for its first words further down."""
    return _HEAD in data[:_TAIL]


#: What was drawn ahead, by the digest of the document: its pages, or why there are none.
_AHEAD: ContextVar[Mapping[bytes, Sequence[bytes] | NotDrawn] | None] = ContextVar("drawn_ahead", default=None)


@contextmanager
def drawn_ahead(documents: Iterable[bytes]) -> Iterator[None]:
    """
    Draw documents now, and have their pages ready for ``pages_of`` while the block runs.

    For a block that begins a transaction: drawing takes seconds, and on SQLite every other writer would wait for it.
    """
    kept = _AHEAD.set({_digest(data): _drawn_or_not(data) for data in documents})
    try:
        yield
    finally:
        _AHEAD.reset(kept)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _drawn_or_not(data: bytes) -> Sequence[bytes] | NotDrawn:
    try:
        return _drawn(data)
    except NotDrawn as refusal:
        return refusal


def pages_of(data: bytes) -> Sequence[bytes]:
    """
    Give the pages as JPEG, the first one first: as they were drawn ahead, or now.

    :raises NotDrawn: as ``_drawn`` says
    """
    ahead = _AHEAD.get()
    found = ahead.get(_digest(data)) if ahead else None
    if isinstance(found, NotDrawn):
        raise found
    return found if found is not None else _drawn(data)


def _drawn(data: bytes) -> Sequence[bytes]:
    """
    Draw the pages.

    :raises NotDrawn: two_kinds (something stands before or behind it), encrypted, dynamic_form, too_many_pages,
        no_pages, page_too_large, broken (damaged, or it takes more than it may)
    """
    _refuse_two_kinds(data)
    try:
        done = subprocess.run(  # noqa: S603  a program of ours, which reads from standard input alone
            [sys.executable, "-I", str(_PROGRAM)],
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as refusal:
        raise NotDrawn("broken") from refusal
    said, _, rest = done.stdout.partition(b"\n")
    if done.returncode or not said:  # it was stopped, or fell
        raise NotDrawn("broken")
    told = json.loads(said)
    if "problem" in told:
        raise NotDrawn(told["problem"])
    return _cut(rest, told["pages"])


def _refuse_two_kinds(data: bytes) -> None:
    """A file that another program would take for something else: a page, an archive, a picture."""
    if not data.startswith(_HEAD) or b"%%EOF" not in data[-_TAIL:] or carries_archive(data):
        raise NotDrawn("two_kinds" if b"%%EOF" in data else "broken")


def carries_archive(data: bytes) -> bool:
    """Whether a file is a ZIP archive too, whatever stands before it: its end says where its directory lies."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(data):
        return False
    (size,) = struct.unpack_from("<I", data, end + 12)
    return size <= end and data[end - size : end - size + 4] in (b"PK\x01\x02", b"PK\x05\x06")


def _cut(rest: bytes, sizes: Sequence[int]) -> list[bytes]:
    ends = [sum(sizes[: number + 1]) for number in range(len(sizes))]
    return [rest[end - size : end] for end, size in zip(ends, sizes, strict=True)]
