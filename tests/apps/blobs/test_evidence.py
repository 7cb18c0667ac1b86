"""Files that prove something: shown as pictures, or refused with what to do; never run, never served as they came."""

import subprocess
import sys
from typing import Any

import pytest
from tests.factories import documents, pictures
from tests.factories.accounts import AT

from touchmark.apps.blobs import documents as documents_
from touchmark.apps.blobs import draw_pages, queries
from touchmark.apps.blobs.display import NotShown, display
from touchmark.apps.blobs.evidence import REFUSALS, UnusableFile, take_in
from touchmark.apps.blobs.models import Blob

pytestmark = pytest.mark.django_db
PNG = pictures.drawn()
PDF = documents.invoice()


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.BLOBS = tmp_path / "blobs"


def test_a_photo_shows_itself_and_a_pdf_the_pictures_of_its_pages() -> None:
    photo = take_in(PNG, at=AT)
    assert photo.pages == (photo.file,)
    document = take_in(documents.invoice(pages=3), at=AT)
    assert (document.file.media_type, document.file.problem) == ("application/pdf", "not_an_image")
    assert [(page.media_type, max(page.width or 0, page.height or 0)) for page in document.pages] == [
        ("image/jpeg", draw_pages.LONGER_SIDE)
    ] * 3
    assert len({page.sha256 for page in document.pages}) == 3
    assert display(document.pages[0], 480)[1] == "image/webp"
    with pytest.raises(NotShown):
        display(document.file, 480)
    assert queries.bytes_of(document.file.sha256).startswith(b"%PDF")


def test_sent_twice_it_is_the_same_file_with_the_same_pages() -> None:
    assert take_in(PDF, at=AT).pages == take_in(PDF, at=AT).pages
    assert Blob.objects.count() == 2


def test_scripts_and_attached_files_are_left_out_of_what_is_shown() -> None:
    (page,) = take_in(documents.with_script(), at=AT).pages
    assert page.media_type == "image/jpeg"
    assert b"app.alert" not in queries.bytes_of(page.sha256)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (pictures.HTML, "web_page"),
        (b"  <HTML><body>", "web_page"),
        (pictures.SVG, "drawing"),
        (pictures.SVG_WITH_SCRIPT, "drawing"),
        (pictures.TOO_LARGE, "too_many_pixels"),
        (PNG[:300], "broken"),
        (documents.MACROS, "office"),
        (documents.archive(name="word/vbaProject.bin"), "office"),
        (documents.archive(), "archive"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 60, "heic"),
        (b"MZ\x90\0" + b"\0" * 600, "not_known"),
        (b"just words", "not_known"),
        # two kinds at once
        (documents.archive(before=PNG), "two_kinds"),
        (documents.archive(before=PDF), "two_kinds"),
        (PNG[:33] + pictures.HTML + PNG[33:], "two_kinds"),
        (b"GIF89a" + PDF, "two_kinds"),
        (b"junk\n" + PDF, "two_kinds"),
        (PDF + b"x" * 5_000, "two_kinds"),
        # documents that cannot be shown
        (documents.encrypted(), "encrypted"),
        (documents.dynamic_form(), "dynamic_form"),
        (documents.invoice(pages=draw_pages.MOST_PAGES + 1), "too_many_pages"),
        (documents.page(size=b"0 0 90000 90000"), "page_too_large"),
        (b"%PDF-1.7", "broken"),
        (b"%PDF-1.7\nnothing\n%%EOF", "broken"),
    ],
)
def test_anything_else_is_refused_with_what_to_do_and_not_kept(data: bytes, code: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        take_in(data, at=AT)
    assert refused.value.code == code
    assert refused.value.sentence == REFUSALS[code]
    assert not Blob.objects.exists()


def test_a_file_of_more_than_may_be_sent_is_refused_unread() -> None:
    with pytest.raises(UnusableFile) as refused:
        take_in(b"%PDF-1.7" + b"\0" * 30_000_000, at=AT)
    assert refused.value.code == "too_large_file"


def test_a_bomb_takes_no_more_than_it_may() -> None:
    """Four gigabytes in three megabytes are drawn in strips, by a program that has no more than it was given."""
    (page,) = take_in(documents.bomb(), at=AT).pages
    assert page.media_type == "image/jpeg"
    # What the drawing took is asked of a process that has started nothing else.
    asked = (
        "import resource, sys; from touchmark.apps.blobs.documents import pages_of; pages_of(sys.stdin.buffer.read())"
    )
    asked += "; print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)"
    told = subprocess.run([sys.executable, "-c", asked], input=documents.bomb(), capture_output=True, check=True)
    assert int(told.stdout) < draw_pages.MEMORY / 2


def test_a_document_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents_, "PATIENCE", 0.001)
    with pytest.raises(UnusableFile) as refused:
        take_in(PDF, at=AT)
    assert refused.value.code == "broken"
