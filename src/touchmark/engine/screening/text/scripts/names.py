"""The Chinese names of a register, compiled: every spelling under pairs of its syllables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.ragged import Ints, offsets
from touchmark.engine.screening.text.scripts.tables import FIRST, LAST, LOOK_SIZE, MOST_PIECES, MOST_READINGS, han
from touchmark.engine.screening.text.tokens import Units

#: Names of fewer characters are too often words; longer ones are sentences.
LEAST, MOST = 3, 12
#: A name of two characters counts where one of them stands as it is.
LEAST_APART = 2
#: What a pair of syllables is to a name: its first two, its last two, the first and third of three; or its first
#: character, for a mask after it; or two characters, one of which looks like that of a name of two.
LEADING, TRAILING, AROUND, INITIAL, LOOKS = 0, 1, 2, 3, 4
#: Of one character in a name of two so many others are taken for it, which must look more alike than in longer names.
MOST_ALIKE = 24
_ALIKE, _ALIKE_WITH_PART = 10_000, 8_400

#: Flags of an entry.
WHOLE, APART, SHORT = 1, 2, 4


#: A form, a spelling of it, and flags.
Row = tuple[int, tuple[int, ...], int]


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """
    Entry e is ``chars[bounds[e] : bounds[e + 1]]``, folded, of ``form[e]``; ``flags[e]`` says what it is.

    ``keys`` are pairs, ascending; ``entry`` goes with them. ``maybe`` is a filter in front of them, a bit per slot.
    """

    chars: NDArray[np.uint32]
    bounds: Ints
    form: NDArray[np.int32]
    flags: NDArray[np.uint8]
    keys: NDArray[np.int64]
    entry: NDArray[np.int32]
    maybe: NDArray[np.uint8]

    @classmethod
    def none(cls) -> Self:
        """No names at all."""
        return cls.made([])

    @classmethod
    def made(cls, rows: "list[Row]") -> Self:
        """Compile spellings of forms, in their order."""
        keys = sorted((key, entry) for entry, (_, chars, flags) in enumerate(rows) for key in _keys(chars, flags))
        lengths = np.array([len(chars) for _, chars, _ in rows], np.int64)
        held = np.array([key for key, _ in keys], np.int64)
        return cls(
            np.array([char for _, chars, _ in rows for char in chars], np.uint32),
            offsets(lengths),
            np.array([form for form, _, _ in rows], np.int32),
            np.array([flags for _, _, flags in rows], np.uint8),
            held,
            np.array([entry for _, entry in keys], np.int32),
            _maybe(held),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All arrays by name, to be stored."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Put together what ``arrays`` took apart."""
        return cls(**{f.name: arrays[f.name] for f in fields(cls)})

    def __len__(self) -> int:
        return len(self.form)


def rows_of(units: Units, usable: NDArray[np.bool_]) -> list[Row]:
    """Spell the forms that are Chinese from end to end; ``units`` are theirs, plainly folded."""
    texts = len(units.folded.text)
    other = np.zeros(texts, np.bool_)
    other[units.text[units.kind != Kind.HAN]] = True
    lengths = np.bincount(units.text, minlength=texts)
    chosen = np.flatnonzero(usable & ~other & (lengths >= LEAST_APART) & (lengths <= MOST))
    begins = offsets(np.bincount(units.text, weights=units.lengths, minlength=texts).astype(np.int64))
    rows: list[Row] = []
    for form in chosen.tolist():
        chars = units.letters[begins[form] : begins[form + 1]].tolist()
        rows += [(form, tuple(spelled), flags) for spelled, flags in _spellings(chars)]
    return rows


def _spellings(chars: list[int]) -> Iterator[tuple[list[int], int]]:
    """A name as it is, and with one of its characters taken apart."""
    if not all(FIRST <= char <= LAST and _syllable(char) for char in chars):
        return
    yield chars, WHOLE if len(chars) >= LEAST else SHORT
    parts = han().parts
    for i, char in enumerate(chars):
        one, other = (int(part) for part in parts[2 * (char - FIRST) : 2 * (char - FIRST) + 2])
        if one and _syllable(one) and _syllable(other):
            yield [*chars[:i], one, other, *chars[i + 1 :]], APART


def _syllable(char: int) -> int:
    """The usual reading of a character, by the number that confused syllables share; 0 where it has none."""
    tables = han()
    return int(tables.near[tables.readings[MOST_READINGS * (char - FIRST)]])


def _keys(chars: tuple[int, ...], flags: int) -> Iterator[int]:
    sounds = [_syllable(char) for char in chars]
    if not flags & APART:
        yield pair(INITIAL, chars[0], 0)
    yield pair(LEADING, sounds[0], sounds[1])
    if flags & SHORT:
        yield from (pair(LOOKS, other, chars[1]) for other in _alike(chars[0]))
        yield from (pair(LOOKS, chars[0], other) for other in _alike(chars[1]))
        return
    if not flags & APART:
        yield pair(TRAILING, sounds[-2], sounds[-1])
        if len(chars) == LEAST:
            yield pair(AROUND, sounds[0], sounds[2])


@cache
def _alike(char: int) -> tuple[int, ...]:
    """The characters that look most like one."""
    tables = han()
    look = tables.look.reshape(-1, LOOK_SIZE).astype(np.int32)
    alike = look @ look[char - FIRST]
    pieces = tables.pieces.reshape(-1, MOST_PIECES)
    own = pieces[char - FIRST]
    shares = np.isin(pieces, own[own > 0]).any(axis=1)
    alike[char - FIRST] = 0
    alike[alike < np.where(shares, _ALIKE_WITH_PART, _ALIKE)] = 0
    groups, own_groups = tables.alike.reshape(-1, 2), tables.alike[2 * (char - FIRST) : 2 * (char - FIRST) + 2]
    listed = np.flatnonzero(np.isin(groups, own_groups[own_groups > 0]).any(axis=1))
    nearest = np.argsort(-alike, kind="stable")[:MOST_ALIKE]
    found = {*(nearest[alike[nearest] > 0] + FIRST).tolist(), *(listed + FIRST).tolist()} - {char}
    return tuple(sorted(found))


def pair(kind: int, one: int, other: int) -> int:
    """The key of a pair."""
    return (kind << 36) | (one << 16) | other


def _maybe(keys: NDArray[np.int64]) -> NDArray[np.uint8]:
    bits = max(int(len(keys) * 8).bit_length(), 6)
    slots = slot(keys, bits)
    maybe = np.zeros(1 << (bits - 3), np.uint8)
    np.bitwise_or.at(maybe, slots >> 3, (1 << (slots & 7)).astype(np.uint8))
    return maybe


def slot(keys: NDArray[np.int64], bits: int) -> Ints:
    """The slot of each key in a filter of ``2 ** bits`` bits; the kernels have their own copy of this line."""
    mixed = (keys ^ (keys >> 17)) * 0x9E3779B1
    return (mixed >> 8) & ((1 << bits) - 1)
