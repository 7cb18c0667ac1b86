"""
A cluster: parts of the work spread by Spark, each committed by itself, so that no lost machine loses or doubles any.

Spark hands out the numbers of parts (``mapInArrow``), starts again what a lost worker had in hand, and ships files to
every machine once; the listings and the results go through a folder that all machines see. Needs the extra ``spark``
and Java 17; the machines need the same Python environment.
"""

import tarfile
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from touchmark.engine.errors import TouchmarkError
from touchmark.runners.base import Item, Result
from touchmark.runners.parts import Job

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Items in a part: a part should be some seconds of work, so that handing it out costs nothing beside it.
ITEMS = 8
#: How often one part may be lost with its worker before the work is given up.
LOSSES = 8
#: Seconds between two looks for finished parts.
LOOK = 0.05


class NoSpark(TouchmarkError):
    """Spark is not installed, or no session could be had."""


class ClusterFailed(TouchmarkError):
    """The cluster gave the work up. What is done stays done: the same run goes on from there."""


@dataclass(frozen=True, slots=True)
class SparkRunner:
    """
    Spreads work over the cluster behind ``master``.

    :ivar master: ``spark://host:7077``, or ``local[2]`` to try it out on one machine
    :ivar folder: where jobs are laid out; every machine sees it under this path
    :ivar shipped: folders that each machine gets a copy of; a function with a method ``moved`` is told where
    """

    master: str
    folder: Path
    shipped: tuple[Path, ...] = ()
    items: int = ITEMS
    settings: Mapping[str, str] = field(default_factory=dict)

    def map(self, fn: Callable[[Item], Result], items: Iterable[Item]) -> Generator[Result, None, None]:
        """
        As ``Runner.map`` promises, but that all items are taken before the first result is given.

        :raises NoSpark: if there is no Spark, or no cluster behind the address
        :raises ClusterFailed: if a part was lost too often
        """
        job = Job.begun(self.folder, fn)
        names = list(job.laid_out(items, self.items))
        open_ones = [name for name in names if not job.is_done(name)]
        if open_ones:
            with TemporaryDirectory(prefix="touchmark-") as archives, self._session(Path(archives)) as session:
                yield from _as_they_come(job, names, _Errand(session, job, open_ones, self._places()))
        else:
            yield from _as_they_come(job, names, None)
        job.remove()
        with suppress(OSError):  # other work may be laid out beside it
            self.folder.rmdir()

    def _places(self) -> dict[str, str]:
        """Name each shipped folder, by its path here."""
        return {str(path): f"shipped-{number}" for number, path in enumerate(self.shipped)}

    @contextmanager
    def _session(self, archives: Path) -> Iterator["SparkSession"]:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise NoSpark("Spark is not installed; install touchmark[spark], and Java 17") from None
        building = SparkSession.builder.master(self.master).appName("touchmark")
        for name, value in (self._settings(archives) | dict(self.settings)).items():
            building = building.config(name, value)
        try:
            session = building.getOrCreate()
        except Exception as fault:  # what Java throws has no class that one could name here
            raise NoSpark(
                f"{self.master}: no Spark session to be had ({_first_line(fault)}); check it, and Java"
            ) from fault
        try:
            yield session
        finally:
            session.stop()

    def _settings(self, archives: Path) -> dict[str, str]:
        shipped = [f"{_archive(Path(path), archives / name)}#{name}" for path, name in self._places().items()]
        return {
            "spark.archives": ",".join(shipped),
            "spark.task.maxFailures": str(LOSSES),
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.log.level": "ERROR",
        }


def _archive(folder: Path, to: Path) -> Path:
    """Pack a folder as it is: most of it is arrays that are read from where they lie."""
    path = to.with_suffix(".tar")
    with tarfile.open(path, "w") as packed:
        for child in sorted(folder.iterdir()):
            packed.add(child, child.name)
    return path


def _first_line(fault: BaseException) -> str:
    return (str(fault).strip() or type(fault).__name__).splitlines()[0][:200]


class _Errand(threading.Thread):
    """The job of Spark, beside the reading of its results."""

    def __init__(self, session: "SparkSession", job: Job, names: list[str], places: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self._session, self._parts = session, len(names)
        self._work = partial(_done_parts, names=names, folder=str(job.folder), places=places)
        self.fault: Exception | None = None

    def run(self) -> None:
        """Have every part done; a fault is kept for whoever reads the results."""
        numbered = self._session.range(0, self._parts, 1, self._parts)
        try:
            numbered.mapInArrow(self._work, "id bigint").count()
        except Exception as fault:
            self.fault = fault


def _as_they_come(job: Job, names: list[str], errand: _Errand | None) -> Generator[Any, None, None]:
    """Give the results of the parts in their order, each as soon as it is there."""
    if errand:
        errand.start()
    for name in names:
        while errand and not job.is_done(name) and errand.is_alive():
            time.sleep(LOOK)
        if errand and errand.fault and not job.is_done(name):
            raise ClusterFailed(
                f"the cluster gave up ({_first_line(errand.fault)}); what is done is kept, run it again to go on"
            ) from errand.fault
        yield from job.results(name)
    if errand:
        errand.join()


def _done_parts(
    batches: Iterator[pa.RecordBatch], *, names: list[str], folder: str, places: dict[str, str]
) -> Iterator[pa.RecordBatch]:
    """Do the parts whose numbers Spark handed to this process, on whatever machine it is."""
    job = Job(Path(folder))
    for batch in batches:
        for number in batch.column("id").to_numpy():
            job.do(names[number], _work(folder, tuple(places.items())))
        yield batch


@cache
def _work(folder: str, places: tuple[tuple[str, str], ...]) -> Callable[[Any], Any]:
    """Read the function once per process, so that what it opens stays open, and tell it where its files are here."""
    from pyspark import SparkFiles

    fn = Job(Path(folder)).work()
    if not places or not hasattr(fn, "moved"):
        return fn
    root = Path(SparkFiles.getRootDirectory())
    return fn.moved({Path(path): root / name for path, name in places})  # type: ignore[no-any-return]
