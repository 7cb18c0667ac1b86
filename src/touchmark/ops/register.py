"""The register a command was given: compiled from a file, or a snapshot compiled before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from touchmark.engine.screening.problems import Problem
from touchmark.engine.screening.snapshot import store
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.learn_prices import with_learnt_prices
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.integrations.files.images import FolderImages
from touchmark.integrations.files.reading import read_whole
from touchmark.integrations.files.tables import LISTINGS, RIGHTS
from touchmark.ops.refusals import joined
from touchmark.runners.local import LocalRunner, usable_cores


def compiled(rights: Path, images: Path | None) -> tuple[Snapshot, tuple[Problem, ...]]:
    """
    Compile the register in a file; its pictures are under ``images``, or beside it.

    :raises UnusableFile: if the file cannot be read
    """
    table, unread = read_whole(rights, RIGHTS)
    runner = LocalRunner(usable_cores(), patience=2.0)
    snapshot, unused = compile_register(table, FolderImages(images or rights.parent), spread=runner.map)
    return snapshot, joined((*unread, *unused))


def with_prices(snapshot: Snapshot, trusted: Path) -> tuple[Snapshot, tuple[Problem, ...]]:
    """
    Learn what brands usually cost from a file of listings that the operator trusts, by the newest rates of exchange.

    :raises UnusableFile: if the file cannot be read
    """
    table, unread = read_whole(trusted, LISTINGS)
    return with_learnt_prices(snapshot, table), unread


@contextmanager
def snapshot_folder(rights: Path, images: Path | None) -> Iterator[tuple[Path, tuple[Problem, ...]]]:
    """
    The folder of the snapshot, for as long as the context lasts: the one given, or one compiled for the time being.

    Workers read it from there, all of them the same pages of memory.
    """
    if rights.is_dir():
        yield rights, ()
        return
    snapshot, problems = compiled(rights, images)
    with TemporaryDirectory(prefix="touchmark-") as folder:
        path = Path(folder) / "snapshot"
        store.save(snapshot, path)
        del snapshot
        yield path, problems
