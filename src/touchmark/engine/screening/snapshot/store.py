"""
A snapshot as a folder: arrays as ``.npy``, tables as ``.arrow``, all memory-mapped, and a manifest.

A folder is written beside its place and then renamed, so that it is there whole or not at all; it is never changed
afterwards. Processes that open it share the same pages of memory.
"""

import json
import mmap
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.ipc
from numpy.typing import NDArray

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening.image.references import ImageReferences
from touchmark.engine.screening.in_force import InForce
from touchmark.engine.screening.snapshot.compile import FORMAT
from touchmark.engine.screening.snapshot.prices import Prices
from touchmark.engine.screening.snapshot.snapshot import COLUMNS, Snapshot
from touchmark.engine.screening.snapshot.words import Words
from touchmark.engine.screening.text.fold import fold_version
from touchmark.engine.screening.text.marks import Marks

MANIFEST, RIGHTS, SPELLINGS, PRICES = "manifest.json", "rights.arrow", "spellings.arrow", "prices.arrow"
SAID = "said.arrow"  # of words; only where something was said
WORDS, PICTURES = "words", "pictures"


class NoSnapshot(TouchmarkError):
    """A folder holds no snapshot."""


class DamagedSnapshot(TouchmarkError):
    """A snapshot is not whole."""


class ForeignSnapshot(TouchmarkError):
    """A snapshot was compiled by another version of the program."""


class SnapshotInTheWay(TouchmarkError):
    """There is something else where a snapshot should be written."""


def save(snapshot: Snapshot, folder: Path) -> None:
    """
    Write a snapshot as a new folder, whole or not at all. Where the same snapshot lies already, nothing is done.

    :raises SnapshotInTheWay: if something else is there
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        _require_same(snapshot, folder)
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _write(snapshot, made)
        made.chmod(0o755)
        made.rename(folder)
    except OSError:
        # Another process was first: its folder counts if it holds the same.
        if not folder.exists():
            raise
        _require_same(snapshot, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def open(folder: Path) -> Snapshot:
    """
    Open a snapshot without reading it into memory. It is in force whatever the day; ``as_of`` gives it for a day.

    :raises NoSnapshot: if there is none
    :raises ForeignSnapshot: if another version of the program compiled it
    :raises DamagedSnapshot: if a part is missing or not of the size that was written
    """
    manifest = _manifest(folder)
    try:
        _require_sizes(folder, manifest["files"])
        pages = _mapped(folder / RIGHTS)
        rights = _table(pages)
        if not rights.schema.equals(COLUMNS):
            raise ValueError("the columns of the rights are others")
        spellings = _one(_table(_mapped(folder / SPELLINGS))["spelling"])
        marks = Marks.of(_arrays(folder / WORDS), spellings)
        images = ImageReferences.of(_arrays(folder / PICTURES))
        prices = Prices(_table(_mapped(folder / PRICES)))
        words = Words(_table(_mapped(folder / SAID))) if SAID in manifest["files"] else Words.none()
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise DamagedSnapshot(f"{folder}: the snapshot is damaged ({error}); compile the register again") from error
    in_force, let_go = InForce.of(rights, None), partial(_let_go, pages)
    let_go()
    return Snapshot(manifest["id"], rights, marks, images, in_force, prices=prices, words=words, let_go=let_go)


def version() -> str:
    """Give the name of what this version of the program writes; it opens nothing else."""
    return f"{FORMAT}-{fold_version()}"


def _require_same(snapshot: Snapshot, folder: Path) -> None:
    try:
        same = _manifest(folder)["id"] == snapshot.id
    except (NoSnapshot, DamagedSnapshot, ForeignSnapshot):
        same = False
    if not same:
        raise SnapshotInTheWay(f"{folder} is there already; give a folder that does not exist, or remove it")


def _write(snapshot: Snapshot, folder: Path) -> None:
    _write_table(snapshot.rights, folder / RIGHTS)
    _write_table(pa.table({"spelling": snapshot.marks.text}), folder / SPELLINGS)
    _write_table(snapshot.prices.table, folder / PRICES)
    if snapshot.words.table.num_rows:
        _write_table(snapshot.words.table, folder / SAID)
    for part, arrays in ((WORDS, snapshot.marks.arrays()), (PICTURES, snapshot.images.arrays())):
        (folder / part).mkdir()
        for name, array in arrays.items():
            np.save(folder / part / f"{name}.npy", array, allow_pickle=False)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        "touchmark": "snapshot",
        "format": FORMAT,
        "fold": fold_version(),
        "id": snapshot.id,
        "rights": len(snapshot),
        "spellings": len(snapshot.marks),
        "pictures": len(snapshot.images),
        "files": {path.relative_to(folder).as_posix(): path.stat().st_size for path in paths},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    _settle(folder)


def _settle(folder: Path) -> None:
    """Have everything on the disk before the folder gets its name."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_table(table: pa.Table, path: Path) -> None:
    with pa.OSFile(str(path), "wb") as sink, pyarrow.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _table(pages: mmap.mmap) -> pa.Table:
    return pyarrow.ipc.open_file(pa.py_buffer(pages)).read_all()


def _one(column: Any) -> Any:
    """Give a column as one array, where it lies if it is one already: putting chunks together copies even one."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _let_go(pages: mmap.mmap) -> None:
    """Keep pages of a file in memory no longer, nor what Arrow made of them: whoever needs one reads it again."""
    if hasattr(mmap, "MADV_DONTNEED"):
        pages.madvise(mmap.MADV_DONTNEED)
    pa.default_memory_pool().release_unused()


def _arrays(folder: Path) -> dict[str, NDArray[Any]]:
    """Map every array; an empty one cannot be mapped and is read."""
    found = {}
    for path in sorted(folder.glob("*.npy")):
        array = np.load(path, mmap_mode="r", allow_pickle=False) if path.stat().st_size > 128 else None
        whole = np.load(path, allow_pickle=False) if array is None or array.size == 0 else array
        found[path.stem] = whole.view(np.ndarray)  # what is mapped stays so, and is cut as fast as any other
    return found


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoSnapshot(f"{folder}: no snapshot there; make one with touchmark compile") from error
    except (OSError, ValueError) as error:
        raise DamagedSnapshot(f"{folder}: its manifest cannot be read ({error}); compile the register again") from error
    if not isinstance(manifest, dict) or manifest.get("touchmark") != "snapshot":
        raise NoSnapshot(f"{folder}: no snapshot there; make one with touchmark compile")
    if (manifest.get("format"), manifest.get("fold")) != (FORMAT, fold_version()):
        raise ForeignSnapshot(f"{folder}: compiled by another version of the program; compile the register again")
    if not isinstance(manifest.get("id"), str) or not isinstance(manifest.get("files"), dict):
        raise DamagedSnapshot(f"{folder}: its manifest is not whole; compile the register again")
    return manifest


def _require_sizes(folder: Path, files: Mapping[str, int]) -> None:
    """A file that is missing or cut short is told by its size; contents are told by whoever wrote the disk."""
    for name, size in files.items():
        found = (folder / name).stat().st_size
        if found != size:
            raise ValueError(f"{name} has {found} bytes instead of {size}")
