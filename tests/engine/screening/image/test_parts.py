"""The codes of parts and turns, against the codes of pictures that were really cut and turned."""

import numpy as np
import pytest
from PIL import Image
from tests.engine.screening.image.drawing import encoded, photo

from touchmark.engine.screening.image.picture import look
from touchmark.engine.screening.image.regions import ORIENTATIONS, Region, variant_of

WHOLE_TURNS = {
    1: Image.Transpose.FLIP_LEFT_RIGHT,
    2: Image.Transpose.FLIP_TOP_BOTTOM,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.TRANSPOSE,
    5: Image.Transpose.ROTATE_270,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
}


def bits_apart(one: np.ndarray, other: np.ndarray) -> int:
    return int(np.bitwise_count(one ^ other).sum())


def code_of(image: Image.Image, region: Region, orientation: int = 0) -> np.ndarray:
    codes = look(encoded(image, "PNG")).asked()
    (at,) = np.flatnonzero(codes.variant == variant_of(region, orientation))
    return codes.code[at]


@pytest.mark.parametrize("orientation", WHOLE_TURNS)
@pytest.mark.parametrize("seed", range(3))
def test_a_turned_code_is_the_code_of_the_turned_picture(orientation: int, seed: int) -> None:
    image = photo(seed, (640, 448))  # boxes of even width lean, and those of the turned picture the other way
    turned = image.transpose(WHOLE_TURNS[orientation])
    assert bits_apart(code_of(image, Region.WHOLE, orientation), look(encoded(turned, "PNG")).code) <= 8


@pytest.mark.parametrize(
    ("region", "box"),
    [
        (Region.LEFT, (0, 0, 400, 600)),
        (Region.BOTTOM, (0, 300, 800, 600)),
        (Region.TOP_RIGHT, (400, 0, 800, 300)),
    ],
)
def test_the_code_of_a_part_is_the_code_of_what_is_cut_out(region: Region, box: tuple[int, int, int, int]) -> None:
    apart = []
    for seed in range(4):
        image = photo(seed, (800, 600))
        apart.append(bits_apart(code_of(image, region), look(encoded(image.crop(box), "PNG")).code))
    assert np.median(apart) <= 8
    assert max(apart) <= 20


@pytest.mark.parametrize("colour", ["white", "black", "#808080"])
def test_borders_are_cut(colour: str) -> None:
    image = photo(4, (500, 400))
    framed = Image.new("RGB", (640, 700), colour)
    framed.paste(image, (90, 200))
    assert bits_apart(code_of(framed, Region.TRIMMED), look(encoded(image, "PNG")).code) <= 24
    codes = look(encoded(framed)).asked()
    (at,) = np.flatnonzero(codes.variant == variant_of(Region.TRIMMED))
    share = codes.rect[at] / 65535
    np.testing.assert_allclose(share, [90 / 640, 200 / 700, 590 / 640, 600 / 700], atol=0.01)


def test_without_borders_nothing_is_cut() -> None:
    assert Region.TRIMMED not in look(encoded(photo(4))).asked().variant // ORIENTATIONS


def test_flat_parts_have_no_code() -> None:
    half = photo(1, (800, 600))
    half.paste((250, 250, 250), (0, 0, 400, 600))
    regions = look(encoded(half)).asked().variant // ORIENTATIONS
    assert Region.RIGHT in regions
    assert not {Region.LEFT, Region.TOP_LEFT, Region.BOTTOM_LEFT} & set(regions.tolist())


@pytest.mark.parametrize("size", [(1, 1), (4, 900), (30, 4000), (24, 24)])
def test_small_and_narrow_pictures(size: tuple[int, int]) -> None:
    picture = look(encoded(photo(9, (max(size[0], 24), max(size[1], 24))).resize(size), "PNG"))
    for codes in (picture.asked(), picture.held()):
        assert len(codes.code) == len(codes.variant) == len(codes.rect)


def test_each_variant_once() -> None:
    picture = look(encoded(photo(2, (900, 600))))
    for codes in (picture.asked(), picture.held()):
        assert len(np.unique(codes.variant)) == len(codes.variant)
