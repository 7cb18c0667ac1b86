import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from touchmark.runners.base import WorkerLost
from touchmark.runners.local import LocalRunner, usable_cores
from touchmark.runners.workers import AHEAD


def doubled_by(item: int) -> tuple[int, int]:
    time.sleep(0.05 if item % 5 == 0 else 0)  # so that later items finish first
    return 2 * item, os.getpid()


def killed_at_three(item: int) -> int:
    if item == 3:
        os._exit(9)
    return item


def killed_while_it_answers(item: int) -> bytes:
    if item == 3:
        threading.Timer(0.2, os._exit, (9,)).start()  # by then it writes its answer, and nobody listens yet
    return b"x" * (10_000_000 if item == 3 else 1)


def listen_slowly(results: Iterable[object]) -> None:
    for _ in results:
        time.sleep(0.5)


def beyond_words(item: int) -> object:
    return threading.Lock() if item == 3 else item


def refusing_three(item: int) -> int:
    if item == 3:
        raise ValueError("three")
    return item


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    found = list(LocalRunner(workers).map(doubled_by, range(12)))
    assert [double for double, _ in found] == list(range(0, 24, 2))
    elsewhere = {pid for _, pid in found} - {os.getpid()}
    assert bool(elsewhere) == (workers > 1)


@pytest.mark.parametrize("items", [[], [7]])
def test_no_pool_is_started_for_a_single_item(items: list[int]) -> None:
    assert list(LocalRunner(4).map(doubled_by, items)) == [(2 * item, os.getpid()) for item in items]


def test_short_work_stays_here_and_what_is_left_of_long_work_goes_elsewhere() -> None:
    assert {pid for _, pid in LocalRunner(2, patience=60).map(doubled_by, range(12))} == {os.getpid()}
    found = list(LocalRunner(2, patience=0.04).map(doubled_by, range(12)))  # the first item takes longer than that
    assert [double for double, _ in found] == list(range(0, 24, 2))
    assert found[0][1] == os.getpid()
    assert os.getpid() not in {pid for _, pid in found[1:]}


def test_items_are_taken_only_a_little_ahead() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for item in range(30):
            taken += 1
            yield item

    for done, _ in enumerate(LocalRunner(2).map(doubled_by, items()), 1):
        assert taken <= done + 2 * AHEAD


def test_what_the_function_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="three"):
        list(LocalRunner(2).map(refusing_three, range(6)))


def test_a_lost_worker_is_an_error_and_not_a_silence() -> None:
    with pytest.raises(WorkerLost, match="fewer workers"):
        list(LocalRunner(2).map(killed_at_three, range(6)))


def test_a_worker_lost_in_the_middle_of_an_answer_is_an_error_and_not_a_silence() -> None:
    with pytest.raises(WorkerLost, match="fewer workers"):
        listen_slowly(LocalRunner(2).map(killed_while_it_answers, range(6)))


LONG_ANSWERS = """
from touchmark.runners.local import LocalRunner

def long(item):
    return bytes(30_000_000)

if __name__ == "__main__":
    for answer in LocalRunner(2).map(long, range(10_000)):
        print(len(answer), flush=True)
"""


@pytest.mark.parametrize("moment", [0.0, 0.02, 0.05, 0.11])
def test_an_interrupt_in_the_middle_of_answers_ends_everything(tmp_path: Path, moment: float) -> None:
    (tmp_path / "long.py").write_text(LONG_ANSWERS)
    command = [sys.executable, str(tmp_path / "long.py")]
    with Popen(command, stdout=PIPE, stderr=PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGINT
    assert told.count("KeyboardInterrupt") == 1  # of this process, and not a word of its workers


def test_an_answer_that_cannot_be_sent_is_an_error() -> None:
    with pytest.raises(TypeError, match="pickle"):
        list(LocalRunner(2).map(beyond_words, range(6)))


def test_stopping_half_way_leaves_no_process() -> None:
    results = LocalRunner(2).map(doubled_by, range(1000))
    pids = {next(results)[1] for _ in range(8)}
    begun = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 5
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_there_is_a_core() -> None:
    assert usable_cores() >= 1
