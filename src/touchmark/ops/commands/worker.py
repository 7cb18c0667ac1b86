"""``touchmark worker``: the background work, until it is told to stop."""

import argparse
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from touchmark.ops.django_setup import require_tables, setup
from touchmark.ops.interrupts import asked_to_stop

if TYPE_CHECKING:
    from touchmark.ops.background import Background, Done

#: Seconds between two passes that find nothing, between two sealings, and after a pass of which a part failed.
IDLE, SEALING, AFTER_FAULT = 1.0, 10.0, 10.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say whether to go on."""
    parser.add_argument("--once", action="store_true", help="stop when there is nothing left to do now")


def run(options: argparse.Namespace) -> int:
    """
    Make passes until SIGTERM or SIGINT, and finish what is in hand; a second SIGINT does not wait for that.

    1 where, with ``--once``, a part failed.
    """
    setup()
    from touchmark.ops.background import wired

    if options.once:
        return _until_nothing_is_left(wired())
    require_tables()
    with asked_to_stop(signal.SIGTERM) as stopping:
        background = wired(stop=stopping.is_set)
        _say(f"{background.owner} begins")
        _go_on(background, stopping)
    _say(f"{background.owner} has finished what was in hand and stops")
    return 0


def _until_nothing_is_left(background: "Background") -> int:
    while True:
        done = background.make_pass()
        _tell(done)
        if done.failed:
            return 1
        if done.nothing:
            return 0


def _go_on(background: "Background", stopping: threading.Event) -> None:
    from django.db import close_old_connections

    sealed_at = -SEALING
    while not stopping.is_set():
        close_old_connections()  # one that broke is opened anew, as between two requests
        sealing = time.monotonic() - sealed_at >= SEALING
        done = background.make_pass(sealing=sealing)
        if sealing:
            sealed_at = time.monotonic()
        _tell(done)
        if done.failed:
            stopping.wait(AFTER_FAULT)
        elif done.nothing:
            stopping.wait(IDLE)


def _tell(done: "Done") -> None:
    if not done.nothing:
        _say(str(done))


def _say(line: str) -> None:
    print(f"touchmark worker: {line}", file=sys.stderr, flush=True)
