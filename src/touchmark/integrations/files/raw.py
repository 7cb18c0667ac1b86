"""Rows as a file gives them, before their values are read: text, and lists of text."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.problems import Problem

#: A text longer than this is cut in a refused row: it is there to be recognised, not to be repaired from.
SHOWN = 200


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """
    Some rows of a file.

    ``columns`` maps each name to an array of string or of list<string>, as long as ``row``; an empty cell is null.
    ``problems`` are rows (and values) that could not be taken out of the file at all. ``share`` is the part of the
    file, 0 to 1, that has been read after these rows.
    """

    row: NDArray[np.int64]
    columns: "dict[str, pa.Array[Any]]"
    problems: tuple[Problem, ...]
    share: float

    def parts(self, rows: int) -> "list[Self]":
        """The same rows in pieces of at most ``rows``, each with the problems up to its last row."""
        if len(self.row) <= rows:
            return [self]
        starts = range(0, len(self.row), rows)
        ends = [int(self.row[start + rows - 1]) for start in starts[:-1]]
        pieces, told = [], 0
        for start, end in zip(starts, [*ends, None], strict=True):
            problems = tuple(p for p in self.problems if p.row > told and (end is None or p.row <= end))
            told = end or told
            columns = {name: values.slice(start, rows) for name, values in self.columns.items()}
            pieces.append(replace(self, row=self.row[start : start + rows], columns=columns, problems=problems))
        return pieces


def shown(value: object) -> str:
    """A value as a refused row quotes it."""
    text = str(value).replace("\0", "\ufffd")
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def broken_row(row: int, value: str, reason: str, remedy: str) -> Problem:
    """A row that could not be taken apart into columns: the ``column`` of such a problem is empty."""
    return Problem(row=row, column="", value=shown(value), reason=reason, remedy=remedy, severity="refused")
