"""Many texts as one array of Unicode code points, and pieces of them back as Arrow strings."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.native import native
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets, places


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
        data, bounds = _utf8(strings)
        try:
            points = np.frombuffer(data.tobytes().decode("utf-8").encode("utf-32-le"), np.uint32)
        except UnicodeDecodeError as error:
            raise NotUtf8(f"a text is not valid UTF-8 ({error.reason}); write the file as UTF-8") from error
        if len(points) == len(data):
            return cls(points, bounds)
        begins = offsets((data & 0xC0) != 0x80)
        return cls(points, begins[bounds])

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
def _holding(
    points: NDArray[np.uint32], bounds: NDArray[np.int64], so: NDArray[np.bool_], found: NDArray[np.bool_]
) -> None:
    for text in range(len(found)):
        found[text] = False
        for at in range(bounds[text], bounds[text + 1]):
            if so[points[at]]:
                found[text] = True
                break


def _utf8(strings: Any) -> tuple[NDArray[np.uint8], Ints]:
    """Give the bytes of all strings and the byte offsets of each, nulls as empty."""
    filled: Any = pc.fill_null(strings.cast(pa.large_string()), "")
    whole = filled.combine_chunks() if isinstance(filled, pa.ChunkedArray) else filled
    _, ends, data = whole.buffers()
    if len(whole) == 0 or ends is None:
        return np.empty(0, np.uint8), np.zeros(1, np.int64)
    bounds = _array(ends, np.int64)[whole.offset : whole.offset + len(whole) + 1]
    held = _array(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    return held[bounds[0] : bounds[-1]], bounds - bounds[0]


def _array(buffer: Any, dtype: Any) -> NDArray[Any]:
    return np.frombuffer(buffer, dtype)
