"""``touchmark restore``: a backup in place of an empty installation, its record and its sealed secrets checked."""

import argparse
from pathlib import Path

from touchmark.ops.django_setup import setup
from touchmark.ops.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark restore`` takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="what touchmark backup made")


def run(options: argparse.Namespace) -> int:
    """
    Put it in place, bring its tables to this version, and check it.

    1 where the record does not hold, or where no key here opens the secrets that are sealed in it.
    """
    setup()
    from django.core.management import call_command

    from touchmark.ops.backup.whole import restore
    from touchmark.ops.commands import verify_audit

    with Progress("restoring", "kB") as progress:
        about = restore(options.file, taken=lambda size: progress.advance(size // 1000))
    call_command("migrate", interactive=False, verbosity=0)
    print(f"restored what touchmark {about['touchmark']} backed up at {about['made_at']}")
    opened = _say_what_opens()
    return max(opened, verify_audit.run(argparse.Namespace(checkpoint=None, keys=None, print_checkpoint=False)))


def _say_what_opens() -> int:
    from touchmark.ops.health import State, sealed

    found = sealed()
    print(f"secrets: {found.what}" + (f" → {found.remedy}" if found.remedy else ""))
    return int(found.state is State.WRONG)
