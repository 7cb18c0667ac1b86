from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.factories import pictures
from tests.factories.accounts import AT

from touchmark.apps.blobs import actions, display, store

pytestmark = pytest.mark.django_db
TURNED = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.BLOBS = tmp_path / "blobs"
    return settings.BLOBS


def shown(data: bytes, width: int = display.MIDDLE) -> Image.Image:
    drawn, media_type = display.display(actions.keep(data, at=AT), width)
    assert media_type == "image/webp"
    assert drawn[8:12] == b"WEBP"
    return Image.open(BytesIO(drawn))


@pytest.mark.parametrize(
    ("size", "width", "expected"),
    [
        # reduced to the width, in proportion
        ((2000, 1000), 480, (480, 240)),
        # a small picture is not blown up
        ((200, 100), 480, (200, 100)),
        # upright ones may be taller than wide
        ((1000, 3000), 96, (96, 288)),
        # the format ends at 16383 pixels: a thread of a picture is made thinner
        ((20, 20_000), 480, (16, 16_000)),
    ],
)
def test_it_is_as_wide_as_asked_and_no_wider(size: tuple[int, int], width: int, expected: tuple[int, int]) -> None:
    assert shown(pictures.drawn(size=size), width).size == expected


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_format_that_is_read_is_shown(format: str) -> None:
    assert shown(pictures.drawn(format=format)).size == (320, 240)


@pytest.mark.parametrize(
    ("mode", "value"),
    [("1", 255), ("L", 200), ("LA", 200), ("P", 200), ("RGB", 200), ("RGBA", 200), ("I;16", 200 << 8)],
)
def test_every_kind_of_colour_is_shown(mode: str, value: int) -> None:
    written = BytesIO()
    grey = Image.new(mode, (60, 40), value) if mode == "I;16" else Image.new("L", (60, 40), value).convert(mode)
    grey.save(written, "PNG")
    pixel = shown(written.getvalue()).convert("RGB").getpixel((30, 20))
    assert max(abs(band - value % 256 - (value >> 8)) for band in pixel) <= 4  # type: ignore[union-attr]


def test_it_stands_upright_and_says_nothing_of_the_camera() -> None:
    picture = shown(pictures.drawn(format="JPEG", exif=TURNED))
    assert picture.size == (240, 320)
    assert not picture.getexif()
    assert "icc_profile" not in picture.info


def test_what_is_transparent_is_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (60, 40), (0, 0, 0, 0)).save(written, "PNG")
    assert shown(written.getvalue()).convert("RGB").getpixel((30, 20)) == (255, 255, 255)


def test_a_drawing_is_shown_as_pixels_and_never_as_markup() -> None:
    red, green, blue = shown(pictures.SVG).convert("RGB").getpixel((100, 100))  # type: ignore[misc]
    assert (red > 180, green < 30, blue < 30) == (True, True, True)


def test_of_an_animation_the_first_frame() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("#ff0000", "#00ff00")]
    written = BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    picture = shown(written.getvalue())
    assert getattr(picture, "n_frames", 1) == 1
    assert picture.convert("RGB").getpixel((30, 20))[0] > 240  # type: ignore[index]


@pytest.mark.parametrize("data", [b"", pictures.HTML, pictures.TOO_LARGE, pictures.SVG_WITH_SCRIPT])
def test_what_cannot_be_read_is_never_shown(data: bytes) -> None:
    with pytest.raises(display.NotShown):
        display.display(actions.keep(data, at=AT), display.MIDDLE)


@pytest.mark.parametrize("width", [0, -1, 97, 100_000])
def test_no_other_width_is_drawn(width: int) -> None:
    with pytest.raises(display.NotShown):
        display.display(actions.keep(pictures.drawn(), at=AT), width)


def test_it_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    blob = actions.keep(pictures.drawn(), at=AT)
    first = display.display(blob, display.SMALL)
    store.here().path(blob.sha256).unlink()
    assert display.display(blob, display.SMALL) == first
