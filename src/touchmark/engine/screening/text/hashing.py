"""
64-bit hashes of runs of letters, such that the hash of two runs together follows from the hashes of both.

A hash only proposes: every place it finds is compared letter by letter; a collision costs time and makes no finding.
"""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.ragged import Ints, offsets

#: The longest run that is hashed. A mark of more letters than this is not looked for.
LONGEST = 128

Hashes = NDArray[np.uint64]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_SPREAD = np.uint64(0xBF58476D1CE4E5B9)
_FINISH = np.uint64(0x94D049BB133111EB)


def _powers() -> Hashes:
    powers = np.full(LONGEST + 1, _BASE, np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


POWERS = _powers()


def letter_values(letters: NDArray[np.uint32]) -> Hashes:
    """Spread code points over 64 bits, never to 0."""
    values = (letters.astype(np.uint64) + np.uint64(1)) * _SPREAD
    values ^= values >> np.uint64(29)
    return values * _FINISH


def runs(letters: NDArray[np.uint32], lengths: Ints) -> Hashes:
    """Hash runs that lie one after another, none empty; of a run longer than ``LONGEST`` the hash means nothing."""
    if len(lengths) == 0:
        return np.empty(0, np.uint64)
    bounds = offsets(lengths)
    from_end = np.repeat(bounds[1:], lengths) - 1 - np.arange(len(letters))
    values = letter_values(letters) * POWERS[np.minimum(from_end, LONGEST)]
    return np.add.reduceat(values, bounds[:-1])


def longer(hashes: Hashes, following: Hashes, lengths: Ints) -> Hashes:
    """Hash each run together with the run following it, of ``lengths`` letters."""
    return hashes * POWERS[lengths] + following


def slots(hashes: Hashes, bits: int) -> NDArray[np.int64]:
    """Give each hash a slot among ``2 ** bits``."""
    mixed = hashes ^ (hashes >> np.uint64(31))
    return ((mixed * _SPREAD) >> np.uint64(64 - bits)).astype(np.int64)
