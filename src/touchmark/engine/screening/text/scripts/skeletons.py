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
_R = 18


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
    if letter == _R:
        return end or letters[at + 1] & LETTER not in (1, 5, 9, 15, 21, 25, 18)
    return end


@inlined
def _keep(reached: int, dear: int, first: int, held: int, states: NDArray[np.int64], dears: NDArray[np.int64]) -> int:
    """
    Keep a state among the ``held`` from ``first`` on, at the least that it costs: how many there are then.

    Where there is no room, the dearest gives way: names of many readings keep those that are likely.
    """
    dearest = first
    for other in range(first, first + held):
        if states[other] == reached:
            dears[other] = min(dears[other], dear)
            return held
        if dears[other] > dears[dearest]:
            dearest = other
    if held < MOST_KEYS:
        states[first + held], dears[first + held] = reached, dear
        return held + 1
    if dear < dears[dearest]:
        states[dearest], dears[dearest] = reached, dear
    return held


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
    dears: NDArray[np.int64],
    held: NDArray[np.int64],
    into: NDArray[np.int64],
) -> None:
    """
    Write up to ``MOST_KEYS`` skeletons of each name, read by every rule that is not too dear; 0 where there is none.

    ``states`` and ``dears`` have ``MOST_KEYS`` places for every letter and one more, ``held`` says how many are taken.
    """
    for name in range(len(bounds) - 1):
        at, to = bounds[name], bounds[name + 1]
        for i in range(to - at + 1):
            held[i] = 0
        states[0], dears[0], held[0] = 0, 0, 1
        for i in range(to - at):
            letter = int(letters[at + i]) & LETTER
            for k in range(i * MOST_KEYS, i * MOST_KEYS + held[i]):
                for r in range(first[letter - 1], first[letter]):
                    if cost[r] > dearest or not reads(letters, at + i, to, rule[r], size[r]):
                        continue
                    if many[r] == 0 and not may_be_silent(letters, at + i, to, size[r]):
                        continue
                    key, last = states[k] >> 3, int(states[k] & 7)
                    for sound in range(many[r]):
                        packed = skeleton(key, last, int(heard[4 * r + sound]), classes, True)
                        key, last = packed >> 3, int(packed & 7)
                    j = i + size[r]
                    last = last if j < to - at else 0  # behind the last letter nothing is merged with it
                    # Half of the scripts never write an r that ends a syllable.
                    dear = dears[k] + (0 if letter == _R and many[r] == 0 else cost[r])
                    held[j] = _keep((key << 3) | last, dear, j * MOST_KEYS, held[j], states, dears)
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
