"""What a row must have, and what is said of one that has not."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.problems import Problem, Severity
from touchmark.integrations.files import values
from touchmark.integrations.files.raw import Raw, shown
from touchmark.integrations.files.tables import Table
from touchmark.integrations.files.values import Lists, Values, pc


@dataclass(slots=True)
class Checked:
    """The columns of some rows in the engine's types, and all that was wrong with them."""

    row: NDArray[np.int64]
    columns: dict[str, Values] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refused(self) -> set[int]:
        """The rows that are left out."""
        return {problem.row for problem in self.problems if problem.severity == "refused"}


def checked(raw: Raw, table: Table) -> Checked:
    """Every column read, every value without a sense told, every rule for single rows applied."""
    result = Checked(raw.row, problems=[_weighed(problem, table) for problem in raw.problems])
    for column in table.schema:
        if column.name in table.columns:
            result.columns[column.name] = _column(raw, column, table, result)
    for name in table.required:
        _require(name, result)
    if table.one_of:
        _require_one_of(table.one_of, result)
    return result


def _weighed(problem: Problem, table: Table) -> Problem:
    """A value that a row cannot do without costs the row."""
    return replace(problem, severity="refused") if problem.column in table.required else problem


def _column(raw: Raw, column: "pa.Field[Any]", table: Table, result: Checked) -> Values:
    found = raw.columns.get(column.name)
    if found is None:
        return pa.nulls(len(raw.row), column.type)
    texts = values.visible(found)
    if pa.types.is_list(column.type):
        texts = values.tidied(texts if pa.types.is_list(texts.type) else values.split(texts))
    kind = values.kind_of(column)
    if column.name in table.choices:
        kind = _choice(column.name, table.choices[column.name])
    if kind is None:
        return texts
    read = kind.read(texts)
    severity: Severity = "refused" if column.name in table.required else "warning"
    for place in np.flatnonzero(values.unreadable(texts, read)):
        value = _quoted(texts[int(place)].as_py())
        row = int(raw.row[place])
        result.problems.append(Problem(row, column.name, value, kind.reason, kind.remedy, severity))
    return read


def _choice(name: str, words: tuple[str, ...]) -> values.Kind:
    known = pa.array(words, pa.string())

    def read(texts: Values) -> Values:
        return pc.if_else(pc.is_in(texts, value_set=known), texts, pa.scalar(None, pa.string()))

    return values.Kind(read, f"not a known {name}", f"write one of {', '.join(words)}")


def _quoted(value: str | list[str]) -> str:
    return shown(value if isinstance(value, str) else "|".join(value))


def _require(name: str, result: Checked) -> None:
    told = {problem.row for problem in result.problems if problem.column == name}
    for row in _rows_without(result.columns[name], result):
        if row not in told:
            remedy = f"give every row its own {name}" if name.endswith("_id") else f"give every row a {name}"
            result.problems.append(Problem(row, name, None, f"no {name}", remedy, "refused"))


def _require_one_of(names: tuple[str, ...], result: Checked) -> None:
    rows = set.intersection(*(set(_rows_without(result.columns[name], result)) for name in names))
    for row in sorted(rows):
        reason = f"neither {' nor '.join(names)}"
        result.problems.append(Problem(row, names[0], None, reason, f"give a {' or an '.join(names)}", "refused"))


def _rows_without(column: Values, result: Checked) -> Iterator[int]:
    missing = np.asarray(pc.is_null(column).to_numpy(zero_copy_only=False), bool)
    return (int(row) for row in result.row[missing])


def refuse_repeated(result: Checked, key: tuple[str, ...], seen: dict[tuple[str | None, ...], int]) -> None:
    """
    Refuse rows whose key an earlier row has; ``seen`` maps the keys of the rows before these to their rows.

    A row that is refused for another reason does not take its key from a later one.
    """
    out = result.refused()
    keys = zip(*(result.columns[name].to_pylist() for name in key), strict=True)
    for row, found in zip(result.row.tolist(), keys, strict=True):
        if row in out:
            continue
        first = seen.setdefault(found, row)
        if first != row:
            reason = f"the same {' and '.join(key)} as row {first}"
            result.problems.append(Problem(row, key[0], shown(found[0]), reason, "keep one of the two rows", "refused"))


def unreadable_names(result: Checked) -> Lists:
    """For each row the names of the optional columns whose value could not be read."""
    names: dict[int, list[str]] = {}
    for problem in result.problems:
        if problem.severity == "warning":
            names.setdefault(problem.row, []).append(problem.column)
    return pa.array([names.get(row, []) for row in result.row.tolist()] if names else [[]] * len(result.row), _TEXTS)


_TEXTS = pa.list_(pa.string())
