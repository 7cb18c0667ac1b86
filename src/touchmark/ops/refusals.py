"""What could not be used of the files of one run: counted, written where asked, and told in a line or two."""

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from touchmark.engine.screening.problems import Problem
from touchmark.engine.screening.schemas import REFUSED
from touchmark.integrations.files.reading import count_refused, refused_table
from touchmark.integrations.files.writing import Output

#: One run may read a register, sellers and listings: the first column says which of them a row is about.
REFUSED_BY_FILE = pa.schema([pa.field("file", pa.string(), nullable=False), *REFUSED])

#: How many are told in words; the others are in the file of refused rows.
TOLD = 3


class Refusals:
    """The problems of one run, in the order they were found; ``output`` gets them all, if there is one."""

    def __init__(self, output: Output | None) -> None:
        self._output = output
        self._first: list[tuple[str, Problem]] = []
        self.rows = 0
        self.warnings = 0

    def add(self, file: str, problems: Sequence[Problem]) -> None:
        """More problems; all those of one row come together."""
        if not problems:
            return
        self.rows += count_refused(problems)
        self.warnings += sum(problem.severity == "warning" for problem in problems)
        self._first += [(file, problem) for problem in problems[: TOLD - len(self._first)]]
        if self._output:
            table = refused_table(problems)
            self._output.write(table.add_column(0, REFUSED_BY_FILE.field(0), pa.array([file] * len(problems))))

    @property
    def code(self) -> int:
        """The exit code: 1 where a row was refused."""
        return 1 if self.rows else 0

    def lines(self) -> Iterator[str]:
        """What to tell: how many, and the first few."""
        if not self.rows and not self.warnings:
            return
        counted = f"{_many(self.rows, 'row')} refused, {_many(self.warnings, 'value')} left out"
        yield counted if self._output else f"{counted}; --refused FILE writes what and why"
        for file, problem in self._first:
            yield f"  {file} row {problem.row}{_at(problem.column)}: {problem.reason.rstrip('.')}; {problem.remedy}"
        rest = self.rows + self.warnings - len(self._first)
        if rest > 0:
            yield "  …"


def joined(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems from several sources about one file, those of a row together."""
    return tuple(sorted(problems, key=lambda problem: problem.row))


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _at(column: str) -> str:
    return f", {column}" if column else ""
