"""Reading pictures: every format and kind of pixel, upright, and what is damaged."""

import struct
from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageOps
from tests.engine.screening.image.drawing import encoded, photo, with_exif

from touchmark.engine.screening.image.decode import LEAST_SIDE, orientation_of, reduced_gray
from touchmark.engine.screening.image.unreadable import UnreadableImage


def grey_levels_apart(pixels: np.ndarray, image: Image.Image) -> float:
    expected = image.convert("RGB").convert("L").resize(pixels.shape[::-1], Image.Resampling.BOX)
    return float(np.abs(np.asarray(expected, int) - pixels).mean())


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
@pytest.mark.parametrize("size", [(500, 300), (1200, 900)])
def test_every_format(format: str, size: tuple[int, int]) -> None:
    image = photo(5, size)
    gray = reduced_gray(encoded(image, format))
    assert (gray.full_width, gray.full_height) == size
    assert min(gray.pixels.shape) >= LEAST_SIDE
    assert grey_levels_apart(gray.pixels, image) < 4  # a palette or a lossy code costs some


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_stands_upright_as_exif_says(format: str, orientation: int) -> None:
    data = with_exif(photo(6, (800, 600)), orientation, format)
    gray = reduced_gray(data)
    turned = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    assert (gray.full_width, gray.full_height) == turned.size
    assert grey_levels_apart(gray.pixels, turned) < 3


@pytest.mark.parametrize(
    ("exif", "orientation"),
    [
        (b"", 1),
        (b"Exif\0\0", 1),  # nothing in it
        (b"Exif\0\0II*\0\x08\0\0\0\xff\xff", 1),  # more entries than bytes
        (b"Exif\0\0II*\0\xff\xff\xff\xff", 1),  # leads beyond the end
        (b"Exif\0\0MM\0*" + struct.pack(">IHHHIHH", 8, 1, 0x0112, 3, 1, 6, 0), 6),
        (b"Exif\0\0II*\0" + struct.pack("<IHHHIHH", 8, 1, 0x0112, 3, 1, 6, 0), 6),
        (b"Exif\0\0II*\0" + struct.pack("<IHHHIHH", 8, 1, 0x0112, 3, 1, 77, 0), 1),  # no such turn
    ],
)
def test_orientation(exif: bytes, orientation: int) -> None:
    assert orientation_of(exif) == orientation


def test_a_damaged_exif_block_is_no_reason_to_refuse() -> None:
    data = with_exif(photo(6), 6).replace(b"Exif\0\0MM", b"Exif\0\0XX")
    assert reduced_gray(data).full_width == 640


def test_cmyk_as_printers_send_it() -> None:
    image = photo(7)
    assert grey_levels_apart(reduced_gray(encoded(image.convert("CMYK"))).pixels, image) < 4


def test_sixteen_bits_of_grey_keep_their_range() -> None:
    deep = Image.fromarray(np.linspace(0, 65535, 300 * 300).reshape(300, 300).astype(np.uint16))
    pixels = reduced_gray(encoded(deep, "PNG")).pixels
    assert (int(pixels.min()), int(pixels.max())) == (0, 255)
    assert abs(float(pixels.mean()) - 127.5) < 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_kind_of_pixel(mode: str) -> None:
    gray = reduced_gray(encoded(photo(8, (300, 300)).convert(mode), "PNG"))
    assert grey_levels_apart(gray.pixels, photo(8, (300, 300)).convert(mode)) < 1


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_white(mode: str) -> None:
    clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 150, 300))
    if mode == "P":
        indexed = Image.new("P", (300, 300), 1)
        indexed.putpalette([0, 0, 0, 10, 10, 10])
        indexed.paste(0, (0, 0, 150, 300))
        data = encoded(indexed, "PNG", transparency=1)
    else:
        data = encoded(clear.convert(mode), "PNG")
    pixels = reduced_gray(data).pixels
    assert (int(pixels[:, :149].max()), int(pixels[:, 151:].min())) == (0, 255)


def test_the_first_frame_of_an_animation_counts() -> None:
    frames = [photo(seed, (320, 240)) for seed in (1, 2, 3)]
    for format in ("GIF", "WEBP", "PNG"):
        data = encoded(frames[0], format, save_all=True, append_images=frames[1:])
        assert grey_levels_apart(reduced_gray(data).pixels, frames[0]) < 6


def test_one_pixel() -> None:
    gray = reduced_gray(encoded(Image.new("RGB", (1, 1), "red"), "PNG"))
    assert (gray.full_width, gray.full_height, gray.pixels.shape) == (1, 1, (1, 1))


def test_a_long_narrow_picture() -> None:
    gray = reduced_gray(encoded(photo(9, (4000, 30))))
    assert gray.pixels.shape == (30, 4000)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_cut_short(format: str, share: float) -> None:
    data = encoded(photo(10), format)
    with pytest.raises(UnreadableImage) as refused:
        reduced_gray(data[: int(len(data) * share)])
    assert refused.value.code == "broken"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_whatever_bytes_are_changed_nothing_else_is_raised(format: str) -> None:
    rng = np.random.default_rng(11)
    data = encoded(photo(11, (120, 90)), format)
    for _ in range(60):
        changed = np.frombuffer(data, np.uint8).copy()
        changed[rng.integers(0, len(changed), 4)] = rng.integers(0, 256, 4)
        with suppress(UnreadableImage):
            reduced_gray(changed.tobytes())
