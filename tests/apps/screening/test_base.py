"""The compiled register outlives what happens to its folder: a new version of the program, a disk, many changes."""

from pathlib import Path
from typing import Any

import pytest
from tests.factories import registry
from tests.factories.accounts import AT

from touchmark.apps.screening import register
from touchmark.engine.screening.snapshot import store


@pytest.fixture(autouse=True)
def folder(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"
    in_another_process(monkeypatch)
    registry.verified(text="ALDERMOOR")
    return Path(settings.SNAPSHOTS)


def in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "_held", None)


def texts() -> list[str]:
    return list(register.in_force(on=AT.date())[1].marks.text.to_pylist())


def bases(folder: Path) -> set[Path]:
    return {path.parent for path in folder.rglob(store.MANIFEST)}


def test_what_another_version_compiled_is_left_to_it_and_compiled_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts()
    monkeypatch.setattr(store, "FORMAT", store.FORMAT + 1)
    in_another_process(monkeypatch)
    assert texts() == before
    monkeypatch.undo()
    in_another_process(monkeypatch)
    assert texts() == before  # both run at the same time while an installation is brought up
    assert len(bases(folder)) == 2


def test_a_base_that_a_disk_cut_short_is_compiled_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = texts()
    (base,) = bases(folder)
    (base / store.RIGHTS).write_bytes((base / store.RIGHTS).read_bytes()[:100])
    in_another_process(monkeypatch)
    assert texts() == before
    assert bases(folder) == {base}


def test_of_bases_that_came_after_one_another_two_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "MANY", 0)
    for number in range(4):
        registry.verified(text=f"NORRVIK {number}")
        texts()
        register.merge()
    assert len(bases(folder)) == register.KEPT
    in_another_process(monkeypatch)
    assert "NORRVIK 3" in texts()
