"""
From text to the types of the engine, over whole columns.

Each reader returns the values, with null where a text could not be read; what was there and became null is unreadable.
One bad value among many costs a slower second look at its column in that batch, and nothing else.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

#: Arrow arrays, of anything and of lists. The stubs of Arrow refuse most calls that mix an array and a plain value, so
#: these are names for the reader and not for the type checker.
Values: TypeAlias = Any
Lists: TypeAlias = Any

pc: Any = pyarrow.compute

_NUMBER = r"^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$"
_WHOLE = r"^[0-9]{1,18}(\.0+)?$"
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]00:00(:00(\.0+)?)?Z?)?$"
_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$"
_ZONED = r"[T ].*(Z|[+-][0-9]{2}(:?[0-9]{2})?)$"


@dataclass(frozen=True, slots=True)
class Kind:
    """How the texts of one column are read, and what is said of one that cannot be."""

    read: Callable[[Values], Values]
    reason: str
    remedy: str


def kind_of(column: "pa.Field[Any]") -> Kind | None:
    """How a column is read; None for text, of which every value is readable."""
    if column.name == "attributes":
        return JSON
    if pa.types.is_list(column.type):
        return CLASSES if pa.types.is_integer(column.type.value_type) else None
    return _KINDS.get(str(column.type))


def unreadable(texts: Values, values: Values) -> NDArray[np.bool_]:
    """Where there was a text and there is no value."""
    lost = pc.and_(pc.is_valid(texts), pc.is_null(values))
    return np.asarray(lost.to_numpy(zero_copy_only=False), bool)


def visible(texts: Values) -> Values:
    """Text (or lists of it) with each NUL written as U+FFFD, which databases can keep; offsets stay what they were."""
    if isinstance(texts, pa.ListArray):
        return _relisted(texts, visible(texts.flatten()), None)
    if not pc.any(pc.match_substring(texts, "\0")).as_py():
        return texts
    return pc.replace_substring(texts, "\0", "\ufffd")


def split(texts: Values) -> Lists:
    """Lists from text with ``|`` between the items."""
    return pc.split_pattern(texts, "|")


#: The first and the last day (True) or moment (False) that are kept.
_EDGES = {
    True: (date.min, date.max),
    False: (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
}


def tidied(lists: Lists) -> Lists:
    """Lists with the space around each item and all empty items gone; a list of nothing is null."""
    items = pc.utf8_trim_whitespace(lists.flatten())
    keep = pc.fill_null(pc.greater(pc.binary_length(items), 0), False)
    return _relisted(lists, items, keep.to_numpy(zero_copy_only=False))


def _relisted(lists: Lists, items: Values, keep: NDArray[np.bool_] | None) -> Lists:
    """The lists with new items, those not kept left out; null where nothing is left."""
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    ends = np.cumsum(lengths)
    if keep is not None:
        kept = np.concatenate([[0], np.cumsum(keep)])
        ends, items = kept[ends], items.filter(pa.array(keep))
    offsets: Any = np.concatenate([[0], ends]).astype(np.int32)
    empty = np.diff(offsets) == 0
    return pa.ListArray.from_arrays(pa.array(offsets), items, mask=pa.array(empty))


def _cast(texts: Values, shape: str, into: pa.DataType) -> Values:
    """Texts of a shape, cast; null for the others and for those that have the shape and no value (30 February)."""
    shaped = pc.if_else(pc.match_substring_regex(texts, shape), texts, pa.scalar(None, pa.string()))
    try:
        return shaped.cast(into)
    except pa.ArrowInvalid:
        return pa.array([_cast_one(text, into) for text in shaped], into)


def _cast_one(text: pa.StringScalar, into: pa.DataType) -> Any:
    try:
        return text.cast(into).as_py()
    except (pa.ArrowInvalid, OverflowError):  # OverflowError: a year that Python does not have
        return None


def _within_calendar(values: Values) -> Values:
    """Days or moments of the years 1 to 9999; null for others, which neither Python nor databases keep."""
    first, last = (pa.scalar(edge).cast(values.type) for edge in _EDGES[pa.types.is_date(values.type)])
    within = pc.and_(pc.greater_equal(values, first), pc.less_equal(values, last))
    return pc.if_else(within, values, pa.scalar(None, values.type))


def _numbers(texts: Values) -> Values:
    values = _cast(pc.utf8_trim_whitespace(texts), _NUMBER, pa.float64())
    return pc.if_else(pc.is_finite(values), values, pa.scalar(None, pa.float64()))


def _wholes(texts: Values) -> Values:
    shaped = _cast(pc.utf8_trim_whitespace(texts), _WHOLE, pa.string())
    return pc.replace_substring_regex(shaped, r"\.0+$", "").cast(pa.int64())


def _dates(texts: Values) -> Values:
    shaped = _cast(pc.utf8_trim_whitespace(texts), _DATE, pa.string())
    return _within_calendar(_cast(pc.utf8_slice_codeunits(shaped, 0, 10), _DATE, pa.date32()))


def _moments(texts: Values) -> Values:
    trimmed = pc.replace_substring_regex(pc.utf8_trim_whitespace(texts), r"(\.[0-9]{6})[0-9]+", r"\1")
    zoned = pc.match_substring_regex(trimmed, _ZONED)
    timed = pc.if_else(pc.match_substring(trimmed, ":"), trimmed, pc.binary_join_element_wise(trimmed, "00:00", " "))
    utc = pc.if_else(zoned, trimmed, pc.binary_join_element_wise(timed, "Z", ""))
    return _within_calendar(_cast(utc, _MOMENT, pa.timestamp("us", tz="UTC")))


def _classes(lists: Lists) -> Values:
    """Lists of Nice classes; one item that is no class makes the whole list unreadable."""
    items = lists.flatten()
    classes = _cast(items, r"^0*[0-9]{1,2}(\.0+)?$", pa.string())
    numbers = pc.replace_substring_regex(classes, r"\.0+$", "").cast(pa.int16())
    numbers = pc.if_else(pc.and_(pc.greater(numbers, 0), pc.less(numbers, 46)), numbers, pa.scalar(None, pa.int16()))
    good = _relisted(lists, numbers, None)
    faulty = pc.list_parent_indices(lists).filter(pc.is_null(numbers))
    return pc.if_else(pc.is_in(pa.array(np.arange(len(lists))), faulty.cast(pa.int64())), None, good)


def _json(texts: Values) -> Values:
    """Texts that are a JSON object or array, as they are written."""
    sound = pa.array([_is_json(text) for text in texts.to_pylist()], pa.bool_())
    return pc.if_else(sound, texts, pa.scalar(None, pa.string()))


def _is_json(text: str | None) -> bool:
    try:
        return text is not None and isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


NUMBER = Kind(
    _numbers,
    "not a plain number",
    "write digits, with a point before decimals and without sign, currency, spaces or thousands separators: 12.90",
)
WHOLE = Kind(_wholes, "not a whole number of 0 or more", "write digits only: 12")
DATE = Kind(_dates, "not a date", "write year, month and day: 2026-03-31")
MOMENT = Kind(_moments, "not a moment", "write date and time with their zone: 2026-03-31T14:05:00Z (no zone: UTC)")
CLASSES = Kind(_classes, "not a list of Nice classes", "write class numbers from 1 to 45")
JSON = Kind(_json, "not JSON", 'write a JSON object: {"colour": "red"}')

_KINDS = {"double": NUMBER, "int64": WHOLE, "date32[day]": DATE, "timestamp[us, tz=UTC]": MOMENT}
