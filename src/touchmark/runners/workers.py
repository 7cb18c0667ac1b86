"""
Worker processes that may end at any moment, and of which none leaves another waiting.

``concurrent.futures`` lets its workers answer through one shared pipe: a worker that is ended half-way through a long
answer (for want of memory, or by Ctrl-C) holds it, and everybody waits for ever. Here each has a pipe of its own, whose
end is heard.
"""

import multiprocessing
import signal
import threading
import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any

from touchmark.runners.base import WorkerLost

#: Items waiting or at work, for each worker: enough that none is idle, and no more than memory should hold.
AHEAD = 2

_LOST = "a worker process ended abruptly, most often for want of memory; try again with fewer workers"


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    line: "Connection[Any, Any]"
    #: The numbers of the items that it was given and has not answered, oldest first.
    in_hand: list[int] = field(default_factory=list)


def in_order(workers: int, fn: Callable[[Any], Any], items: Iterator[Any]) -> Generator[Any, None, None]:
    """
    What ``fn`` makes of each item, in the order of the items, by ``workers`` fresh processes.

    No process outlives it: they end after their work, or at once where there was an exception (or Ctrl-C).

    :raises WorkerLost: where a process ended by itself
    """
    with _started(workers, fn) as crew:
        answers: dict[int, Any] = {}
        told = given = 0
        while True:
            for item in islice(items, AHEAD * workers - (given - told)):
                _give(min(crew, key=lambda worker: len(worker.in_hand)), given, item)
                given += 1
            if told == given:
                return
            while told not in answers:
                answers |= _heard(crew)
            yield _opened(answers.pop(told))
            told += 1


def _give(worker: _Worker, number: int, item: Any) -> None:
    try:
        worker.line.send(item)
    except OSError:
        raise WorkerLost(_LOST) from None
    worker.in_hand.append(number)


def _heard(crew: list[_Worker]) -> dict[int, Any]:
    """The answers that are there, by the numbers of their items; waits for at least one."""
    ready = wait([worker.line for worker in crew if worker.in_hand])
    try:
        return {worker.in_hand.pop(0): worker.line.recv() for worker in crew if worker.line in ready}
    except (EOFError, OSError):
        raise WorkerLost(_LOST) from None


def _opened(answer: tuple[Any, BaseException | None]) -> Any:
    result, failure = answer
    if failure is not None:
        raise failure
    return result


@contextmanager
def _started(workers: int, fn: Callable[[Any], Any]) -> Iterator[list[_Worker]]:
    crew: list[_Worker] = []
    try:
        for _ in range(workers):
            crew.append(_start(fn))
        yield crew
    except BaseException:
        for worker in crew:
            worker.process.terminate()
        raise
    finally:
        for worker in crew:
            worker.line.close()
            worker.process.join()


def _start(fn: Callable[[Any], Any]) -> _Worker:
    """A fresh process, deaf to Ctrl-C from its first moment: this process tells of it, and ends the others."""
    spawn = multiprocessing.get_context("spawn")
    resource_tracker.ensure_running()  # or its start, within that of the first process, would lift the mask
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_work, args=(theirs, fn), daemon=True)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
    return _Worker(process, ours)


def _work(line: "Connection[Any, Any]", fn: Callable[[Any], Any]) -> None:
    """In a worker: answer one item after the other until nobody gives any more."""
    waiting: SimpleQueue[tuple[Any] | None] = SimpleQueue()
    threading.Thread(target=_take, args=(line, waiting), daemon=True).start()
    while (given := waiting.get()) is not None:
        _answer(line, _attempt(fn, *given))


def _take(line: "Connection[Any, Any]", waiting: SimpleQueue[tuple[Any] | None]) -> None:
    """Take items off the line as they come, so that giving one never waits for an answer to be heard."""
    try:
        while True:
            waiting.put((line.recv(),))
    except (EOFError, OSError):
        waiting.put(None)


def _attempt(fn: Callable[[Any], Any], item: Any) -> tuple[Any, BaseException | None]:
    try:
        return fn(item), None
    except Exception as failure:
        failure.add_note("".join(traceback.format_exception(failure)))
        return None, failure


def _answer(line: "Connection[Any, Any]", answer: tuple[Any, BaseException | None]) -> None:
    try:
        line.send(answer)
    except BrokenPipeError:  # nobody is there any more to hear it
        raise SystemExit(0) from None
    except Exception as failure:  # it cannot be sent; say at least that
        line.send((None, failure))
