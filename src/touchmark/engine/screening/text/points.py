"""Many texts as one array of Unicode code points, and pieces of them back as Arrow strings."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets, places

_READ_AS_THEY_ARE: dict[Any, Any] = {pa.string(): np.int32, pa.large_string(): np.int64}


class NotUtf8(TouchmarkError):
    """A text column holds bytes that are not UTF-8; readers of files refuse such rows before they come here."""


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Text i is ``points[bounds[i] : bounds[i + 1]]``; a missing text is an empty one."""

    points: NDArray[np.uint32]
    bounds: Ints  # one more than the texts

    @classmethod
    def of(cls, strings: Any) -> Self:
        """
        Decode an Arrow array of strings, chunked or not, at once.

        :raises NotUtf8: if its bytes are not UTF-8
        """
        data, bounds = utf8(strings)
        points, begins = np.empty(len(data), np.uint32), np.empty(len(bounds), np.int64)
        many = _decode(data, bounds, points, begins)
        if many < 0:
            raise NotUtf8("a text is not valid UTF-8; write the file as UTF-8")
        return cls(points[:many], begins)

    @classmethod
    def none(cls) -> Self:
        """No texts at all."""
        return cls(np.empty(0, np.uint32), np.zeros(1, np.int64))

    @classmethod
    def joined(cls, parts: "list[Points]") -> Self:
        """All texts of several columns, one column after another."""
        lengths = np.concatenate([np.diff(part.bounds) for part in parts])
        return cls(np.concatenate([part.points for part in parts]), offsets(lengths))

    def only(self, texts: Ints) -> "Points":
        """Some of the texts, by ascending number."""
        lengths = self.lengths[texts]
        return Points(self.points[places(self.bounds[texts], lengths)], offsets(lengths))

    def holding(self, so: Mask) -> Mask:
        """Tell which texts hold a character that is so; ``so`` is over all code points."""
        found = np.empty(len(self), np.bool_)
        _holding(self.points, self.bounds, so, found)
        return found

    def cut(self, text: Ints, start: Ints, end: Ints) -> pa.StringArray:
        """Give the pieces from ``start`` up to ``end`` of the texts numbered, as Arrow strings."""
        lengths = end - start
        points = self.points[places(self.bounds[text] + start, lengths)]
        data = points.tobytes().decode("utf-32-le").encode("utf-8")
        size = 1 + (points > 0x7F) + (points > 0x7FF) + (points > 0xFFFF).astype(np.int64)
        ends = offsets(size)[offsets(lengths)].astype(np.int32)
        return pa.StringArray.from_buffers(len(text), pa.py_buffer(ends.tobytes()), pa.py_buffer(data))

    @property
    def lengths(self) -> Ints:
        """How many code points each text has."""
        return np.diff(self.bounds)

    def __len__(self) -> int:
        return len(self.bounds) - 1


@native
def _decode(
    data: NDArray[np.uint8], bounds: NDArray[np.int64], points: NDArray[np.uint32], begins: NDArray[np.int64]
) -> int:
    """Decode texts, each by itself; gives how many points there are, -1 where bytes are not UTF-8."""
    made = 0
    for text in range(len(bounds) - 1):
        begins[text] = made
        at, end = bounds[text], bounds[text + 1]
        while at < end:
            more = _following(data[at])
            point = _point(data, at, more) if 0 <= more < end - at else -1
            if point < 0:
                return -1
            points[made] = point
            made += 1
            at += more + 1
    begins[len(bounds) - 1] = made
    return made


@inlined
def _following(lead: int) -> int:
    """Give how many bytes follow the first one of a character; -1: it is no first one."""
    if lead < 0x80:
        return 0
    if 0xC2 <= lead < 0xE0:
        return 1
    if 0xE0 <= lead < 0xF0:
        return 2
    return 3 if 0xF0 <= lead < 0xF5 else -1


@inlined
def _point(data: NDArray[np.uint8], at: int, more: int) -> int:
    """Put a character together; -1 where it is none, or written longer than it may be."""
    if more == 0:
        return int(np.int64(data[at]))
    point = int(np.int64(data[at])) & (0x3F >> more)
    for place in range(at + 1, at + 1 + more):
        if data[place] & 0xC0 != 0x80:
            return -1
        point = (point << 6) | int(np.int64(data[place]) & 0x3F)
    least = 0x80 if more == 1 else 0x800 if more == 2 else 0x10000
    strange = point < least or 0xD800 <= point < 0xE000 or point > 0x10FFFF
    return -1 if strange else point


@native
def _holding(
    points: NDArray[np.uint32], bounds: NDArray[np.int64], so: NDArray[np.bool_], found: NDArray[np.bool_]
) -> None:
    for text in range(len(found)):
        found[text] = False
        for at in range(bounds[text], bounds[text + 1]):
            if so[points[at]]:
                found[text] = True
                break


def utf8(strings: Any) -> tuple[NDArray[np.uint8], Ints]:
    """Give the bytes of all strings and the byte offsets of each, nulls as empty."""
    whole: Any = strings.combine_chunks() if isinstance(strings, pa.ChunkedArray) else strings
    if whole.null_count == len(whole):
        return np.empty(0, np.uint8), np.zeros(len(whole) + 1, np.int64)
    if whole.type not in _READ_AS_THEY_ARE:
        whole = whole.cast(pa.large_string())
    if whole.null_count:
        whole = pc.fill_null(whole, "")
    _, ends, data = whole.buffers()
    bounds = _array(ends, _READ_AS_THEY_ARE[whole.type])[whole.offset : whole.offset + len(whole) + 1].astype(np.int64)
    held = _array(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    return held[bounds[0] : bounds[-1]], bounds - bounds[0]


def _array(buffer: Any, dtype: Any) -> NDArray[Any]:
    return np.frombuffer(buffer, dtype)
