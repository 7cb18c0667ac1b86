"""The loops of stay-down: sketches of titles, the most alike in a range, the nearest code in a range."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.image.near_kernels import bits_set
from touchmark.engine.screening.text.letters import Kind

SKETCH, SHINGLE = 64, 4
WORDS = 4  # of 64 bits in a code
NOTHING, NONE = np.uint64(0xFFFFFFFFFFFFFFFF), np.uint64(0)
_BASE, _MIX, _MIX2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_U27, _U31 = np.uint64(27), np.uint64(31)
LETTER = int(Kind.LETTER)


@inlined
def mixed(first: Any, second: Any, third: Any, fourth: Any) -> Any:
    """Hash four letters."""
    value = ((first * _BASE + second) * _BASE + third) * _BASE + fourth
    value = (value ^ (value >> _U27)) * _MIX
    value = (value ^ (value >> _U31)) * _MIX2
    return value ^ (value >> _U31)


@inlined
def put_in(sketches: Any, begin: Any, value: Any) -> Any:
    """Put a hash in its place among the smallest, unless it is there or is larger than all of a full sketch."""
    place = begin + SKETCH
    while place > begin and sketches[place - 1] > value:
        place -= 1
    if place == begin + SKETCH or (place > begin and sketches[place - 1] == value):
        return
    for at in range(begin + SKETCH - 1, place, -1):
        sketches[at] = sketches[at - 1]
    sketches[place] = value


@native
def take_sketches(
    points: NDArray[np.uint32], bounds: NDArray[np.int64], kinds: NDArray[np.uint8], sketches: NDArray[np.uint64]
) -> None:
    """
    Write, for each text, the smallest hashes of its runs of four letters, each once, in order; the rest is ``NOTHING``.

    What is no letter and no digit is left out: signs and spaces between letters hide nothing. A text of fewer letters
    is one run.
    """
    for text in range(len(bounds) - 1):
        begin = text * SKETCH
        for at in range(begin, begin + SKETCH):
            sketches[at] = NOTHING
        letters = 0
        first = second = third = NONE
        for at in range(bounds[text], bounds[text + 1]):
            if kinds[points[at]] < LETTER:
                continue
            point = np.uint64(points[at])
            letters += 1
            if letters >= SHINGLE:
                put_in(sketches, begin, mixed(first, second, third, point))
            first, second, third = second, third, point
        if 0 < letters < SHINGLE:
            put_in(sketches, begin, mixed(first, second, third, NONE))


@native
def most_alike(
    asked: NDArray[np.uint64],
    held: NDArray[np.uint64],
    row_of: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    least: float,
    place: NDArray[np.int64],
    share: NDArray[np.float64],
) -> None:
    """
    Give, for each row, the held sketch between its bounds that is most like the asked one, and how like, 0 to 1.

    Of the smallest hashes of both together, as many as a sketch holds, the share that both have: what is estimated is
    the share of runs that the two texts have in common. An empty sketch is like nothing. None that is less like it
    than ``least`` is given: -1, and 0.0; a pair is left as soon as it cannot become that any more.
    """
    for row in range(len(row_of)):
        begin = row_of[row] * SKETCH
        place[row], share[row] = -1, 0.0
        for other in range(starts[row], ends[row]):
            mine, theirs, taken, common = begin, other * SKETCH, 0, 0
            missed = (1.0 - max(least, share[row])) * SKETCH  # so many hashes may be of one of them alone
            while taken < SKETCH and taken - common <= missed:
                left = asked[mine] if mine < begin + SKETCH else NOTHING
                right = held[theirs] if theirs < (other + 1) * SKETCH else NOTHING
                if left == NOTHING and right == NOTHING:
                    break
                if left == right:
                    common += 1
                    mine += 1
                    theirs += 1
                elif left < right:
                    mine += 1
                else:
                    theirs += 1
                taken += 1
            if taken > 0 and common / taken >= least and common / taken > share[row]:
                place[row], share[row] = other, common / taken


@native
def nearest(
    asked: NDArray[np.uint64],
    held: NDArray[np.uint64],
    row_of: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    place: NDArray[np.int64],
    distance: NDArray[np.int64],
) -> None:
    """Give, for each row, the held code between its bounds that is nearest to the asked one, and in how many bits."""
    for row in range(len(row_of)):
        begin = row_of[row] * WORDS
        place[row], distance[row] = -1, 257
        for other in range(starts[row], ends[row]):
            bits: Any = 0
            for word in range(WORDS):
                bits += np.int64(bits_set(asked[begin + word] ^ held[other * WORDS + word]))
            if bits < distance[row]:
                place[row], distance[row] = other, bits
