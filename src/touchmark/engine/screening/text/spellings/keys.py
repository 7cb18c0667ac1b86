"""
How a word is read so that a disguise and its mark have a key in common. A key only proposes.

*Raw*: digits and signs as the letters they look like, and i as l. *Skeleton*: sounds as one letter each, and what is
repeated once. *Consonants*: without vowels. The keys of a mark are those of its readings, and of its raw
reading and consonants with one letter left out; so are those of a word, and one letter more, less, other, or in
another place gives both a key in common.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined

#: Words and marks longer than this are not looked at; a part of a mark may be.
MOST = 48
#: From so many letters, one may be left out, or be another. Of consonants likewise.
LEAST_CHANGED, LEAST_CONSONANTS, LEAST_CONSONANTS_CHANGED = 5, 4, 6
LEAST = 4

#: What tells the keys of one reading from those of another. ``EXACT`` is raw with no letter left out,
#: ``HEAD`` the first half or more of it, ``EDGES`` its first and last letters: one sign may hide the rest.
RAW, SKELETON, CONSONANTS, STARTS, FIRST, LAST, EXACT, HEAD, EDGES = (
    np.uint64(0x9E3779B97F4A7C15 * (2 * i + 1) % 2**64) for i in range(9)
)

_ALIKE = {
    "a": "4@^",
    "b": "8",
    "c": "(¢©",
    "e": "3€£",
    "g": "69",
    "l": "1!|",
    "o": "0",
    "s": "5$§",
    "t": "7+†",
    "y": "¥",
    "z": "2",
}
_SOUNDS = {"k": "cq", "s": "z", "l": "iy", "v": "uwb", "g": "j"}
#: Above this every character is read as itself.
TABLE = 0x2100


@cache
def as_letters() -> NDArray[np.uint32]:
    """What every character below ``TABLE`` is read as: itself, or a letter that it looks like."""
    return _table(_ALIKE)


@cache
def as_sounds() -> NDArray[np.uint32]:
    """One letter for all raw letters of one sound."""
    return _table(_SOUNDS)


def _table(alike: dict[str, str]) -> NDArray[np.uint32]:
    table = np.arange(TABLE, dtype=np.uint32)
    for letter, others in alike.items():
        for other in others:
            table[ord(other)] = ord(letter)
    return table


_BASE = np.uint64(0xD6E8FEB86659FD93)
_ONE, _MIX_1, _MIX_2, _TURN = np.uint64(1), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB), np.uint64(29)


@inlined
def number(value: Any) -> int:
    """Make a signed number of a character or a level: with an unsigned one, numba would make floats of both."""
    return np.int64(value)  # type: ignore[return-value]


@inlined
def extended(key: np.uint64, letter: int) -> np.uint64:
    """Give the hash of a reading with one letter more."""
    return key * _BASE + np.uint64(letter) + _ONE


#: The highest five bits of a key say where in the filter it lies: what is asked for most often lies side by side, near
#: enough to stay in the processor's own memory.
_SHARE, _OTHERS = np.uint64(2**59), np.uint64(3 * 2**59)
_WITHIN_SHARE = np.uint64(2**59 - 1)


@inlined
def mixed(key: np.uint64, reading: np.uint64) -> np.uint64:
    """Give the key of a hash under a reading."""
    key = (key ^ reading) * _MIX_1
    key = (key ^ (key >> _TURN)) * _MIX_2
    key = key ^ (key >> _TURN)
    if reading == EXACT:
        return key & _WITHIN_SHARE
    if reading in (STARTS, FIRST, LAST):
        return key & _WITHIN_SHARE | _SHARE << (key & _ONE)
    return key if key >= _OTHERS else key | _OTHERS


@inlined
def hashed(read: NDArray[np.uint32], start: int, end: int, out: int) -> np.uint64:
    """Hash a reading, the letter at ``out`` left out."""
    key = np.uint64(0)
    for place in range(start, end):
        if place != out:
            key = extended(key, read[place])
    return key


#: Of a mark hidden by one sign, as many letters must be seen before it, or on either side of it, and in all.
LEAST_HEAD, LEAST_EDGE, LEAST_EDGES = 4, 1, 4
#: Of either side so many letters go into the key.
MOST_EDGE = 3


@inlined
def hashed_but(read: NDArray[np.uint32], size: int, one: int, two: int) -> np.uint64:
    """Hash a reading without two of its letters."""
    key = np.uint64(0)
    for place in range(size):
        if place not in (one, two):
            key = extended(key, read[place])
    return key


@inlined
def edges(read: NDArray[np.uint32], size: int, head: int, tail: int) -> np.uint64:
    """Hash the first and the last letters of a reading, so many of each."""
    key = extended(np.uint64(0), head * 8 + tail)
    for place in range(head):
        key = extended(key, read[place])
    for place in range(size - tail, size):
        key = extended(key, read[place])
    return key


@inlined
def collapsed(read: NDArray[np.uint32], size: int, out: NDArray[np.uint32], at: int) -> int:
    """Write a reading with what is repeated once, from a place on: its length."""
    made = 0
    for place in range(size):
        if place == 0 or read[place] != read[place - 1]:
            if at + made < out.size:
                out[at + made] = read[place]
            made += 1
    return made


_a, _c, _e, _f, _h, _i, _k, _l, _o, _p, _s, _u, _v, _x, _y = (ord(letter) for letter in "acefhiklopsuvxy")


@inlined
def is_vowel(letter: int) -> bool:
    """Whether a letter of a raw reading is a vowel; there an i is an l."""
    return letter in (_a, _e, _i, _l, _o, _u)


@inlined
def skeleton(  # noqa: C901 (a list of cases)
    read: NDArray[np.uint32], size: int, sounds: NDArray[np.uint32], out: NDArray[np.uint32]
) -> int:
    """Write the skeleton of a raw reading: its length."""
    made, place, doubled = 0, 0, 0
    for at in range(1, size):
        doubled += 1 if read[at] == read[at - 1] else 0
    while place < size and made < MOST:
        letter = number(read[place])
        following = number(read[place + 1]) if place + 1 < size else 0
        after = number(read[place + 2]) if place + 2 < size else 0
        # A letter drawn out is one, and no sound of two; nor is it where every letter is.
        following = 0 if following == letter and (letter == after or doubled > 2) else following
        step = 1
        sound = number(sounds[letter]) if letter < TABLE else letter
        if place > 0 and (letter == number(read[place - 1]) or letter == _h):
            sound = 0
        elif letter == _p and following == _h:
            sound, step = _f, 2
        elif letter == _c and following == _k:
            step = 2
        elif letter == _a and following == _u:
            sound, step = _o, 2
        elif letter == _o and (following in (_u, _o)):
            sound, step = _v, 2
        elif letter == _e and (following in (_e, _i, _y)):
            sound, step = _l, 2
        if letter == _x and sound:
            out[made] = np.uint32(_k)
            made += 1
            sound = _s
        if sound:
            out[made] = np.uint32(sound)
            made += 1
        place += step
    return made


@inlined
def consonants(read: NDArray[np.uint32], size: int, sounds: NDArray[np.uint32], out: NDArray[np.uint32]) -> int:
    """Write the consonants of a reading, and a vowel that it starts with: their number."""
    made = 0
    for place in range(size):
        letter = number(read[place])
        vowel = letter in (_a, _e, _i, _o, _u, _y)
        if place > 0 and vowel:
            continue
        kept = vowel or letter == _l or letter >= TABLE
        out[made] = np.uint32(letter) if kept else sounds[letter]
        made += 1
    return made


@inlined
def raw(read: NDArray[np.uint32], size: int, out: NDArray[np.uint32]) -> None:
    """Write a reading with i as l."""
    for place in range(size):
        out[place] = np.uint32(_l) if number(read[place]) == _i else read[place]
