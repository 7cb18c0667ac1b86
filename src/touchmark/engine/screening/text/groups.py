"""Rows that agree, told by a table of what was seen: in one walk, and in the order of rows."""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.text.hashing import mixed

Ints = NDArray[np.int64]


def numbered(*columns: NDArray[np.integer]) -> tuple[Ints, int]:
    """
    Number rows of whole numbers, those alike in all columns alike.

    :return: the number of each row, by first appearance from 0 on; and how many numbers there are
    """
    group, many = _one(columns[0])
    for column in columns[1:]:
        other, most = _one(column)
        group, many = _one(group * most + other)
    return group, many


def among(column: NDArray[np.integer], others: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Tell which numbers are among others."""
    group, _ = _one(np.concatenate([others, column]))
    some = int(group[: len(others)].max(initial=-1))
    found: NDArray[np.bool_] = group[len(others) :] <= some
    return found


def _one(column: NDArray[np.integer]) -> tuple[Ints, int]:
    keys = np.ascontiguousarray(column, np.int64)
    bits = max(4, (2 * len(keys)).bit_length())
    group = np.empty(len(keys), np.int64)
    return group, _number(keys, np.full(1 << bits, -1, np.int64), bits, group)


@native
def _number(keys: NDArray[np.int64], seen: NDArray[np.int64], bits: int, group: NDArray[np.int64]) -> int:
    """Number keys; ``seen`` has a slot for each, and more: the first row with a key, -1 where it is free."""
    many = 0
    for row in range(len(keys)):
        slot = np.int64(mixed(np.uint64(keys[row])) >> np.uint64(64 - bits))
        while seen[slot] >= 0 and keys[seen[slot]] != keys[row]:
            slot = (slot + 1) & (len(seen) - 1)
        if seen[slot] < 0:
            seen[slot], group[row] = row, many
            many += 1
        else:
            group[row] = group[seen[slot]]
    return many
