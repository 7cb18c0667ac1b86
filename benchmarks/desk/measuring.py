"""Asking for pages, one at a time, and what each took."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.desk.others import of_others
from benchmarks.desk.visits import of_the_desk


class Taken(NamedTuple):
    """Milliseconds of each request: of both processors, of this process, by the clock; and the queries of one more."""

    served: list[float]
    worked: list[float]
    by_clock: list[float]
    queries: int


def measure(requests: int, *, only: str = "") -> None:
    """Ask for each page so often (of those whose names have ``only`` in them), and print what it took."""
    from tests.factories import accounts

    from touchmark.apps.accounts.models import User
    from touchmark.apps.screening.models import Assessment, Waiting

    waiting = Waiting.objects.count()
    print(f"{Assessment.objects.count():,} assessments, {waiting:,} wait, {requests} requests each")
    print(f"{'milliseconds':40}{'server p50':>11}{'p95':>8}{'Python p50':>11}{'clock p50':>11}{'p95':>8}  queries")
    names = ("rita", "paul", "vera", "sam")
    rita, paul, vera, sam = (accounts.signed_in(User.objects.get(email=f"{name}@desk.test")) for name in names)
    for pages in (of_the_desk(rita, paul, waiting, requests, only), of_others(rita, paul, vera, sam)):
        for name, ask in pages:
            if only in name:
                tell(name, taken_by(ask, requests))
    print("load of the machine in the last minute:", os.getloadavg()[0])


def taken_by(ask: Callable[[], Any], requests: int) -> Taken:
    """Ask once to warm what is read once a process, then so often with a look at the clocks, then count queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    served, worked, by_clock = [], [], []
    for _ in range(requests):
        begun, busy, database = time.perf_counter(), time.process_time(), database_time()
        ask()
        worked.append(1000 * (time.process_time() - busy))
        by_clock.append(1000 * (time.perf_counter() - begun))
        served.append(worked[-1] + 1000 * (database_time() - database))
    with CaptureQueriesContext(connection) as queries:
        ask()
    return Taken(served, worked, by_clock, len(queries))


def tell(name: str, taken: Taken) -> None:
    server, worked, clock = of(taken.served), of(taken.worked), of(taken.by_clock)
    figures = f"{server[0]:11.1f}{server[1]:8.1f}{worked[0]:11.1f}{clock[0]:11.1f}{clock[1]:8.1f}"
    print(f"{name:40}{figures}  {taken.queries}")
    sys.stdout.flush()


def database_time() -> float:
    """Give the seconds that the database's process for this connection has had a processor; 0 where it is not here."""
    from django.db import connection

    connection.ensure_connection()
    try:
        text = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    except FileNotFoundError:
        return 0.0
    return int(text.split()[0]) / 1e9


def of(taken: Sequence[float]) -> tuple[float, float]:
    """Give the median and what nineteen of twenty stay under."""
    ordered = sorted(taken)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
