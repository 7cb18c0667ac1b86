"""
Files that people send to prove something: photos, scans and PDFs, taken in whatever they really are.

What a file is, its bytes say, never its name. A PDF is kept as it came and shown as the pictures of its pages; nothing
in it runs here, and what it carries besides pages (scripts, attached files) is shown to nobody. Everything else is
refused with what to do instead, and is not kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_noop

from touchmark.apps.blobs import documents
from touchmark.apps.blobs.actions import keep_many
from touchmark.apps.blobs.documents import NotDrawn
from touchmark.apps.blobs.look import look
from touchmark.apps.blobs.models import Blob
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening.image.header import MOST_BYTES
from touchmark.engine.screening.image.svg import looks_like_svg

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_OFFICE = (b"word/", b"xl/", b"ppt/", b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")
_MARKUP = (b"<!doctype", b"<html", b"<script", b"<?php")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"RIFF")
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")

#: By the code of each refusal: what is wrong, and what to do about it. Translated where it is shown.
REFUSALS = {
    "empty": gettext_noop("The file is empty. Send it again."),
    "too_large_file": gettext_noop("The file is too large. Send one of at most 30 MB."),
    "too_many_pixels": gettext_noop("The picture has too many pixels. Send one of at most 50 million."),
    "broken": gettext_noop("The file is damaged or cut short. Save it anew and send it again."),
    "drawing": gettext_noop("The file is a drawing (SVG). Send a photo or a scan: a JPEG, a PNG or a PDF."),
    "web_page": gettext_noop("The file is a web page. Print it to PDF and send that."),
    "office": gettext_noop("The file is of an office program and can carry macros. Save it as a PDF and send that."),
    "archive": gettext_noop("The file is an archive. Send what is in it, one by one."),
    "heic": gettext_noop("The photo is in Apple's HEIC format. Send it as a JPEG."),
    "two_kinds": gettext_noop(
        "The file is a document or picture and something else at once. Open it, print it to PDF, and send that."
    ),
    "encrypted": gettext_noop("The PDF is protected by a password. Send a copy without one."),
    "dynamic_form": gettext_noop("The PDF is a form that only some programs can show. Print it to PDF and send that."),
    "too_many_pages": gettext_noop("The PDF has more than 20 pages. Send those that matter."),
    "one_page": gettext_noop("The PDF has several pages. Send the one that matters."),
    "no_pages": gettext_noop("The PDF has no pages. Send the document itself."),
    "page_too_large": gettext_noop("A page of the PDF is larger than anything that is printed. Print it to PDF as A4."),
    "not_known": gettext_noop("The file is neither a photo nor a PDF. Send a JPEG, PNG, WebP or AVIF, or a PDF."),
}
#: What reading a picture says, in the words for evidence; what is not named here is damaged.
_OF_PICTURES = {"empty": "empty", "too_large_file": "too_large_file", "too_many_pixels": "too_many_pixels"}


class UnusableFile(TouchmarkError):
    """A file is not taken in; ``code`` is one of ``REFUSALS``."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.sentence = REFUSALS[code]
        super().__init__(self.sentence)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it was kept, and what is shown of it: a photo shows itself, a PDF its pages."""

    file: Blob
    pages: Sequence[Blob]


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was taken in, as a form names it: what it shows, and what it was called."""

    taken: Taken
    kind: str
    name: str


def take_in(data: bytes, *, at: datetime) -> Taken:
    """
    Keep a photo, a scan or a PDF.

    :raises UnusableFile: if it is anything else, or cannot be shown
    """
    if code := _refused(data):
        raise UnusableFile(code)
    if documents.is_pdf(data):
        return _document(data, at)
    seen = look(data)
    if seen.problem:
        raise UnusableFile(_OF_PICTURES.get(seen.problem, "broken"))
    (blob,) = keep_many([data], at=at)
    return Taken(blob, (blob,))


def take_in_page(data: bytes, *, at: datetime) -> Blob:
    """
    Keep a photo, a scan or a PDF of one page, and give its picture.

    :raises UnusableFile: if it is anything else, or of more pages
    """
    pages = take_in(data, at=at).pages
    if len(pages) > 1:
        raise UnusableFile("one_page")
    return pages[0]


def _document(data: bytes, at: datetime) -> Taken:
    try:
        drawn = documents.pages_of(data)
    except NotDrawn as refusal:
        raise UnusableFile(refusal.code) from refusal
    file, *pages = keep_many([data, *drawn], at=at)
    return Taken(file, pages)


def _refused(data: bytes) -> str:
    """Give why a file is refused by its first and last bytes; blank where it is a picture or a PDF by those."""
    if not data or len(data) > MOST_BYTES:
        return "too_large_file" if data else "empty"
    if data.startswith(_OLE) or data.startswith(_ZIP):
        return "office" if data.startswith(_OLE) or any(name in data for name in _OFFICE) else "archive"
    picture, document = _is_picture(data), documents.is_pdf(data)
    marked_up = any(word in data[:4096].lower() for word in _MARKUP)
    if picture or document:
        return "two_kinds" if marked_up or (picture and document) or documents.carries_archive(data) else ""
    if looks_like_svg(data):
        return "drawing"
    if marked_up:
        return "web_page"
    return "heic" if data[4:8] == b"ftyp" and data[8:12] in _HEIC else "not_known"


def _is_picture(data: bytes) -> bool:
    return data.startswith(_PICTURES) or (data[4:8] == b"ftyp" and b"avi" in data[8:64])
