"""What a file is, told by its bytes and by decoding it once, small."""

from dataclasses import dataclass

from touchmark.engine.screening.image.decode import reduced_gray
from touchmark.engine.screening.image.header import header
from touchmark.engine.screening.image.svg import looks_like_svg, rasterise
from touchmark.engine.screening.image.unreadable import UnreadableImage

SVG = "image/svg+xml"
PDF = "application/pdf"
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Look:
    """
    A file's type, and its size in pixels as a shopper sees it, after EXIF rotation; of an SVG, the size it is drawn in.

    ``refusal`` says why it cannot be read as a picture; then there is no size, and no type where it was refused unread.
    """

    media_type: str
    width: int | None = None
    height: int | None = None
    refusal: UnreadableImage | None = None

    @property
    def problem(self) -> str:
        """The code of what keeps it from being read; "" for nothing."""
        return self.refusal.code if self.refusal else ""


def look(data: bytes) -> Look:
    """Look at a file; whatever is wrong with it is part of the answer."""
    media_type = UNKNOWN
    try:
        if looks_like_svg(data):
            media_type = SVG
            data = rasterise(data)
        else:
            media_type = PDF if data.startswith(b"%PDF-") else UNKNOWN
            media_type = f"image/{header(data).format}"
        gray = reduced_gray(data)
    except UnreadableImage as refusal:
        return Look(media_type, refusal=refusal)
    return Look(media_type, gray.full_width, gray.full_height)
