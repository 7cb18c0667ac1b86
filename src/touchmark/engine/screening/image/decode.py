"""
From untrusted bytes to a small grey picture, upright.

A large JPEG gives up the means of its blocks alone (``means``, ``dc_scan``), a smaller one is decoded by libjpeg-turbo
at a fraction of its size; every other format is decoded whole and then reduced. ``LEAST_SIDE`` and ``LEAST_MEANS`` keep
the code of the reduced picture within a few bits of the full one (measured in ``docs/benchmarks.md``).
"""

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import cast

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import AvifImagePlugin, GifImagePlugin, Image, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from touchmark.engine.screening.image.dc_scan import first_scan
from touchmark.engine.screening.image.header import Header, header, refuse_too_many_pixels
from touchmark.engine.screening.image.means import block_means
from touchmark.engine.screening.image.unreadable import UnreadableImage

#: The shorter side of a reduced picture has at least this many pixels, where the picture has as many.
LEAST_SIDE = 192
#: An eighth of the size, the means of a JPEG's blocks, is enough if its shorter side has at least this many pixels.
LEAST_MEANS = 128

_ORIENTATION = 0x0112
_READERS: dict[str, type[ImageFile.ImageFile]] = {
    "jpeg": JpegImagePlugin.JpegImageFile,
    "png": PngImagePlugin.PngImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
    "gif": GifImagePlugin.GifImageFile,
    "avif": AvifImagePlugin.AvifImageFile,
}
_ON_THE_SIDE = frozenset({5, 6, 7, 8})  # orientations that swap width and height

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Gray:
    """A reduced grey picture, upright: what ``image_code`` takes, and the size that a shopper sees."""

    pixels: Pixels  # (height, width), 0 black to 255 white
    full_width: int
    full_height: int
    step: float  # each pixel is the mean of step x step pixels of the full picture


@dataclass(frozen=True, slots=True, eq=False)
class Colours:
    """A picture in its colours, upright, and the size that a shopper sees."""

    pixels: Pixels  # (height, width, 3): blue, green, red
    full_width: int
    full_height: int


