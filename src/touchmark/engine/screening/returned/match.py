"""Listings against removed ones: for each the removed one that it is most likely to be, and by what it is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.returned.kernels import most_alike, nearest
from touchmark.engine.screening.returned.traces import Codes, Sketches
from touchmark.engine.screening.text.ragged import offsets

Ints = NDArray[np.int64]

#: From which share of common runs on two titles are one, and within how many bits two pictures (PDQ's own advice).
LEAST_SHARE, MOST_BITS = 0.5, 31


@dataclass(frozen=True, slots=True, eq=False)
class Traces:
    """What is kept of listings, row for row: sketches, and codes of which row i has those between two bounds."""

    sketches: Sketches
    codes: Codes
    bounds: Ints  # one more than the listings

    @classmethod
    def of(cls, sketches: Sketches, codes: Sequence[Codes]) -> Self:
        """Put the traces of listings together."""
        together = np.concatenate([np.empty((0, 32), np.uint8), *codes])
        return cls(sketches, together, offsets(np.array([len(one) for one in codes], np.int64)))


@dataclass(frozen=True, slots=True, eq=False)
class Back:
    """
    Which listings came back, ascending, and as which removed one; parallel arrays.

    ``share`` is how much the titles have in common, up to 1, and 0 where that is less than makes them one; ``bits`` in
    how many bits the nearest two pictures differ, 257 where there are none. One of the two is good enough.
    """

    listing: Ints
    removed: Ints
    share: NDArray[np.float64]
    bits: Ints


def came_back(asked: Traces, removed: Traces, rows: tuple[Ints, Ints, Ints]) -> Back:
    """
    Give the listings that came back.

    :param rows: which asked listing is compared with which removed ones: its number, and from where up to where. A
        listing may stand in several rows, as many as there are shops that count as its own.
    """
    # Shop after shop: what was removed of one is then compared with all of its listings while it is near at hand.
    order = np.argsort(rows[1], kind="stable")
    rows = rows[0][order], rows[1][order], rows[2][order]
    listing = rows[0]
    by_title, share = _titles(asked, removed, rows)
    by_picture, bits = _pictures(asked, removed, rows)
    pictured, titled = bits <= MOST_BITS, share >= LEAST_SHARE
    found = np.flatnonzero(pictured | titled)
    # Of several shops' removed listings, that with the nearest picture, else that with the title most alike.
    order = found[np.lexsort((-share[found], np.where(pictured[found], bits[found], 258), listing[found]))]
    _, first = np.unique(listing[order], return_index=True)
    best = order[first]
    as_which = np.where(pictured[best], by_picture[best], by_title[best])
    return Back(listing[best], as_which, share[best], bits[best])


def _titles(asked: Traces, removed: Traces, rows: tuple[Ints, Ints, Ints]) -> tuple[Ints, NDArray[np.float64]]:
    listing, starts, ends = rows
    place, share = np.empty(len(listing), np.int64), np.empty(len(listing))
    flat = np.ascontiguousarray(asked.sketches).reshape(-1), np.ascontiguousarray(removed.sketches).reshape(-1)
    most_alike(*flat, listing, starts, ends, LEAST_SHARE, place, share)
    return place, share


def _pictures(asked: Traces, removed: Traces, rows: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints]:
    """Compare every picture of a listing with every one of the removed: as which it is nearest, in how many bits."""
    listing, starts, ends = rows
    mine = np.diff(asked.bounds)[listing]
    row = np.repeat(np.arange(len(listing)), mine)
    code = np.repeat(asked.bounds[listing], mine) + _within(mine)
    place, bits = np.empty(len(row), np.int64), np.empty(len(row), np.int64)
    words = _words(asked.codes), _words(removed.codes)
    nearest(*words, code, removed.bounds[starts][row], removed.bounds[ends][row], place, bits)
    least, as_which = np.full(len(listing), 257, np.int64), np.full(len(listing), -1, np.int64)
    order = np.lexsort((bits, row))
    rows_met, first = np.unique(row[order], return_index=True)
    best = order[first]
    least[rows_met] = bits[best]
    as_which[rows_met] = np.searchsorted(removed.bounds, place[best], side="right") - 1
    return as_which, least


def _within(lengths: Ints) -> Ints:
    """Give 0, 1, … for each of so many rows, one row after another."""
    ends = np.cumsum(lengths)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - lengths, lengths)


def _words(codes: Codes) -> NDArray[np.uint64]:
    return np.ascontiguousarray(codes).reshape(-1).view(np.uint64)
