"""Progressive JPEGs read by their first pass: the same code within a few bits, and no harm from any bytes."""

from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.engine.screening.image.drawing import encoded, photo

from touchmark.engine.screening.image.dc_scan import first_scan
from touchmark.engine.screening.image.decode import reduced_gray
from touchmark.engine.screening.image.picture import look
from touchmark.engine.screening.image.unreadable import UnreadableImage

LARGE = (1400, 1100)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_the_code_is_that_of_the_whole_file(seed: int, mode: str) -> None:
    image = photo(seed, LARGE).convert(mode)
    progressive = encoded(image, progressive=True, quality=85)
    scan = first_scan(progressive)
    assert scan is not None
    assert len(scan) < len(progressive) / 2
    coarse, fine = look(progressive), look(encoded(image, quality=85))
    assert coarse.gray.step == 8
    assert int(np.bitwise_count(coarse.code ^ fine.code).sum()) <= 10
    assert (coarse.width, coarse.height) == LARGE


@pytest.mark.parametrize("orientation", range(1, 9))
def test_stands_upright_as_exif_says(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(photo(5, LARGE), progressive=True, exif=exif)
    assert first_scan(data) is not None
    plain = encoded(photo(5, LARGE), exif=exif)
    assert int(np.bitwise_count(look(data).code ^ look(plain).code).sum()) <= 10


def test_a_baseline_file_has_no_first_pass() -> None:
    assert first_scan(encoded(photo(1))) is None


def test_a_small_picture_is_decoded_whole() -> None:
    assert reduced_gray(encoded(photo(1), progressive=True)).step < 8


def test_a_file_cut_off_within_its_first_pass_is_broken() -> None:
    data = encoded(photo(1, LARGE), progressive=True)
    scan = first_scan(data)
    assert scan is not None
    with pytest.raises(UnreadableImage, match="damaged"):
        reduced_gray(data[: len(scan) // 2])


@given(st.binary(max_size=200))
def test_any_bytes(tail: bytes) -> None:
    for data in (tail, b"\xff\xd8" + tail, b"\xff\xd8\xff\xc2\x00\x04ab\xff\xda" + tail):
        first_scan(data)


def test_whatever_bytes_are_changed_nothing_else_is_raised() -> None:
    rng = np.random.default_rng(11)
    data = np.frombuffer(encoded(photo(11, (1040, 1030)), quality=30, progressive=True), np.uint8)
    for _ in range(30):
        changed = data.copy()
        changed[rng.integers(0, 3000, 4)] = rng.integers(0, 256, 4)
        with suppress(UnreadableImage):
            reduced_gray(changed.tobytes())


def test_an_announced_size_is_not_trusted() -> None:
    data = bytearray(encoded(photo(1, LARGE), progressive=True))
    frame = data.index(b"\xff\xc2")
    data[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    with pytest.raises(UnreadableImage, match="million pixels"):
        reduced_gray(BytesIO(data).getvalue())
