import os
import time
from collections.abc import Iterator

import pytest

from touchmark.runners.base import WorkerLost
from touchmark.runners.local import AHEAD, LocalRunner, usable_cores


def doubled_by(item: int) -> tuple[int, int]:
    time.sleep(0.05 if item % 5 == 0 else 0)  # so that later items finish first
    return 2 * item, os.getpid()


def killed_at_three(item: int) -> int:
    if item == 3:
        os._exit(9)
    return item


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
