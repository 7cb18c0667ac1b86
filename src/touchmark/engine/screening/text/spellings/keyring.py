"""The compiled side: the spellings of a register, and the keys that lead to them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.ragged import Ints
from touchmark.engine.screening.text.spellings.entries import FREQUENT, Entries, Spelled, spelled, usable
from touchmark.engine.screening.text.spellings.keys import (
    CONSONANTS,
    EDGES,
    EXACT,
    FIRST,
    HEAD,
    LAST,
    LEAST_CHANGED,
    LEAST_CONSONANTS,
    LEAST_CONSONANTS_CHANGED,
    LEAST_EDGE,
    LEAST_EDGES,
    LEAST_HEAD,
    MOST,
    MOST_EDGE,
    RAW,
    SKELETON,
    STARTS,
    as_letters,
    as_sounds,
    collapsed,
    consonants,
    edges,
    extended,
    hashed,
    hashed_but,
    is_vowel,
    mixed,
    number,
    raw,
    skeleton,
)
from touchmark.engine.screening.text.spellings.table import Table, mark, put
from touchmark.engine.screening.text.spellings.words import ordinary_words

#: Starts of spellings are known from so many letters on.
LEAST_START = 3
#: Two letters may be missing or others if they are vowels among so many letters, or any of so many; not in a large
#: register.
LEAST_VOWELS, LEAST_TWO, MOST_TWO = 7, 9, 15
#: In a register of so many spellings, letters of those with fewer than so many are not changed: each is near another.
MANY, LEAST_OF_MANY = 100_000, 7


@dataclass(frozen=True, slots=True, eq=False)
class Keyring:
    """Everything by which disguised spellings are found."""

    spelled: Spelled
    entries: Entries
    table: Table

    @classmethod
    def of(cls, letters: NDArray[np.uint32], joint: NDArray[np.uint8], lengths: Ints, forms: NDArray[np.int32]) -> Self:
        """Compile forms whose letters, as folded by look, lie one after another; ``joint``: where a word begins."""
        held, entries = spelled(letters, joint, lengths, forms, ordinary_words())
        counts = np.zeros(2, np.int64)
        nothing = Table.empty(0, 0)
        _filled(held, entries, nothing, counts, False)
        table = Table.empty(int(counts[0]), int(counts[1]))
        _filled(held, entries, table, counts, True)
        return cls(held, entries, table)

    @classmethod
    def none(cls) -> Self:
        """The keys of no marks."""
        no, ids = np.empty(0, np.uint32), np.empty(0, np.int64)
        return cls.of(no, no.astype(np.uint8), ids, no.astype(np.int32))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything as named arrays."""
        parts = (self.spelled, self.entries, self.table)
        return {f.name: getattr(part, f.name) for part in parts for f in fields(part)}

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Put together what ``arrays`` took apart."""
        made = (kind(**{f.name: arrays[f.name] for f in fields(kind)}) for kind in (Spelled, Entries, Table))
        return cls(*made)  # type: ignore[arg-type]


def _filled(held: Spelled, entries: Entries, table: Table, counts: NDArray[np.int64], fills: bool) -> None:
    begins = held.bounds[entries.spelling]
    whole = np.arange(len(entries)) < len(held)
    _fill(
        held.letters,
        held.joint,
        begins + entries.first,
        begins + entries.last,
        (held.level[entries.spelling] * whole).astype(np.uint8),
        usable(held, entries),
        as_letters(),
        as_sounds(),
        table.slots,
        table.filter,
        counts,
        np.zeros(MOST * 2, np.uint32),
        np.zeros(MOST * 2, np.uint32),
        LEAST_CHANGED if len(held) < MANY else LEAST_OF_MANY,
        fills,
    )


@native
def _fill(
    letters: NDArray[np.uint32],
    joint: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    level: NDArray[np.uint8],
    fits: NDArray[np.bool_],
    alike: NDArray[np.uint32],
    sounds: NDArray[np.uint32],
    slots: NDArray[np.uint8],
    filter: NDArray[np.uint8],
    counts: NDArray[np.int64],
    read: NDArray[np.uint32],
    other: NDArray[np.uint32],
    least: int,
    fills: bool,
) -> None:
    """Put all keys of all entries into the table, or only count them."""
    counts[0] = counts[1] = 0
    for entry in range(starts.size):
        if not fits[entry]:
            continue
        start, size = starts[entry], ends[entry] - starts[entry]
        changed = size >= least
        for place in range(size):
            letter = letters[start + place]
            read[place] = alike[letter] if letter < alike.size else letter
        length = skeleton(read, size, sounds, other)
        counts[0] += _all(other, length, False, SKELETON, entry, slots, filter, fills)
        length = consonants(read, size, sounds, other) if level[entry] < FREQUENT else 0
        if length >= LEAST_CONSONANTS:
            counts[0] += _all(
                other, length, length >= LEAST_CONSONANTS_CHANGED, CONSONANTS, entry, slots, filter, fills
            )
        length = collapsed(read, size, other, 0)
        raw(other, length, other)
        if length < size:
            counts[0] += _all(other, length, False, EXACT, entry, slots, filter, fills)
        raw(read, size, other)
        counts[0] += _all(other, size, False, EXACT, entry, slots, filter, fills)
        counts[0] += _all(other, size, changed, RAW, entry, slots, filter, fills) if changed else 0
        if size >= LEAST_VOWELS and least < LEAST_OF_MANY:
            counts[0] += _less_by_two(other, size, entry, slots, filter, fills)
        if level[entry] < FREQUENT and changed and least < LEAST_OF_MANY:
            counts[0] += _hidden(other, size, entry, slots, filter, fills)
        counts[1] += _edges(other, joint, start, size, filter, fills)
        if level[entry] < FREQUENT:
            counts[1] += _starts(other, size, filter, fills)


@inlined
def _all(
    read: NDArray[np.uint32],
    size: int,
    changed: bool,
    reading: np.uint64,
    entry: int,
    slots: NDArray[np.uint8],
    filter: NDArray[np.uint8],
    fills: bool,
) -> int:
    """Put the key of a reading, and those with one letter left out, into the table: how many."""
    for out in range(-1, size if changed else 0):
        if fills:
            key = mixed(hashed(read, 0, size, out), reading)
            put(slots, key, entry)
            mark(filter, key)
    return 1 + (size if changed else 0)


@inlined
def _hidden(
    read: NDArray[np.uint32],
    size: int,
    entry: int,
    slots: NDArray[np.uint8],
    filter: NDArray[np.uint8],
    fills: bool,
) -> int:
    """Put what is seen of a mark that one sign hides into the table: how many keys."""
    made = 0
    for head in range((size + 1) // 2, size - 1):
        if head >= LEAST_HEAD:
            made += 1
            if fills:
                key = mixed(hashed(read, 0, head, -1), HEAD)
                put(slots, key, entry)
                mark(filter, key)
    for head in range(LEAST_EDGE, MOST_EDGE + 1):
        for tail in range(LEAST_EDGE, MOST_EDGE + 1):
            if LEAST_EDGES <= head + tail < size:
                made += 1
                if fills:
                    key = mixed(edges(read, size, head, tail), EDGES)
                    put(slots, key, entry)
                    mark(filter, key)
    return made


@inlined
def _less_by_two(
    read: NDArray[np.uint32],
    size: int,
    entry: int,
    slots: NDArray[np.uint8],
    filter: NDArray[np.uint8],
    fills: bool,
) -> int:
    """Put the keys of a reading without two of its vowels into the table, of a longer one without any two: how many."""
    made = 0
    for one in range(1, size):
        for two in range(one + 1, size):
            vowels = is_vowel(number(read[one])) and is_vowel(number(read[two]))
            if vowels or LEAST_TWO <= size <= MOST_TWO:
                made += 1
                if fills:
                    key = mixed(hashed_but(read, size, one, two), RAW)
                    put(slots, key, entry)
                    mark(filter, key)
    return made


@inlined
def _starts(read: NDArray[np.uint32], size: int, filter: NDArray[np.uint8], fills: bool) -> int:
    """Let the filter know how spellings start."""
    key = np.uint64(0)
    for place in range(size):
        key = extended(key, read[place])
        if fills and place + 1 >= LEAST_START:
            mark(filter, mixed(key, STARTS))
    return size


@inlined
def _edges(
    read: NDArray[np.uint32], joint: NDArray[np.uint8], start: int, size: int, filter: NDArray[np.uint8], fills: bool
) -> int:
    """Let the filter know with which words spellings begin and end."""
    made = 0
    for place in range(1, size):
        if joint[start + place]:
            made += 2
            if fills:
                mark(filter, mixed(hashed(read, 0, place, -1), FIRST))
                mark(filter, mixed(hashed(read, place, size, -1), LAST))
    return made
