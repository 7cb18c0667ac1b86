"""
64-bit hashes of runs of letters, such that the hash of two runs together follows from the hashes of both.

A hash only proposes: every place it finds is compared letter by letter; a collision costs time and makes no finding.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text.ragged import Ints

#: The longest run that is hashed. A mark of more letters than this is not looked for.
LONGEST = 128

Hashes = NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2 ** 64
BASE = np.uint64(_BASE)
_INVERSE = pow(_BASE, -1, 1 << 64)
MIX = np.uint64(0xBF58476D1CE4E5B9)


@cache
def _powers(base: int, size: int) -> Hashes:
    """The first ``size`` powers of a base, modulo 2 ** 64."""
    powers = np.full(size, base, np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


def _at_least(base: int, size: int) -> Hashes:
    """At least so many powers; lengths are rounded up to a power of two, so that few tables are made."""
    return _powers(base, 1 << max(int(size - 1).bit_length(), 12))


def runs(letters: NDArray[np.uint32], starts: Ints, ends: Ints) -> Hashes:
    """Hash the runs of letters from each start up to each end: the sum of letter i times base ** (i - start)."""
    powers = _at_least(_BASE, len(letters) + 1)
    so_far = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum((letters + np.uint32(1)) * powers[: len(letters)], out=so_far[1:])
    return (so_far[ends] - so_far[starts]) * _at_least(_INVERSE, len(letters) + 1)[starts]


def powers(most: int) -> Hashes:
    """Give what the hash of a run is multiplied with where so many letters stand before it, up to ``most``."""
    return _at_least(_BASE, most + 1)


@inlined
def mixed(hashed: np.uint64) -> np.uint64:
    """Spread a hash over all 64 bits: its first bits are a slot in a table of any size, its last a fingerprint."""
    return (hashed ^ (hashed >> np.uint64(31))) * MIX


def slots(hashes: Hashes, bits: int) -> NDArray[np.int64]:
    """Give each hash a slot among ``2 ** bits``: its first bits, mixed."""
    spread = (hashes ^ (hashes >> np.uint64(31))) * MIX
    return (spread >> np.uint64(64 - bits)).astype(np.int64)
