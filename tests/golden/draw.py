"""
Draws the small pictures of the golden files: ``python tests/golden/draw.py``.

They are kept beside it, since another version of an encoder would write other bytes; run it again only to change them.
"""

import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance

FOLDER = Path(__file__).resolve().parent / "images"
SIZE = (320, 240)


def product(seed: int) -> Image.Image:
    """A picture with as much to see in it as a product photo: a ground, shapes, and a little noise."""
    draw = np.random.default_rng(seed)
    image = Image.new("RGB", SIZE, tuple(int(c) for c in draw.integers(150, 255, 3)))
    pen = ImageDraw.Draw(image)
    for _ in range(14):
        x, y = draw.integers(0, SIZE[0]), draw.integers(0, SIZE[1])
        w, h = draw.integers(20, 140, 2)
        colour = tuple(int(c) for c in draw.integers(0, 255, 3))
        shape = pen.ellipse if draw.random() < 0.5 else pen.rectangle
        shape((int(x - w), int(y - h), int(x + w), int(y + h)), fill=colour)
    noise = draw.normal(0, 4, (SIZE[1], SIZE[0], 3))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


def png_of_size(width: int, height: int) -> bytes:
    """The head of a PNG that says it is of this size, with nothing behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    lamp = product(1)
    lamp.save(FOLDER / "lamp.jpg", quality=88)
    ImageEnhance.Brightness(lamp.resize((208, 156))).enhance(1.08).save(FOLDER / "lamp-smaller.jpg", quality=60)
    product(2).save(FOLDER / "own-photo.jpg", quality=85)
    emblem = product(3).quantize(16)
    emblem.save(FOLDER / "emblem.png")
    (FOLDER / "huge.png").write_bytes(png_of_size(15_200, 10_000))
    (FOLDER / "broken.jpg").write_bytes((FOLDER / "own-photo.jpg").read_bytes()[:900])
    (FOLDER / "text.jpg").write_bytes(b"this is not a picture\n")
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script><path d="M0 0h9v9z"/></svg>'
    )
    (FOLDER / "script.svg").write_text(drawing + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
