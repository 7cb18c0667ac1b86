"""Drawings: what is drawn, and everything in an SVG that is not a drawing."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from tests.engine.screening.image.drawing import drawing_of, encoded, photo
from tests.engine.screening.image.test_header import png_of_size

from touchmark.engine.screening.image.svg import DRAWN_SIDE, MOST_BYTES, looks_like_svg, rasterise
from touchmark.engine.screening.image.unreadable import UnreadableImage

CIRCLE = '<circle cx="50" cy="40" r="30" fill="#000"/>'


def carried(data: bytes, kind: str = "png") -> str:
    return f'<image width="100" height="80" xlink:href="data:image/{kind};base64,{base64.b64encode(data).decode()}"/>'


def drawn(data: bytes) -> Image.Image:
    return Image.open(BytesIO(rasterise(data)))


def test_draws_on_white() -> None:
    image = drawn(drawing_of(CIRCLE))
    pixels = np.asarray(image.convert("L"))
    assert image.size == (DRAWN_SIDE, 307)  # 384 x 80 / 100, rounded
    assert (int(pixels[205, 256]), int(pixels[2, 2])) == (0, 255)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="20" height="10"', (384, 192)),  # no view box
        ('width="20px" height="10px"', (384, 192)),
        ('width="100%" height="100%" viewBox="0 0 10 20"', (192, 384)),
        ('width="900000" height="900000" viewBox="0 0 1 1"', (384, 384)),  # declares 810 gigapixels
        ('viewBox="0 0 1 100000"', (1, 384)),
    ],
)
def test_size_is_set_by_us(attributes: str, size: tuple[int, int]) -> None:
    assert drawn(drawing_of(CIRCLE, attributes)).size == size


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (drawing_of("<script>alert(1)</script>"), "a script"),
        (drawing_of("<g><SCRIPT href='x'/></g>"), "a script"),
        (drawing_of('<rect onload="alert(1)" width="9" height="9"/>'), "an event handler"),
        (drawing_of("", 'viewBox="0 0 1 1" onclick="x()"'), "an event handler"),
        (drawing_of("<foreignObject><b>x</b></foreignObject>"), "content that is not SVG"),
        (drawing_of("<text>BRAND</text>"), "text that is not turned into outlines"),
        (drawing_of('<image href="https://example.org/a.png"/>'), "a reference to another file"),
        (drawing_of('<image xlink:href="file:///etc/passwd"/>'), "a reference to another file"),
        (drawing_of('<image href="../../a.png"/>'), "a reference to another file"),
        (drawing_of('<use href="other.svg#a"/>'), "a reference to another file"),
        (drawing_of('<a href="javascript:alert(1)">' + CIRCLE + "</a>"), "a reference to another file"),
        (drawing_of('<style>@import "https://example.org/a.css";</style>'), "a reference to another file"),
        (drawing_of('<style>rect{fill:url( "//example.org/a.svg#b")}</style>'), "a reference to another file"),
        (drawing_of('<rect fill="url(https://example.org/a.svg#b)"/>'), "a reference to another file"),
        (
            drawing_of(f'<image href="data:image/svg+xml;base64,{base64.b64encode(b"<svg/>").decode()}"/>'),
            "another file",
        ),
        (drawing_of(carried(png_of_size(16_000, 9_500))), "a picture that cannot be read"),
        (drawing_of(carried(b"not a picture")), "a picture that cannot be read"),
        (drawing_of("<g>" * 70 + "</g>" * 70), "more elements than are drawn"),
        (drawing_of("<g/>" * 20_001), "more elements than are drawn"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + drawing_of("<g>&a;</g>"), "entity declarations"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + drawing_of("<g>&a;</g>"), "entity declarations"),
    ],
)
def test_what_is_not_a_drawing_is_refused(data: bytes, found: str) -> None:
    with pytest.raises(UnreadableImage) as refused:
        rasterise(data)
    assert refused.value.code == "unsafe_svg"
    assert found in str(refused.value)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (drawing_of(CIRCLE)[:-8], "broken"),
        (drawing_of(CIRCLE, 'viewBox="0 0 0 0"'), "broken"),
        (drawing_of(CIRCLE, ""), "broken"),  # no size at all
        (drawing_of(CIRCLE, 'viewBox="a b c d"'), "broken"),
        (b"<svg", "broken"),
        (b"<?xml version='1.0' encoding='no-such'?>" + drawing_of(CIRCLE), "broken"),
        (b"<html><svg/></html>", "not_an_image"),
        (b" " * (MOST_BYTES + 1), "too_large_file"),
    ],
)
def test_what_cannot_be_drawn(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableImage) as refused:
        rasterise(data)
    assert refused.value.code == code


def test_use_within_use_is_no_bomb() -> None:
    levels = "".join(f'<g id="l{i}">' + f'<use xlink:href="#l{i - 1}"/>' * 10 + "</g>" for i in range(1, 10))
    bomb = drawing_of(f'<defs><g id="l0"><rect width="1" height="1"/></g>{levels}</defs><use xlink:href="#l9"/>')
    with pytest.raises(UnreadableImage):
        rasterise(bomb)


RECTANGLE = '<rect width="100" height="80"/>'
BOMBS = {
    "a filter of many steps": '<filter id="a">'
    + '<feMorphology operator="dilate" radius="5"/>' * 50
    + '</filter><g filter="url(#a)">'
    + RECTANGLE
    + "</g>",
    "layers": ('<g opacity=".5">' + RECTANGLE + "</g>") * 9_000,
    "a marker at every point": '<marker id="a">'
    + RECTANGLE * 1_000
    + '</marker><path marker-mid="url(#a)" d="M0 0'
    + "L1 1" * 50_000
    + '"/>',
}


@pytest.mark.parametrize("what", BOMBS)
def test_what_takes_long_is_stopped(what: str) -> None:
    with pytest.raises(UnreadableImage) as refused:
        rasterise(drawing_of(BOMBS[what]))
    assert refused.value.code == "unsafe_svg"
    assert "more than is drawn in seconds" in str(refused.value)


def test_layers_that_a_logo_has_are_drawn() -> None:
    body = f'<clipPath id="a">{CIRCLE}</clipPath><g opacity=".5" clip-path="url(#a)">{RECTANGLE}</g>'
    pixels = np.asarray(drawn(drawing_of(body)).convert("L"))
    assert abs(int(pixels[153, 192]) - 128) < 3
    assert int(pixels[2, 2]) == 255


def test_harmless_parts_stay() -> None:
    body = f'<style>.a{{fill:url(#g)}}</style><linearGradient id="g"/>{carried(encoded(photo(1, (50, 40)), "PNG"))}'
    publicly = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    pixels = np.asarray(drawn(publicly + drawing_of(body)).convert("L"))
    assert pixels.std() > 10


@pytest.mark.parametrize(
    ("data", "whether"),
    [
        (drawing_of(""), True),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- made by hand --><svg/>", True),
        (b"\x89PNG\r\n\x1a\n<svg", False),
        (b"<html></html>", False),
        (b"", False),
    ],
)
def test_tells_an_svg(data: bytes, whether: bool) -> None:
    assert looks_like_svg(data) is whether
