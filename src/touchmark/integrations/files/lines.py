"""
Rows of a table as lines of CSV and of JSON, over whole columns.

Findings are many and their reasons are deep: one call per row costs more than finding them.
"""

import json
from typing import Any

import numpy as np
import pyarrow as pa

from touchmark.integrations.files.values import Lists, Values, pc

_NULL = pa.scalar(None, pa.string())


def csv_lines(table: pa.Table) -> bytes:
    """RFC 4180 with line feeds: lists of text with ``|``, what is deeper as JSON, nothing as an empty cell."""
    cells = (_csv_cells(table.column(name).combine_chunks()) for name in table.column_names)
    return _joined(*cells, separator=",")


def json_lines(table: pa.Table) -> bytes:
    """One object a line with every column in it, in the order of the table."""
    columns = [table.column(name).combine_chunks() for name in table.column_names]
    return _joined(json_texts(pa.StructArray.from_arrays(columns, table.column_names)), separator="")


def json_texts(values: Values) -> Values:
    """Each value as JSON, as ``json.dumps`` would write it without spaces and with all of Unicode."""
    kind = values.type
    if pa.types.is_struct(kind):
        texts = _objects(values)
    elif pa.types.is_list(kind):
        texts = _arrays(values)
    elif pa.types.is_string(kind):
        texts = _quoted(values)
    else:
        texts = values.cast(pa.string())
    return pc.fill_null(pc.if_else(values.is_valid(), texts, _NULL), "null")


def _objects(values: Values) -> Values:
    parts: list[Any] = []
    for place, name in enumerate(values.type.names):
        parts += [f"{'{' if place == 0 else ','}{json.dumps(name)}:", json_texts(pc.struct_field(values, name))]
    return _spliced(*parts, "}")


def _arrays(lists: Lists) -> Values:
    return _spliced("[", _items_joined(lists, json_texts(lists.flatten()), ","), "]")


def _items_joined(lists: Lists, items: Values, separator: str) -> Values:
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    offsets: Any = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), items), separator)


def _quoted(texts: Values) -> Values:
    if pc.any(pc.match_substring_regex(texts, r"[\x00-\x08\x0b\x0c\x0e-\x1f]")).as_py():  # rare: one by one
        found = (None if text is None else json.dumps(text, ensure_ascii=False) for text in texts.to_pylist())
        return pa.array(found, pa.string())
    for sign, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        texts = pc.replace_substring(texts, sign, escaped)
    return _spliced('"', texts, '"')


def _csv_cells(values: Values) -> Values:
    if pa.types.is_list(values.type) and pa.types.is_string(values.type.value_type):
        texts = _items_joined(values, pc.fill_null(values.flatten(), ""), "|")
    elif pa.types.is_nested(values.type):
        texts = json_texts(values)
    else:
        texts = values.cast(pa.string())
    quoted = _spliced('"', pc.replace_substring(texts, '"', '""'), '"')
    texts = pc.if_else(pc.match_substring_regex(texts, '[",\r\n]'), quoted, texts)
    return pc.fill_null(pc.if_else(values.is_valid(), texts, _NULL), "")


def _spliced(*parts: Any) -> Values:
    return pc.binary_join_element_wise(*parts, "")


def _joined(*columns: Values, separator: str) -> bytes:
    """The rows, each ended by a line feed."""
    rows = pc.binary_join_element_wise(*columns, separator)
    if not len(rows):
        return b""
    whole = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), rows), "\n")
    return bytes(whole[0].as_buffer()) + b"\n"