def reduced_gray(data: bytes) -> Gray:
    """
    Decode a picture small, grey and upright; what is transparent is white, of an animation the first frame counts.

    :raises UnreadableImage: what ``header`` refuses; broken
    """
    about = header(data)
    with _broken_otherwise():
        if about.format == "jpeg" and about.components in (1, 3):
            return _jpeg(data, about)
        return _by_pillow(data, about, lambda size: min(size) // LEAST_SIDE)


def detailed_gray(data: bytes, side: int) -> Gray:
    """
    Decode a picture like ``reduced_gray``, but with its longer side at least ``side``, where it has as many pixels.

    :raises UnreadableImage: what ``header`` refuses; broken
    """
    about = header(data)
    longer = max(about.width, about.height)
    with _broken_otherwise():
        if about.format == "jpeg" and about.components in (1, 3):
            least = (-(-about.height * side // longer), -(-about.width * side // longer)) if longer > side else (0, 0)
            pixels = simplejpeg.decode_jpeg(data, "GRAY", min_height=least[0], min_width=least[1], strict=True)[:, :, 0]
            return _upright(pixels, about, _jpeg_step(pixels, about), orientation_of(about.exif))
        return _by_pillow(data, about, lambda size: max(size) // side)


def colours(data: bytes, side: int) -> Colours:
    """
    Decode a picture upright, in its colours, with its longer side about ``side`` where it is longer: at most that.

    :raises UnreadableImage: what ``header`` refuses; broken
    """
    import cv2

    about = header(data)
    longer = max(about.width, about.height)
    with _broken_otherwise():
        if about.format == "jpeg" and about.components in (1, 3):
            least = (-(-about.height * side // longer), -(-about.width * side // longer)) if longer > side else (0, 0)
            pixels = simplejpeg.decode_jpeg(data, "BGR", min_height=least[0], min_width=least[1], strict=True)
            size, orientation = (about.width, about.height), orientation_of(about.exif)
        else:
            pixels, size, orientation = _colours_by_pillow(data, about, side)
    pixels, width, height = _turned(pixels, size, orientation)
    share = side / max(pixels.shape)
    if share < 1:
        small = (max(1, round(pixels.shape[1] * share)), max(1, round(pixels.shape[0] * share)))
        pixels = cast(Pixels, cv2.resize(pixels, small, interpolation=cv2.INTER_AREA))
    return Colours(np.ascontiguousarray(pixels), width, height)


def _colours_by_pillow(data: bytes, about: Header, side: int) -> tuple[Pixels, tuple[int, int], int]:
    with _READERS[about.format](BytesIO(data)) as image:
        refuse_too_many_pixels(*image.size)
        image.load()
        orientation = orientation_of(image.info.get("exif", b"") or about.exif)
        step = max(1, max(image.size) // side)
        if not image.has_transparency_data:
            return np.asarray(_plain(image).convert("RGB").reduce(step))[:, :, ::-1], image.size, orientation
        clear = np.asarray(image.convert("RGBA").convert("RGBa").reduce(step)).astype(np.int16)
        return (clear[:, :, 2::-1] + (255 - clear[:, :, 3:])).clip(0, 255).astype(np.uint8), image.size, orientation


@contextmanager
def _broken_otherwise() -> Iterator[None]:
    try:
        yield
    except UnreadableImage:
        raise
    except Exception as error:  # a hostile file can make a decoder raise anything
        raise UnreadableImage("broken") from error


def shrunk(pixels: Pixels, side: int) -> Pixels:
    """Reduce a picture until neither side is longer than this; a smaller one stays as it is."""
    height, width = pixels.shape
    share = side / max(height, width)
    if share >= 1:
        return pixels
    size = (max(1, round(width * share)), max(1, round(height * share)))
    small: Pixels = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX), np.uint8)
    return small


def _jpeg(data: bytes, about: Header) -> Gray:
    if min(about.width, about.height) >= 8 * LEAST_MEANS:
        means = _first_pass(data) if about.progressive else block_means(data)
        if means is not None and means.shape == (-(-about.height // 8), -(-about.width // 8)):
            return _upright(means, about, 8.0, orientation_of(about.exif))
    least = LEAST_SIDE if min(about.width, about.height) >= 2 * LEAST_SIDE else 0
    pixels = simplejpeg.decode_jpeg(
        data, "GRAY", min_height=least, min_width=least, min_factor=2 if least else 1, fastdct=False, strict=True
    )[:, :, 0]
    return _upright(pixels, about, _jpeg_step(pixels, about), orientation_of(about.exif))


def _first_pass(data: bytes) -> Pixels | None:
    """Decode the first pass of a progressive file, an eighth of the size; nothing where it is of no use alone."""
    scan = first_scan(data)
    with suppress(ValueError):  # then the whole file says what is wrong with it
        if scan is not None:
            pixels: Pixels = simplejpeg.decode_jpeg(scan, "GRAY", min_height=1, min_width=1, min_factor=8)[:, :, 0]
            return pixels
    return None


def _jpeg_step(pixels: Pixels, about: Header) -> float:
    """libjpeg decodes at k eighths of the size, rounded up."""
    return next(
        8 / eighths
        for eighths in range(8, 0, -1)
        if pixels.shape == (-(-about.height * eighths // 8), -(-about.width * eighths // 8))
    )


def orientation_of(exif: bytes) -> int:
    """Read from an EXIF block how the picture is to be turned, 1 to 8; a damaged block is none, as in browsers."""
    block = exif.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", block, 4)
        (entries,) = struct.unpack_from(f"{order}H", block, start)
        for entry in range(entries):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", block, start + 2 + 12 * entry)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _by_pillow(data: bytes, about: Header, reduction: Callable[[tuple[int, int]], int]) -> Gray:
    # The reader is made directly: the size is already known to be small enough, and nothing else is tried.
    with _READERS[about.format](BytesIO(data)) as image:
        refuse_too_many_pixels(*image.size)
        found = Header(about.format, *image.size)
        step = max(1, reduction(image.size))
        image.load()
        exif = image.info.get("exif", b"") or about.exif
        return _upright(_reduced(image, step), found, float(step), orientation_of(exif))


def _plain(image: Image.Image) -> Image.Image:
    """Bring grey of more than eight bits to eight."""
    if image.mode.startswith("I;16"):  # sixteen bits of grey: the upper eight
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        return Image.fromarray(np.clip(np.asarray(image), 0, 255).astype(np.uint8))
    return image


def _reduced(image: Image.Image, step: int) -> Pixels:
    image = _plain(image)
    if image.has_transparency_data:
        return _on_white(image.convert("RGBA").convert("RGBa").reduce(step))
    if image.mode != "L":
        image = image.convert("RGB").convert("L")
    grey: Pixels = np.asarray(image.reduce(step), np.uint8)
    return grey


def _on_white(image: Image.Image) -> Pixels:
    """``RGBa`` holds colours already multiplied by their opacity, so that white is what is missing to opaque."""
    bands = np.asarray(image).astype(np.float32)
    grey = bands[:, :, :3] @ np.array([0.299, 0.587, 0.114], np.float32) + (255 - bands[:, :, 3])
    return cast(Pixels, np.clip(np.rint(grey), 0, 255).astype(np.uint8))


def _upright(pixels: Pixels, about: Header, step: float, orientation: int) -> Gray:
    pixels, width, height = _turned(pixels, (about.width, about.height), orientation)
    return Gray(cast(Pixels, np.ascontiguousarray(pixels)), width, height, step)


def _turned(pixels: Pixels, size: tuple[int, int], orientation: int) -> tuple[Pixels, int, int]:
    """Turn as EXIF says: 2 to 4 mirror or turn over, 5 to 8 also swap the sides."""
    width, height = size
    if orientation in _ON_THE_SIDE:
        pixels, width, height = pixels.swapaxes(0, 1), height, width
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return pixels, width, height
