"""The sounds of names: letters read by rules, and the skeletons of their consonants."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.scripts.sounds import SOUNDS

_FIRST_VOWEL, _LAST_VOWEL = SOUNDS.index("a"), SOUNDS.index("x")
_HISS, _STOP = 4, 2  # classes: "ts" is one hiss
#: The longest name, in letters, and run of sounds that are compared.
LONGEST = 24
MOST_KEYS = 16
#: A letter of a name is its number in the alphabet; the last one of a word has a bit more.
LETTER, WORD_ENDS = 31, 32


class Rules(NamedTuple):
    """Rules of reading letters: the letters, what is heard, what it costs, and the ``first`` rule of each letter."""

    rule: NDArray[np.int64]
    size: NDArray[np.int64]
    heard: NDArray[np.uint8]
    many: NDArray[np.int64]
    cost: NDArray[np.int64]
    first: NDArray[np.int64]


@inlined
def is_vowel(sound: int) -> bool:
    """Whether a sound is a vowel."""
    return _FIRST_VOWEL <= sound <= _LAST_VOWEL


@inlined
def skeleton(key: int, last: int, sound: int, classes: NDArray[np.uint8], merged: bool) -> int:
    """
    The key of a run of sounds with one sound more: what was heard so far, times 8, and the class of the last sound.

    The same consonant twice is one, and so is a stop before a hiss; not where vowels are unwritten.
    """
    heard = int(classes[sound])
    if heard == 0:
        return key << 3
    if not merged:
        return ((key << 3) | heard) << 3
    if heard == last:
        return (key << 3) | last
    if heard == _HISS and last == _STOP:
        return ((((key >> 3) << 3) | heard) << 3) | heard
    return (((key << 3) | heard) << 3) | heard


@inlined
def reads(letters: NDArray[np.uint8], at: int, to: int, rule: int, size: int) -> bool:
    """Whether the letters of a name from ``at`` on are those of a rule."""
    if at + size > to:
        return False
    number = 0
    for k in range(size):
        number = (number << 5) | (int(letters[at + k]) & LETTER)
    return number == rule


@inlined
def may_be_silent(letters: NDArray[np.uint8], at: int, to: int, size: int) -> bool:
    """Whether letters may stand for nothing here: h and e anywhere, r before a consonant, others only at the end."""
    letter = letters[at] & LETTER
    end = at + size == to or letters[at + size - 1] & WORD_ENDS > 0
    if size > 1:
        return letter != 5 or end
    if letter in (8, 5):
        return True
    if letter == 18:
        return end or letters[at + 1] & LETTER not in (1, 5, 9, 15, 21, 25, 18)
    return end


@native
def keys_of(  # noqa: C901
    letters: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    rule: NDArray[np.int64],
    size: NDArray[np.int64],
    heard: NDArray[np.uint8],
    many: NDArray[np.int64],
    cost: NDArray[np.int64],
    first: NDArray[np.int64],
    classes: NDArray[np.uint8],
    dearest: int,
    states: NDArray[np.int64],
    held: NDArray[np.int64],
    into: NDArray[np.int64],
) -> None:
    """
    Write up to ``MOST_KEYS`` skeletons of each name, read by every rule that is not too dear; 0 where there is none.

    ``states`` has ``MOST_KEYS`` places for every letter and one more, ``held`` says how many are taken.
    """
    for name in range(len(bounds) - 1):
        at, to = bounds[name], bounds[name + 1]
        for i in range(to - at + 1):
            held[i] = 0
        states[0], held[0] = 0, 1
        for i in range(to - at):
            letter = int(letters[at + i]) & LETTER
            for k in range(held[i]):
                state = states[i * MOST_KEYS + k]
                for r in range(first[letter - 1], first[letter]):
                    if cost[r] > dearest or not reads(letters, at + i, to, rule[r], size[r]):
                        continue
                    if many[r] == 0 and not may_be_silent(letters, at + i, to, size[r]):
                        continue
                    key, last = state >> 3, int(state & 7)
                    for sound in range(many[r]):
                        packed = skeleton(key, last, int(heard[4 * r + sound]), classes, True)
                        key, last = packed >> 3, int(packed & 7)
                    reached = (key << 3) | last
                    j = i + size[r]
                    new = held[j] < MOST_KEYS
                    for other in range(held[j]):
                        new = new and states[j * MOST_KEYS + other] != reached
                    if new:
                        states[j * MOST_KEYS + held[j]] = reached
                        held[j] += 1
        end = to - at
        written = 0
        for k in range(held[end]):
            key = states[end * MOST_KEYS + k] >> 3
            new = key > 0
            for other in range(written):
                new = new and into[name * MOST_KEYS + other] != key
            if new:
                into[name * MOST_KEYS + written] = key
                written += 1
