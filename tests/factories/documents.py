"""Documents for tests: an honest PDF, and those that somebody sends to see what happens."""

import zlib
from io import BytesIO
from zipfile import ZipFile

from PIL import Image

from tests.factories import pictures

#: An office document with a macro: told by its bytes, whatever it is called.
MACROS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def invoice(pages: int = 1, seed: int = 4) -> bytes:
    """Give a PDF of so many scanned pages."""
    first, *others = (Image.open(BytesIO(pictures.drawn(seed=seed + number))) for number in range(pages))
    written = BytesIO()
    first.save(written, "PDF", save_all=True, append_images=others)
    return written.getvalue()


def written(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Write a PDF of objects, the first of which is its catalogue."""
    found, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = b"/Size %d" % (len(objects) + 1)
    return found + table + b"trailer\n<</Root 1 0 R %s %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(found))


def page(
    catalogue: bytes = b"", *, size: bytes = b"0 0 300 200", content: bytes = b"", more: tuple[bytes, ...] = ()
) -> bytes:
    """Give a PDF of one page; objects of ``more`` begin at number 5."""
    return written(
        b"<</Type/Catalog/Pages 2 0 R %s>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>" % size,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        *more,
    )


def encrypted() -> bytes:
    """Give one that opens with a password alone."""
    locked = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"ab" * 32, b"cd" * 32)
    whole = b"/Encrypt 4 0 R/ID[<%s><%s>]" % (b"01" * 16, b"01" * 16)
    kids = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    return written(*kids, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", locked, trailer=whole)


def with_script() -> bytes:
    """Give one that runs a script when it is opened, and carries a file."""
    script = b"/OpenAction<</S/JavaScript/JS(app.alert\\(document.domain\\))>>"
    carried = b"/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>]>>>>"
    return page(script + carried, more=(b"<</Type/EmbeddedFile/Length 4>>stream\nMZ!!\nendstream",))


def dynamic_form() -> bytes:
    """Give one of which only some programs can show anything."""
    form = b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'></xdp:xdp>"
    return page(
        b"/NeedsRendering true/AcroForm<</XFA 5 0 R/Fields[]>>",
        more=(b"<</Length %d>>stream\n%s\nendstream" % (len(form), form),),
    )


def bomb(side: int = 60_000) -> bytes:
    """Give one whose only picture unpacks to gigabytes."""
    squeezed = _squeezed_zeros(side * 100, side // 100)
    head = (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    )
    picture = head % (side, side) + b"/Length %d>>stream\n%s\nendstream" % (len(squeezed), squeezed)
    return page(content=b"q 300 0 0 200 0 0 cm /X Do Q", more=(picture,))


def _squeezed_zeros(each: int, times: int) -> bytes:
    """Squeeze so many zeros so many times: once in truth, for a block that refers to none before it can be repeated."""
    packer = zlib.compressobj(9)
    made = packer.compress(b"\0" * each) + packer.flush(zlib.Z_FULL_FLUSH)
    head, block, last = made[:2], made[2:], b"\x03\x00"
    return head + block * times + last + (each * times % 65521 << 16 | 1).to_bytes(4)  # with the sum of what is in it


def archive(before: bytes = b"", name: str = "a.txt") -> bytes:
    """Give a ZIP, behind something else."""
    made = BytesIO()
    with ZipFile(made, "w") as files:
        files.writestr(name, "hello")
    return before + made.getvalue()
