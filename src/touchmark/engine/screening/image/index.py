"""
Which codes are near which: exact search over millions of codes that looks at a few thousand of them.

A code of 256 bits is cut into sixteen pieces of sixteen bits. Two codes that differ in at most 31 bits differ in no
more than one bit of some piece, so that every such pair is met by looking up each piece of the query, and each piece
with one bit turned, in sixteen tables (multi-index hashing; Norouzi, Punjani, Fleet 2012). More is true: going round
the pieces from some piece on, the differences so far never exceed what the pieces so far may have (Qin, Xiao:
Pigeonring, 2018). So a
table holds, beside the places of codes, the *next* piece of each code, and all but a few in a thousand are refused by
those two bytes, which lie together, without the code itself being touched.

What is promised: every pair within the radius is found, whatever the radius; up to 47 bits by the tables (31 is what
they are made for), above by looking at every code. A look-up never costs more than looking at every code a few times,
however codes are alike; and it gives at most ``MOST_FOUND`` codes, the nearest, whole distances at a time.

The tables are plain arrays, made to lie in a memory map: 96 bytes for each code beside its own 32, and 4 MB in all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.image.near_kernels import BUCKETS, PIECES, fill_tables, near_by_scan, near_by_tables

#: With fewer codes than this, looking at each is as fast as any table.
FEW = 2_000
#: The tables serve up to this radius: there two bits of a piece may be turned.
LARGEST_RADIUS = 47
#: A query that is near more codes than this is answered with the nearest only.
MOST_FOUND = 4_096


class Near(NamedTuple):
    """Pairs within the radius, sorted by query, then code; parallel arrays."""

    query: NDArray[np.int64]
    place: NDArray[np.int64]  # of the code
    distance: NDArray[np.int16]  # bits that differ, 0..256


@dataclass(frozen=True, slots=True, eq=False)
class CodeIndex:
    """Codes and the tables over them; may lie in a memory map."""

    codes: NDArray[np.uint8]  # (n, 32)
    starts: NDArray[np.uint32]  # per table, where the codes with each value of the piece start; empty if codes are few
    nexts: NDArray[np.uint16]  # per table, in the order of the piece, the piece after it; each table filled to fours
    places: NDArray[np.uint32]  # likewise the place of the code

    @classmethod
    def of_codes(cls, codes: NDArray[np.uint8]) -> Self:
        """Make the tables over (n, 32) codes, n below 2 ** 32."""
        codes = np.ascontiguousarray(codes, np.uint8).reshape(-1, 2 * PIECES)
        if len(codes) < FEW:
            return cls(codes, np.empty(0, np.uint32), np.empty(0, np.uint16), np.empty(0, np.uint32))
        length = _length(len(codes))
        starts = np.zeros(PIECES * (BUCKETS + 1), np.uint32)
        nexts, places = np.zeros(PIECES * length + 16, np.uint16), np.zeros(PIECES * length, np.uint32)
        fill_tables(codes.reshape(-1).view(np.uint16), length, starts, nexts, places)
        return cls(codes, starts, nexts, places)

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Take up what ``arrays`` gave, from wherever it was kept."""
        return cls(*(arrays[name] for name in ("codes", "starts", "nexts", "places")))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give the arrays by name, to be kept."""
        return {"codes": self.codes, "starts": self.starts, "nexts": self.nexts, "places": self.places}

    def near(self, queries: NDArray[np.uint8], radius: int, most: int = MOST_FOUND) -> Near:
        """
        Give every pair of a query, (q, 32), and a code that differ in at most ``radius`` bits.

        Of a query with more than ``most`` such codes, those within the largest radius that holds no more than that.
        """
        asked = _words(np.ascontiguousarray(queries, np.uint8).reshape(-1, 2 * PIECES))
        room = 4 * len(queries) + 64
        while True:
            query, place = np.empty(room, np.int64), np.empty(room, np.int64)
            distance = np.empty(room, np.int16)
            found = self._look_up(asked, radius, most, query, place, distance)
            if found <= room:
                break
            room = found
        order = np.lexsort((place[:found], query[:found]))
        return Near(query[:found][order], place[:found][order], distance[:found][order])

    def _look_up(
        self,
        asked: NDArray[np.uint64],
        radius: int,
        most: int,
        query: NDArray[np.int64],
        place: NDArray[np.int64],
        distance: NDArray[np.int16],
    ) -> int:
        held, tally = _words(self.codes), np.zeros(257, np.int64)
        if not len(self.starts) or radius > LARGEST_RADIUS:
            return near_by_scan(asked, held, radius, most, tally, query, place, distance)
        fours = self.nexts.view(np.uint64)
        tables = (self.starts, self.nexts, fours, self.places)
        return near_by_tables(
            asked, held, *tables, _TURNS, np.empty(_ROOM, np.uint64), _length(len(self)), radius, most, tally,
            query, place, distance,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.codes)


def joined(parts: Sequence[Near]) -> Near:
    """All pairs of several searches, in the order given."""
    return Near(
        np.concatenate([part.query for part in parts]),
        np.concatenate([part.place for part in parts]),
        np.concatenate([part.distance for part in parts]),
    )


def _words(codes: NDArray[np.uint8]) -> NDArray[np.uint64]:
    return codes.reshape(-1).view(np.uint64)


def _length(codes: int) -> int:
    return -(-codes // 4) * 4


def _turns() -> NDArray[np.uint16]:
    one = [1 << bit for bit in range(PIECES)]
    return np.array([0, *one, *(a | b for a in one for b in one if a < b)], np.uint16)


#: The bits of a piece that may differ: none, one, two.
_TURNS = _turns()
_ROOM = 4 * PIECES * len(_TURNS) + 1
