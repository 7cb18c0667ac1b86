"""Reading words in pictures that are drawn here, with what the extra brings; no network is there to fetch from."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.engine.screening.image.drawing import encoded, with_exif

pytest.importorskip("rapidocr", reason="needs touchmark[ocr]")

from touchmark.engine.screening.image import reader as reading
from touchmark.engine.screening.image.lines import Line
from touchmark.engine.screening.image.reader import MOST_LINES, PictureReader
from touchmark.engine.screening.image.unreadable import UnreadableImage


@pytest.fixture(scope="module")
def reader() -> PictureReader:
    return PictureReader.here()


def written(*lines: str, size: tuple[int, int] = (640, 480), letters: int = 40) -> Image.Image:
    """Write lines on a light ground, one below the other."""
    image = Image.new("RGB", size, "#f4e9d8")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((40, 30 + number * letters * 2), line, "#20304a", ImageFont.load_default(letters))
    return image


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines if line.sure > 0.8]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_lines_are_read_from_above_with_their_corners(reader: PictureReader, format: str) -> None:
    lines = reader(encoded(written("Velmora bags", "Kestrane"), format))
    assert texts(lines) == ["Velmora bags", "Kestrane"]
    (left, top), _, (right, bottom), _ = lines[0].corners
    assert np.abs(np.subtract((left, top, right, bottom), (40, 36, 285, 76))).max() < 24


def test_corners_are_those_of_the_picture_as_it_is_shown(reader: PictureReader) -> None:
    lying = written("Velmora bags", size=(1600, 1200), letters=90)
    (line,) = [line for line in reader(with_exif(lying.transpose(Image.Transpose.ROTATE_90), 6)) if line.sure > 0.8]
    assert line.text == "Velmora bags"
    assert abs(line.corners[0][0] - 40) < 30
    assert abs(line.corners[0][1] - 45) < 30


def test_what_is_clear_is_white(reader: PictureReader) -> None:
    clear = Image.new("RGBA", (500, 200), (0, 0, 0, 0))
    ImageDraw.Draw(clear).text((30, 60), "Velmora", "black", ImageFont.load_default(60))
    assert texts(reader(encoded(clear, "PNG"))) == ["Velmora"]


def test_a_picture_is_read_once(monkeypatch: pytest.MonkeyPatch, reader: PictureReader) -> None:
    data = encoded(written("Once only"))
    first = reader(data)
    monkeypatch.setattr(reading, "colours", None)  # whoever decodes it again fails
    assert reader(data) is first


def test_only_so_many_lines_are_read(reader: PictureReader) -> None:
    many = encoded(written(*(f"line {n}" for n in range(MOST_LINES + 12)), size=(900, 1600), letters=20))
    assert 5 < len(reader(many)) <= MOST_LINES


@pytest.mark.parametrize("size", [(1, 1), (900, 3), (15, 15), (40, 40)])
def test_a_picture_without_words_gives_none(reader: PictureReader, size: tuple[int, int]) -> None:
    assert reader(encoded(Image.new("RGB", size, "white"), "PNG")) == ()


def test_what_is_no_picture_is_refused(reader: PictureReader) -> None:
    with pytest.raises(UnreadableImage):
        reader(b"no picture")


def test_a_reader_that_fails_is_said_to_have_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = PictureReader.here()
    monkeypatch.setattr(broken, "_models", lambda *_, **__: 1 / 0)
    with pytest.raises(UnreadableImage) as refusal:
        broken(encoded(written("x")))
    assert refusal.value.code == "words_unread"
