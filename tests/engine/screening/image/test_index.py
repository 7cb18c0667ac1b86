"""The search over codes, against the obvious way of doing it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchmark.engine.screening.image import index
from touchmark.engine.screening.image.index import CodeIndex, Near

RNG = np.random.default_rng(20)


def flipped(codes: np.ndarray, bits: int, rng: np.random.Generator = RNG) -> np.ndarray:
    """Change as many bits of each code."""
    loose = np.unpackbits(codes, axis=1)
    for row in loose:
        row[rng.choice(256, bits, replace=False)] ^= 1
    return np.packbits(loose, axis=1)


def slow(queries: np.ndarray, codes: np.ndarray, radius: int) -> list[tuple[int, int, int]]:
    distance = np.bitwise_count(queries[:, None, :] ^ codes[None, :, :]).sum(axis=2, dtype=np.int64)
    query, code = np.nonzero(distance <= radius)
    return list(zip(query.tolist(), code.tolist(), distance[query, code].tolist(), strict=True))


def listed(found: Near) -> list[tuple[int, int, int]]:
    return list(zip(*(column.tolist() for column in found), strict=True))


def with_tables(codes: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> CodeIndex:
    """Make the tables however few codes there are."""
    monkeypatch.setattr(index, "FEW", 0)
    return CodeIndex.of_codes(codes)


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32 - 1), radius=st.integers(0, 60), codes=st.integers(1, 300), alike=st.integers(0, 60))
def test_equals_the_slow_way(seed: int, radius: int, codes: int, alike: int) -> None:
    # Codes in families: some equal, some near each other, some with all or no bits set.
    rng = np.random.default_rng(seed)
    parents = rng.integers(0, 256, (5, 32), np.uint8)
    parents[0], parents[1] = 0, 255
    held = np.concatenate([flipped(parents[rng.integers(0, 5, 1)], int(rng.integers(0, alike + 1)), rng)
                           for _ in range(codes)])  # fmt: skip
    asked = np.concatenate([parents, held[:5], flipped(held[:5], min(radius, 256), rng)])
    with pytest.MonkeyPatch.context() as patch:
        assert listed(with_tables(held, patch).near(asked, radius)) == slow(asked, held, radius)
    assert listed(CodeIndex.of_codes(held).near(asked, radius)) == slow(asked, held, radius)


def test_equals_the_slow_way_among_many() -> None:
    held = RNG.integers(0, 256, (5000, 32), np.uint8)
    found = CodeIndex.of_codes(held)
    assert len(found.starts)
    asked = np.concatenate([flipped(held[:60], bits) for bits in (0, 16, 31, 32, 47, 48)])
    for radius in (15, 31, 47, 48, 90):
        assert listed(found.near(asked, radius)) == slow(asked, held, radius)


def test_machine_code_does_what_the_python_does(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = flipped(np.repeat(RNG.integers(0, 256, (3, 32), np.uint8), 4, axis=0), 9)
    compiled = with_tables(codes, monkeypatch)
    for name in ("fill_tables", "near_by_tables", "near_by_scan"):
        monkeypatch.setattr(index, name, getattr(index, name).python)
    plain = CodeIndex.of_codes(codes)
    for name, array in compiled.arrays().items():
        np.testing.assert_array_equal(array, plain.arrays()[name])
    with np.errstate(over="ignore"):  # words of 64 bits overflow on purpose
        for radius in (31, 50):
            assert listed(plain.near(codes[:2], radius)) == slow(codes[:2], codes, radius)


@pytest.mark.parametrize("tables", [False, True])
@pytest.mark.parametrize(
    ("bits", "radius", "found"), [(0, 0, 1), (31, 31, 1), (32, 31, 0), (256, 256, 1), (256, 255, 0)]
)
def test_radius_is_inclusive(bits: int, radius: int, found: int, tables: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    code = RNG.integers(0, 256, (1, 32), np.uint8)
    held = with_tables(code, monkeypatch) if tables else CodeIndex.of_codes(code)
    assert held.near(flipped(code, bits), radius).distance.tolist() == [bits] * found


@pytest.mark.parametrize("tables", [False, True])
def test_a_query_near_too_many_codes_gets_the_nearest(tables: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    code = RNG.integers(0, 256, (1, 32), np.uint8)
    codes = np.concatenate([flipped(np.repeat(code, 10, axis=0), bits) for bits in (3, 5, 9, 20)])
    held = with_tables(codes, monkeypatch) if tables else CodeIndex.of_codes(codes)
    for most, last in ((40, 20), (39, 9), (30, 9), (29, 5), (10, 3), (9, 0)):
        found = held.near(np.concatenate([code, code]), 31, most)
        assert found.distance.max(initial=0) == last
        assert len(found.query) == 2 * sum(10 for bits in (3, 5, 9, 20) if bits <= last)


def test_thousands_of_pictures_alike_do_not_flood_an_answer() -> None:
    # Nearly all lie in one bucket of every table.
    codes = flipped(np.zeros((20_000, 32), np.uint8), 3)
    found = CodeIndex.of_codes(codes).near(np.zeros((2, 32), np.uint8), 31, 500)
    assert len(found.query) == 0  # all are at the same distance
    assert len(CodeIndex.of_codes(codes).near(np.zeros((2, 32), np.uint8), 31, 20_000).query) == 40_000


@pytest.mark.parametrize(("queries", "references"), [(0, 5), (5, 0), (0, 0), (0, 5000)])
def test_nothing_to_compare(queries: int, references: int) -> None:
    answer = CodeIndex.of_codes(np.zeros((references, 32), np.uint8)).near(np.zeros((queries, 32), np.uint8), 31)
    assert [len(column) for column in answer] == [0, 0, 0]
