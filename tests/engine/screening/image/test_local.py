"""Described places, and who shares them."""

import numpy as np
import pytest
from tests.engine.screening.image.drawing import photo

from touchmark.engine.screening.image.align_kernels import compare_blocks
from touchmark.engine.screening.image.local import Places, describe
from touchmark.engine.screening.image.local_index import Candidate, LocalIndex, voted
from touchmark.engine.screening.image.local_kernels import each_others, words


def gray(seed: int) -> np.ndarray:
    return np.asarray(photo(seed).convert("L"))


def best(index: LocalIndex, asked: list[Places]) -> list[Candidate]:
    return sorted(voted(asked, index.shared(asked), 0), key=lambda one: -one.votes)


def test_a_picture_without_corners_has_no_places() -> None:
    for picture in (np.full((300, 300), 90, np.uint8), np.zeros((1, 1), np.uint8), np.zeros((1, 500), np.uint8)):
        upright, mirrored = describe(picture, 100, mirrored=True)
        assert len(upright) == len(mirrored) == 0


def test_places_are_spread_over_the_picture() -> None:
    crowded = np.array(gray(3))
    crowded[:100, :100] = np.random.default_rng(1).integers(0, 255, (100, 100))  # stronger than all else
    (places,) = describe(crowded, 200)
    in_the_corner = (places.x < 100 / 640) & (places.y < 100 / 640)
    assert in_the_corner.mean() < 0.3


def test_the_mirrored_description_is_that_of_the_mirrored_picture() -> None:
    _, mirrored = describe(gray(3), 200, mirrored=True)
    (again,) = describe(np.ascontiguousarray(gray(3)[:, ::-1]), 200)
    nearest = np.bitwise_count(mirrored.codes[:, None] ^ again.codes[None]).sum(axis=2).min(axis=1)
    assert np.median(nearest) <= 16


def test_who_shares_places_comes_first_and_tells_a_mirrored_picture() -> None:
    index = LocalIndex.of_places([describe(gray(seed), 300)[0] for seed in range(8)])
    first, *_ = best(index, describe(gray(5)[40:400, 60:500], 300, mirrored=True))
    assert (first.reference, first.mirrored) == (5, False)
    turned = np.ascontiguousarray(gray(2)[:, ::-1])
    first, *_ = best(index, describe(turned, 300, mirrored=True))
    assert (first.reference, first.mirrored) == (2, True)


def test_an_index_of_nothing_gives_nothing() -> None:
    nothing = Places(*np.empty((2, 0), np.float32), np.empty(0, np.uint8), np.empty((0, 32), np.uint8))
    for described in ([], [nothing], [nothing, nothing]):
        index = LocalIndex.of_places(described)
        assert best(index, describe(gray(1), 100, mirrored=True)) == []
        assert len(LocalIndex.of(index.arrays())) == len(described)
    index = LocalIndex.of_places([nothing, describe(gray(1), 100)[0], nothing])
    assert best(index, [nothing, nothing]) == []
    assert [one.reference for one in best(index, describe(gray(1), 100))] == [1]


def test_kernels_do_what_they_say() -> None:
    random = np.random.default_rng(2)
    one, other = random.integers(0, 255, (9, 32), np.uint8), random.integers(0, 255, (7, 32), np.uint8)
    other[4] = one[2]
    best, back = np.zeros(9, np.int64), np.zeros(7, np.int64)
    bits, bits_back = np.full(9, 257), np.full(7, 257)
    each_others(words(one), words(other), best, back, bits, bits_back)
    apart = np.bitwise_count(one[:, None] ^ other[None]).sum(axis=2)
    assert (bits == apart.min(axis=1)).all()
    assert (bits_back == apart.min(axis=0)).all()
    assert (best[2], back[4], bits[2]) == (4, 2, 0)


@pytest.mark.parametrize("every", [1, 2])
def test_blocks_are_found_a_few_pixels_off(every: int) -> None:
    picture = np.random.default_rng(3).normal(0, 20, (48, 64)).astype(np.float32)
    moved = np.roll(picture, (2, -1), axis=(0, 1))
    inside = np.ones(picture.shape, np.uint8)
    inside[:, 50:] = 0
    place = np.zeros(20, np.int32)
    structure, likeness, right, below = np.zeros((4, 20))
    flat = (picture.reshape(-1), moved.reshape(-1), inside.reshape(-1))
    count = compare_blocks(*flat, 64, 16, 3, every, place, structure, likeness, right, below)
    assert count == 4
    assert (place[:count] // 64 >= 3).all()
    assert (place[:count] % 64 + 16 <= 50).all()
    assert np.allclose(likeness[:count], 1)
    assert (right[:count] == -1).all()
    assert (below[:count] == 2).all()
