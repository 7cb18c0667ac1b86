"""``touchmark backup``: the whole installation, as it stands, to one file."""

import argparse
import os
import sys
from pathlib import Path

from touchmark.ops import clock
from touchmark.ops.django_setup import setup
from touchmark.ops.progress import Progress

MEGABYTE = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark backup`` takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to make, such as touchmark-2026-11-30.tar")
    parser.add_argument(
        "--without-keys", action="store_true", help="leave the keys out, where they are kept safe elsewhere"
    )


def run(options: argparse.Namespace) -> int:
    """Write the file; the site and the worker may go on meanwhile. 1 where files of the installation are damaged."""
    setup()
    from touchmark.ops.backup.whole import back_up

    with Progress("backing up", "kB") as progress:
        damaged = back_up(
            options.file,
            at=clock.now(),
            keys=not options.without_keys,
            taken=lambda size: progress.advance(size // 1000),
        )
    print(f"backup in {options.file}, {options.file.stat().st_size / MEGABYTE:,.1f} MB")
    print(
        "Without keys: keep those of the record and of the site elsewhere."
        if options.without_keys
        else "It holds the installation's keys and all its data: keep it where only you can read it."
    )
    if kept := environment_keys():
        print(
            f"Not in it, as the environment gives them: {', '.join(kept)}. Keep them: without them secrets stay sealed."
        )
    for digest in damaged:
        print(f"damaged: the file {digest} is not as it was put there; take it from an earlier backup", file=sys.stderr)
    return 1 if damaged else 0


def environment_keys() -> list[str]:
    """Name the variables that give the site's secret key, where they do: a backup does not hold it then."""
    return [name for name in ("TOUCHMARK_SECRET_KEY", "TOUCHMARK_SECRET_KEY_FILE") if os.environ.get(name)]
