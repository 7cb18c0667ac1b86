"""What became of the rows that were taken in from a file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute

from touchmark.engine.screening.problems import Problem

pc: Any = pyarrow.compute


class Outcome(StrEnum):
    """What became of one row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"  # it gave way to a later row
    REFUSED = "refused"


#: Hears of rows by their numbers what became of them, once that is written; of refused and repeated ones not: they are
#: among the problems.
Tell = Callable[[Outcome, Iterable[int]], None]


def to_nobody(outcome: Outcome, rows: Iterable[int], /) -> None:
    """Where the counts are enough: of a file of millions the rows are kept nowhere."""


@dataclass(frozen=True, slots=True)
class Intake:
    """
    How many rows said something new, changed what stood here, said what stood here already, or were repeated by a
    later row that counts in their place; and what was wrong. ``verified`` rights are among those counted.

    Sums of these are the account of a whole file: every row of it is in one of these counts, or refused.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    verified: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> int:
        """How many rows were left out."""
        return len({problem.row for problem in self.problems if problem.severity == "refused"})

    @property
    def warnings(self) -> int:
        """How many values were left out of rows that were taken in."""
        return sum(problem.severity == "warning" for problem in self.problems)

    @property
    def written(self) -> int:
        """How many rows changed something."""
        return self.new + self.changed

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.repeated + other.repeated,
            self.verified + other.verified,
            self.problems + other.problems,
        )


#: The years that dates have in Python and in databases; files can name others.
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def within_calendar(rows: pa.RecordBatch) -> tuple[pa.RecordBatch, list[Problem]]:
    """
    Take out days and moments outside the years 1 to 9999: no database keeps them.

    :return: the rows without them, and a warning for each
    """
    problems: list[Problem] = []
    for place, column in enumerate(rows.schema):
        if not pa.types.is_temporal(column.type):
            continue
        values: Any = rows.column(place)
        first, last = (pa.scalar(bound).cast(column.type) for bound in (_FIRST, _LAST))
        fits = pc.and_(pc.greater_equal(values, first), pc.less_equal(values, last))
        for at in np.flatnonzero(pc.fill_null(pc.invert(fits), False).to_numpy(zero_copy_only=False)):
            row = rows.column("row")[int(at)].as_py()
            remedy = "write year, month and day as in 2026-03-31"
            problems.append(Problem(row, column.name, None, "not within the years 1 to 9999", remedy))
        rows = rows.set_column(place, column, pc.if_else(fits, values, pa.scalar(None, column.type)))
    return rows, problems
