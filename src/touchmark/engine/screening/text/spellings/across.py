"""
Names parted over fields: a piece in the title and the rest of the mark in the brand field or in an attribute.

Only where the other field, or a value in it, is that rest and nothing else: *Tory* in a title is nothing by itself, and
with the brand given as *Burch* it is TORY BURCH; *mont* with the brand *blanc* is MONTBLANC. In a description the rest
is any of its first words that is the end of a name, and rarer than words that are met everywhere.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.spellings.cut import Cut
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.keys import EXACT, MOST, as_letters, mixed, number
from touchmark.engine.screening.text.spellings.pieces import (
    ENDS,
    MOST_APART,
    TWO_END,
    Hashed,
    Names,
    after,
    hash_of_words,
    same_letters,
    size_of_words,
)
from touchmark.engine.screening.text.spellings.table import MOST_PER_KEY, entries, marked

#: Of a title so many words are looked at, so many at once; of the other field a value of so many words.
MOST_WORDS, MOST_AT_ONCE, MOST_OF_VALUE = 40, 2, 3
#: Of a listing so many values are looked at.
MOST_VALUES = 16
#: Fewer letters than this are no piece of a name, and fewer than so many no name that is cut in two.
LEAST_PIECE, LEAST_WHOLE = 3, 6

_BRAND, _DESCRIPTION, _ATTRIBUTES = 1, 2, 3
#: From which bit of the edges on those stand that tell of ends.
_ENDS = ENDS.bit_length() - 1
_COLUMNS = 6
#: A word from this level on is met everywhere, and one below this seldom.
_USUAL, _RARE = 44, 30


@dataclass(frozen=True, slots=True, eq=False)
class _Parted:
    """Words of a title, and words of a value, that make a spelling; ``head``: letters of the piece that comes first."""

    title: Ints
    title_last: Ints
    value: Ints
    value_last: Ints
    spelling: Ints
    head: Ints

    @classmethod
    def of(cls, reading: Reading, cut: Cut, hashes: Hashed, edges: NDArray[np.uint8], ring: Keyring, rows: int) -> Self:
        value, last = _values(reading, cut, edges, rows)
        of_title = np.flatnonzero(reading.text < rows)
        begins, ends = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
        begins[reading.text[of_title]] = np.searchsorted(cut.text, of_title, side="left")
        ends[reading.text[of_title]] = np.searchsorted(cut.text, of_title, side="right")
        listing = reading.text[cut.text[value]] % rows
        out = np.empty(_COLUMNS * (64 + 2 * len(value)), np.int64)
        while True:
            many = _parted(
                reading.units.folded.text.points,
                cut.start,
                cut.end,
                value,
                last,
                begins[listing],
                np.minimum(ends[listing], begins[listing] + MOST_WORDS),
                reading.text[cut.text[value]] // rows == _DESCRIPTION,
                cut.level,
                edges,
                hashes.key,
                hashes.power,
                as_letters(),
                ring.table.slots,
                ring.table.filter,
                ring.spelled.letters,
                ring.spelled.bounds,
                np.zeros(MOST_PER_KEY, np.int32),
                out,
            )
            if many * _COLUMNS <= len(out):
                return cls(*np.ascontiguousarray(out[: many * _COLUMNS].reshape(many, _COLUMNS).T))
            out = np.empty(_COLUMNS * many, np.int64)

    def taken(self, which: Mask) -> Self:
        """Those chosen by a mask."""
        return type(self)(*(getattr(self, f.name)[which] for f in fields(self)))


def across(
    reading: Reading,
    cut: Cut,
    hashes: Hashed,
    edges: NDArray[np.uint8],
    ring: Keyring,
    before: int,
    right: NDArray[np.int32],
    rows: int,
) -> Found:
    """
    Find names parted over fields; texts are numbered field by field, ``rows`` of each.

    :param edges: with what marks of several words may end (``pieces.edges_of``), of this very ring
    """
    parted = _Parted.of(reading, cut, hashes, edges, ring, rows)
    parted = parted.taken(_is_telling(parted, reading, cut, ring, rows))
    if not len(parted.spelling):
        return Found.none()
    of_title = cut.end[parted.title_last] - cut.start[parted.title]
    of_value = cut.end[parted.value_last] - cut.start[parted.value]
    # The place said is that of the piece with more letters, and that in the title if they have as many.
    longer = of_value > of_title
    first = np.where(longer, parted.value, parted.title)
    last = np.where(longer, parted.value_last, parted.title_last)
    names = Names(first, last, parted.spelling, _sure(parted, cut, ring), np.full(len(first), Trick.PARTED, np.int8))
    return names.found(reading, cut, ring, before, right)


def _is_telling(parted: _Parted, reading: Reading, cut: Cut, ring: Keyring, rows: int) -> Mask:
    """Whether a piece is all of a value; in a description, whether it is rare, and whole words are apart."""
    described = reading.text[cut.text[parted.value]] // rows == _DESCRIPTION
    rare = np.minimum(cut.level[parted.title], cut.level[parted.value]) < _RARE
    telling: Mask = ~described | (rare & _parted_between_words(parted, ring))
    return telling


def _sure(parted: _Parted, cut: Cut, ring: Keyring) -> NDArray[np.float64]:
    """Weigh how strange the pieces are, and whether the mark is cut between its words."""
    usual = np.minimum(cut.level[parted.title], cut.level[parted.value]) >= _USUAL
    joint = _parted_between_words(parted, ring)
    ordinary = ring.spelled.level[parted.spelling] >= _USUAL
    return np.where(usual & joint, 0.3, np.where(usual & ordinary, 0.6, 0.9))


def _parted_between_words(parted: _Parted, ring: Keyring) -> Mask:
    """Whether the first piece ends where a word of the mark does."""
    joint: Mask = ring.spelled.joint[ring.spelled.bounds[parted.spelling] + parted.head] > 0
    return joint


def _values(reading: Reading, cut: Cut, edges: NDArray[np.uint8], rows: int) -> tuple[Ints, Ints]:
    """First and last words of every brand field, of every string of the attributes, of few words; ends of names."""
    field = reading.text // rows
    first = np.append(True, cut.text[1:] != cut.text[:-1])[: len(cut)]
    quoted = np.zeros(len(cut), np.bool_)
    held = np.flatnonzero(field[cut.text] == _ATTRIBUTES)
    points, begins = reading.units.folded.text.points, reading.units.folded.text.bounds[cut.text]
    quoted[held] = points[np.maximum(cut.start[held] - 1, begins[held])] == ord('"')
    starts = np.flatnonzero(first | quoted)
    stops = np.append(starts[1:], len(cut)) - 1
    kept = (stops - starts < MOST_OF_VALUE) & ((field[cut.text[starts]] == _BRAND) | quoted[starts])
    kept &= _among_first(cut.text[starts], MOST_VALUES)
    rest = np.flatnonzero((field[cut.text] == _DESCRIPTION) & ((edges & (ENDS | TWO_END)) > 0))
    rest = rest[rest - np.searchsorted(cut.text, cut.text[rest], side="left") < MOST_WORDS]
    two = rest[(edges[rest] & TWO_END) > 0]
    rest = rest[(edges[rest] & ENDS) > 0]
    return np.concatenate([starts[kept], rest, two]), np.concatenate([stops[kept], rest, two + 1])


def _among_first(text: Ints, most: int) -> Mask:
    """Whether each one is among the first so many of its text."""
    begins = np.searchsorted(text, text, side="left")
    among: Mask = np.arange(len(text)) - begins < most
    return among


@native
def _parted(  # noqa: C901 (every value, every word of its title, either first)
    points: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    titles: NDArray[np.int64],
    until: NDArray[np.int64],
    described: NDArray[np.bool_],
    level: NDArray[np.uint8],
    edges: NDArray[np.uint8],
    key: NDArray[np.uint64],
    power: NDArray[np.uint64],
    alike: NDArray[np.uint32],
    slots: NDArray[np.uint8],
    filter: NDArray[np.uint8],
    letters: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    met: NDArray[np.int32],
    out: NDArray[np.int64],
) -> int:
    many = 0
    for value in range(firsts.size):
        v1, v2 = firsts[value], lasts[value]
        size = size_of_words(starts, ends, v1, v2)
        if size < LEAST_PIECE or size > MOST:
            continue
        of_value = hash_of_words(key, power, v1, v2)
        for turn in range(2 * MOST_AT_ONCE * (until[value] - titles[value])):
            # Which of both comes first: the title's words, then the value; or the other way about.
            order, t1 = turn & 1, titles[value] + turn // (2 * MOST_AT_ONCE)
            t2 = t1 + ((turn >> 1) % MOST_AT_ONCE)
            if t2 >= until[value]:
                continue
            if described[value]:  # only whole words of a mark, and rare ones, are told there: most are not
                a1, a2, b1, b2 = (v1, v2, t1, t2) if order else (t1, t2, v1, v2)
                rare = level[t1] < _RARE or level[v1] < _RARE
                if not (
                    rare and _is_piece(starts, ends, edges, a1, a2, 0) and _is_piece(starts, ends, edges, b1, b2, _ENDS)
                ):
                    continue
            length = size_of_words(starts, ends, t1, t2)
            if length < LEAST_PIECE or not LEAST_WHOLE <= length + size <= MOST:
                continue
            if order:
                whole = after(of_value, key, power, t1, t2)
            else:
                whole = after(hash_of_words(key, power, t1, t2), key, power, v1, v2)
            whole = mixed(whole, EXACT)
            for found in range(entries(slots, whole, met) if marked(filter, whole) else 0):
                spelling = number(met[found])
                begin, end = (bounds[spelling], bounds[spelling + 1]) if spelling < bounds.size - 1 else (0, -2)
                a1, a2, b1, b2 = (v1, v2, t1, t2) if order else (t1, t2, v1, v2)
                at = same_letters(points, starts, ends, a1, a2, alike, letters, begin, end)
                if at >= 0 and same_letters(points, starts, ends, b1, b2, alike, letters, at, end) == end:
                    to = many * _COLUMNS
                    if to + _COLUMNS <= out.size:
                        _write(out, to, t1, t2, v1, v2, spelling, size if order else length)
                    many += 1
    return many


@inlined
def _is_piece(
    starts: NDArray[np.int64], ends: NDArray[np.int64], edges: NDArray[np.uint8], first: int, last: int, bit: int
) -> bool:
    """Whether a mark may begin, or end, with a word, or it and the next one; of words far apart nothing is known."""
    if last > first and starts[last] - ends[first] > MOST_APART:
        return True
    return (number(edges[first]) >> (bit + last - first)) & 1 > 0


@inlined
def _write(out: NDArray[np.int64], to: int, one: int, two: int, three: int, four: int, five: int, six: int) -> None:
    out[to], out[to + 1], out[to + 2], out[to + 3], out[to + 4], out[to + 5] = one, two, three, four, five, six
