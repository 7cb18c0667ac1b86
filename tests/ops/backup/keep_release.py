"""
A small world as a release leaves it, in a backup that later releases must be able to take up.

Run once for each release, at its commit, and keep what it writes:
``python -m tests.ops.backup.keep_release releases/0.1.0.sqlite.tar [postgres://… of an empty database]``, and gzip it.
Everybody in it is invented, and its keys open nothing else.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def main(out: Path, database: str) -> None:
    """Build the world in an installation of its own, and back it up."""
    with TemporaryDirectory() as folder:
        os.environ["TOUCHMARK_VAR"] = folder
        os.environ["TOUCHMARK_DATABASE_URL"] = database or f"sqlite:///{folder}/touchmark.sqlite3"
        from touchmark.ops.django_setup import setup

        setup()
        from touchmark.ops.cli import main as touchmark

        for command in (["migrate"], None, ["tick"], ["backup", str(out)]):
            if command is None:
                _fill()
            else:
                assert touchmark(command) == 0, command


def _fill() -> None:
    """A desk with findings, a notice, two restrictions, one of them ended by an appeal, and letters about all that."""
    from tests.factories import decisions as world

    from touchmark.flows.resolve_appeal import resolve

    made = world.desk()
    world.restriction(made, "reported")
    appealed = world.appeal(made, world.restriction(made, "disguised"))
    resolve(ref=appealed.ref, event="reverse", text="The invoice holds.", actor=world.acting(made.ravi), at=world.LATER)
    world.appeal(made, world.restriction(made, "copied"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
