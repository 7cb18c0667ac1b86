"""``touchmark import``: rights, listings or sellers from a file into the installation."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from touchmark.engine.errors import TouchmarkError
from touchmark.ops import arguments, clock
from touchmark.ops.django_setup import setup
from touchmark.ops.interrupts import asked_to_stop

if TYPE_CHECKING:
    from touchmark.engine.screening.intake import Intake
    from touchmark.engine.terms import Actor
    from touchmark.ops.refusals import Refusals


class NoSuchReviewer(TouchmarkError):
    """Nobody here has this address, or whoever has it is no reviewer."""


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
    print(f"{options.kind}: {told(intake)}")
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
    try:
        with asked_to_stop() as stopping, Progress("importing", options.kind) as progress:
            batches = take_in(
                options.kind, source, at=clock.now(), refused=lambda found: refusals.add(options.kind, found)
            )
            for intake, rows, share in batches:
                whole += intake
                progress.advance(rows, share)
                if stopping.is_set():
                    raise KeyboardInterrupt
    except KeyboardInterrupt:
        print(f"{options.kind} so far: {told(whole)}; these stay. Run it again to go on.", file=sys.stderr)
        raise
    return whole


def _voucher(address: str) -> "Actor | None":
    """
    Give the reviewer who vouches for the rights of a file.

    :raises NoSuchReviewer: if the address is nobody's, or that of somebody who is no reviewer
    """
    from touchmark.apps.accounts import access, queries
    from touchmark.engine.terms import Role

    if not address:
        return None
    person = queries.person_at(address)
    held = queries.organisations_of(person.pk) if person else []
    reviews = next((found.organisation_id for found in held if Role.REVIEWER in found.roles), None)
    if person is None or reviews is None:
        what = "nobody here has" if person is None else "no reviewer has"
        raise NoSuchReviewer(f"{what} the address {address!r}; give that of a reviewer")
    return access.actor_for(person, reviews)


def told(intake: "Intake") -> str:
    """Say what became of the rows, refused ones apart."""
    counted = f"{intake.new:,} new, {intake.changed:,} changed, {intake.unchanged:,} unchanged"
    repeated = f", {intake.repeated:,} named again by a later row" if intake.repeated else ""
    verified = f"; {intake.verified:,} verified" if intake.verified else ""
    nothing = "; nothing was written" if not intake.new + intake.changed + intake.verified else ""
    return counted + repeated + verified + nothing
