import csv
import io
import json
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchmark.engine.screening.schemas import REASON
from touchmark.integrations.files.lines import csv_lines, json_lines

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ['a"b', "a\\b", "a\r\nb", "\x00\x1f", ","]
)
optional = st.none() | texts
numbers = st.floats(allow_nan=False, allow_infinity=False)
reasons = st.fixed_dictionaries({"feature": texts, "value": optional, "weight": numbers, "text": texts})
rows = st.fixed_dictionaries(
    {
        "name": optional,
        "count": st.none() | st.integers(-(2**63), 2**63 - 1),
        "share": st.none() | numbers,
        "reasons": st.none() | st.lists(reasons, max_size=3),
        "box": st.none() | st.lists(st.integers(-(2**31), 2**31 - 1), max_size=4),
        "words": st.none() | st.lists(texts, max_size=3),
    }
)
SCHEMA = pa.schema(
    [
        pa.field("name", pa.string()),
        pa.field("count", pa.int64()),
        pa.field("share", pa.float64()),
        pa.field("reasons", pa.list_(REASON)),
        pa.field("box", pa.list_(pa.int32())),
        pa.field("words", pa.list_(pa.string())),
    ]
)


def table_of(found: list[dict[str, Any]], skip: int) -> pa.Table:
    """A table whose arrays do not begin at the beginning of their buffers."""
    return pa.Table.from_pylist(found[:1] * skip + found, schema=SCHEMA).slice(skip if found else 0)


@settings(max_examples=200)
@given(found=st.lists(rows, max_size=4), skip=st.integers(0, 2))
def test_json_lines_read_back_as_they_were(found: list[dict[str, Any]], skip: int) -> None:
    lines = json_lines(table_of(found, skip)).decode().split("\n")
    assert [json.loads(line) for line in lines[:-1]] == found
    assert lines[-1] == ""


@settings(max_examples=200)
@given(found=st.lists(rows, max_size=4), skip=st.integers(0, 2))
def test_csv_lines_read_back_as_they_were(found: list[dict[str, Any]], skip: int) -> None:
    data = csv_lines(table_of(found, skip)).decode()
    read = list(csv.reader(io.StringIO(data, newline=""), strict=True))
    assert [row[0] for row in read] == [row["name"] or "" for row in found]
    assert [row[1] for row in read] == ["" if row["count"] is None else str(row["count"]) for row in found]
    assert [float(row[2]) if row[2] else None for row in read] == [row["share"] for row in found]
    assert [json.loads(row[3]) if row[3] else None for row in read] == [row["reasons"] for row in found]
    assert [json.loads(row[4]) if row[4] else None for row in read] == [row["box"] for row in found]
    assert [row[5] for row in read] == ["|".join(row["words"] or ()) for row in found]


#: (text, as JSON, as a cell)
SIGNS = [
    ("plain", '"plain"', "plain"),
    ('a "b"', '"a \\"b\\""', '"a ""b"""'),
    ("a,b", '"a,b"', '"a,b"'),
    ("a\nb\tc", '"a\\nb\\tc"', '"a\nb\tc"'),
    ("漢😀", '"漢😀"', "漢😀"),
    ("\x1f", '"\\u001f"', "\x1f"),
    (" a ", '" a "', " a "),
]


@pytest.mark.parametrize(("text", "as_json", "as_cell"), SIGNS)
def test_only_what_needs_it_is_quoted(text: str, as_json: str, as_cell: str) -> None:
    table = pa.table({"t": [text]})
    assert json_lines(table).decode() == f'{{"t":{as_json}}}\n'
    assert csv_lines(table).decode() == f"{as_cell}\n"
