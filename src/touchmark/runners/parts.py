"""
A piece of work laid out in a folder that several machines see: parts to do, and what became of them.

A part is named by its number and by what it holds, and its result appears under the same name, whole or not at all. So
a part that is done twice is done once, and work that was cut short goes on where it stopped, if nothing has changed.
"""

import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from touchmark.engine.errors import TouchmarkError

_WORK, _TO_DO, _DONE = "work.pickle", "to-do", "done"


class PartLost(TouchmarkError):
    """A result is not there although its part is said to be done: the folder is not seen by all machines."""


@dataclass(frozen=True, slots=True)
class Job:
    """
    Work in a folder of its own. What is read here was written by ourselves: nobody else may write to the folder.

    :ivar folder: seen under the same path by every machine that takes part
    """

    folder: Path

    @classmethod
    def begun(cls, within: Path, fn: Callable[..., Any]) -> "Job":
        """Lay out the work of a function, or find the one that was begun with the same and not finished."""
        named = identity(fn)
        job = cls(within / f"{type(fn).__name__.lower()}-{sha256(named).hexdigest()[:16]}")
        for folder in (job.folder, job.folder / _TO_DO, job.folder / _DONE):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _written(job.folder / _WORK, pickle.dumps(fn))
        return job

    def laid_out(self, items: Iterable[Any], size: int) -> Iterator[str]:
        """Write parts of ``size`` items each, and give their names in order."""
        waiting, number = iter(items), 0
        while part := list(islice(waiting, size)):
            held = pickle.dumps(part, protocol=5)
            name = f"{number:08d}-{sha256(held).hexdigest()[:16]}"
            if not self.is_done(name):
                _written(self.folder / _TO_DO / name, held)
            yield name
            number += 1

    def work(self) -> Callable[..., Any]:
        """Give the function."""
        return _read(self.folder / _WORK)  # type: ignore[no-any-return]

    def do(self, name: str, fn: Callable[[Any], Any]) -> None:
        """Do a part that is not done yet; what we refuse on purpose is a result too, and is told by ``results``."""
        if self.is_done(name):
            return
        try:
            results: Sequence[Any] | TouchmarkError = [fn(item) for item in _read(self.folder / _TO_DO / name)]
        except TouchmarkError as refusal:
            results = refusal
        _written(self.folder / _DONE / name, pickle.dumps(results, protocol=5))

    def is_done(self, name: str) -> bool:
        """Whether the result of a part is there."""
        return (self.folder / _DONE / name).exists()

    def results(self, name: str) -> Sequence[Any]:
        """
        Give what became of the items of a part.

        :raises PartLost: if it is not there
        """
        try:
            results = _read(self.folder / _DONE / name)
        except FileNotFoundError:
            raise PartLost(
                f"{self.folder}: part {name} is done but not here; use a folder that every machine sees"
            ) from None
        if isinstance(results, TouchmarkError):
            self.forget(name)
            raise results
        return results  # type: ignore[no-any-return]

    def forget(self, name: str) -> None:
        """Have a part done again."""
        (self.folder / _DONE / name).unlink(missing_ok=True)

    def remove(self) -> None:
        """Take the folder away: everything has been read."""
        shutil.rmtree(self.folder, ignore_errors=True)


def identity(fn: Callable[..., Any]) -> bytes:
    """Give what tells two functions apart: what they say of themselves in ``identity``, else how they pickle."""
    said = getattr(fn, "identity", None)
    return said() if said else pickle.dumps(fn)


def _written(path: Path, held: bytes) -> None:
    """Write a file that is there whole or not at all, and outlasts the machine's fall."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(held)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


def _read(path: Path) -> Any:
    with path.open("rb") as file:
        return pickle.load(file)  # noqa: S301  we wrote it
