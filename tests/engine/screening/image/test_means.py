"""The means of a baseline JPEG's blocks: exactly what libjpeg gives at an eighth of the size, or nothing."""

import numpy as np
import pytest
import simplejpeg
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.engine.screening.image.drawing import encoded, photo

from touchmark.engine.screening.image.decode import reduced_gray
from touchmark.engine.screening.image.means import block_means
from touchmark.engine.screening.image.picture import look
from touchmark.engine.screening.image.unreadable import UnreadableImage


def grainy(seed: int, size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Draw a picture with grain in it, so that all kinds of codes occur."""
    pixels = np.asarray(photo(seed, size), np.float32)
    noise = np.random.default_rng(seed).normal(0, 9, pixels.shape)
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8)).convert(mode)


def by_libjpeg(data: bytes) -> np.ndarray:
    return simplejpeg.decode_jpeg(data, "GRAY", min_height=1, min_width=1, min_factor=8)[:, :, 0]


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("size", [(160, 120), (161, 127), (8, 8), (333, 17)])
@pytest.mark.parametrize(
    "options",
    [
        {"quality": 5},
        {"quality": 75},
        {"quality": 100},
        {"quality": 90, "subsampling": 0},
        {"quality": 90, "subsampling": 1},
        {"quality": 85, "optimize": True},
        {"quality": 80, "restart_marker_rows": 1},
        {"quality": 80, "restart_marker_blocks": 3},
    ],
    ids=str,
)
def test_equals_libjpeg(mode: str, size: tuple[int, int], options: dict[str, object]) -> None:
    data = encoded(grainy(3, size, mode), **options)
    means = block_means(data)
    assert means is not None
    np.testing.assert_array_equal(means, by_libjpeg(data))


@settings(max_examples=25)
@given(
    # Of less than two blocks libjpeg may be asked in vain for an eighth: a half has as many points.
    seed=st.integers(0, 999), width=st.integers(9, 90), height=st.integers(9, 90), quality=st.integers(1, 100),
    subsampling=st.integers(0, 2), optimize=st.booleans(), rows=st.integers(0, 2), noise=st.integers(0, 120),
)  # fmt: skip
def test_equals_libjpeg_whatever_is_shown(
    seed: int, width: int, height: int, quality: int, subsampling: int, optimize: bool, rows: int, noise: int
) -> None:
    pixels = 128 + np.random.default_rng(seed).normal(0, max(noise, 1), (height, width, 3))
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    data = encoded(image, quality=quality, subsampling=subsampling, optimize=optimize, restart_marker_rows=rows)
    means = block_means(data)
    assert means is not None
    np.testing.assert_array_equal(means, by_libjpeg(data))


def test_what_is_unusual_is_left_to_libjpeg() -> None:
    image = grainy(1, (90, 70))
    assert block_means(encoded(image, progressive=True)) is None
    assert block_means(encoded(image.convert("CMYK"))) is None
    assert block_means(encoded(image, keep_rgb=True)) is None  # colours, not luminance first
    for junk in (b"", b"\xff\xd8", b"\xff\xd8\xff\xda", encoded(image, "PNG")):
        assert block_means(junk) is None


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_cut_short(share: float) -> None:
    data = encoded(grainy(2, (1100, 1030)))
    cut = data[: int(len(data) * share)]
    assert block_means(cut) is None
    with pytest.raises(UnreadableImage, match="damaged"):
        reduced_gray(cut)


def test_any_bytes_end() -> None:
    rng = np.random.default_rng(5)
    data = np.frombuffer(encoded(grainy(4, (120, 90)), restart_marker_rows=1), np.uint8)
    for number in range(400):
        changed = data.copy()
        changed[rng.integers(0, 700 if number % 2 else len(data), 5)] = rng.integers(0, 256, 5)
        means = block_means(changed.tobytes())
        assert means is None or means.dtype == np.uint8


def test_a_large_picture_has_the_code_of_the_whole_file() -> None:
    for seed in range(3):
        image = photo(seed, (1400, 1100))
        large, whole = look(encoded(image)), look(encoded(image, "PNG"))
        assert large.gray.step == 8
        assert int(np.bitwise_count(large.code ^ whole.code).sum()) <= 12
