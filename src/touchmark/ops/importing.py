"""Takes files of rights, listings and sellers in, batch by batch; each batch is kept whole or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from touchmark.apps.catalog.listings_in import import_listings
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.repeats import Repeats
from touchmark.apps.catalog.sellers_in import import_sellers
from touchmark.apps.registry import actions as registry
from touchmark.apps.registry.taking_in import import_rights
from touchmark.engine.screening.image.unreadable import ImageBytes
from touchmark.engine.screening.intake import Intake
from touchmark.engine.terms import Actor
from touchmark.integrations.files import tables
from touchmark.integrations.files.images import FolderImages
from touchmark.integrations.files.reading import Batch, open_table

if TYPE_CHECKING:
    from touchmark.engine.screening.problems import Problem

#: Rows in a batch: one transaction, short enough that others are not kept waiting.
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Source:
    """
    What is taken in, and on whose word.

    ``marketplace`` is meant by rows that name none; ``pictures`` of listings come from there instead of a folder;
    ``voucher`` is the reviewer in whose name rights are verified, if somebody vouches for them.
    """

    path: Path
    images: Path
    marketplace: str = ""
    pictures: ImageBytes | None = None
    voucher: Actor | None = None


Taken = Iterator[tuple[Intake, int, float]]


def take_in(kind: str, source: Source, *, at: datetime, refused: "Callable[[tuple[Problem, ...]], None]") -> Taken:
    """
    Take a file in; give after each batch what became of its rows, how many were read, and the share of the file so far.

    :param kind: ``rights``, ``listings`` or ``sellers``
    :param refused: gets the problems of each batch
    :raises UnusableFile: if the file cannot be read at all
    :raises NoSuchMarketplace: if ``marketplace`` is none that is open
    :raises NotYours: if the voucher is no reviewer
    """
    for batch, intake in KINDS[kind](source, at):
        problems = tuple(sorted((*batch.problems, *intake.problems), key=lambda problem: problem.row))
        refused(problems)
        yield intake, batch.rows.num_rows, batch.share


Done = Iterator[tuple[Batch, Intake]]


def _rights(source: Source, at: datetime) -> Done:
    images = FolderImages(source.images)
    for batch in open_table(source.path, tables.RIGHTS, batch_rows=BATCH):
        intake = import_rights(batch.rows, batch.extra, images=images, actor=Actor.system(), at=at)
        verified = 0 if source.voucher is None else _vouched(batch.rows, intake, source.voucher, at)
        yield batch, intake + Intake(verified=verified)


def _vouched(rows: pa.RecordBatch, intake: Intake, voucher: Actor, at: datetime) -> int:
    """Verify what the register now says as the file does: a refused row says nothing of its right."""
    refused = {problem.row for problem in intake.problems if problem.severity == "refused"}
    named = zip(rows.column("row").to_pylist(), rows.column("right_id").to_pylist(), strict=True)
    vouched = [str(right_id) for row, right_id in named if row not in refused]
    return registry.vouch(right_ids=vouched, actor=voucher, at=at)


def _sellers(source: Source, at: datetime) -> Done:
    marketplaces = Marketplaces.open_now(source.marketplace)
    for batch in open_table(source.path, tables.SELLERS, batch_rows=BATCH):
        yield batch, import_sellers(batch.rows, batch.extra, marketplaces=marketplaces, actor=Actor.system(), at=at)


def _listings(source: Source, at: datetime) -> Done:
    """Look the whole file over for listings that it names twice, then take it in: the last row of each counts."""
    reader = open_table(source.path, tables.LISTINGS, batch_rows=BATCH)
    images = source.pictures or FolderImages(source.images)
    marketplaces = Marketplaces.open_now(source.marketplace)
    repeats = Repeats((batch.rows for batch in reader), marketplaces)
    for batch in reader:
        rows, extra, left_out = repeats.newest(batch.rows, batch.extra)
        intake = import_listings(rows, extra, images=images, marketplaces=marketplaces, actor=Actor.system(), at=at)
        yield batch, intake + left_out


KINDS: dict[str, Callable[[Source, datetime], Done]] = {"rights": _rights, "listings": _listings, "sellers": _sellers}
