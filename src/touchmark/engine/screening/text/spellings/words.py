"""How ordinary a word is, asked from within kernels: the table of ``text.ordinary``, open-addressed."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text import hashing, ordinary
from touchmark.engine.screening.text.spellings.keys import number

#: A word of a slot: the key and one in the upper bits, the level in the lowest eight.
Words = NDArray[np.uint64]

_BASE, _MIX = hashing.BASE, hashing.MIX
_ONE, _LEVEL, _TURN, _HALF = np.uint64(1), np.uint64(8), np.uint64(31), np.uint64(32)


@cache
def ordinary_words() -> Words:
    """Every ordinary word."""
    return _filled(*ordinary.table())


def table_of(hashes: NDArray[np.uint64], levels: NDArray[np.uint8]) -> Words:
    """Put words in a table that ``level_of`` asks, by their hashes."""
    keys = ((hashes ^ (hashes >> _TURN)) * _MIX) >> _HALF
    return _filled(keys.astype(np.uint32), levels)


def _filled(keys: NDArray[np.uint32], levels: NDArray[np.uint8]) -> Words:
    slots = np.zeros(1 << int(2 * len(keys)).bit_length(), np.uint64)
    _fill(keys, levels, slots)
    return slots


def levels(words: Words, hashes: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Tell how ordinary words are, as ``ordinary.levels`` does."""
    out = np.empty(len(hashes), np.uint8)
    _levels(words, hashes, out)
    return out


@inlined
def hash_of(read: NDArray[np.uint32], start: int, end: int) -> np.uint64:
    """Hash a word as ``hashing.runs`` does."""
    total, power = np.uint64(0), _ONE
    for place in range(start, end):
        total += (np.uint64(read[place]) + _ONE) * power
        power *= _BASE
    return total


@inlined
def level_of(words: NDArray[np.uint64], total: np.uint64) -> int:
    """Tell how ordinary a word is, by its hash."""
    key = ((total ^ (total >> _TURN)) * _MIX) >> _HALF
    last = number(words.size - 1)
    slot = number(key) & last
    while words[slot] != np.uint64(0) and words[slot] >> _LEVEL != key + _ONE:
        slot = (slot + 1) & last
    return number(words[slot] & np.uint64(0xFF))


@native
def _levels(words: NDArray[np.uint64], hashes: NDArray[np.uint64], out: NDArray[np.uint8]) -> None:
    for place in range(hashes.size):
        out[place] = np.uint8(level_of(words, hashes[place]))


@native
def _fill(keys: NDArray[np.uint32], levels: NDArray[np.uint8], words: NDArray[np.uint64]) -> None:
    last = number(words.size - 1)
    for place in range(keys.size):
        slot = number(keys[place]) & last
        while words[slot] != np.uint64(0):
            slot = (slot + 1) & last
        words[slot] = (np.uint64(keys[place]) + _ONE) << _LEVEL | np.uint64(levels[place])
