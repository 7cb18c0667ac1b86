"""
Cutting a CSV stream into frames of whole rows, and setting aside rows whose quotes are broken.

Arrow parses CSV fast but gives up the file at the first fault in its quotes, and one quote that is never closed would
swallow all rows after it. So rows are framed here first. Where every quote stands where RFC 4180 wants it (the common
case) a frame is found by counting quotes, over arrays. Where one does not, the rows of that block are told apart one by
one: a quote within an unquoted value (``13" laptop``) is text; a quoted value that is never closed, or that goes on
after its closing quote, breaks the *line* it begins on, and reading resumes at the next line, so that nothing else is
lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

BLOCK = 1 << 20
#: A row longer than this is refused; it is also how far an opening quote may wait for its closing one.
LONGEST = 4 << 20

_QUOTE, _COMMA, _LF, _CR = b'",\n\r'

# No possessive group here: before Python 3.11.5 one that has a repetition within it matches what it should not.
_IN_QUOTES = rb'"[^"]*+(?:""[^"]*+)*"(?!")'
_VALUE = rb"(?:" + _IN_QUOTES + rb'(?=[,\r\n])|(?!")[^,\r\n]*+)'
_ROW = re.compile(_VALUE + rb"(?:," + _VALUE + rb")*(?:\r\n|\n|\r)")
_QUOTED = re.compile(_IN_QUOTES)
_PLAIN = re.compile(rb"[^,\r\n]*+")
_LINE_END = re.compile(rb"\r\n|\n|\r")

_CLOSE_IT = 'close the quote, and write a quote inside a quoted value twice ("")'


@dataclass(frozen=True, slots=True)
class Broken:
    """A row without usable quotes: its place among the rows of its frame (from 0), its first line, and why."""

    place: int
    text: bytes
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Whole rows as they stand in the file, the broken ones taken out; ``end`` is the offset read so far."""

    data: bytes
    broken: tuple[Broken, ...]
    end: int


def frames(stream: BinaryIO) -> Iterator[Frame]:
    """The rows from the stream's position to its end, in frames of about ``BLOCK`` bytes."""
    rest, skipping = b"", False
    while True:
        more = stream.read(BLOCK)
        block = rest + more
        if skipping:  # the tail of a line that was too long and has been refused
            end = _LINE_END.search(block)
            block = block[end.end() :] if end else b""
            skipping = end is None and bool(more)
        if not more and block and block[-1] not in (_LF, _CR):
            block += b"\n"
        data, broken, used = _cut(block, last=not more) if block else (b"", (), 0)
        if used > len(block):
            skipping = True
        rest = block[used:]
        if data or broken:
            yield Frame(data=data, broken=broken, end=stream.tell() - len(rest))
        if not more:
            return


def _cut(block: bytes, *, last: bool) -> tuple[bytes, tuple[Broken, ...], int]:
    """The whole rows at the head of a block, and how far they go (beyond its end: drop the rest of the line, too)."""
    used = _end_of_rows(block, last=last)
    if used is None or (used == 0 and (last or len(block) > LONGEST)):
        return _row_by_row(block, last=last)
    return block[:used], (), used


def _end_of_rows(block: bytes, *, last: bool) -> int | None:
    """Where the last whole row ends, by counting quotes; None where a quote stands in an odd place."""
    data = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(data == _QUOTE)
    if not _regular(data, quotes) or (last and len(quotes) % 2):
        return None
    if last:
        return len(block)
    line_ends = np.flatnonzero(data == (_LF if _LF in block else _CR))
    outside = line_ends[np.searchsorted(quotes, line_ends) % 2 == 0]
    return int(outside[-1]) + 1 if len(outside) else 0


def _regular(data: NDArray[np.uint8], quotes: NDArray[np.intp]) -> bool:
    """
    Whether each first quote of a pair begins a value and each second one ends it.

    A quote written twice closes and opens again at once: its second half follows a closing quote, its first half comes
    before an opening one. A block always begins at the beginning of a row.
    """
    edges = np.zeros(256, bool)
    edges[[_COMMA, _LF, _CR]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    before = opening[opening > 0] - 1
    after = closing[closing < len(data) - 1] + 1
    return bool(
        np.all(edges[data[before]] | (data[before] == _QUOTE)) and np.all(edges[data[after]] | (data[after] == _QUOTE))
    )


def _row_by_row(block: bytes, *, last: bool) -> tuple[bytes, tuple[Broken, ...], int]:
    good: list[bytes] = []
    broken: list[Broken] = []
    at = 0
    while at < len(block):
        if row := _ROW.match(block, at):
            if row.group() not in (b"\n", b"\r\n", b"\r"):
                good.append(row.group())
            at = row.end()
            continue
        fault = _fault(block, at)
        if fault is None and not last and len(block) - at <= LONGEST:
            break  # not broken yet: its end may come with the next block
        line_end = _LINE_END.search(block, at)
        stop = line_end.start() if line_end else len(block)
        too_long = (f"longer than {LONGEST >> 20} MiB, or with a quote that is never closed", _CLOSE_IT)
        reason, remedy = fault or (("a quote that is never closed", _CLOSE_IT) if last else too_long)
        broken.append(Broken(len(good) + len(broken), block[at : min(stop, at + 1000)], reason, remedy))
        at = line_end.end() if line_end else len(block) + 1
    return b"".join(good), tuple(broken), at


def _fault(block: bytes, at: int) -> tuple[str, str] | None:
    """Why no row can be read here, whatever follows; None where the block merely ends too soon."""
    while at < len(block):
        value = (_QUOTED if block[at] == _QUOTE else _PLAIN).match(block, at)
        if value is None or value.end() == len(block):
            return None
        if block[value.end()] != _COMMA:
            return ("text after a closing quote", _CLOSE_IT)
        at = value.end() + 1
    return None
