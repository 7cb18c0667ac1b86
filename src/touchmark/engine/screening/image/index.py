"""
Which codes are near which: exact search over all pairs.

Every query is compared with every reference, four machine words a pair: about 100 million pairs a second on one core,
so that a thousand pictures meet a hundred thousand references in a second. An index that looks at fewer pairs takes
this function's place, with the same promise.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_WORDS = 4
#: Pairs held at once, some ten bytes each: what fits a core's own cache is fastest.
PAIRS_AT_ONCE = 100_000


class Near(NamedTuple):
    """Pairs within the radius, sorted by query, then reference; parallel arrays."""

    query: NDArray[np.int64]
    reference: NDArray[np.int64]
    distance: NDArray[np.int16]  # bits that differ, 0..256


def near(queries: NDArray[np.uint8], references: NDArray[np.uint8], radius: int) -> Near:
    """
    Give every pair of a query and a reference whose codes differ in at most ``radius`` bits.

    Both are (n, 32), as ``image_code`` gives them. Memory stays bounded whatever n.
    """
    asked, held = _words(queries), _words(references)
    if not len(asked) or not len(held):
        return Near(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int16))
    width = min(len(held), PAIRS_AT_ONCE)
    height = max(1, PAIRS_AT_ONCE // width)
    parts = [
        _near_part(asked[i : i + height], held[j : j + width], radius, i, j)
        for i in range(0, len(asked), height)
        for j in range(0, len(held), width)
    ]
    found = joined(parts)
    order = np.lexsort((found.reference, found.query))
    return Near(found.query[order], found.reference[order], found.distance[order])


def joined(parts: Sequence[Near]) -> Near:
    """All pairs of several searches, in the order given."""
    return Near(
        np.concatenate([part.query for part in parts]),
        np.concatenate([part.reference for part in parts]),
        np.concatenate([part.distance for part in parts]),
    )


def _near_part(
    asked: NDArray[np.uint64], held: NDArray[np.uint64], radius: int, first_query: int, first_reference: int
) -> Near:
    distance = np.zeros((len(asked), len(held)), np.int16)
    for word in range(_WORDS):
        distance += np.bitwise_count(asked[:, word, None] ^ held[None, :, word])
    query, reference = np.nonzero(distance <= radius)
    return Near(query + first_query, reference + first_reference, distance[query, reference])


def _words(codes: NDArray[np.uint8]) -> NDArray[np.uint64]:
    return np.ascontiguousarray(codes).view(np.uint64).reshape(-1, _WORDS)
