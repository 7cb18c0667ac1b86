"""
The pictures of rights as arrays that a batch is compared with: one layer for the register, one for what came since.

A *reference* is a distinct file; several rights may show it. Its number counts through all layers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple, Self

import numpy as np
import simplejpeg
from numpy.typing import NDArray

from touchmark.engine.screening.image.code import BYTES
from touchmark.engine.screening.image.index import CodeIndex

Index = NDArray[np.int64]


class Candidates(NamedTuple):
    """Pairs of codes within the radius, sorted by query, reference, variant; parallel arrays."""

    query: Index
    reference: Index
    distance: NDArray[np.int16]  # bits that differ, 0..256
    variant: NDArray[np.uint8]  # of the reference: ``regions.variant_of``
    rect: NDArray[np.uint16]  # (n, 4): that part of the reference: left, top, right, bottom, in 65535ths of its sides


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """References of one compilation, sorted by digest; may lie in a memory map."""

    sha256: NDArray[np.uint8]  # (n, 32)
    code: NDArray[np.uint8]  # (n, 32): of the whole picture, in the standard form
    quality: NDArray[np.uint8]
    width: NDArray[np.int32]
    height: NDArray[np.int32]
    right_first: Index  # (n + 1): where the rights of each reference start
    right: NDArray[np.int32]  # index of the right within the snapshot
    thumb_first: Index  # (n + 1): where the small picture of each reference starts
    thumb: NDArray[np.uint8]  # small grey JPEGs, one after another
    held_first: Index  # (codes + 1): where the holders of each code start
    held_reference: NDArray[np.int32]  # who holds the code
    held_variant: NDArray[np.uint8]
    held_rect: NDArray[np.uint16]  # (holders, 4)
    index: CodeIndex  # over the distinct codes

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Take up what ``arrays`` gave, from wherever it was kept."""
        own = {one.name: arrays[one.name] for one in fields(cls) if one.name != "index"}
        return cls(**own, index=CodeIndex.of(arrays))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give the arrays by name, to be kept."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "index"} | self.index.arrays()

    def near(self, codes: NDArray[np.uint8], radius: int) -> Candidates:
        """Give who holds a code within the radius of each query."""
        found = self.index.near(codes, radius)
        pair, holder = spread(self.held_first, found.place)
        found_by = (self.held_reference[holder].astype(np.int64), self.held_variant[holder], self.held_rect[holder])
        reference, variant, rect = found_by
        return Candidates(found.query[pair], reference, found.distance[pair], variant, rect)

    def same_bytes(self, sha256: NDArray[np.uint8]) -> tuple[Index, Index]:
        """Give the pairs of a query, (q, 32), and the reference with the same digest."""
        held, asked = as_strings(self.sha256), as_strings(sha256)
        at = np.minimum(np.searchsorted(held, asked), max(len(held) - 1, 0))
        same = held[at] == asked if len(held) else np.zeros(len(asked), np.bool_)
        return np.flatnonzero(same), at[same]

    def __len__(self) -> int:
        return len(self.sha256)


@dataclass(frozen=True, eq=False)
class ImageReferences:
    """All references: a register's own layer, and layers of what was added since."""

    layers: tuple[Layer, ...] = field(repr=False)

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Take up one layer, from wherever it was kept."""
        return cls((Layer.of(arrays),))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give the arrays of the first layer by name, to be kept."""
        return self.layers[0].arrays()

    def with_layer(self, other: "ImageReferences", first_right: int = 0) -> Self:
        """
        The same references and others beside them, which are found just as if all had been compiled together.

        ``first_right`` is added to the rights of ``other``, where they were counted from nought.
        """
        moved = [replace(layer, right=layer.right + np.int32(first_right)) for layer in other.layers]
        return type(self)((*self.layers, *moved))

    def near(self, codes: NDArray[np.uint8], radius: int) -> Candidates:
        """Give every pair of a query, (q, 32), and a reference with a code at most ``radius`` bits from it."""
        parts = [layer.near(codes, radius) for layer in self.layers]
        moved = [part._replace(reference=part.reference + at) for part, at in zip(parts, self._firsts, strict=False)]
        columns: list[Any] = [np.concatenate(column) for column in zip(*moved, strict=True)]
        joined = Candidates(*columns)
        order = np.lexsort((joined.variant, joined.reference, joined.query))
        return Candidates(*(column[order] for column in columns))

    def same_bytes(self, sha256: NDArray[np.uint8]) -> tuple[Index, Index]:
        """Give every pair of a query, (q, 32), and a reference with the same digest, sorted."""
        parts = [layer.same_bytes(sha256) for layer in self.layers]
        query = np.concatenate([part[0] for part in parts])
        reference = np.concatenate([part[1] + at for part, at in zip(parts, self._firsts, strict=False)])
        order = np.lexsort((reference, query))
        return query[order], reference[order]

    def rights_of(self, reference: Index) -> tuple[Index, NDArray[np.int32]]:
        """Give every pair of a place in ``reference`` and a right that shows that reference, sorted."""
        at, right = np.empty(0, np.int64), np.empty(0, np.int32)
        for layer, first in zip(self.layers, self._firsts, strict=False):
            own = np.flatnonzero((reference >= first) & (reference < first + len(layer)))
            place, holder = spread(layer.right_first, reference[own] - first)
            at, right = np.concatenate([at, own[place]]), np.concatenate([right, layer.right[holder]])
        order = np.lexsort((right, at))
        return at[order], right[order]

    def thumb(self, reference: int) -> NDArray[np.uint8]:
        """Give the small grey picture of a reference: (height, width)."""
        layer, own = self._held(reference)
        data = layer.thumb[layer.thumb_first[own] : layer.thumb_first[own + 1]].tobytes()
        pixels: NDArray[np.uint8] = simplejpeg.decode_jpeg(data, "GRAY")[:, :, 0]
        return pixels

    def of_column(self, name: str, reference: Index) -> NDArray[Any]:
        """Give ``sha256``, ``code``, ``quality``, ``width`` or ``height`` of references."""
        first = np.asarray(self._firsts[:-1])
        layer = np.searchsorted(first, reference, "right") - 1
        columns = [getattr(one, name) for one in self.layers]
        values = np.empty((len(reference), *columns[0].shape[1:]), columns[0].dtype)
        for number, column in enumerate(columns):
            values[layer == number] = column[reference[layer == number] - first[number]]
        return values

    @cached_property
    def _firsts(self) -> list[int]:
        return [0, *accumulate(map(len, self.layers))]

    def _held(self, reference: int) -> tuple[Layer, int]:
        number = int(np.searchsorted(self._firsts, reference, "right")) - 1
        return self.layers[number], reference - self._firsts[number]

    def __len__(self) -> int:
        return self._firsts[-1]


def spread(first: Index, row: Index) -> tuple[Index, Index]:
    """Of rows of lists kept one after another: give every place in ``row`` with each place in that row's list."""
    times = first[row + 1] - first[row]
    which = np.repeat(np.arange(len(row)), times)
    return which, np.repeat(first[row] - (np.cumsum(times) - times), times) + np.arange(len(which))


def as_strings(digests: NDArray[np.uint8]) -> NDArray[np.bytes_]:
    """See digests, (n, 32), as n values that can be sorted."""
    return np.ascontiguousarray(digests).view(f"S{BYTES}").reshape(-1)
