"""Which spellings a text may hide: every reading is asked of the table in every way that its kind allows."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.ragged import Ints
from touchmark.engine.screening.text.spellings.keyring import LEAST_START, LEAST_TWO, MANY, MOST_TWO, Keyring
from touchmark.engine.screening.text.spellings.keys import (
    CONSONANTS,
    EDGES,
    EXACT,
    HEAD,
    LEAST,
    LEAST_CHANGED,
    LEAST_CONSONANTS,
    LEAST_CONSONANTS_CHANGED,
    MOST,
    MOST_EDGE,
    RAW,
    SKELETON,
    STARTS,
    as_sounds,
    consonants,
    edges,
    extended,
    hashed,
    hashed_but,
    mixed,
    number,
    raw,
    skeleton,
)
from touchmark.engine.screening.text.spellings.keys import FIRST as BEGINS
from touchmark.engine.screening.text.spellings.keys import LAST as STOPS
from touchmark.engine.screening.text.spellings.proposals import Proposals
from touchmark.engine.screening.text.spellings.readings.ask import (
    ABOUT,
    AS_IS,
    ASKS,
    BACKWARD,
    BARE,
    CHANGED,
    END,
    FIRST,
    GLUED,
    LAST,
    LAST_WORD,
    LESS,
    MASKED,
    SEVERAL,
    SOUNDS,
    START,
    UPSIDE_DOWN,
    WITHIN,
    WORD,
)
from touchmark.engine.screening.text.spellings.readings.read import Readings
from touchmark.engine.screening.text.spellings.table import MOST_PER_KEY, entries, marked

#: Of one word so many proposals are compared.
MOST_PER_READING = 96
_COLUMNS = 7
_MANY, _HERE, _ASKED = range(3)
_BASE, _ONE = np.uint64(0xD6E8FEB86659FD93), np.uint64(1)
_a, _i, _l = (ord(letter) for letter in "ail")


class _Table(NamedTuple):
    """The table that is asked, with the letters of each entry; what readings are about, and what is found."""

    about: NDArray[np.int64]
    firsts: NDArray[np.int16]
    lasts: NDArray[np.int16]
    slots: NDArray[np.uint8]
    filter: NDArray[np.uint8]
    met: NDArray[np.int32]
    counts: NDArray[np.int64]
    out: NDArray[np.int64]


def proposals(read: Readings, which: Ints, ring: Keyring) -> Proposals:
    """Propose for some of the readings, each as often as it is met; ``reading`` is a number among them."""
    out = np.empty(_COLUMNS * (256 + 4 * len(which)), np.int64)
    while True:
        counts = np.zeros(3, np.int64)
        _propose(
            read.letters,
            read.bounds,
            read.about,
            which,
            as_sounds(),
            ring.table.slots,
            ring.table.filter,
            ring.entries.first,
            ring.entries.last,
            len(ring.spelled) < MANY,
            np.zeros(4 * MOST, np.uint32),
            np.zeros(4 * MOST, np.uint64),
            np.zeros(MOST_PER_KEY, np.int32),
            counts,
            out,
        )
        if counts[_MANY] * _COLUMNS <= len(out):
            return Proposals(*np.ascontiguousarray(out[: counts[_MANY] * _COLUMNS].reshape(-1, _COLUMNS).T))
        out = np.empty(_COLUMNS * counts[_MANY], np.int64)


@native
def _propose(  # noqa: C901 (one loop for all ways of asking)
    letters: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    about: NDArray[np.int64],
    which: NDArray[np.int64],
    sounds: NDArray[np.uint32],
    slots: NDArray[np.uint8],
    filter: NDArray[np.uint8],
    firsts: NDArray[np.int16],
    lasts: NDArray[np.int16],
    two: bool,
    other: NDArray[np.uint32],
    before: NDArray[np.uint64],
    met: NDArray[np.int32],
    counts: NDArray[np.int64],
    out: NDArray[np.int64],
) -> None:
    table = _Table(about, firsts, lasts, slots, filter, met, counts, out)
    for asked in range(which.size):
        reading = which[asked]
        counts[_HERE], counts[_ASKED] = 0, asked
        at, size = reading * ABOUT, bounds[reading + 1] - bounds[reading]
        asks, first, last = about[at + ASKS], about[at + FIRST], about[at + LAST]
        start, end, view = about[at + START], about[at + END], asks & (BACKWARD | UPSIDE_DOWN)
        read = letters[bounds[reading] : bounds[reading + 1]]
        blank = of_one = of_two = np.uint64(0)
        turns = 0 if last < 2 else 26
        turns = 26 * max(turns, 1) if asks & MASKED else size if asks & (WITHIN | GLUED) else 0
        # One loop for all ways of asking, so that the machine code holds the table's part once.
        for turn in range(-4, turns):
            if asks & MASKED and turn >= 0:
                if turn == 0:
                    left_out = (first >> 16) & 255 if last > 2 else -1
                    _blank(read, size, first, last, other)
                    blank = hashed(other, 0, size, left_out)
                    of_one, of_two = _weight(size, first & 255, left_out), _weight(size, (first >> 8) & 255, left_out)
                filled = blank + _letter(turn % 26) * of_one
                _ask(
                    filled + _letter(turn // 26) * of_two if last > 1 else filled,
                    RAW if last > 2 else EXACT,
                    start,
                    end,
                    view,
                    at,
                    table,
                    size,
                )
            elif asks & SEVERAL and turn == -1:
                raw(read, size, other)
                behind = size - 1 - first
                if behind == 0:
                    _ask(hashed(other, 0, first, -1), HEAD, start, end, view, at, table, size)
                else:
                    _ask(
                        edges(other, size, min(first, MOST_EDGE), min(behind, MOST_EDGE)),
                        EDGES,
                        start,
                        end,
                        view,
                        at,
                        table,
                        size,
                    )
            elif turn == -4 and asks & CHANGED and two and first == 0 and last == size:
                if LEAST_TWO - 2 <= size <= MOST_TWO + 2 and about[at + WORD] == about[at + LAST_WORD]:
                    raw(read, size, other)
                    for one in range(size):
                        for another in range(one + 1, size):
                            _ask(hashed_but(other, size, one, another), RAW, start, end, view, at, table, size)
            elif turn == -3 and asks & SOUNDS:
                made = skeleton(read, size, sounds, other)
                if made >= LEAST - 1:
                    _ask(hashed(other, 0, made, -1), SKELETON, start, end, view, at, table, size)
            elif turn == -2 and asks & BARE:
                made = consonants(read, size, sounds, other)
                if made >= LEAST_CONSONANTS:
                    until = made if made >= LEAST_CONSONANTS_CHANGED and asks & CHANGED else 0
                    _changed(other, made, 0, until, CONSONANTS, start, end, view, at, table, before, size)
            elif turn == -1 and asks & AS_IS:
                raw(read, size, other)
                _ask(hashed(other, 0, size, -1), EXACT, start, end, view, at, table, size)
                changes = asks & CHANGED and size >= LEAST_CHANGED - 1
                if changes and first:
                    changes = marked(filter, mixed(hashed(other, 0, first, -1), BEGINS))
                if changes and last < size:
                    changes = marked(filter, mixed(hashed(other, last, size, -1), STOPS))
                if changes or asks & LESS:
                    until = last if changes and size >= LEAST_CHANGED else 0
                    _changed(other, size, first, until, RAW, start, end, view, at, table, before, size)
            elif asks & WITHIN and turn >= 0:
                # What is read is still the raw reading.
                key = np.uint64(0)
                for place in range(turn, size):
                    key = extended(key, other[place])
                    many = place - turn + 1
                    if many >= LEAST_START and not marked(filter, mixed(key, STARTS)):
                        break
                    if many >= LEAST and many < size:
                        _ask(key, EXACT, start + turn, start + place + 1, WITHIN, at, table, size)
            elif asks & GLUED and turn >= 0:
                # Signs stand somewhere between: a place is told from the start or from the end, whichever is a word's.
                key = np.uint64(0)
                for place in range(turn, size):
                    key = extended(key, other[place])
                    many = place - turn + 1
                    if many >= LEAST_START and not marked(filter, mixed(key, STARTS)):
                        break
                    if many >= LEAST and many < size and (turn == 0 or place == size - 1):
                        _ask(key, EXACT, start + turn, end - (size - 1 - place), WITHIN, at, table, size)


@inlined
def _blank(read: NDArray[np.uint32], size: int, where: int, masks: int, out: NDArray[np.uint32]) -> None:
    """Write a raw reading with a in place of the first two masks; ``where`` they are, eight bits each."""
    for place in range(size):
        out[place] = read[place]
    out[where & 255] = np.uint32(_a)
    if masks > 1:
        out[(where >> 8) & 255] = np.uint32(_a)
    raw(out, size, out)


@inlined
def _weight(size: int, place: int, left_out: int) -> np.uint64:
    """By what the hash of a reading grows if the letter at a place is the next one of the alphabet."""
    power = _ONE
    for _ in range(size - 1 - place - (1 if left_out > place else 0)):
        power *= _BASE
    return power


@inlined
def _letter(number_of: int) -> np.uint64:
    """How far a letter of a raw reading, by its number, is from a."""
    return np.uint64(_l - _a if number_of == _i - _a else number_of)


@inlined
def _changed(
    read: NDArray[np.uint32],
    size: int,
    first: int,
    last: int,
    reading: np.uint64,
    start: int,
    end: int,
    view: int,
    at: int,
    table: _Table,
    before: NDArray[np.uint64],
    letters: int,
) -> None:
    """Ask for a reading, and for it without each one of the letters from ``first`` up to ``last``."""
    before[0] = np.uint64(0)
    for place in range(size):
        before[place + 1] = extended(before[place], read[place])
    after, power = np.uint64(0), _ONE
    for place in range(size, -1, -1):
        if place == size:
            # Whose consonants are the very same may have other vowels, as many.
            _ask(before[size], reading, start, end, view, at, table, letters - 1)
            continue
        if first <= place < last:
            key = before[place] * power + after
            _ask(key, reading, start, end, view, at, table, letters)
        after += (np.uint64(read[place]) + _ONE) * power
        power *= _BASE


@inlined
def _ask(
    key: np.uint64, reading: np.uint64, start: int, end: int, view: int, at: int, table: _Table, letters: int
) -> None:
    """Write down every entry under a key; without vowels, only longer ones than the ``letters`` that were read."""
    key = mixed(key, reading)
    if not marked(table.filter, key):
        return
    for found in range(entries(table.slots, key, table.met)):
        if table.counts[_HERE] >= MOST_PER_READING:
            return
        if (
            reading == CONSONANTS
            and number(table.lasts[table.met[found]]) - number(table.firsts[table.met[found]]) <= letters
        ):
            continue
        table.counts[_HERE] += 1
        _write_down(start, end, number(table.met[found]), view, at, table)


@inlined
def _write_down(start: int, end: int, entry: int, view: int, at: int, table: _Table) -> None:
    """Write a proposal down if there is room; count it in any case."""
    about, counts, out = table.about, table.counts, table.out
    to = counts[_MANY] * _COLUMNS
    if to + _COLUMNS <= out.size:
        out[to], out[to + 1], out[to + 2], out[to + 3] = start, end, entry, view
        out[to + 4], out[to + 5], out[to + 6] = about[at + WORD], about[at + LAST_WORD], counts[_ASKED]
    counts[_MANY] += 1
