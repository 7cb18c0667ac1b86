"""This machine's cores: the process itself for one worker, a pool of fresh processes for more."""

import os
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from itertools import chain, islice

from touchmark.runners.base import Item, Result
from touchmark.runners.workers import in_order


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class LocalRunner:
    """
    ``workers`` processes; with one, or with a single item, everything happens in this process.

    It takes a second and more until fresh processes are of use, so the work begins in this one; only what is left after
    ``patience`` seconds goes to them.
    """

    workers: int = 1
    patience: float = 0.0

    def map(self, fn: Callable[[Item], Result], items: Iterable[Item]) -> Generator[Result, None, None]:
        """As ``Runner.map`` promises."""
        waiting = iter(items)
        begun = time.monotonic()
        for item in waiting if self.workers == 1 or self.patience else ():
            yield fn(item)
            if self.workers > 1 and time.monotonic() - begun >= self.patience:
                break
        head = list(islice(waiting, 2))
        if len(head) < 2:
            yield from map(fn, head)
        else:
            yield from in_order(self.workers, fn, chain(head, waiting))
