"""
Words of a text that make a mark together though they do not stand so.

Three ways: two or three words side by side that are one word of a mark (*Lac oste*); the words of a mark with another
between them (*Louis new Vuitton*); its words in another order (*Hilfiger Tommy*). Hashes of words make those of what
they are together, so that each try is one question to the filter.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets, owners, places
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.spellings.cut import DIGITS, Cut
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.keys import (
    EXACT,
    FIRST,
    LAST,
    MOST,
    as_letters,
    extended,
    mixed,
    number,
)
from touchmark.engine.screening.text.spellings.signs import SPLIT, roles
from touchmark.engine.screening.text.spellings.table import MOST_PER_KEY, entries, marked

#: The ways in which words are put together.
TOGETHER, BETWEEN, ORDER = range(3)
#: Words further apart than this are not put together; nor so many letters, or so few.
MOST_APART, LEAST_TOGETHER, LEAST_OF_TWO, LEAST_PIECE = 4, 5, 8, 3
#: Words of one piece, and of all of it with what stands between.
MOST_TOGETHER, MOST_WORDS = 3, 4

#: How sure a mark is whose words stand otherwise, by how ordinary its least ordinary word is: two words that everybody
#: uses are met in any order.
_LEVELS = np.array([0, 1, 37, 40, 43])
_SURE = np.array([0.93, 0.9, 0.75, 0.6, 0.0])

_COLUMNS = 5
#: Of what is asked of words: from which bit on those tell how spellings end, and behind which one of words together.
_ENDS, _TOGETHER = 2, 3
_i, _l = ord("i"), ord("l")
_BASE, _NONE, _ONE = np.uint64(0xD6E8FEB86659FD93), np.uint64(0), np.uint64(1)


@dataclass(frozen=True, slots=True, eq=False)
class Hashed:
    """Per word of a cut: the hash of its raw letters, and what a hash is multiplied with when they follow it."""

    key: NDArray[np.uint64]
    power: NDArray[np.uint64]

    @classmethod
    def of(cls, folded: Points, cut: Cut) -> Self:
        """Hash every word."""
        made = cls(np.empty(len(cut), np.uint64), np.empty(len(cut), np.uint64))
        _hash(folded.points, cut.start, cut.end, as_letters(), made.key, made.power)
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Words ``first[i]`` up to ``last[i]`` make spelling ``spelling[i]`` in a ``way``, perhaps without one of them."""

    way: Ints
    first: Ints
    last: Ints
    spelling: Ints
    left_out: Ints

    @classmethod
    def of(cls, folded: Points, cut: Cut, hashes: Hashed, edges: NDArray[np.uint8], ring: Keyring) -> Self:
        """Find all; ``edges`` are those of the very ring."""
        out = np.empty(_COLUMNS * (64 + len(cut) // 8), np.int64)
        while True:
            many = _put_together(
                folded.points,
                cut.start,
                cut.end,
                cut.text,
                hashes.key,
                hashes.power,
                as_letters(),
                ring.table.slots,
                ring.table.filter,
                ring.spelled.letters,
                ring.spelled.bounds,
                np.zeros(MOST_PER_KEY, np.int32),
                edges,
                out,
            )
            if many * _COLUMNS <= len(out):
                return cls(*np.ascontiguousarray(out[: many * _COLUMNS].reshape(-1, _COLUMNS).T))
            out = np.empty(_COLUMNS * many, np.int64)

    def taken(self, which: Ints | Mask) -> Self:
        """Those chosen by index or by mask."""
        return type(self)(*(getattr(self, f.name)[which] for f in fields(self)))

    def __len__(self) -> int:
        return len(self.way)


@inlined
def as_raw(point: int, alike: NDArray[np.uint32]) -> int:
    """Give the letter of the raw reading."""
    letter = number(alike[point]) if point < alike.size else point
    return _l if letter == _i else letter


@native
def _hash(
    points: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    alike: NDArray[np.uint32],
    key: NDArray[np.uint64],
    power: NDArray[np.uint64],
) -> None:
    for word in range(starts.size):
        hashed, times = _NONE, _ONE
        for place in range(starts[word], min(ends[word], starts[word] + MOST)):
            hashed = extended(hashed, as_raw(number(points[place]), alike))
            times = times * _BASE
        key[word], power[word] = hashed, times


@inlined
def hash_of_words(key: NDArray[np.uint64], power: NDArray[np.uint64], first: int, last: int) -> np.uint64:
    """Hash words written together."""
    return after(_NONE, key, power, first, last)


@inlined
def after(before: np.uint64, key: NDArray[np.uint64], power: NDArray[np.uint64], first: int, last: int) -> np.uint64:
    """Hash what was hashed before, with words after it."""
    whole = before
    for word in range(first, last + 1):
        whole = whole * power[word] + key[word]
    return whole


@inlined
def size_of_words(starts: NDArray[np.int64], ends: NDArray[np.int64], first: int, last: int) -> int:
    """How many letters words have."""
    size = 0
    for word in range(first, last + 1):
        size += ends[word] - starts[word]
    return size


@inlined
def same_letters(
    points: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    first: int,
    last: int,
    alike: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    begin: int,
    end: int,
) -> int:
    """Compare words with letters from a place on: where the words end, or -1."""
    at = begin
    for word in range(first, last + 1):
        for place in range(starts[word], ends[word]):
            if at >= end or as_raw(number(points[place]), alike) != as_raw(number(letters[at]), alike):
                return -1
            at += 1
    return at


#: What a word is, or it and the next one together, to some mark of several words: all that is before its last ones, or
#: after its first ones.
BEGINS, TWO_BEGIN, ENDS, TWO_END = (1 << bit for bit in (0, 1, _ENDS, _ENDS + 1))
_BEGIN_ANY, _END_ANY = BEGINS | TWO_BEGIN, ENDS | TWO_END


def edges_of(cut: Cut, hashes: Hashed, ring: Keyring) -> NDArray[np.uint8]:
    """Tell of each word what it is to marks of several words, in bits."""
    edges = np.empty(len(cut), np.uint8)
    _edges(cut.start, cut.end, cut.text, hashes.key, hashes.power, ring.table.filter, edges)
    return edges


@native
def _edges(
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    text: NDArray[np.int64],
    key: NDArray[np.uint64],
    power: NDArray[np.uint64],
    filter: NDArray[np.uint8],
    edges: NDArray[np.uint8],
) -> None:
    """
    Ask all that can be asked of each word by itself, so that the looks into memory go side by side.

    Bits: whether some spelling of several words may begin with the word, and with it and the next one; whether one may
    end so; whether it and the next one, and the next two, may be one word of a spelling.
    """
    for word in range(text.size):
        edges[word] = marked(filter, mixed(key[word], FIRST))
        edges[word] |= np.uint8(marked(filter, mixed(key[word], LAST))) << np.uint8(_ENDS)
        size, whole = ends[word] - starts[word], key[word]
        for more in range(1, MOST_TOGETHER):
            last = word + more
            if last >= text.size or text[last] != text[word] or starts[last] - ends[last - 1] > MOST_APART:
                break
            size, whole = size + ends[last] - starts[last], whole * power[last] + key[last]
            if more == 1:
                edges[word] |= np.uint8(marked(filter, mixed(whole, FIRST))) << np.uint8(1)
                edges[word] |= np.uint8(marked(filter, mixed(whole, LAST))) << np.uint8(_ENDS + 1)
            if LEAST_TOGETHER <= size <= MOST:
                edges[word] |= np.uint8(marked(filter, mixed(whole, EXACT))) << np.uint8(_TOGETHER + more)


@native
def _put_together(  # noqa: C901 (every way to put two pieces together)
    points: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    text: NDArray[np.int64],
    key: NDArray[np.uint64],
    power: NDArray[np.uint64],
    alike: NDArray[np.uint32],
    slots: NDArray[np.uint8],
    filter: NDArray[np.uint8],
    letters: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    met: NDArray[np.int32],
    edges: NDArray[np.uint8],
    out: NDArray[np.int64],
) -> int:
    many = 0
    for word in range(starts.size):
        if edges[word] == 0:  # whatever begins here, it is the first or the last piece of all
            continue
        for last in range(word + 1, min(word + MOST_WORDS, starts.size)):
            if text[last] != text[word] or starts[last] - ends[last - 1] > MOST_APART:
                break
            # The second piece begins at ``cut``; with a word between, the first ends one word earlier.
            for turn in range(2 * (last - word) + 1):
                # What the first word must be for this turn: it tells most of them.
                wanted = _BEGIN_ANY if turn & 1 else _END_ANY if turn else 1 << (_TOGETHER + last - word)
                if number(edges[word]) & wanted == 0:
                    continue
                cut, between = word + (turn + 1) // 2, turn & 1 if turn else 0
                way = TOGETHER if turn == 0 else BETWEEN if between else ORDER
                a1, a2, b1, b2 = word, cut - 1 - between, cut, last
                if way == TOGETHER:
                    a2, b1, b2 = last, 0, -1
                elif way == ORDER:
                    a1, a2, b1, b2 = cut, last, word, cut - 1
                if a2 < a1 or a2 - a1 + b2 - b1 + 2 > MOST_TOGETHER:
                    continue
                if not edges[a1] >> np.uint8(a2 - a1 + (_TOGETHER if way == TOGETHER else 0)) & 1:
                    continue
                if way != TOGETHER and not edges[b1] >> np.uint8(b2 - b1 + _ENDS) & 1:
                    continue
                whole = _marked_whole(starts, ends, key, power, filter, way, a1, a2, b1, b2)
                for found in range(entries(slots, whole, met) if whole else 0):
                    spelling = number(met[found])
                    begin, end = (bounds[spelling], bounds[spelling + 1]) if spelling < bounds.size - 1 else (0, -2)
                    at = same_letters(points, starts, ends, a1, a2, alike, letters, begin, end)
                    if at >= 0:
                        at = same_letters(points, starts, ends, b1, b2, alike, letters, at, end)
                    if at == end:
                        to = many * _COLUMNS
                        if to + _COLUMNS <= out.size:
                            out[to], out[to + 1], out[to + 2], out[to + 3] = way, word, last, spelling
                            out[to + 4] = cut - 1 if between else -1
                        many += 1
    return many


@inlined
def _marked_whole(
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    key: NDArray[np.uint64],
    power: NDArray[np.uint64],
    filter: NDArray[np.uint8],
    way: int,
    a1: int,
    a2: int,
    b1: int,
    b2: int,
) -> np.uint64:
    """Give the key of two pieces together if the filter knows it, else 0."""
    one, two = size_of_words(starts, ends, a1, a2), size_of_words(starts, ends, b1, b2)
    if not (LEAST_TOGETHER if way == TOGETHER else LEAST_OF_TWO) <= one + two <= MOST:
        return _NONE
    whole = hash_of_words(key, power, a1, a2)
    if way != TOGETHER:
        if one < LEAST_PIECE or two < LEAST_PIECE:
            return _NONE
        whole = after(whole, key, power, b1, b2)
    whole = mixed(whole, EXACT)
    return whole if marked(filter, whole) else _NONE


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Words ``first[i]`` up to ``last[i]`` stand for a spelling, with a strength and a trick."""

    first: Ints
    last: Ints
    spelling: Ints
    strength: NDArray[np.float64]
    trick: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.first)

    def found(self, reading: Reading, cut: Cut, ring: Keyring, before: int, right: NDArray[np.int32]) -> Found:
        """Say every place for each form that is spelled so, among the original points of its text."""
        folded, text = reading.units.folded, cut.text[self.first]
        first = ring.spelled.form_bounds[self.spelling]
        many = ring.spelled.form_bounds[self.spelling + 1] - first
        row = owners(many)
        form = before + ring.spelled.form[places(first, many)]
        base = reading.points.bounds[text]
        return Found(
            text=reading.text[text][row],
            right=right[form].astype(np.int64),
            start=(folded.source[cut.start[self.first]] - base)[row],
            end=(folded.source[cut.end[self.last] - 1] + 1 - base)[row],
            form=form.astype(np.int64),
            distance=np.ones(len(row), np.int64),
            plain=np.zeros(len(row), np.bool_),
            trick=self.trick[row],
            strength=self.strength[row].astype(np.float32),
        )


def names(pieces: Pieces, folded: Points, cut: Cut) -> Names:
    """Weigh the marks with a word between, or in another order; no sign that parts words may stand there."""
    found = pieces.taken(pieces.way != TOGETHER)
    splits = offsets((roles()[np.minimum(folded.points, len(roles()) - 1)] & SPLIT) > 0)
    parted = splits[cut.end[found.last]] > splits[cut.start[found.first]]
    sure = _SURE[np.searchsorted(_LEVELS, _rarest(found, cut), side="right") - 1]
    kept = np.flatnonzero(~parted & (sure > 0))
    found = found.taken(kept)
    return Names(found.first, found.last, found.spelling, sure[kept], np.full(len(kept), Trick.PARTED, np.int8))


def _rarest(found: Pieces, cut: Cut) -> NDArray[np.uint8]:
    """Tell how ordinary the least ordinary word of each mark is; a number is none."""
    level = np.where(cut.holds == DIGITS, np.uint8(255), cut.level)
    least = np.full(len(found), 255, np.uint8)
    for step in range(MOST_WORDS):
        word = np.minimum(found.first + step, found.last)
        least = np.where(word == found.left_out, least, np.minimum(least, level[word]))
    return least
