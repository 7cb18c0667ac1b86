"""
Rows of a JSON Lines file: one object a line.

Arrow's own reader guesses types (it makes times of text, and stops at a column of mixed types), so lines are decoded
here; numbers keep the digits they are written with.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.problems import Problem
from touchmark.integrations.files.encoding import BOM, require_utf8
from touchmark.integrations.files.raw import Raw, broken_row, shown
from touchmark.integrations.files.tables import Table

BLOCK = 1 << 20
#: A line longer than this is refused.
LONGEST = 4 << 20
#: Values nested deeper than this are refused: what Python just reads it does not write again.
DEEPEST = 100

_ONE_OBJECT = "write one JSON object a line, in UTF-8, with its line breaks as \\n"
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGITS = 30


@dataclass(frozen=True, slots=True)
class JsonRows:
    """A JSON Lines file that has been looked at. Which columns it has is known only line by line."""

    path: Path
    table: Table
    columns: None = None

    @classmethod
    def opened(cls, path: Path, table: Table) -> "JsonRows":
        """
        :raises UnusableFile: if the file is not UTF-8
        """
        require_utf8(path)
        return cls(path, table)

    def raws(self) -> Iterator[Raw]:
        """The rows of the file, in order, about ``BLOCK`` bytes at a time. Blank lines are no rows."""
        size, first = self.path.stat().st_size, 1
        with self.path.open("rb") as stream:
            if stream.read(len(BOM)) != BOM:
                stream.seek(0)
            for lines in _line_blocks(stream):
                yield self._raw(lines, first, min(1.0, stream.tell() / size))
                first += len(lines)

    def _raw(self, lines: Sequence[bytes], first: int, share: float) -> Raw:
        objects: list[dict[str, Any]] = []
        rows: list[int] = []
        problems: list[Problem] = []
        for row, line in enumerate(lines, first):
            try:
                objects.append(_object(line))
            except ValueError as fault:
                problems.append(broken_row(row, line[:1000].decode("utf-8", "replace"), str(fault), _ONE_OBJECT))
            else:
                rows.append(row)
        names = dict.fromkeys((*self.table.columns, *(name for found in objects for name in found)))
        columns = {_whole(name): self._column(name, objects, rows, problems) for name in names}
        return Raw(np.array(rows, np.int64), columns, tuple(problems), share)

    def _column(
        self, name: str, objects: list[dict[str, Any]], rows: list[int], problems: list[Problem]
    ) -> "pa.Array[Any]":
        values = [found.get(name) for found in objects]
        if name not in self.table.columns:
            return _text_array([None if value is None else _any_text(value) for value in values])
        if pa.types.is_list(self.table.schema.field(name).type):
            return _checked(values, _texts, name, rows, problems, pa.list_(pa.string()))
        return _checked(values, _json_text if name == "attributes" else _text, name, rows, problems, pa.string())


class _TooLong(bytes):
    """The beginning of a line that is longer than ``LONGEST``."""


def _line_blocks(stream: BinaryIO) -> Iterator[list[bytes]]:
    """Lines that are not blank, without their ends, about ``BLOCK`` bytes at a time."""
    rest, skipping = b"", False
    found: list[bytes] = []
    while block := stream.read(BLOCK):
        if found:
            yield found
        if skipping:
            _, end, block = block.partition(b"\n")
            skipping = not end
        *lines, rest = (rest + block).split(b"\n")
        if len(rest) > LONGEST:
            lines.append(_TooLong(rest[:1000]))
            rest, skipping = b"", True
        found = [line for line in lines if line.strip()]
    if rest.strip():
        found.append(rest)
    if found:
        yield found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _number(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise ValueError(f"{digits[:40]} is larger or smaller than any number here") from None


_DECODER = json.JSONDecoder(parse_float=_number, parse_constant=_no_constant, strict=False)


def _object(line: bytes) -> dict[str, Any]:
    if isinstance(line, _TooLong):
        raise ValueError(f"a line longer than {LONGEST >> 20} MiB")
    try:
        value = _DECODER.decode(line.decode())
    except RecursionError:
        raise ValueError("values nested too deeply") from None
    except json.JSONDecodeError as fault:
        raise ValueError(f"not JSON: {fault.msg[0].lower()}{fault.msg[1:]}, at character {fault.pos + 1}") from None
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    if line.count(b"[") + line.count(b"{") > DEEPEST and _depth(value) > DEEPEST:
        raise ValueError("values nested too deeply")
    return value


def _depth(value: object) -> int:
    """How deep values lie in each other, counted level by level."""
    depth, level = 0, [value]
    while level := [one for one in level if isinstance(one, dict | list)]:
        depth += 1
        level = [held for one in level for held in (one.values() if isinstance(one, dict) else one)]
    return depth


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f") if abs(value.adjusted()) < _DIGITS else str(value)
    raise ValueError("not text but a JSON " + ("array" if isinstance(value, list) else "object"))


def _texts(value: object) -> list[str] | None:
    if not isinstance(value, list):
        raise ValueError("not a JSON array")
    texts = (None if item is None else _text(item) for item in value)
    return [text for text in texts if text]


def _json_text(value: object) -> str | None:
    if isinstance(value, str):
        return value or None
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_written)


def _written(number: Decimal) -> float | str:
    """A number as JSON; one that no float holds as text, so that the rest is read."""
    return float(number) if isfinite(float(number)) else str(number)


def _any_text(value: object) -> str | None:
    return _json_text(value) if isinstance(value, dict | list) else _text(value)


_REMEDIES = {_text: 'write the value as text, in quotes ("")', _texts: 'write a JSON array of texts: ["a", "b"]'}


def _checked(
    values: list[Any],
    convert: Any,
    name: str,
    rows: list[int],
    problems: list[Problem],
    into: pa.DataType,
) -> "pa.Array[Any]":
    """The values as text (or lists of it); those that cannot be are null, and said in ``problems``."""
    if convert is _text and set(map(type, values)) <= {str, type(None)}:
        return _text_array([value or None for value in values])
    texts: list[Any] = []
    for row, value in zip(rows, values, strict=True):
        try:
            texts.append(None if value is None else convert(value))
        except ValueError as fault:
            texts.append(None)
            shown_value = shown(_SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False, default=str)))
            problems.append(Problem(row, name, shown_value, str(fault), _REMEDIES.get(convert, "write a JSON object")))
    return _text_array(texts, into)


def _text_array(values: list[Any], into: pa.DataType | None = None) -> "pa.Array[Any]":
    """An Arrow array; half of a surrogate pair, which JSON can spell and UTF-8 cannot, becomes U+FFFD."""
    try:
        return pa.array(values, into or pa.string())
    except UnicodeEncodeError:
        return pa.array([_whole(value) for value in values], into or pa.string())


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
