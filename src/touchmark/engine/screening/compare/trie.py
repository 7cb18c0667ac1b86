"""
Many words looked for at once in many texts: a tree of their letters, walked from every place where a word can begin.

The time it takes grows with the texts, not with the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native

#: A blank of a word is met by up to so many blanks, dots, underscores, stars and hyphens, or by none.
MOST_BLANKS = 2
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Trie:
    """
    Words by their letters. An edge is ``key`` (its node times 2 to the 21st, plus its letter) and ``child``, in a
    table with open addresses; ``word`` says per node which word ends there, -1: none. Node 0 is the root.
    """

    key: NDArray[np.int64]
    child: NDArray[np.int32]
    word: NDArray[np.int32]

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """Plant words; a run of blanks in a word is one."""
        edges: dict[tuple[int, int], int] = {}
        ends = [-1]
        for number, word in enumerate(words):
            node = 0
            for letter in " ".join(word.split()):
                if (node, ord(letter)) not in edges:
                    edges[node, ord(letter)] = len(ends)
                    ends.append(-1)
                node = edges[node, ord(letter)]
            ends[node] = number
        return cls(*_table(edges), np.array(ends, np.int32))

    def met(self, points: NDArray[np.uint32], bounds: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """
        Find the longest word that begins at each place: rows of (text, start, end) in ``points``, and the words.

        Text i is ``points[bounds[i] : bounds[i + 1]]``, in small letters.
        """
        room = 64 + len(points) // 16
        while True:
            places, word = np.empty(room * 3, np.int64), np.empty(room, np.int32)
            found = walk(points, bounds, self.key, self.child, self.word, places, word)
            if found <= room:
                return places[: found * 3].reshape(-1, 3), word[:found]
            room = found


def _table(edges: dict[tuple[int, int], int]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    size = 1 << max(4, (len(edges) * 2).bit_length())
    key, child = np.full(size, -1, np.int64), np.zeros(size, np.int32)
    for (node, letter), to in edges.items():
        wanted = (node << 21) | letter
        slot = (wanted * int(_SPREAD) & 0xFFFFFFFFFFFFFFFF) >> 32 & (size - 1)
        while key[slot] >= 0:
            slot = (slot + 1) & (size - 1)
        key[slot], child[slot] = wanted, to
    return key, child


@inlined
def child_of(node: int, letter: int, key: NDArray[np.int64], child: NDArray[np.int32]) -> int:
    """Give the node that a letter leads to, 0 where there is none."""
    wanted = (node << 21) | letter
    slot = int((np.uint64(wanted) * _SPREAD) >> np.uint64(32)) & (len(key) - 1)
    while key[slot] >= 0:
        if key[slot] == wanted:
            return int(child[slot])
        slot = (slot + 1) & (len(key) - 1)
    return 0


@inlined
def goes_on(letter: int) -> bool:
    """Whether a word of a script that parts words would go on with this: letters and digits of Latin and Cyrillic."""
    if letter < 0x80:
        return 0x30 <= letter <= 0x39 or 0x61 <= letter <= 0x7A
    return (0xDF <= letter <= 0x24F and letter != 0xF7) or 0x400 <= letter <= 0x52F or 0x1E00 <= letter <= 0x1EFF


@inlined
def is_blank(letter: int) -> bool:
    """Whether this can stand for a blank."""
    return letter == 32 or letter == 9 or letter == 10 or letter == 46 or letter == 95 or letter == 42 or letter == 45


@inlined
def step(
    node: int, at: int, last: int, points: NDArray[np.uint32], key: NDArray[np.int64], child: NDArray[np.int32]
) -> int:
    """Go from a node by the letter at a place, over blanks if the word has one: the node and the next place, packed."""
    following = child_of(node, int(points[at]), key, child)
    if following == 0:
        parted = child_of(node, 32, key, child)
        if parted > 0:
            until = min(last, at + MOST_BLANKS)
            while at < until and is_blank(int(points[at])):
                at += 1
            if at < last:
                following = child_of(parted, int(points[at]), key, child)
    return (following << 40) | (at + 1)


@inlined
def longest(
    start: int,
    last: int,
    points: NDArray[np.uint32],
    key: NDArray[np.int64],
    child: NDArray[np.int32],
    ends: NDArray[np.int32],
) -> int:
    """Give the longest word that begins at a place and ends where words end: its node and its end, packed; 0: none."""
    node, at, best = child_of(0, int(points[start]), key, child), start + 1, 0
    while node > 0:
        if ends[node] >= 0 and (at >= last or not (goes_on(int(points[at])) and goes_on(int(points[at - 1])))):
            best = (node << 40) | at
        if at >= last:
            break
        reached = step(node, at, last, points, key, child)
        node, at = reached >> 40, reached & 0xFFFFFFFFFF
    return best


@native
def walk(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    key: NDArray[np.int64],
    child: NDArray[np.int32],
    ends: NDArray[np.int32],
    places: NDArray[np.int64],
    words: NDArray[np.int32],
) -> int:
    """Write the longest word from every place, as far as there is room, and give how many there are."""
    count = 0
    for text in range(len(bounds) - 1):
        first, last = int(bounds[text]), int(bounds[text + 1])
        for start in range(first, last):
            if start > first and goes_on(int(points[start])) and goes_on(int(points[start - 1])):
                continue
            found = longest(start, last, points, key, child, ends)
            if found > 0:
                if count < len(words):
                    places[3 * count], places[3 * count + 1] = text, start
                    places[3 * count + 2], words[count] = found & 0xFFFFFFFFFF, ends[found >> 40]
                count += 1
    return count
