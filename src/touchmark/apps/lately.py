"""
What was looked up a moment ago, so that hundreds of offers a second don't ask the same of the database one by one.

Each process remembers for itself, and for less time than a change may take to be in force everywhere (two seconds).
What changes is not told to anybody: it is looked up again.
"""

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")

#: For how long, in seconds, an answer counts. Nought: never.
COUNTS = 0.5


class Lately(Generic[Key, Found]):
    """
    Remembers what a function gave for each key, for a moment.

    What it raises is not remembered, and not more than ``most`` keys at a time are.
    """

    def __init__(self, look: Callable[[Key], Found], most: int = 1_000) -> None:
        self._look, self._most = look, most
        self._found: dict[Key, tuple[float, Found]] = {}

    def __call__(self, key: Key) -> Found:
        """Give what was found a moment ago, or look now."""
        asked = time.monotonic()
        then, found = self._found.get(key, (0.0, None))
        if found is None or not 0 <= asked - then < COUNTS:
            found = self._look(key)
            if len(self._found) >= self._most:
                self._found.clear()
            self._found[key] = (asked, found)
        return found
