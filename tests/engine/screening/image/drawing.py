"""Pictures drawn for the tests: every one is made from a seed, and looks a little like a product photo."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw


def photo(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Draw a picture with soft light and some sharp shapes, different for each seed."""
    rng = np.random.default_rng(seed)
    light = rng.integers(0, 255, (5, 6, 3), np.uint8)
    image = Image.fromarray(light).resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y = rng.integers(0, size[0]), rng.integers(0, size[1])
        w, h = rng.integers(size[0] // 12, size[0] // 3), rng.integers(size[1] // 12, size[1] // 3)
        colour = tuple(int(part) for part in rng.integers(0, 255, 3))
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape((x, y, x + w, y + h), fill=colour)
    return image


def encoded(image: Image.Image, format: str = "JPEG", **options: object) -> bytes:
    """Encode, JPEG at quality 92 unless told."""
    if format == "JPEG":
        options.setdefault("quality", 92)
    into = BytesIO()
    image.save(into, format, **options)
    return into.getvalue()


def with_exif(image: Image.Image, orientation: int, format: str = "JPEG") -> bytes:
    """Encode with an EXIF block that says how the picture is to be turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, format, exif=exif)


def drawing_of(body: str, attributes: str = 'viewBox="0 0 100 80"') -> bytes:
    """Write an SVG around a body."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {attributes}>{body}</svg>".encode()
