"""What is refused by its first bytes, and that refusing costs no memory."""

import struct
import tracemalloc
import zlib

import pytest
from tests.engine.screening.image.drawing import encoded, photo

from touchmark.engine.screening.image.decode import reduced_gray
from touchmark.engine.screening.image.header import MOST_BYTES, header
from touchmark.engine.screening.image.unreadable import SENTENCES, UnreadableImage


def png_of_size(width: int, height: int) -> bytes:
    """Write a whole PNG that claims a size and holds next to nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    about = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", about) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def jpeg_of_size(width: int, height: int) -> bytes:
    """Change the size that a real JPEG claims."""
    data = bytearray(encoded(photo(1)))
    place = data.index(b"\xff\xc0")
    struct.pack_into(">HH", data, place + 5, height, width)
    return bytes(data)


def gif_of_size(width: int, height: int) -> bytes:
    """Claim a small screen and a large first frame."""
    return b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0, 0, 0) + b"," + struct.pack("<HHHHB", 0, 0, width, height, 0)


def webp_of_size(width: int, height: int) -> bytes:
    """Claim a large canvas."""
    canvas = b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body + bytes(20)


def avif_of_size(width: int, height: int) -> bytes:
    """Change the size that a real AVIF declares."""
    data = bytearray(encoded(photo(1, (64, 64)), "AVIF"))
    struct.pack_into(">II", data, data.index(b"ispe") + 8, width, height)
    return bytes(data)


@pytest.mark.parametrize("make", [png_of_size, jpeg_of_size, gif_of_size, webp_of_size, avif_of_size])
def test_152_megapixels_are_refused_without_making_room_for_them(make) -> None:
    data = make(16_000, 9_500)
    tracemalloc.start()
    with pytest.raises(UnreadableImage) as refused:
        reduced_gray(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.code == "too_many_pixels"
    assert "152 million pixels" in str(refused.value)
    assert peak < 1_000_000


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_tells_format_and_size_by_the_bytes(format: str) -> None:
    found = header(encoded(photo(3, (321, 123)), format))
    assert (found.format, found.width, found.height) == (format.lower(), 321, 123)


@pytest.mark.parametrize("options", [{"lossless": True}, {"lossless": False}, {"exif": b"Exif\0\0"}])
def test_every_kind_of_webp(options: dict[str, object]) -> None:
    found = header(encoded(photo(3, (321, 123)), "WEBP", **options))
    assert (found.width, found.height) == (321, 123)


def test_size_after_a_gif_extension() -> None:
    found = header(encoded(photo(3, (50, 40)), "GIF", comment=b"made for a test", loop=0))
    assert (found.width, found.height) == (50, 40)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "too_large_file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_an_image"),  # a listing shows no drawings
        (b"<html><img src=x></html>", "not_an_image"),
        (b"BM" + bytes(60), "not_an_image"),  # not a format that we read
        (b"\xff\xd8\xff\xd9", "broken"),  # begins and ends
        (b"\xff\xd8\xff\xe0\x00\x10", "broken"),  # ends within a segment
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (png_of_size(0, 10), "broken"),
        (jpeg_of_size(0, 10), "broken"),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(20), "broken"),
        (b"GIF89a\1\0\1\0\0\0\0", "broken"),
        (b"\0\0\0\x1cftypavif" + bytes(40), "broken"),
        (b"\xff\xd8\xff\xda" + b"\xff\xda" * 200, "too_many_scans"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableImage) as refused:
        header(data)
    assert refused.value.code == code
    assert refused.value.remedy == SENTENCES[code][1]


def test_a_progressive_jpeg_is_no_attack() -> None:
    assert header(encoded(photo(1), progressive=True)).format == "jpeg"


def test_passes_are_counted_of_every_file_that_may_have_many() -> None:
    baseline = b"\xff\xd8\xff%s\0\x11\x08\0\x10\0\x10\x03\1\x11\0\2\x11\0\3\x11\0"
    scan = b"\xff\xda\0\x0c%s\1\0\2\0\3\0\0\x3f\0"
    many = b"\xff\xda" * 200
    for frame, components in ((b"\xc2", b"\3"), (b"\xca", b"\3"), (b"\xc9", b"\3"), (b"\xc0", b"\1")):
        with pytest.raises(UnreadableImage) as refused:
            header(baseline % frame + scan % components + many)
        assert refused.value.code == "too_many_scans"
    # One pass with all of it: what comes after is not read.
    assert header(baseline % b"\xc0" + scan % b"\3" + many).width == 16
