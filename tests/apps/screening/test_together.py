"""Whatever several threads ask at once is answered to each, in as few batches as may be, and nobody waits for ever."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from touchmark.apps.screening.together import MOST, Together


def test_one_alone_waits_for_nobody() -> None:
    assert Together(lambda asked: [2 * number for number in asked])(21) == 42


def test_everyone_gets_their_own_answer_and_company_shares_a_batch() -> None:
    sizes = []

    def doubled(asked: Sequence[int]) -> list[int]:
        sizes.append(len(asked))
        time.sleep(0.002)
        return [2 * number for number in asked]

    together = Together(doubled)
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(together, range(400))) == [2 * number for number in range(400)]
    assert sum(sizes) == 400
    assert len(sizes) < 400
    assert max(sizes) <= MOST


def test_one_that_breaks_its_batch_breaks_nobody_else() -> None:
    gate = threading.Event()

    def sevens_break(asked: Sequence[int]) -> list[int]:
        gate.wait(5)
        if 7 in asked:
            raise ValueError("seven")
        return list(asked)

    together = Together(sevens_break)

    def tried(number: int) -> object:
        try:
            return together(number)
        except ValueError as fault:
            return str(fault)

    with ThreadPoolExecutor(12) as pool:
        answers = pool.map(tried, range(12))
        time.sleep(0.1)
        gate.set()
        assert list(answers) == [*range(7), "seven", *range(8, 12)]
    with pytest.raises(ValueError, match="seven"):
        together(7)
    assert together(8) == 8
