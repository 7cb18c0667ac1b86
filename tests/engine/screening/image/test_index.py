"""The search over codes, against the obvious way of doing it."""

import numpy as np
import pytest

from touchmark.engine.screening.image import index
from touchmark.engine.screening.image.index import near

RNG = np.random.default_rng(20)


def flipped(codes: np.ndarray, bits: int) -> np.ndarray:
    """Change as many bits of each code."""
    loose = np.unpackbits(codes, axis=1)
    for row in loose:
        row[RNG.choice(256, bits, replace=False)] ^= 1
    return np.packbits(loose, axis=1)


@pytest.mark.parametrize("pairs_at_once", [1, 7, 100, 10_000_000])
def test_equals_the_slow_way_whatever_the_chunks(monkeypatch: pytest.MonkeyPatch, pairs_at_once: int) -> None:
    monkeypatch.setattr(index, "PAIRS_AT_ONCE", pairs_at_once)
    references = RNG.integers(0, 256, (40, 32), np.uint8)
    queries = np.concatenate([flipped(references[[3, 3, 17]], 12), RNG.integers(0, 256, (10, 32), np.uint8)])
    slow = [
        (q, r, distance)
        for q, query in enumerate(queries)
        for r, reference in enumerate(references)
        if (distance := int(np.unpackbits(query ^ reference).sum())) <= 100
    ]
    assert list(zip(*near(queries, references, 100), strict=True)) == slow
    assert len(slow) >= 3


@pytest.mark.parametrize(
    ("bits", "radius", "found"), [(0, 0, 1), (31, 31, 1), (32, 31, 0), (256, 256, 1), (256, 255, 0)]
)
def test_radius_is_inclusive(bits: int, radius: int, found: int) -> None:
    code = RNG.integers(0, 256, (1, 32), np.uint8)
    answer = near(flipped(code, bits), code, radius)
    assert len(answer.query) == found
    assert answer.distance.tolist() == [bits] * found


@pytest.mark.parametrize(("queries", "references"), [(0, 5), (5, 0), (0, 0)])
def test_nothing_to_compare(queries: int, references: int) -> None:
    answer = near(np.zeros((queries, 32), np.uint8), np.zeros((references, 32), np.uint8), 31)
    assert [len(column) for column in answer] == [0, 0, 0]
