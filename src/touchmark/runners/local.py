"""This machine's cores: the process itself for one worker, a pool of fresh processes for more."""

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from touchmark.runners.base import Item, Result, WorkerLost

#: Items waiting or at work, for each worker: enough that none is idle, and no more than memory should hold.
AHEAD = 2


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
            yield from self._spread(fn, chain(head, waiting))

    def _spread(self, fn: Callable[[Item], Result], items: Iterator[Item]) -> Generator[Result, None, None]:
        with _pool(self.workers, fn) as pool:
            running: deque[Future[Any]] = deque()
            try:
                for item in items:
                    running.append(pool.submit(_apply, item))
                    if len(running) >= AHEAD * self.workers:
                        yield running.popleft().result()
                while running:
                    yield running.popleft().result()
            except BrokenProcessPool:
                raise WorkerLost(
                    "a worker process ended abruptly, most often for want of memory; try again with fewer workers"
                ) from None


@contextmanager
def _pool(workers: int, fn: Callable[[Any], Any]) -> Iterator[ProcessPoolExecutor]:
    """A pool that is gone at the end: after its work, or at once where there was an exception (or Ctrl-C)."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin, (fn,))
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()


_fn: Callable[[Any], Any]


def _begin(fn: Callable[[Any], Any]) -> None:
    """In a fresh worker: keep the function, and end without a word on Ctrl-C, of which the parent tells."""
    global _fn
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _fn = fn


def _apply(item: Any) -> Any:
    return _fn(item)
