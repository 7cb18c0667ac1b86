"""
The pictures of rights as arrays that a batch is compared with: one layer for the register, one for what came since.

A *reference* is a distinct file; several rights may show it. Its number counts through all layers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple, Self

import numpy as np
import simplejpeg
from numpy.typing import NDArray

from touchmark.engine.screening.image.code import BYTES
from touchmark.engine.screening.image.index import CodeIndex, Near
from touchmark.engine.screening.image.local import Places
from touchmark.engine.screening.image.local_index import Candidate, LocalIndex, Shared, voted
from touchmark.engine.screening.image.parts import Codes

Index = NDArray[np.int64]

#: A code that more parts and pictures than this have says nothing about any of them, and is not looked for.
MOST_HOLDERS = 256


class Seen(NamedTuple):
    """What is kept of one file."""

    code: NDArray[np.uint8]
    quality: int
    width: int
    height: int
    thumb: bytes
    codes: Codes
    places: Places


_INDEXES = ("index", "places")


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
    places: LocalIndex  # over the described places of all references

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Take up what ``arrays`` gave, from wherever it was kept."""
        own = {one.name: arrays[one.name] for one in fields(cls) if one.name not in _INDEXES}
        return cls(**own, index=CodeIndex.of(arrays), places=LocalIndex.of(arrays))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give the arrays by name, to be kept."""
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in _INDEXES}
        return own | self.index.arrays() | self.places.arrays()

    def seen(self, digests: set[bytes]) -> dict[bytes, Seen]:
        """Give what is kept of those of the files that are here."""
        wanted = as_strings(np.frombuffer(b"".join(sorted(digests)), np.uint8).reshape(-1, BYTES))
        _, own = self.same_bytes(wanted.view(np.uint8).reshape(-1, BYTES))
        order = np.argsort(self.held_reference, kind="stable")
        code = np.repeat(np.arange(len(self.index)), np.diff(self.held_first))[order]
        bounds = np.searchsorted(self.held_reference[order], np.stack([own, own + 1]))
        found = {}
        for one, first, last in zip(own.tolist(), *bounds.tolist(), strict=True):
            holds = order[first:last]
            codes = Codes(self.index.codes[code[first:last]], self.held_variant[holds], self.held_rect[holds])
            found[self.sha256[one].tobytes()] = Seen(
                code=self.code[one],
                quality=int(self.quality[one]),
                width=int(self.width[one]),
                height=int(self.height[one]),
                thumb=self.thumb_of(one),
                codes=codes,
                places=self.places.of_reference(one),
            )
        return found

    def thumb_of(self, own: int) -> bytes:
        """Give the small grey picture of a reference, as the JPEG that is kept."""
        return self.thumb[self.thumb_first[own] : self.thumb_first[own + 1]].tobytes()

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

    def content(self) -> dict[str, NDArray[Any]]:
        """Give what all the rest follows from, on any machine: which files stand for which rights."""
        layer = self.layers[0]
        return {"sha256": layer.sha256, "picture_first": layer.right_first, "picture_right": layer.right}

    def with_layer(self, other: "ImageReferences", first_right: int = 0) -> Self:
        """
        The same references and others beside them, which are found just as if all had been compiled together.

        ``first_right`` is added to the rights of ``other``, where they were counted from nought.
        """
        moved = [replace(layer, right=layer.right + np.int32(first_right)) for layer in other.layers]
        return type(self)((*self.layers, *moved))

    def seen(self, digests: set[bytes]) -> dict[bytes, Seen]:
        """Give what is kept of those of the files that are here."""
        return {sha: seen for layer in self.layers for sha, seen in layer.seen(digests).items()}

    def near(self, codes: NDArray[np.uint8], radius: int) -> Candidates:
        """
        Give every pair of a query, (q, 32), and a reference with a code at most ``radius`` bits from it.

        A code with more than ``MOST_HOLDERS`` holders is passed over, in whatever layers they are.
        """
        found = [layer.index.near(codes, radius) for layer in self.layers]
        parts = [
            self._holders(number, near, usual)
            for number, (near, usual) in enumerate(zip(found, self._usual(found), strict=True))
        ]
        columns: list[Any] = [np.concatenate(column) for column in zip(*parts, strict=True)]
        joined = Candidates(*columns)
        order = np.lexsort((joined.variant, joined.reference, joined.query))
        return Candidates(*(column[order] for column in columns))

    def _holders(self, number: int, found: Near, usual: NDArray[np.bool_]) -> Candidates:
        """Give who in a layer holds the codes that were found, those that are usual."""
        layer, query, place = self.layers[number], found.query[usual], found.place[usual]
        pair, holder = spread(layer.held_first, place)
        reference = layer.held_reference[holder].astype(np.int64) + self._firsts[number]
        distance = found.distance[usual][pair]
        return Candidates(query[pair], reference, distance, layer.held_variant[holder], layer.held_rect[holder])

    def _usual(self, found: list[Near]) -> list[NDArray[np.bool_]]:
        """Tell, of every code found, whether it has few enough holders in all layers together."""
        pairs = list(zip(self.layers, found, strict=True))
        counts = [layer.held_first[near.place + 1] - layer.held_first[near.place] for layer, near in pairs]
        if len(pairs) > 1 and any(len(count) for count in counts):
            codes = np.concatenate([layer.index.codes[near.place] for layer, near in pairs])
            query = np.concatenate([near.query for near in found])
            same = np.unique(as_strings(codes), return_inverse=True)[1]
            group = np.unique(query * len(same) + same, return_inverse=True)[1]
            total = np.bincount(group, np.concatenate(counts))[group].astype(np.int64)
            counts = np.split(total, np.cumsum([len(count) for count in counts])[:-1])
        return [count <= MOST_HOLDERS for count in counts]

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
        pixels: NDArray[np.uint8] = simplejpeg.decode_jpeg(layer.thumb_of(own), "GRAY")[:, :, 0]
        return pixels

    def sharing_places(self, asked: Sequence[Places], most: int, least: float) -> list[Candidate]:
        """Give the references that share most described places with a picture, best first; none with fewer votes."""
        parts = [layer.places.shared(asked) for layer in self.layers]
        moved = [
            part._replace(reference=part.reference + first) for part, first in zip(parts, self._firsts, strict=False)
        ]
        columns: list[Any] = [np.concatenate(column) for column in zip(*moved, strict=True)]
        found = voted(asked, Shared(*columns), least)
        # By the file and not by its number, which depends on what was compiled when.
        return sorted(found, key=lambda one: (-one.votes, self._sha256(one.reference), one.mirrored))[:most]

    def _sha256(self, reference: int) -> bytes:
        layer, own = self._held(reference)
        return bytes(layer.sha256[own])

    def places(self, reference: int) -> Places:
        """Give the described places of a reference."""
        layer, own = self._held(reference)
        return layer.places.of_reference(own)

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
