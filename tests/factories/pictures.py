"""Pictures for tests: honest ones, and those that somebody sends to see what happens."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO

from PIL import Image, ImageDraw

from touchmark.engine.screening.image.unreadable import UnreadableImage

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#c00"/></svg>'
SVG_WITH_SCRIPT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    b'<script>alert(document.domain)</script><rect width="40" height="20"/></svg>'
)
HTML = b"<!doctype html><title>hello</title><script>alert(1)</script>"


def drawn(seed: int = 1, size: tuple[int, int] = (320, 240), format: str = "PNG", **options: object) -> bytes:
    """Draw a picture with something to see in it; the same seed, the same bytes."""
    image = Image.new("RGB", size, ((37 * seed) % 256, (91 * seed) % 256, 140))
    pen = ImageDraw.Draw(image)
    for step in range(12):
        x, y = (seed * 53 + step * 71) % size[0], (seed * 31 + step * 47) % size[1]
        pen.ellipse((x, y, x + 40, y + 30), fill=((step * 20) % 256, (seed * 13) % 256, 255 - step * 20))
    written = BytesIO()
    image.save(written, format, **options)
    return written.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """Write a PNG whose header announces a size, with next to nothing behind it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(header)) + chunk + struct.pack(">I", zlib.crc32(chunk))


#: 152 megapixels, says the header.
TOO_LARGE = png_of_size(15_200, 10_000)


class Folder:
    """Pictures by name, as a folder would give them."""

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        self.files = dict(files or {})
        self.asked: list[str] = []

    def __call__(self, name: str, /) -> bytes:
        self.asked.append(name)
        if name not in self.files:
            raise UnreadableImage("missing")
        return self.files[name]


EMPTY = Folder()
