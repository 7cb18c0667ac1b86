"""
Draw the pages of a PDF: a program of its own, started by ``documents`` for one file, which it reads from its input.

What draws is written in C++ and reads what strangers send; so it runs here, alone, with little memory and time, and
writes no file. Nothing of a document runs: no script, no form, no link. It imports nothing of Touchmark, so that it
starts at once.

Written to standard output: one line of JSON, ``{"problem": code}`` or ``{"pages": [bytes of each, …]}``, then the pages
as JPEG, one after the other.
"""

import ctypes
import json
import sys
from contextlib import suppress
from io import BytesIO

#: What it may use: bytes of memory, seconds of a core.
MEMORY, SECONDS = 1_500_000_000, 30
MOST_PAGES = 20
#: The longer side of a page that is drawn, in pixels: 170 dots to the inch of an A4 page, at which small print is read.
LONGER_SIDE = 2_000
#: Points in an inch times the inches of what anybody prints on: a page of kilometres is not drawn.
LARGEST_SIDE = 72 * 200
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_XFA = (2, 3)  # FORMTYPE_XFA_FULL, FORMTYPE_XFA_FOREGROUND


class Refused(Exception):
    """The document is not drawn; the code says why."""


def limit() -> None:
    """Take no more than is given. Where the system knows no such limit, the caller's time limit is left."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pages(data: bytes) -> list[bytes]:
    """
    Draw every page, on white.

    :raises Refused: encrypted, dynamic_form, too_many_pages, no_pages, page_too_large, broken
    """
    import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it has no types

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as refusal:
        code = getattr(refusal, "err_code", None)
        raise Refused("encrypted" if code == _PASSWORD else "broken") from refusal
    if document.get_formtype() in _XFA:
        raise Refused("dynamic_form")
    if len(document) > MOST_PAGES:
        raise Refused("too_many_pages")
    if not len(document):
        raise Refused("no_pages")
    try:
        return [_drawn(document[number]) for number in range(len(document))]
    except (pdfium.PdfiumError, MemoryError, ctypes.ArgumentError) as refusal:
        raise Refused("broken") from refusal


def _drawn(page) -> bytes:  # type: ignore[no-untyped-def]  # the library has no types
    longer = max(page.get_size())
    if not 1 <= longer <= LARGEST_SIDE:
        raise Refused("page_too_large")
    picture = page.render(scale=LONGER_SIDE / longer, may_draw_forms=False).to_pil().convert("RGB")
    written = BytesIO()
    picture.save(written, "JPEG", quality=88)
    return written.getvalue()


def main() -> None:
    """Read, draw, write."""
    data = sys.stdin.buffer.read()
    limit()
    out = sys.stdout.buffer
    try:
        drawn = pages(data)
    except Refused as refusal:
        out.write(json.dumps({"problem": str(refusal)}).encode() + b"\n")
        return
    out.write(json.dumps({"pages": [len(page) for page in drawn]}).encode() + b"\n")
    for page in drawn:
        out.write(page)


if __name__ == "__main__":
    main()
