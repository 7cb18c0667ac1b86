import os
import threading
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.factories import pictures
from tests.factories.accounts import AT

from touchmark.apps.blobs import actions, queries, store
from touchmark.apps.blobs.models import Blob
from touchmark.engine.screening.image.unreadable import UnreadableImage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.BLOBS = tmp_path / "blobs"
    return settings.BLOBS


def files_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.rglob("*") if file.is_file())


def test_a_picture_is_kept_under_its_digest_byte_for_byte(folder: Path) -> None:
    data = pictures.drawn(format="JPEG")
    blob = actions.keep(data, at=AT)
    digest = sha256(data).hexdigest()
    assert (blob.sha256, blob.size, blob.media_type) == (digest, len(data), "image/jpeg")
    assert (blob.width, blob.height, blob.problem) == (320, 240, "")
    assert (folder / digest[:2] / digest[2:4] / digest).read_bytes() == queries.bytes_of(digest) == data


def test_the_size_is_what_a_shopper_sees_after_rotation() -> None:
    turned = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    blob = actions.keep(pictures.drawn(format="JPEG", exif=turned), at=AT)
    assert (blob.width, blob.height) == (240, 320)


def test_the_same_bytes_are_one_file_whoever_sends_them_and_when(folder: Path) -> None:
    first = actions.keep(pictures.drawn(), at=AT)
    second = actions.keep(pictures.drawn(), at=AT.replace(year=2027))
    assert first == second
    assert Blob.objects.get().stored_at == AT
    assert files_in(folder) == [first.sha256]


@pytest.mark.parametrize(
    ("data", "problem", "media_type"),
    [
        (b"", "empty", "application/octet-stream"),
        (pictures.HTML, "not_an_image", "application/octet-stream"),
        # the name of the format is in the bytes, not in what somebody calls the file
        (b"GIF89a", "broken", "application/octet-stream"),
        # 152 megapixels: known from the header, never decoded
        (pictures.TOO_LARGE, "too_many_pixels", "application/octet-stream"),
        # a sound header, and nothing behind it
        (pictures.png_of_size(40, 40), "broken", "image/png"),
        (pictures.drawn(format="JPEG")[:900], "broken", "image/jpeg"),
        (pictures.SVG_WITH_SCRIPT, "unsafe_svg", "image/svg+xml"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect', "broken", "image/svg+xml"),
    ],
)
def test_what_cannot_be_read_is_kept_and_says_why(data: bytes, problem: str, media_type: str) -> None:
    blob = actions.keep(data, at=AT)
    assert (blob.problem, blob.media_type, blob.width, blob.height) == (problem, media_type, None, None)
    assert queries.bytes_of(blob.sha256) == data


def test_a_plain_svg_is_a_picture() -> None:
    blob = actions.keep(pictures.SVG, at=AT)
    assert (blob.problem, blob.media_type, blob.width, blob.height) == ("", "image/svg+xml", 384, 192)


def test_many_are_kept_in_order_with_a_few_questions_to_the_database(django_assert_max_num_queries: Any) -> None:
    datas = [pictures.drawn(seed) for seed in range(30)]
    with django_assert_max_num_queries(8):
        blobs = actions.keep_many(iter([*datas, datas[3]]), at=AT)
    assert [blob.sha256 for blob in blobs] == [sha256(data).hexdigest() for data in [*datas, datas[3]]]
    assert Blob.objects.count() == 30


def test_a_lost_file_comes_back_when_it_is_sent_again(folder: Path) -> None:
    blob = actions.keep(pictures.drawn(), at=AT)
    store.here().path(blob.sha256).unlink()
    with pytest.raises(UnreadableImage, match="no picture of that name"):
        queries.bytes_of(blob.sha256)
    assert actions.keep(pictures.drawn(), at=AT).sha256 == blob.sha256
    assert queries.bytes_of(blob.sha256) == pictures.drawn()


@pytest.mark.parametrize(
    "name",
    ["", "x", "../../etc/passwd", "0" * 63, "0" * 65, "A" * 64, "missing/photo.jpg", "0" * 64 + "\n", "٠" * 64],
)
def test_what_is_no_digest_names_no_file(name: str) -> None:
    with pytest.raises(UnreadableImage):
        queries.bytes_of(name)


def test_a_writer_that_dies_leaves_no_half_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(handle: int) -> None:
        raise OSError("no more power")

    monkeypatch.setattr(os, "fsync", power_cut)
    with pytest.raises(OSError, match="no more power"):
        actions.keep(pictures.drawn(), at=AT)
    assert files_in(folder) == []
    assert not Blob.objects.exists()
    monkeypatch.undo()
    assert actions.keep(pictures.drawn(), at=AT).problem == ""


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_keep_one(folder: Path) -> None:
    data, faults = pictures.drawn(7), []

    def keep() -> None:
        try:
            actions.keep(data, at=AT)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=keep) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert files_in(folder) == [Blob.objects.get().sha256]
