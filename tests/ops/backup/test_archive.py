"""The file of a backup: whole, or known not to be before anything is put in place."""

import json
import tarfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from touchmark.ops.backup.archive import MANIFEST, CannotWrite, UnusableBackup, Writer, unpacked

DIGEST = "ab" * 32
BLOB = f"blobs/ab/ab/{DIGEST}"


def put_together(members: Mapping[str, bytes]) -> bytes:
    """Give a tar with these members."""
    made = BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for name, held in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(held)
            tar.addfile(info, BytesIO(held))
    return made.getvalue()


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A backup of a database of some size and a file."""
    (database := tmp_path / "db").write_bytes(bytes(range(256)) * 400)
    (blob := tmp_path / "blob").write_bytes(b"a picture")
    with Writer(tmp_path / "backup.tar", {"format": 1}) as writer:
        writer.add("database", database)
        writer.add(BLOB, blob)
    return tmp_path / "backup.tar"


def refused(tmp_path: Path, held: bytes) -> str:
    (file := tmp_path / "given.tar").write_bytes(held)
    (into := tmp_path / "into").mkdir()
    with pytest.raises(UnusableBackup) as refusal:
        unpacked(file, into, lambda size: None)
    assert not (tmp_path / "escaped").exists()
    return str(refusal.value)


def test_what_was_put_in_comes_out(written: Path, tmp_path: Path) -> None:
    sizes: list[int] = []
    (into := tmp_path / "into").mkdir()
    assert unpacked(written, into, sizes.append) == {"format": 1}
    assert (into / "database").read_bytes() == (tmp_path / "db").read_bytes()
    assert (into / BLOB).read_bytes() == b"a picture"
    assert sizes == [102_400, 9]
    assert written.stat().st_mode & 0o077 == 0


def test_a_backup_that_is_broken_off_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), Writer(tmp_path / "backup.tar", {}) as writer:
        writer.add("database", tmp_path / "gone")
    assert list(tmp_path.iterdir()) == []


def test_never_over_a_file_and_not_where_nothing_can_be_written(written: Path, tmp_path: Path) -> None:
    before = written.read_bytes()
    with pytest.raises(CannotWrite, match="exists; name a new file"), Writer(written, {}):
        pass
    assert written.read_bytes() == before
    with pytest.raises(CannotWrite, match="check the folder"), Writer(tmp_path / "none" / "backup.tar", {}):
        pass


@pytest.mark.parametrize("lacking", [1, 20_000, 60_000, 102_400])
def test_cut_short(written: Path, tmp_path: Path, lacking: int) -> None:
    held = written.read_bytes().rstrip(b"\0")
    assert "fetch it again, or take another" in refused(tmp_path, held[:-lacking])


def test_nothing_at_all(tmp_path: Path) -> None:
    assert "fetch it again, or take another" in refused(tmp_path, b"")


def test_one_byte_otherwise(written: Path, tmp_path: Path) -> None:
    held = bytearray(written.read_bytes())
    held[2048] ^= 1  # within the database
    assert "database is not as it was written" in refused(tmp_path, bytes(held))


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"no tar at all" * 1000, "cannot be read to its end"),
        (put_together({"../escaped": b"x"}), "'../escaped', which is none of ours"),
        (put_together({"keys/../../escaped": b"x"}), "none of ours"),
        (put_together({"blobs/ab/cd/" + "e" * 63: b"x"}), "none of ours"),
        (put_together({"database": b"x"}), "its last part is missing"),
        (put_together({MANIFEST: b"[]"}), "its list of files is none"),
        (put_together({MANIFEST: b"not JSON"}), "cannot be read to its end"),
        (put_together({MANIFEST: b"{}"}), "database is not as it was written"),
        (put_together({MANIFEST: json.dumps({"files": {}}).encode()}), "database is not as it was written"),
    ],
)
def test_what_is_no_backup(tmp_path: Path, held: bytes, said: str) -> None:
    assert said in refused(tmp_path, held)


def test_links_and_folders_are_none_of_ours(tmp_path: Path) -> None:
    made = BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        info = tarfile.TarInfo("database")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    assert "none of ours" in refused(tmp_path, made.getvalue())
