"""
Pictures as they are shown: drawn anew from the decoded pixels, at a few widths, kept beside the bytes they come from.

What a browser gets is always a WebP that we wrote: no byte, no metadata and no markup of the file that somebody sent.
Colour profiles are left out with the rest; a wide-gamut photo looks a little paler for it.
"""

from io import BytesIO

import numpy as np
from PIL import Image

from touchmark.apps.blobs import store
from touchmark.apps.blobs.look import SVG
from touchmark.apps.blobs.models import Blob
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening.image.decode import orientation_of
from touchmark.engine.screening.image.header import header
from touchmark.engine.screening.image.svg import rasterise
from touchmark.engine.screening.image.unreadable import UnreadableImage

#: In a row of a table, in a page's column, by itself on the screen.
SMALL, MIDDLE, LARGE = WIDTHS = (96, 480, 1280)
MEDIA_TYPE = "image/webp"

#: The format allows 16383; a picture taller than this is made narrower instead.
_TALLEST = 16_000
_READ = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class NotShown(TouchmarkError):
    """The file is no picture that can be shown, or not at that width."""


def display(blob: Blob, width: int) -> tuple[bytes, str]:
    """
    Give a picture at most ``width`` pixels wide, upright, on white, of an animation the first frame; and its type.

    :raises NotShown: if the file has a problem or is lost, or the width is none of ``WIDTHS``
    """
    if blob.problem or width not in WIDTHS:
        raise NotShown("This file is not shown as a picture.")
    folder = store.here()
    if (kept := folder.shown(blob.sha256, width)) is not None:
        return kept, MEDIA_TYPE
    drawn = _drawn(_bytes(folder, blob), width, svg=blob.media_type == SVG)
    folder.keep_shown(blob.sha256, width, drawn)
    return drawn, MEDIA_TYPE


def _bytes(folder: store.Files, blob: Blob) -> bytes:
    try:
        return folder(blob.sha256)
    except UnreadableImage as lost:
        raise NotShown("The bytes of this file are not here any more.") from lost


def _drawn(data: bytes, width: int, *, svg: bool) -> bytes:
    try:
        data = rasterise(data) if svg else data
        exif = header(data).exif
        with Image.open(BytesIO(data), formats=_READ) as image:
            image.draft("RGB", (2 * width, 2 * width))
            turn = _TURNS.get(orientation_of(image.info.get("exif", b"") or exif))
            picture = _in_colour(image)
    except Exception as error:  # a hostile file can make a decoder raise anything
        raise NotShown("This file is not shown as a picture.") from error
    return _written(_sized(picture, width, turn))


def _in_colour(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):  # sixteen bits of grey: the upper eight
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        image = Image.fromarray(np.clip(np.asarray(image), 0, 255).astype(np.uint8))
    # RGBa holds colours already multiplied by their opacity: reduced as such, no dark fringe comes in at the edges.
    return image.convert("RGBA").convert("RGBa") if image.has_transparency_data else image.convert("RGB")


def _sized(picture: Image.Image, width: int, turn: Image.Transpose | None) -> Image.Image:
    """Reduce roughly, turn upright, then reduce to the width; a smaller picture stays as it is."""
    picture = picture.reduce(max(1, min(picture.size) // (2 * width)))
    if turn is not None:
        picture = picture.transpose(turn)
    picture.thumbnail((width, _TALLEST), Image.Resampling.LANCZOS)
    if picture.mode == "RGB":
        return picture
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture.convert("RGBA")).convert("RGB")


def _written(picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, "WEBP", quality=82)
    return written.getvalue()
