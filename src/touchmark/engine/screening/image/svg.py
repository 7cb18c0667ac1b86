"""
Draw an SVG as a PNG, after refusing everything in it that is not a drawing.

What is checked is what is drawn: the tree that passed is written out anew, with its size set by us, and only that is
given to the renderer (resvg, which runs no scripts and here loads no files and no fonts of the machine, so that a
drawing comes out the same everywhere).
"""

import base64
import binascii
import re
import subprocess
import sys
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from touchmark.engine.screening.image import draw_svg
from touchmark.engine.screening.image.header import header
from touchmark.engine.screening.image.unreadable import UnreadableImage

#: The longer side of what is drawn, in pixels. A code is taken at places of whole pixels: at this size those are the
#: middles of all 64 parts, so that it comes nearest to the codes of larger copies (8 bits on average from those of 430
#: to 1000 pixels; 10 at 512, 20 at 256), and it is drawn in half the time that 512 takes.
DRAWN_SIDE = 384
MOST_BYTES = 2_000_000
MOST_ELEMENTS = 20_000
MOST_DEPTH = 64
#: Tags of a drawing that is drawn here, if it asks for nothing long; seconds that any other may take at most.
PLAIN, PATIENCE = 5_000, 30
#: What makes a small drawing long to draw: layers, filters, and what is drawn as often as something refers to it.
_MAY_TAKE_LONG = re.compile(
    r"filter|mask|clip-?path|(?<![\w-])opacity|blend|isolation|pattern|marker|dash|image|(?<![\w-])use|\\",
    re.IGNORECASE,
)

_REFUSED_ELEMENTS = {
    "script": "a script",
    "foreignobject": "content that is not SVG",
    "iframe": "content that is not SVG",
    "text": "text that is not turned into outlines",
}
_NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)(?:px|pt|mm|cm|in|pc)?\s*", re.IGNORECASE)
_FOREIGN_STYLE = re.compile(r"@import|url\(\s*['\"]?\s*(?!#|['\"#\s])", re.IGNORECASE)
_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)


def looks_like_svg(data: bytes) -> bool:
    """Tell an SVG by its first bytes; whether it may be drawn is ``rasterise``'s to say."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"<svg" in start


def rasterise(data: bytes) -> bytes:
    """
    Draw on white, 384 pixels on the longer side, and give a PNG.

    :raises UnreadableImage: too_large_file, unsafe_svg (scripts, event handlers, entities, other files, text), broken
    """
    if len(data) > MOST_BYTES:
        raise UnreadableImage("too_large_file", limit=MOST_BYTES // 1_000_000)
    root = _checked(data)
    width, height = _size_of(root)
    root.set("width", f"{width:.3f}")
    root.set("height", f"{height:.3f}")
    return _drawn(tostring(root, encoding="unicode"), round(width), round(height))


def _drawn(svg: str, width: int, height: int) -> bytes:
    """Draw plain shapes here, and whatever may take long in a program that is stopped if it does."""
    if svg.count("<") <= PLAIN and not _MAY_TAKE_LONG.search(svg):
        try:
            return draw_svg.draw(svg, width, height)
        except ValueError as error:
            raise UnreadableImage("broken") from error
    try:
        done = subprocess.run(  # noqa: S603  a program of ours, which reads from standard input alone
            [sys.executable, "-I", draw_svg.__file__],
            input=f"{width} {height}\n{svg}".encode("utf-8", "replace"),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableImage("unsafe_svg", found="more than is drawn in seconds") from error
    if done.returncode == draw_svg.BROKEN:
        raise UnreadableImage("broken")
    if done.returncode or not done.stdout:  # it was stopped, or fell
        raise UnreadableImage("unsafe_svg", found="more than is drawn in seconds")
    return done.stdout


def _checked(data: bytes) -> Element:
    try:
        root: Element = fromstring(data)
    except DefusedXmlException as error:
        raise UnreadableImage("unsafe_svg", found="entity declarations") from error
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableImage("broken") from error
    if _local(root.tag) != "svg":
        raise UnreadableImage("not_an_image")
    for found in _unsafe(root):
        raise UnreadableImage("unsafe_svg", found=found)
    return root


def _unsafe(root: Element) -> Iterator[str]:
    """Give what is not allowed, as a reader would call it; the first is enough to refuse."""
    open_elements, seen = [(root, 1)], 0
    while open_elements:
        element, depth = open_elements.pop()
        seen += 1
        if seen > MOST_ELEMENTS or depth > MOST_DEPTH:
            yield "more elements than are drawn"
        name = _local(element.tag)
        if name in _REFUSED_ELEMENTS:
            yield _REFUSED_ELEMENTS[name]
        if name == "style" and _FOREIGN_STYLE.search("".join(element.itertext())):
            yield "a reference to another file"
        yield from _unsafe_attributes(element)
        open_elements += [(child, depth + 1) for child in element]


def _unsafe_attributes(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        name = _local(name)
        if name.startswith("on"):
            yield "an event handler"
        elif name in ("href", "src"):
            yield from _unsafe_reference(value.strip())
        elif _FOREIGN_STYLE.search(value):
            yield "a reference to another file"


def _unsafe_reference(value: str) -> Iterator[str]:
    """A reference stays within the drawing, or carries a picture that we would read ourselves."""
    if not value or value.startswith("#"):
        return
    carried = _DATA.match(value)
    if carried is None:
        yield "a reference to another file"
        return
    try:
        header(base64.b64decode(value[carried.end() :]))
    except (UnreadableImage, binascii.Error, ValueError):
        yield "a picture that cannot be read"


def _size_of(root: Element) -> tuple[float, float]:
    """Give the size to draw, keeping the proportions of the view box, or else of the size it declares."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    declared = [_NUMBER.fullmatch(root.get(name, "")) for name in ("width", "height")]
    numbers = [_NUMBER.fullmatch(value) for value in box[2:]] if len(box) == 4 else declared
    try:
        width, height = (float(number[1]) for number in numbers if number)
        scale = DRAWN_SIDE / max(width, height)
        if len(box) != 4:
            root.set("viewBox", f"0 0 {width} {height}")
    except (ValueError, ZeroDivisionError) as error:
        raise UnreadableImage("broken") from error
    return max(1.0, width * scale), max(1.0, height * scale)


def _local(name: object) -> str:
    """Give a tag or attribute without its namespace; a comment or instruction has none."""
    return name.rsplit("}", 1)[-1].lower() if isinstance(name, str) else ""
