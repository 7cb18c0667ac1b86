"""``touchmark import``: rights, listings or sellers from a file into the installation."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from touchmark.engine.errors import TouchmarkError
from touchmark.ops import arguments, clock
from touchmark.ops.django_setup import setup

if TYPE_CHECKING:
    from touchmark.engine.screening.intake import Intake
    from touchmark.engine.terms import Actor
    from touchmark.ops.refusals import Refusals


class NobodyAtThatAddress(TouchmarkError):
    """Nobody here has this address."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark import`` takes."""
    add = parser.add_argument
    add("kind", choices=("rights", "listings", "sellers"), help="what the file holds")
    add("file", metavar="FILE", type=Path, help="a file: .csv, .jsonl, .ndjson or .parquet")
    add("--refused", metavar="FILE", type=Path, help="rows and values that could not be used")
    add("--images", metavar="DIR", type=arguments.existing_folder, help="all pictures (default: beside the file)")
    add("--marketplace", metavar="SLUG", default="", help="of rows that name none")
    add("--vouched-by", metavar="EMAIL", default="", help="the reviewer in whose name rights are verified")


def run(options: argparse.Namespace) -> int:
    """Take the file in; 1 where rows were refused."""
    setup()
    from touchmark.integrations.files.writing import Outputs, require_apart
    from touchmark.ops.refusals import REFUSED_BY_FILE, Refusals

    require_apart([options.file], [options.refused] if options.refused else [])
    with Outputs() as files:
        refusals = Refusals(files.add(options.refused, REFUSED_BY_FILE) if options.refused else None)
        intake = _take_in(options, refusals)
    print(_told(options.kind, intake))
    for line in refusals.lines():
        print(line)
    return refusals.code


def _take_in(options: argparse.Namespace, refusals: "Refusals") -> "Intake":
    from touchmark.engine.screening.intake import Intake
    from touchmark.ops.importing import Source, take_in
    from touchmark.ops.progress import Progress

    source = Source(
        path=options.file,
        images=options.images or options.file.parent,
        marketplace=options.marketplace,
        voucher=_voucher(options.vouched_by),
    )
    whole = Intake()
    with Progress("importing", options.kind) as progress:
        batches = take_in(options.kind, source, at=clock.now(), refused=lambda found: refusals.add(options.kind, found))
        for intake, rows, share in batches:
            whole += intake
            progress.advance(rows, share)
    return whole


def _voucher(address: str) -> "Actor | None":
    from touchmark.apps.accounts import access, queries

    if not address:
        return None
    person = queries.person_at(address)
    if person is None:
        raise NobodyAtThatAddress(f"nobody here has the address {address!r}; give that of a reviewer")
    return access.actor_for(person, None)


def _told(kind: str, intake: "Intake") -> str:
    return f"{kind}: {intake.new:,} new, {intake.changed:,} changed, {intake.unchanged:,} unchanged"
