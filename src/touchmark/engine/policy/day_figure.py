"""
The 24-hour figure: what share of reports was processed within 24 elapsed hours, days that do not count cut out whole.

It begins when a notice is complete: an incomplete one is not processed, and is not counted. It ends when the
marketplace confirms what was ordered (upheld), or when the notifier is told (refused). What is still open counts as
late from the moment its 24 hours are over, so that nothing improves the figure by lying about. What was withdrawn is
not counted. Nor is a listing that went before its 24 hours were over, as there is nothing to act on; one that went
later stays late, whatever becomes of it.

Pure, over arrays: one row for each listing of each notice.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from touchmark.engine.policy.open_time import HOUR, Moments, micros, open_time
from touchmark.engine.policy.rules import Place

pc: Any = pyarrow.compute

LIMIT = 24 * HOUR

AT: Any = pa.timestamp("us", tz="UTC")

#: What is measured. ``outcome`` is upheld, refused, withdrawn, gone, or null while it is open; ``told_at`` of what is
#: gone is when the notifier was told so.
REPORTS = pa.schema(
    [
        pa.field("notice", pa.string(), nullable=False),
        pa.field("marketplace", pa.string(), nullable=False),
        pa.field("tier", pa.string(), nullable=False),
        pa.field("complete_at", AT),
        pa.field("outcome", pa.string()),
        pa.field("confirmed_at", AT),
        pa.field("told_at", AT),
    ]
)

#: ``level`` is listing or notice; an empty tier or marketplace means all. ``share`` is null where nothing was counted.
_FIGURES: list[Any] = [
    pa.field("level", pa.string(), nullable=False),
    pa.field("marketplace", pa.string(), nullable=False),
    pa.field("tier", pa.string(), nullable=False),
    pa.field("counted", pa.int64(), nullable=False),
    pa.field("within", pa.int64(), nullable=False),
    pa.field("late", pa.int64(), nullable=False),
    pa.field("waiting", pa.int64(), nullable=False),
    pa.field("share", pa.float64()),
]
FIGURES = pa.schema(_FIGURES)

# In order of gravity: a notice is what the worst of its listings is.
LEFT_OUT, WITHIN, WAITING, LATE = 0, 1, 2, 3


def figures(reports: pa.Table, *, places: Mapping[str, Place], as_of: datetime) -> pa.Table:
    """
    Give the figure per listing and per notice: of all, of each marketplace, of each tier, of each of both.

    :param places: where each marketplace counts its days
    :param as_of: the moment up to which anything is known; what happened later has not happened
    :raises KeyError: if a marketplace has no place
    """
    listings = _labelled(reports, standing(reports, places=places, as_of=as_of))
    notices = listings.group_by(["notice", "marketplace", "tier"]).aggregate([("standing", "max")])
    rows = [
        *_rows("listing", listings.select(["marketplace", "tier", "standing"])),
        *_rows("notice", notices.rename_columns({"standing_max": "standing"})),
    ]
    return pa.Table.from_pylist(rows, schema=FIGURES)


def standing(reports: pa.Table, *, places: Mapping[str, Place], as_of: datetime) -> NDArray[np.int64]:
    """Say of each row whether it was within its 24 hours, late, is waiting in time, or is left out."""
    now = micros(as_of)
    complete, there = _moments(reports.column("complete_at"))
    ended, processed = _ended(reports)
    processed &= ended <= now
    counted = there & (complete <= now) & ~_is(reports, "withdrawn")
    passed = np.zeros(reports.num_rows, np.int64)
    for name, place in places.items():
        here = counted & _is(reports, name, column="marketplace")
        passed[here] = open_time(place).between(complete[here], np.where(processed, ended, now)[here])
    _require_places(reports, counted, places)
    found = np.where(passed > LIMIT, LATE, np.where(processed, WITHIN, WAITING))
    gone = _is(reports, "gone") & (found != LATE)
    return np.where(counted & ~gone, found, LEFT_OUT)


def hours(complete: Any, ended: Any, *, place: Place) -> NDArray[np.float64]:
    """Give the hours that count between moments (microseconds since 1970), as the figure counts them."""
    return open_time(place).between(complete, ended) / HOUR


def _ended(reports: pa.Table) -> tuple[Moments, NDArray[np.bool_]]:
    confirmed, is_confirmed = _moments(reports.column("confirmed_at"))
    told, is_told = _moments(reports.column("told_at"))
    upheld, refused, gone = (_is(reports, outcome) for outcome in ("upheld", "refused", "gone"))
    return np.where(upheld, confirmed, told), (upheld & is_confirmed) | ((refused | gone) & is_told)


def _moments(column: Any) -> tuple[Moments, NDArray[np.bool_]]:
    there = np.asarray(pc.is_valid(column)).astype(np.bool_)
    numbers = pc.fill_null(pc.cast(column, pa.int64()), 0)
    return np.asarray(numbers).astype(np.int64), there


def _is(reports: pa.Table, value: str, *, column: str = "outcome") -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(pc.equal(reports.column(column), value), False)).astype(np.bool_)


def _require_places(reports: pa.Table, counted: NDArray[np.bool_], places: Mapping[str, Place]) -> None:
    column: Any = reports.column("marketplace")
    named: set[str] = set(column.filter(pa.array(counted)).unique().to_pylist())
    if unknown := named - set(places):
        raise KeyError(f"No place is given for: {', '.join(sorted(unknown))}.")


def _labelled(reports: pa.Table, found: NDArray[np.int64]) -> pa.Table:
    table = reports.select(["notice", "marketplace", "tier"]).append_column("standing", pa.array(found))
    return table.filter(pa.array(found != LEFT_OUT))


def _rows(level: str, table: pa.Table) -> list[dict[str, Any]]:
    rows = []
    for by in ([], ["marketplace"], ["tier"], ["marketplace", "tier"]):
        flags = {
            "within": pc.equal(table.column("standing"), WITHIN),
            "late": pc.equal(table.column("standing"), LATE),
            "waiting": pc.equal(table.column("standing"), WAITING),
        }
        keyed = pa.table({key: table.column(key) for key in by} | {k: pc.cast(v, pa.int64()) for k, v in flags.items()})
        sums = keyed.group_by(by).aggregate([(name, "sum") for name in flags]).to_pylist()
        rows += sorted((_row(level, found) for found in sums), key=lambda row: (row["marketplace"], row["tier"]))
    return rows


def _row(level: str, sums: Mapping[str, Any]) -> dict[str, Any]:
    within, late, waiting = (sums[f"{name}_sum"] or 0 for name in ("within", "late", "waiting"))
    counted = within + late
    return {
        "level": level,
        "marketplace": sums.get("marketplace", ""),
        "tier": sums.get("tier", ""),
        "counted": counted,
        "within": within,
        "late": late,
        "waiting": waiting,
        "share": within / counted if counted else None,
    }
