"""
Which references share described places with a picture: tables of sampled bits, and votes.

Two descriptions of one place differ in some 40 of 256 bits, two of different places in some 128. A table sorts all
descriptions by thirty bits drawn from a seed; the first few of them, more where there are more descriptions, are what a
description must share to be looked at (locality-sensitive hashing by bit sampling). Unlike the index of whole codes it
is not exact: a copy has many places, and some of them are met in some table.

A vote says which reference, whether mirrored, and how far it is turned; one copy turns all of its places alike. What
many references share (letters, lattices, floors) counts less.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.image.local import Places
from touchmark.engine.screening.image.local_kernels import FIRST_BITS, FIRST_VALUES, KEY_BITS, keys_of, look_up, words

TABLES = 6
#: Descriptions that differ in more bits are not taken for one place.
MOST_BITS = 64
#: So many descriptions are looked at on either side of where one would stand in a table.
REACH = 6
#: Pairs kept for one picture; where more are found, the rest is left.
MOST_PAIRS = 60_000
#: Into how many directions turns are put.
TURNS = 16


class Candidate(NamedTuple):
    """A reference that may be in the picture, and whether mirrored."""

    reference: int
    mirrored: bool
    votes: float


class Shared(NamedTuple):
    """Pairs of a place asked for and a reference that has one like it; parallel arrays."""

    query: NDArray[np.int64]  # among all places asked for
    reference: NDArray[np.int64]
    turned: NDArray[np.int64]  # by how much, of ``TURNS`` to a full turn


@dataclass(frozen=True, slots=True, eq=False)
class LocalIndex:
    """Described places of all references, in their order; may lie in a memory map."""

    begins: NDArray[np.int64]  # (references + 1): where each one's places begin
    codes: NDArray[np.uint8]  # (places, 32)
    x: NDArray[np.float16]  # as a share of the longer side
    y: NDArray[np.float16]
    turn: NDArray[np.uint8]  # direction, 256 to a full turn
    tables: NDArray[np.uint32]  # TABLES orders of all places, one after another
    starts: NDArray[np.uint32]  # per table, where each value of the first bits begins

    @classmethod
    def of_places(cls, described: Sequence[Places]) -> Self:
        """Put together what was described of each reference."""
        counts = [len(places) for places in described]
        codes = _joined([places.codes for places in described], np.uint8).reshape(-1, 32)
        orders, starts = _tables(codes)
        return cls(
            begins=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            codes=codes,
            x=_joined([places.x for places in described], np.float16),
            y=_joined([places.y for places in described], np.float16),
            turn=_joined([places.turn for places in described], np.uint8),
            tables=orders,
            starts=starts,
        )

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Take up what ``arrays`` gave, from wherever it was kept."""
        return cls(**{field.name: arrays[f"place_{field.name}"] for field in fields(cls)})

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give the arrays by name, to be kept."""
        return {f"place_{field.name}": getattr(self, field.name) for field in fields(self)}

    def shared(self, asked: Sequence[Places]) -> "Shared":
        """Give the places that are shared with a picture, as it is and, where given, mirrored."""
        if not len(self.codes) or not any(len(places) for places in asked):
            return Shared(*(np.empty(0, np.int64) for _ in range(3)))
        query, place = self._pairs(np.concatenate([places.codes for places in asked]))
        turns = np.concatenate([places.turn for places in asked])
        reference = np.searchsorted(self.begins, place, side="right") - 1
        return Shared(query, reference, (turns[query] - self.turn[place]).astype(np.int64) * TURNS // 256)

    def of_reference(self, reference: int) -> Places:
        """Give what was described of a reference."""
        own = slice(int(self.begins[reference]), int(self.begins[reference + 1]))
        x, y = self.x[own].astype(np.float32), self.y[own].astype(np.float32)
        return Places(x, y, self.turn[own], self.codes[own])

    def _pairs(self, codes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give every pair of a description asked for and one held that is near it, each once."""
        query, place = np.empty(MOST_PAIRS, np.int32), np.empty(MOST_PAIRS, np.uint32)
        asked, held = words(codes), words(self.codes)
        keys, ahead = np.concatenate([_keys(codes, table) for table in range(TABLES)]), np.zeros(1, np.uint64)
        found = look_up(asked, held, self.starts, self.tables, _bits(), keys, REACH, MOST_BITS, ahead, query, place)
        count = min(found, MOST_PAIRS)
        return query[:count].astype(np.int64), place[:count].astype(np.int64)

    def __len__(self) -> int:
        return len(self.begins) - 1


class _Votes(NamedTuple):
    image: NDArray[np.int64]
    weight: NDArray[np.float64]


def voted(asked: Sequence[Places], shared: Shared, least: float) -> list[Candidate]:
    """
    Give the references with at least so many votes, in the order of their numbers.

    A place of the picture has one vote for each reference and turn, and all of its votes weigh one together.
    """
    if not len(shared.query):
        return []
    mirrored = np.repeat(np.arange(len(asked)), [len(places) for places in asked])
    found = _votes(shared.query, shared.reference * len(asked) + mirrored[shared.query], shared.turned)
    return [
        Candidate(int(found.image[i]) // len(asked), bool(found.image[i] % len(asked)), float(found.weight[i]))
        for i in np.flatnonzero(found.weight >= least)
    ]


def _votes(query: NDArray[np.int64], image: NDArray[np.int64], turned: NDArray[np.int64]) -> _Votes:
    """Sum up the votes for each image; of its turns the best counts, two neighbours together."""
    images, at = np.unique(image, return_inverse=True)
    cells = len(images) * TURNS
    cast = np.unique(query * cells + at * TURNS + turned)
    popular = np.bincount(np.unique(query * len(images) + at) // max(len(images), 1))
    weight = 1 / np.sqrt(popular[cast // max(cells, 1)])
    by_turn = np.bincount(cast % max(cells, 1), weight, cells).reshape(-1, TURNS)
    return _Votes(images, (by_turn + np.roll(by_turn, 1, axis=1)).max(axis=1, initial=0))


def _tables(codes: NDArray[np.uint8]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    orders, starts = [], []
    for table in range(TABLES):
        keys = _keys(codes, table)
        orders.append(np.argsort(keys, kind="stable").astype(np.uint32))
        firsts = np.bincount(keys >> (KEY_BITS - FIRST_BITS), minlength=FIRST_VALUES)
        starts.append(np.concatenate([[0], np.cumsum(firsts)]).astype(np.uint32))
    return np.concatenate(orders), np.concatenate(starts)


def _keys(codes: NDArray[np.uint8], table: int) -> NDArray[np.uint32]:
    """Give the bits of descriptions that a table is sorted by."""
    keys = np.empty(len(codes), np.uint32)
    keys_of(words(codes), _bits(), table, keys)
    return keys


@cache
def _bits() -> NDArray[np.int64]:
    """Draw the bits of each table."""
    random = np.random.Generator(np.random.PCG64(20260322))
    return np.concatenate([random.permutation(256)[:KEY_BITS] for _ in range(TABLES)]).astype(np.int64)


def _joined(parts: Sequence[NDArray[Any]], kind: Any) -> NDArray[Any]:
    return (
        np.concatenate([np.empty((0, *parts[0].shape[1:]), kind), *parts]).astype(kind) if parts else np.empty(0, kind)
    )
