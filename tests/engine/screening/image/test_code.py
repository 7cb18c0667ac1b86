"""The image code: published values, the definition of its filter, what small changes do to it."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.engine.screening.image.drawing import encoded, photo

from touchmark.engine.screening.image.code import blur_and_take, image_code, of_hex, to_hex
from touchmark.engine.screening.image.picture import look

# Codes that the authors of PDQ publish for pictures of their own test set (github.com/facebook/ThreatExchange, pdq).
PUBLISHED = {
    "dih/bridge-1-original.jpg": "d8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22",
    "dih/bridge-2-rotate-90.jpg": "30a10efdf1c83f429013d48d0ffffc52e34e0e35ada952a9d29605215aa9e5af",
    "dih/bridge-3-rotate-180.jpg": "2dad5a64b1a142e7d362a09857da895ae63b8c7fc23794b766b319361fc93188",
    "dih/bridge-4-rotate-270.jpg": "a5f0a457248995e8c9065c275aaa5498b61ba4bdf8fcf80387c32f8b5bfc4f05",
    "dih/bridge-5-flipx.jpg": "d8f80f33e0f417b20e37f5cd028f980fb36ed02a9662c1e233e64c634e9c64dd",
    "dih/bridge-6-flipy.jpg": "2da9259bb1a1bd1a5362576552da32a5e63b7380c2774b4866b346c91b89ce77",
    "dih/bridge-7-flip-plus-1.jpg": "f0a1e10271ccc0bd90530b720fff038de34ef1e8ada9a956d6967ade5ea91a50",
    "dih/bridge-8-flip-minus-1.jpg": "2df05aa8a4896a17c14682da5aaaab07b61b5b42f8fc07fc87c3d0741bfcb0fa",
    "bridge-mods/blur-a-lot.jpg": "d8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22",
    "bridge-mods/sharpen-a-lot.jpg": "d0f8f0cec0f4a84f0e370a22338f67f0b36a2ef596231e1d72e6a39c4e9c9b22",
    "bridge-mods/shrink-a-lot.jpg": "d0f8f1ccc0f4a84d0a370a3a228f67f0b36e2ed5b6623e1d33e6339c4e9c9b22",
    "bridge-mods/square-128x128.jpg": "d8f8f1eec0f4a84f0e37022a078f63f0b36e2ed596621e1d33e6239c4e9c9b22",
    "labelme-subset/q0122.jpg": "cfb2009ddd21c6dab0846a7745b5984757a8a4535b3377aea2591d32b33ff840",
    "labelme-subset/q0746.jpg": "1049d96239e24d4dca2c55512b8bdb77425f4dbcf575a0a95555aaab5554aaaa",
    "labelme-subset/q1050.jpg": "489db672e9190276d452aeab41eba20f02375fe4092d88defdf491a5c55c5f70",
    "labelme-subset/q2821.jpg": "b150231ffae4710ffcf4f18bb574b109a576f14bb8543189f8743289f174b109",
}


def bits_apart(one: np.ndarray, other: np.ndarray) -> int:
    return int(np.bitwise_count(one ^ other).sum())


def luminance(path: Path) -> np.ndarray:
    """Prepare pixels as the published program does: every picture over 512 pixels is thinned to 512 x 512 first."""
    with Image.open(path) as image:
        pixels = np.asarray(image.convert("RGB"), np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    height, width = pixels.shape
    if max(height, width) > 512:
        pixels = pixels[np.arange(512) * height // 512][:, np.arange(512) * width // 512]
    return np.rint(pixels).astype(np.uint8)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", PUBLISHED)
def test_equals_the_published_code_on_the_same_pixels(shared_data: Path, name: str) -> None:
    code, quality = image_code(luminance(shared_data / "image_copy" / "pdq" / name))
    assert quality == 100
    assert bits_apart(code, of_hex(PUBLISHED[name])) <= 6  # whole grey levels; decoders differ, too


@pytest.mark.shared_data
@pytest.mark.parametrize("name", PUBLISHED)
def test_code_of_a_reduced_picture_is_exchangeable(shared_data: Path, name: str) -> None:
    # The authors call an implementation correct within 10 bits.
    picture = look((shared_data / "image_copy" / "pdq" / name).read_bytes())
    assert bits_apart(picture.code, of_hex(PUBLISHED[name])) <= 10


def test_equals_the_code_that_the_authors_program_gives_a_pattern() -> None:
    # As computed by their C++ program through pdqhash 0.2.8.
    y, x = np.mgrid[:200, :300]
    code, quality = image_code(((x * x // 40 + y * y // 30 + x * y // 50) % 256).astype(np.uint8))
    assert to_hex(code) == "fc0081ff1ffd7800e03f83ff8fe01e00380f387f70ff71f8f3e063c0e3c06380"
    assert quality == 100


def filtered(line: np.ndarray, length: int, step: float) -> np.ndarray:
    band = blur_and_take(length, len(line), step)
    return (line[band.place] * band.weight).sum(axis=1)


@pytest.mark.parametrize("length", [5, 64, 65, 127, 128, 129, 300, 1000, 5001])
def test_filter_is_the_two_pass_box_filter_done_the_slow_way(length: int) -> None:
    window = -(-length // 128)
    ahead = (window + 2) // 2
    values = np.random.default_rng(1).random(length)

    def pass_once(line: np.ndarray) -> np.ndarray:
        return np.array([line[max(0, i + ahead - window) : i + ahead].mean() for i in range(length)])

    blurred = pass_once(pass_once(values))
    taken = [blurred[int((i + 0.5) * length / 64)] for i in range(64)]
    np.testing.assert_allclose(filtered(values, length, 1.0), taken, rtol=1e-9)


def test_filter_over_means_equals_the_filter_over_pixels_that_are_constant_within_each_mean() -> None:
    means = np.random.default_rng(2).random(200)
    full = np.repeat(means, 4)
    np.testing.assert_allclose(filtered(means, 800, 4.0), filtered(full, 800, 1.0), rtol=1e-9)


def test_half_of_the_bits_are_set() -> None:
    code, _ = image_code(np.asarray(photo(1).convert("L")))
    assert int(np.bitwise_count(code).sum()) == 128


def test_hexadecimal_form_and_back() -> None:
    code, _ = image_code(np.asarray(photo(2).convert("L")))
    assert to_hex(of_hex(to_hex(code))) == to_hex(code)
    assert len(to_hex(code)) == 64


@pytest.mark.parametrize(
    ("pixels", "quality"),
    [
        (np.full((480, 640), 255, np.uint8), 0),  # blank
        (np.zeros((4, 400), np.uint8), 0),  # too narrow for a code
        (np.array([[0]], np.uint8), 0),  # one pixel
        (np.indices((256, 256)).sum(axis=0).astype(np.uint8) // 32 % 2 * 255, 100),  # stripes
    ],
    ids=["blank", "narrow", "pixel", "stripes"],
)
def test_quality(pixels: np.ndarray, quality: int) -> None:
    assert image_code(pixels)[1] == quality


@pytest.mark.parametrize("size", [(400, 300), (801, 603), (1600, 1201), (2000, 500)])
def test_reduced_decode_keeps_the_code(size: tuple[int, int]) -> None:
    apart = []
    for seed in range(3):
        image = photo(seed, size)
        full, _ = image_code(np.asarray(Image.open(BytesIO(encoded(image))).convert("L")))
        apart.append(bits_apart(look(encoded(image)).code, full))
        apart.append(bits_apart(look(encoded(image, "PNG")).code, full))
    assert np.median(apart) <= 4
    assert max(apart) <= 14
