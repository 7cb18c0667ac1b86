"""
64-bit hashes of runs of letters, such that the hash of two runs together follows from the hashes of both.

A hash only proposes: every place it finds is compared letter by letter; a collision costs time and makes no finding.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.ragged import Ints

#: The longest run that is hashed. A mark of more letters than this is not looked for.
LONGEST = 128

Hashes = NDArray[np.uint64]

BASE = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)


def runs(letters: NDArray[np.uint32], starts: Ints, ends: Ints) -> Hashes:
    """Hash the runs of letters from each start up to each end: the sum of letter i times base ** (i - start)."""
    out = np.empty(len(starts), np.uint64)
    _runs(letters, np.ascontiguousarray(starts), np.ascontiguousarray(ends), out)
    return out


@native
def _runs(
    letters: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], out: NDArray[np.uint64]
) -> None:
    for run in range(starts.size):
        hashed, power = np.uint64(0), np.uint64(1)
        for at in range(starts[run], ends[run]):
            hashed += (np.uint64(letters[at]) + np.uint64(1)) * power
            power *= BASE
        out[run] = hashed


@cache
def powers(most: int) -> Hashes:
    """Give what the hash of a run is multiplied with where so many letters stand before it, up to ``most``."""
    powers = np.full(most + 1, BASE, np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


@inlined
def mixed(hashed: np.uint64) -> np.uint64:
    """Spread a hash over all 64 bits: its first bits are a slot in a table of any size, its last a fingerprint."""
    return (hashed ^ (hashed >> np.uint64(31))) * MIX


def slots(hashes: Hashes, bits: int) -> NDArray[np.int64]:
    """Give each hash a slot among ``2 ** bits``: its first bits, mixed."""
    spread = (hashes ^ (hashes >> np.uint64(31))) * MIX
    return (spread >> np.uint64(64 - bits)).astype(np.int64)
