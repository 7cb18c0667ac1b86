"""A snapshot as a folder: whole or not at all, opened as it was written, refused where it is not."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tests.engine.screening.scene import listings
from tests.engine.screening.snapshot.small_register import ROWS, image_bytes, table
from tests.engine.screening.text.places import places_in

from touchmark.engine.screening.snapshot import store
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import Snapshot


@pytest.fixture
def snapshot() -> Snapshot:
    return compile_register(table(*ROWS), image_bytes)[0]


@pytest.fixture
def folder(tmp_path: Path, snapshot: Snapshot) -> Path:
    store.save(snapshot, tmp_path / "snapshot")
    return tmp_path / "snapshot"


def test_what_is_opened_is_what_was_saved(snapshot: Snapshot, folder: Path) -> None:
    opened = store.open(folder)
    assert opened.id == snapshot.id
    assert opened.rights.equals(snapshot.rights)
    assert opened.marks.text.equals(snapshot.marks.text)
    for part in ("marks", "images"):
        before, after = getattr(snapshot, part).arrays(), getattr(opened, part).arrays()
        assert before.keys() == after.keys()
        for name, array in before.items():
            np.testing.assert_array_equal(array, after[name])
            assert array.dtype == after[name].dtype
    batch = listings({"title": "Gucci and nike"})
    assert places_in(opened.marks, batch) == places_in(snapshot.marks, batch) != []


def test_arrays_are_mapped_not_read(folder: Path) -> None:
    letters = store.open(folder).marks.views["plain"].letters
    assert type(letters) is np.ndarray
    assert isinstance(letters.base, np.memmap)


def test_an_empty_register_can_be_kept(tmp_path: Path) -> None:
    store.save(compile_register(table(), None)[0], tmp_path / "deep" / "empty")
    opened = store.open(tmp_path / "deep" / "empty")
    assert len(opened) == 0
    assert places_in(opened.marks, listings({"title": "Gucci"})) == []


def test_two_registers_make_two_folders_of_the_same_bytes(tmp_path: Path, snapshot: Snapshot, folder: Path) -> None:
    again = compile_register(table(*reversed(ROWS)), image_bytes)[0]
    store.save(again, tmp_path / "again")
    names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    for name in names:
        assert (folder / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_the_manifest_says_what_is_there(snapshot: Snapshot, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    spellings = len(snapshot.marks)
    assert (manifest["id"], manifest["rights"], manifest["spellings"], manifest["pictures"]) == (
        snapshot.id,
        5,
        spellings,
        2,
    )


def test_saving_the_same_again_does_nothing(snapshot: Snapshot, folder: Path) -> None:
    before = (folder / "manifest.json").stat().st_mtime_ns
    store.save(snapshot, folder)
    assert (folder / "manifest.json").stat().st_mtime_ns == before


def test_several_may_save_the_same_at_once(snapshot: Snapshot, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: store.save(snapshot, tmp_path / "snapshot"), range(8)))
    assert store.open(tmp_path / "snapshot").id == snapshot.id
    assert [path.name for path in tmp_path.iterdir()] == ["snapshot"]


def test_an_empty_folder_is_filled(snapshot: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    store.save(snapshot, tmp_path / "there")
    assert store.open(tmp_path / "there").id == snapshot.id


@pytest.mark.parametrize("what", ["another snapshot", "a file", "a folder of something else"])
def test_nothing_else_is_overwritten(what: str, snapshot: Snapshot, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    if what == "another snapshot":
        snapshot, other = compile_register(table(ROWS[0]), None)[0], folder
    elif what == "a file":
        other.write_text("mine")
    else:
        other.mkdir()
        (other / "mine").write_text("mine")
    with pytest.raises(store.SnapshotInTheWay, match=str(other)):
        store.save(snapshot, other)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_save_that_fails_leaves_nothing(snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.save(snapshot, tmp_path / "snapshot")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("make", [lambda p: None, Path.mkdir, Path.touch], ids=["missing", "empty", "a file"])
def test_no_snapshot(make: object, tmp_path: Path) -> None:
    make(tmp_path / "there")  # type: ignore[operator]
    with pytest.raises(store.NoSnapshot, match="touchmark compile"):
        store.open(tmp_path / "there")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("manifest.json", lambda path: path.write_text("{")),
        ("manifest.json", lambda path: path.write_bytes(b"\xff\xfe")),
        ("rights.arrow", lambda path: path.unlink()),
        ("rights.arrow", lambda path: path.write_bytes(path.read_bytes()[:-10])),
        ("rights.arrow", lambda path: path.write_bytes(b"\0" * path.stat().st_size)),
        ("spellings.arrow", lambda path: path.write_bytes(b"")),
        ("words/views-hashes.npy", lambda path: path.unlink()),
        ("words/views-hashes.npy", lambda path: path.write_bytes(b"\0" * path.stat().st_size)),
        ("words/right.npy", lambda path: path.write_bytes(path.read_bytes() + b"x")),
        ("pictures/code.npy", lambda path: path.unlink()),
    ],
)
def test_a_damaged_snapshot_is_refused(name: str, damage: object, folder: Path) -> None:
    damage(folder / name)  # type: ignore[operator]
    with pytest.raises(store.DamagedSnapshot, match="compile the register again"):
        store.open(folder)


@pytest.mark.parametrize("change", [{"format": 999}, {"fold": "other"}])
def test_a_snapshot_of_another_version_is_refused(change: dict[str, object], folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | change))
    with pytest.raises(store.ForeignSnapshot, match="another version"):
        store.open(folder)
