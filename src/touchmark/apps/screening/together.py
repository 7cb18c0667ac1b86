"""Requests that arrive at the same time are screened in one batch: one listing alone costs as much as twenty."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")

#: So many at once: more would keep the first of them waiting.
MOST = 64


@dataclass(eq=False)
class _Waiting(Generic[Asked, Answered]):
    asked: Asked
    turn: Event = field(default_factory=Event)
    answer: Answered | None = None
    fault: BaseException | None = None
    done: bool = False


class Together(Generic[Asked, Answered]):
    """
    Calls a function on batches of whatever several threads ask at the same time.

    Nobody waits for company: who finds nobody at work begins with what is there; what arrives meanwhile is the next
    batch, begun by the first of those who wait.
    """

    def __init__(self, work: Callable[[Sequence[Asked]], Sequence[Answered]]) -> None:
        self._work = work
        self._lock = Lock()
        self._waiting: list[_Waiting[Asked, Answered]] = []
        self._at_work = False

    def __call__(self, asked: Asked) -> Answered:
        """Give the answer to one, and raise what the function raised for its batch."""
        mine: _Waiting[Asked, Answered] = _Waiting(asked)
        with self._lock:
            self._waiting.append(mine)
            begins = not self._at_work
            self._at_work = True
        if not begins:
            mine.turn.wait()
        if not mine.done:
            self._do_batch()
        if mine.fault:
            raise mine.fault
        return mine.answer  # type: ignore[return-value]  # it is there once it is done

    def _do_batch(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            self._answer(batch)
        finally:
            for one in batch:
                one.done = True
                one.turn.set()
            self._hand_over()

    def _answer(self, batch: "list[_Waiting[Asked, Answered]]") -> None:
        """Answer all at once; where one of them breaks the batch, each by itself, so that it breaks nobody else."""
        try:
            for one, answer in zip(batch, self._work([one.asked for one in batch]), strict=True):
                one.answer = answer
        except Exception as fault:
            if len(batch) == 1:
                batch[0].fault = fault
            else:
                for one in batch:
                    self._answer([one])

    def _hand_over(self) -> None:
        with self._lock:
            self._at_work = bool(self._waiting)
            if self._waiting:
                self._waiting[0].turn.set()
