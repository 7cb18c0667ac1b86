"""Listings from a file through the engine, on one core or all of them."""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from touchmark import __version__
from touchmark.engine.screening.compare.context import Context
from touchmark.engine.screening.image.embedding import Embedding
from touchmark.engine.screening.image.reader import PictureReader
from touchmark.engine.screening.looks import Looks, When
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.problems import Problem
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot import store
from touchmark.engine.screening.snapshot.similar import similar_to
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.engine.screening.verdict import Rules
from touchmark.integrations.files.images import FolderImages
from touchmark.integrations.files.reading import Batch
from touchmark.runners.base import Runner

#: Listings in a batch: enough for work over arrays, few enough that every core gets some and progress is seen.
BATCH = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    """What became of one batch; ``share`` is the part of the file that is done with it."""

    findings: pa.Table
    assessments: pa.Table
    share: float


@dataclass(slots=True, eq=False)
class Screening:
    """
    What is done with each batch, sent to every worker once: paths, from which each worker opens what it needs.

    :ivar images: the folder of the listings' pictures
    :ivar on: the day on which rights must be in force
    :ivar context: what the listings of the whole file show
    :ivar reading: when words in pictures are read, which takes what reads them on every machine
    """

    snapshot: Path
    images: Path
    on: date
    model: Path | None = None
    rules: Path | None = None
    sellers: pa.Table | None = None
    min_confidence: float = 0.5
    embedding: Path | None = None
    closer: When = When.ASKED
    reading: When = When.NEVER
    context: Context | None = None
    _opened: tuple[Snapshot, Model, Rules] | None = field(default=None, init=False, repr=False)
    _looks: Looks | None = field(default=None, init=False, repr=False)

    def __call__(self, batch: pa.RecordBatch) -> tuple[pa.Table, pa.Table]:
        """Findings and assessments of a batch of listings."""
        snapshot, model, rules = self.opened()
        return screen(
            batch,
            FolderImages(self.images),
            snapshot,
            model,
            sellers=self.sellers,
            context=self.context,
            rules=rules,
            min_confidence=self.min_confidence,
            looks=self._looks,
        )

    def __reduce__(self) -> tuple[type["Screening"], tuple[object, ...]]:
        """Send other processes the paths alone; each opens what they lead to."""
        return Screening, tuple(getattr(self, one.name) for one in fields(self) if one.init)

    def moved(self, places: Mapping[Path, Path]) -> "Screening":
        """The same where a machine has its own copy of the snapshot."""
        return replace(self, snapshot=places.get(self.snapshot, self.snapshot))

    def identity(self) -> bytes:
        """What the results depend on beside the listings: two screenings that agree here give the same."""
        snapshot, model, rules = self.opened()
        files = [path.read_bytes() if path else b"" for path in (self.model, self.rules, self.embedding)]
        told = (__version__, snapshot.id, model.version, rules.version, self.on, self.images, self.min_confidence)
        reader = self._looks.reader if self._looks else None
        looks = (str(self.closer), str(self.reading), reader.version if reader else "")
        return repr((*told, *looks)).encode() + b"".join(files) + pickle.dumps((self.sellers, self.context))

    def opened(self) -> tuple[Snapshot, Model, Rules]:
        """
        The snapshot, the model and the rules, read at the first use in this process.

        :raises TouchmarkError: if one of them cannot be used
        """
        if self._opened is None:
            model = Model.load(self.model) if self.model else Model.default()
            rules = Rules.load(self.rules) if self.rules else Rules.default()
            snapshot = store.open(self.snapshot).as_of(self.on)
            similar = similar_to(snapshot, Embedding.load(self.embedding)) if self.embedding else None
            reader = PictureReader.here() if self.reading is not When.NEVER else None
            self._looks = Looks(self.closer, self.reading, reader, similar)
            self._opened = snapshot, model, rules
        return self._opened


def screened(
    listings: Iterable[Batch],
    screening: Screening,
    runner: Runner,
    refused: Callable[[Sequence[Problem]], None],
) -> Iterator[Screened]:
    """
    Each batch's findings and assessments, in the order of the file.

    :param refused: gets the problems of each batch, in the same order, when it is read
    """
    shares: deque[float] = deque()

    def rows() -> Iterator[pa.RecordBatch]:
        for batch in listings:
            refused(batch.problems)
            shares.append(batch.share)
            yield batch.rows

    with closing(runner.map(screening, rows())) as results:  # so that Ctrl-C ends the workers at once
        for findings, assessments in results:
            yield Screened(findings, assessments, shares.popleft())
