import os
import pickle
from pathlib import Path

import pytest

from touchmark.engine.screening.image.header import MOST_BYTES
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.integrations.files.images import FolderImages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    root = tmp_path / "pictures"
    (root / "a").mkdir(parents=True)
    (root / "a" / "b.jpg").write_bytes(b"picture")
    (root / "alias.jpg").symlink_to("a/b.jpg")
    (root / "out.jpg").symlink_to("../secret.jpg")
    (root / "circle.jpg").symlink_to("circle.jpg")
    (root / "up").symlink_to("..", target_is_directory=True)
    os.mkfifo(root / "pipe.jpg")
    with (root / "huge.jpg").open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    return root


@pytest.mark.parametrize("name", ["a/b.jpg", "./a/b.jpg", "alias.jpg", "a\\b.jpg"])
def test_a_picture_inside_is_read(folder: Path, name: str) -> None:
    assert FolderImages(folder)(name) == b"picture"


REFUSED = [
    ("none.jpg", "missing"),
    ("", "missing"),
    ("a", "missing"),  # a folder
    ("pipe.jpg", "missing"),  # reading it would wait for ever
    ("circle.jpg", "missing"),
    ("a/b.jpg\0.png", "missing"),
    ("x" * 5000, "missing"),
    ("../secret.jpg", "outside"),
    ("a/../../secret.jpg", "outside"),
    ("a/../a/b.jpg", "outside"),  # stays inside, and still nothing a file should say
    ("/etc/passwd", "outside"),
    ("\\etc\\passwd", "outside"),
    ("C:\\secret.jpg", "outside"),
    ("https://example.org/a.jpg", "outside"),
    ("out.jpg", "outside"),
    ("up/secret.jpg", "outside"),
    ("huge.jpg", "too_large_file"),
]


@pytest.mark.parametrize(("name", "code"), REFUSED)
def test_nothing_else_is(folder: Path, name: str, code: str) -> None:
    with pytest.raises(UnreadableImage) as refusal:
        FolderImages(folder)(name)
    assert refusal.value.code == code


def test_a_device_is_no_picture() -> None:
    with pytest.raises(UnreadableImage):
        FolderImages(Path("/dev"))("zero")


def test_it_can_be_sent_to_another_process(folder: Path) -> None:
    assert pickle.loads(pickle.dumps(FolderImages(folder)))("a/b.jpg") == b"picture"  # noqa: S301
