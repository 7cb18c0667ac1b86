"""
What a picture's first bytes say: format and size, before anything is decoded or allocated.

The format is told by the bytes, never by the name. Sizes are read here, not by a decoder, because some decoders make
room for the whole picture as soon as they are opened.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from touchmark.engine.screening.image.unreadable import UnreadableImage

#: A picture of more pixels is refused unread. 50 million is more than any marketplace shows, and less than 250 MB.
MOST_PIXELS = 50_000_000
#: A file of more bytes is refused unread.
MOST_BYTES = 30_000_000
#: A progressive JPEG has about ten passes; a file of thousands keeps a decoder busy for hours.
MOST_SCANS = 100


@dataclass(frozen=True, slots=True)
class Header:
    """A picture's format (``jpeg``, ``png``, ``webp``, ``gif``, ``avif``) and its size in pixels, as stored."""

    format: str
    width: int
    height: int
    components: int = 0  # of a JPEG: 1 grey, 3 colour, 4 for print
    exif: bytes = b""  # of a JPEG: its EXIF block, which may say how to turn it
    progressive: bool = False  # of a JPEG: stored coarse first


def header(data: bytes) -> Header:
    """
    Read format and size, and refuse what must not be decoded.

    :raises UnreadableImage: empty, too_large_file, not_an_image, broken, too_many_pixels, too_many_scans
    """
    if not data:
        raise UnreadableImage("empty")
    if len(data) > MOST_BYTES:
        raise UnreadableImage("too_large_file", limit=MOST_BYTES // 1_000_000)
    try:
        found = _read(data)
    except (struct.error, IndexError, StopIteration) as error:
        raise UnreadableImage("broken") from error
    if found.width < 1 or found.height < 1:
        raise UnreadableImage("broken")
    refuse_too_many_pixels(found.width, found.height)
    return found


def refuse_too_many_pixels(width: int, height: int) -> None:
    """:raises UnreadableImage: too_many_pixels"""
    if width * height > MOST_PIXELS:
        size = round(width * height / 1_000_000)
        raise UnreadableImage("too_many_pixels", size=size, limit=MOST_PIXELS // 1_000_000)


def _read(data: bytes) -> Header:
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Header("png", *_png(data))
    if data.startswith((b"GIF87a", b"GIF89a")):
        return Header("gif", *_gif(data))
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Header("webp", *_webp(data))
    if data[4:8] == b"ftyp" and b"avi" in data[8:64]:
        return Header("avif", *_avif(data))
    raise UnreadableImage("not_an_image")


def _jpeg(data: bytes) -> Header:
    exif, found, once, in_one = b"", None, False, False
    for marker, body, _ in jpeg_segments(data):
        if marker == 0xE1 and body.startswith(b"Exif\0\0") and not exif:
            exif = body
        # The frame headers: C0 to CF without the tables C4, C8 and CC.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC) and found is None:
            height, width, components = struct.unpack_from(">HHB", body, 1)
            found = Header("jpeg", width, height, components, exif, marker == 0xC2)
            once = marker in (0xC0, 0xC1)
        in_one = marker == 0xDA and once and found is not None and body[:1] == bytes([found.components])
    # Within compressed data the two bytes FF DA do not occur, so this counts passes, and at most a few too many. A
    # baseline file whose only pass has all components is read no further.
    if not in_one and data.count(b"\xff\xda") > MOST_SCANS:
        raise UnreadableImage("too_many_scans")
    if found is None:
        raise UnreadableImage("broken")
    return found


def jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Give marker, body and end of each segment up to what announces the first compressed data, and that too."""
    place = 2
    while data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # filling
            place += 1
            continue
        if marker == 0xD9:
            return
        (length,) = struct.unpack_from(">H", data, place + 2)
        yield marker, data[place + 4 : place + 2 + length], place + 2 + length
        if marker == 0xDA:
            return
        place += 2 + length


def _png(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        raise UnreadableImage("broken")
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif(data: bytes) -> tuple[int, int]:
    """Give the size that the first frame needs: a frame may be larger than the screen it is announced for."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    place = 13 + _colours(flags)
    while data[place] == 0x21:  # an extension: a label, then blocks up to an empty one
        place += 2
        while data[place]:
            place += 1 + data[place]
        place += 1
    if data[place] != 0x2C:
        raise UnreadableImage("broken")
    left, top, across, down = struct.unpack_from("<HHHH", data, place + 1)
    return max(width, left + across), max(height, top + down)


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _webp(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8X":
        low, high = data[24:27], data[27:30]
        return int.from_bytes(low, "little") + 1, int.from_bytes(high, "little") + 1
    if kind == b"VP8L" and data[20] == 0x2F:
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise UnreadableImage("broken")


def _avif(data: bytes) -> tuple[int, int]:
    """Give the largest size that any part declares: a picture in tiles has one per tile and one for all."""
    sizes = list(_avif_sizes(data))
    if not sizes:
        raise UnreadableImage("broken")
    return max(sizes, key=lambda size: size[0] * size[1])


def _avif_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    place = data.find(b"ispe")
    while place >= 0 and place + 16 <= len(data):
        yield struct.unpack_from(">II", data, place + 8)
        place = data.find(b"ispe", place + 4)
