"""``touchmark verify-audit``: recompute the record, and say whether it holds."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from touchmark.engine.errors import TouchmarkError
from touchmark.ops.django_setup import setup
from touchmark.ops.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchmark.apps.audit.keys import Ed25519Verifier
    from touchmark.apps.audit.verify import Standing


class NoCheckpoint(TouchmarkError):
    """Nothing has been sealed yet."""


class UnreadableFile(TouchmarkError):
    """A file that was named cannot be read, or is not what it should be."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what was kept elsewhere, and give what is to be kept elsewhere."""
    parser.add_argument(
        "--checkpoint", type=Path, metavar="FILE", help="a checkpoint that was kept elsewhere; the log must contain it"
    )
    parser.add_argument(
        "--keys", type=Path, metavar="FILE", help="public keys that were kept elsewhere, in place of those found here"
    )
    parser.add_argument(
        "--print-checkpoint", action="store_true", help="print the newest checkpoint, to be kept elsewhere"
    )


def run(options: argparse.Namespace) -> int:
    """
    Verify, or print the newest checkpoint.

    1 at the first thing that does not hold, which is named.
    """
    setup()
    if options.print_checkpoint:
        return _print_checkpoint()
    from touchmark.apps.audit import keys
    from touchmark.apps.audit.verify import DoesNotHold
    from touchmark.engine.record.checkpoint import NotACheckpoint

    trusted = _read(options.checkpoint) if options.checkpoint else None
    believed = keys.verifiers(options.keys) if options.keys else None
    try:
        standing = _verify(trusted, believed)
    except DoesNotHold as fault:
        print(f"The record does not hold. {fault}", file=sys.stderr)
        return 1
    except NotACheckpoint as fault:
        raise UnreadableFile(f"{options.checkpoint} is not a checkpoint: {fault}") from fault
    print(_told(standing))
    return 0


def _print_checkpoint() -> int:
    from touchmark.apps.audit import queries

    note = queries.last_checkpoint()
    if note is None:
        raise NoCheckpoint("nothing has been sealed yet; the worker does that, or touchmark tick")
    print(note, end="")
    return 0


def _verify(trusted: str | None, believed: "Sequence[Ed25519Verifier] | None") -> "Standing":
    from touchmark.apps.audit import queries
    from touchmark.apps.audit.verify import verify

    rows, seen = max(queries.rows(), 1), 0
    with Progress("Verifying the record", "rows") as progress:

        def advance(count: int) -> None:
            nonlocal seen
            seen += count
            progress.advance(count, min(seen / rows, 1.0))

        return verify(trusted=trusted, believed=believed, seen=advance)


def _told(standing: "Standing") -> str:
    lines = [
        f"The record holds: {standing.events:,} events, "
        f"{standing.sealed:,} of them sealed under {standing.checkpoints:,} checkpoints."
    ]
    if standing.unsealed and standing.unsealed_since:
        since = f"{standing.unsealed_since:%Y-%m-%d %H:%M:%S} UTC"
        lines.append(f"Not sealed yet: {standing.unsealed:,}, the oldest of {since}; no checkpoint vouches for them.")
    return "\n".join(lines)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as reason:
        raise UnreadableFile(f"{path} cannot be read: {reason}") from reason
