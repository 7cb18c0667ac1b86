"""
Names parted over fields: a word in the title and the rest of the mark in the brand field or in an attribute.

Only where the other field, or a value in it, is that rest and nothing else: *Tory* in a title is nothing by itself, and
with the brand given as *Burch* it is TORY BURCH.
"""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text import ordinary
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.ragged import Ints, owners, places
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.spellings.cut import Cut
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.keys import (
    EXACT,
    FIRST,
    LAST,
    MOST,
    as_letters,
    hashed,
    mixed,
    number,
    raw,
)
from touchmark.engine.screening.text.spellings.table import MOST_PER_KEY, entries, marked

#: Of a title so many words are looked at; of the other field a value of so many words.
MOST_WORDS, MOST_OF_VALUE = 40, 3
#: Fewer letters than this are no piece of a name.
LEAST_PIECE = 3
#: How sure it is by how many of the words are no frequent ones.
NONE_STRANGE, SOME_STRANGE, ALL_STRANGE = 0.4, 0.7, 0.85

_TITLE, _BRAND, _ATTRIBUTES = 0, 1, 3
_COLUMNS = 4


def across(reading: Reading, cut: Cut, ring: Keyring, before: int, right: NDArray[np.int32], rows: int) -> Found:
    """Find names parted over fields; texts are numbered field by field, ``rows`` of each."""
    text = reading.text
    value, last = _values(reading, cut, rows)
    if not len(value):
        return Found.none()
    of_title = np.flatnonzero(text < rows)
    begins = np.full(rows, 0, np.int64)
    ends = begins.copy()
    begins[text[of_title]] = np.searchsorted(cut.text, of_title, side="left")
    ends[text[of_title]] = np.searchsorted(cut.text, of_title, side="right")
    listing = text[cut.text[value]] % rows
    out = np.empty(_COLUMNS * (64 + 2 * len(value)), np.int64)
    many = 1 << 62
    while many * _COLUMNS > len(out):
        out = out if many == 1 << 62 else np.empty(_COLUMNS * many, np.int64)
        many = _across(
            reading.units.folded.text.points,
            cut.start,
            cut.end,
            value,
            last,
            begins[listing],
            np.minimum(ends[listing], begins[listing] + MOST_WORDS),
            as_letters(),
            ring.table.slots,
            ring.table.filter,
            ring.spelled.letters,
            ring.spelled.bounds,
            np.zeros(2 * MOST, np.uint32),
            np.zeros(2 * MOST, np.uint32),
            np.zeros(MOST_PER_KEY, np.int32),
            out,
        )
    title, first, until, spelling = np.ascontiguousarray(out[: many * _COLUMNS].reshape(many, _COLUMNS).T)
    return _found(reading, cut, ring, before, right, title, first, until, spelling)


def _values(reading: Reading, cut: Cut, rows: int) -> tuple[Ints, Ints]:
    """First and last words of every brand field, and of every string of the attributes, of few words."""
    field = reading.text // rows
    first = np.append(True, cut.text[1:] != cut.text[:-1])[: len(cut)]
    quoted = np.zeros(len(cut), np.bool_)
    held = np.flatnonzero(field[cut.text] == _ATTRIBUTES)
    points, begins = reading.units.folded.text.points, reading.units.folded.text.bounds[cut.text]
    quoted[held] = points[np.maximum(cut.start[held] - 1, begins[held])] == ord('"')
    starts = np.flatnonzero(first | quoted)
    stops = np.append(starts[1:], len(cut)) - 1
    kept = (stops - starts < MOST_OF_VALUE) & ((field[cut.text[starts]] == _BRAND) | quoted[starts])
    return starts[kept], stops[kept]


