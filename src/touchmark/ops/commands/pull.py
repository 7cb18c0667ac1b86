"""``touchmark pull``: take in what a shop sells, from a shop on django-oscar or from a product feed."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from touchmark.engine.errors import TouchmarkError
from touchmark.ops import clock
from touchmark.ops.django_setup import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark pull`` takes."""
    add = parser.add_argument
    add("marketplace", metavar="SLUG", help="whose offers they are")
    add("--feed", metavar="FILE", type=Path, help="a product feed: Google's (.xml, .tsv), schema.org's (.json, .html)")
    add("--refused", metavar="FILE", type=Path, help="rows and values that could not be used")


def run(options: argparse.Namespace) -> int:
    """Take it in; 1 where rows were refused."""
    setup()
    from touchmark.apps.catalog import pulls
    from touchmark.engine.screening.intake import Intake
    from touchmark.integrations.answers import Later
    from touchmark.integrations.files.writing import Outputs
    from touchmark.ops import pulling
    from touchmark.ops.commands.import_ import told
    from touchmark.ops.refusals import REFUSED_BY_FILE, Refusals

    pull = pulls.began(slug=options.marketplace, at=clock.now())
    whole, broke = Intake(), "broken off"
    try:
        with TemporaryDirectory(prefix="touchmark-pull-") as folder, Outputs() as files:
            refusals = Refusals(files.add(options.refused, REFUSED_BY_FILE) if options.refused else None)
            for kind, found in pulling.pulled(options.marketplace, Path(folder), options.feed, refusals.add):
                whole += found
                print(f"{kind}: {told(found)}")
        broke = ""
    except (TouchmarkError, Later, OSError) as error:
        broke = str(error)
        raise
    finally:
        pulls.ended(pull, whole, error=broke, at=clock.now())
    for line in refusals.lines():
        print(line)
    return refusals.code
