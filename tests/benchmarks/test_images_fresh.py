"""The third part of the benchmark of pictures: its edits the same each time, its photos apart from the tuned part."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from benchmarks.images import accuracy, edits, fresh
from benchmarks.images import sources as photos
from benchmarks.images.edits import edited
from PIL import Image


def photo(seed: int) -> Image.Image:
    """Something with shapes and colours in it."""
    small = np.random.default_rng(seed).integers(0, 255, (9, 7, 3), np.uint8)
    return Image.fromarray(small).resize((210, 270), Image.Resampling.BICUBIC)


OTHERS = (photo(1), photo(2), photo(3))


@pytest.mark.parametrize("name", fresh.EDITS)
def test_an_edit_gives_the_same_file_each_time_and_another_than_the_photo(name: str) -> None:
    once, again = (edited(photo(0), name, "a photo", OTHERS, fresh.EDITS) for _ in range(2))
    assert once == again
    made = Image.open(BytesIO(once)).convert("RGB")
    assert min(made.size) > 100
    assert np.asarray(made).std() > 5, "something is to be seen"
    assert edited(photo(4), name, "a photo", OTHERS, fresh.EDITS) != once


def test_the_parts_share_no_edit() -> None:
    assert len(fresh.EDITS) >= 22
    assert not set(fresh.EDITS) & set(edits.EDITS)
    assert set(fresh.SHOWN) <= set(fresh.EDITS)


def test_nothing_is_set_on_the_third_part() -> None:
    assert set(accuracy.AS_THEY_ARE) == set(accuracy.METHODS | accuracy.PEERS)


@pytest.mark.shared_data
def test_its_photos_are_not_those_of_the_tuned_part_and_its_references_no_references_before(shared_data: Path) -> None:
    tune, report, third = (photos.sources(shared_data, part) for part in photos.PARTS)
    assert not {one.group for one in tune} & {one.group for one in third}
    before, _ = photos.split(report, "report")
    held, strangers = photos.split(third, "fresh")
    assert not {one.name for one in held} & {one.name for one in before}
    assert not {one.name for one in held} & {one.name for one in strangers}
    assert {one.name for one in photos.bystanders(shared_data, "fresh")} == {one.name for one in tune}
    assert not photos.bystanders(shared_data, "report")
