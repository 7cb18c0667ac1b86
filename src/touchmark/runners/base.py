"""What every runner promises."""

from collections.abc import Callable, Generator, Iterable
from typing import Protocol, TypeVar

from touchmark.engine.errors import TouchmarkError

Item = TypeVar("Item")
Result = TypeVar("Result")


class WorkerLost(TouchmarkError):
    """A worker process ended before its work did, so there is no result."""


class Runner(Protocol):
    """Applies a function to many items."""

    def map(self, fn: Callable[[Item], Result], items: Iterable[Item]) -> Generator[Result, None, None]:
        """
        The result for each item, in the order of the items, whatever the number of workers.

        Items are taken as they are needed, a bounded number ahead. ``fn`` and the items must be picklable. What ``fn``
        raises is raised here. Closing the generator ends all work at once.

        :raises WorkerLost: if a worker ends before its work does
        """
        ...
