"""
What all processes of a machine count together: tries at a password, codes that were used. Files, as Django keeps them.

Django's own throws a third of them away, by chance, as soon as there are 300: whoever makes the site note as many other
things then tries on, at a password that was locked. Here nothing goes before its time, short of a size that only a
fault reaches. What has run out goes now and then.
"""

import fcntl
import random
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

#: One in so many writings looks for what has run out, among at most so many files.
ONE_IN, LOOKED_AT = 100, 1_000
#: With more files than this, some go by chance: better than a full disk.
MOST = 200_000


class Counts(FileBasedCache):
    """Files that last as long as was asked for; ``add`` is one's alone, however many ask at once."""

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Set a value unless there is one; of several at once one does."""
        self._createdir()  # type: ignore[attr-defined]  # Django's stubs leave out what is its own
        with open(Path(self._dir) / "adding", "a") as turn:  # type: ignore[attr-defined]
            fcntl.flock(turn, fcntl.LOCK_EX)
            return super().add(key, value, timeout, version)

    def _cull(self) -> None:
        if random.randrange(ONE_IN):  # noqa: S311  nobody gains by guessing it
            return
        files = self._list_cache_files()  # type: ignore[attr-defined]
        for name in random.sample(files, min(len(files), LOOKED_AT)):
            self._let_go(name)
        if len(files) > MOST:
            super()._cull()  # type: ignore[misc]

    def _let_go(self, name: str) -> None:
        """Take a file away if it has run out."""
        try:
            with open(name, "rb") as file:
                self._is_expired(file)  # type: ignore[attr-defined]
        except (OSError, EOFError):
            return