def _found(
    reading: Reading,
    cut: Cut,
    ring: Keyring,
    before: int,
    right: NDArray[np.int32],
    title: Ints,
    first: Ints,
    last: Ints,
    spelling: Ints,
) -> Found:
    """Say the place of the piece with more letters, that in the title if they have as many."""
    folded = reading.units.folded
    longer = cut.end[last] - cut.start[first] > cut.end[title] - cut.start[title]
    start, end = np.where(longer, cut.start[first], cut.start[title]), np.where(longer, cut.end[last], cut.end[title])
    text = np.where(longer, cut.text[first], cut.text[title])
    unusual = cut.level < ordinary.FREQUENT
    strange = np.append(0, np.cumsum(unusual))
    odd = (strange[last + 1] - strange[first] > 0).astype(np.int64) + unusual[title]
    strength = np.array([NONE_STRANGE, SOME_STRANGE, ALL_STRANGE])[odd]
    many = np.diff(ring.spelled.form_bounds)[spelling]
    row = owners(many)
    form = before + ring.spelled.form[places(ring.spelled.form_bounds[spelling], many)]
    base = reading.points.bounds[text]
    return Found(
        text=reading.text[text][row],
        right=right[form].astype(np.int64),
        start=(folded.source[start] - base)[row],
        end=(folded.source[end - 1] + 1 - base)[row],
        form=form.astype(np.int64),
        distance=np.ones(len(row), np.int64),
        plain=np.zeros(len(row), np.bool_),
        trick=np.full(len(row), Trick.PARTED, np.int8),
        strength=strength[row].astype(np.float32),
    )


@native
def _across(  # noqa: C901 (two orders, each word)
    points: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    titles: NDArray[np.int64],
    until: NDArray[np.int64],
    alike: NDArray[np.uint32],
    slots: NDArray[np.uint64],
    filter: NDArray[np.uint8],
    letters: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    read: NDArray[np.uint32],
    other: NDArray[np.uint32],
    met: NDArray[np.int32],
    out: NDArray[np.int64],
) -> int:
    many = 0
    for value in range(firsts.size):
        size = ends[lasts[value]] - starts[firsts[value]]
        if size < LEAST_PIECE or size > MOST:
            continue
        for order in range(2):
            # Which of both comes first: the value, then the title's word; the other way about.
            made = _written(points, starts, ends, firsts[value], lasts[value], alike, read, 0)
            raw(read, made, other)
            if not marked(filter, mixed(hashed(other, 0, made, -1), LAST if order else FIRST)):
                continue
            for word in range(titles[value], until[value]):
                length = ends[word] - starts[word]
                if length < LEAST_PIECE or length + made > MOST:
                    continue
                _written(points, starts, ends, word, word, alike, read, 0 if order else made)
                raw(read, length + (0 if order else made), other)
                begin = 0 if order else made
                if not marked(filter, mixed(hashed(other, begin, begin + length, -1), FIRST if order else LAST)):
                    continue
                if order:
                    _written(points, starts, ends, firsts[value], lasts[value], alike, read, length)
                else:
                    _written(points, starts, ends, firsts[value], lasts[value], alike, read, 0)
                raw(read, length + made, other)
                for found in range(entries(slots, mixed(hashed(other, 0, length + made, -1), EXACT), met)):
                    entry = number(met[found])
                    if entry < bounds.size - 1 and _same(
                        read, length + made, letters, bounds[entry], bounds[entry + 1]
                    ):
                        if (many + 1) * 4 <= out.size:
                            at = many * 4
                            out[at], out[at + 1], out[at + 2], out[at + 3] = word, firsts[value], lasts[value], entry
                        many += 1
    return many


@inlined
def _written(
    points: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    first: int,
    last: int,
    alike: NDArray[np.uint32],
    read: NDArray[np.uint32],
    at: int,
) -> int:
    """Write words from a place on: how many letters they have."""
    made = 0
    for word in range(first, last + 1):
        for place in range(starts[word], ends[word]):
            point = points[place]
            read[at + made] = alike[point] if point < alike.size else point
            made += 1
    return made


@inlined
def _same(read: NDArray[np.uint32], size: int, letters: NDArray[np.uint32], first: int, last: int) -> bool:
    same = last - first == size
    for place in range(size if same else 0):
        same = same and read[place] == letters[first + place]
    return same
