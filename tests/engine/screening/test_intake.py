from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from touchmark.engine.screening.intake import Intake, within_calendar
from touchmark.engine.screening.problems import Problem


def problem(row: int, severity: str) -> Problem:
    return Problem(row, "price", "x", "no number", "write digits", severity)  # type: ignore[arg-type]


def test_batches_add_up_to_the_account_of_a_file() -> None:
    first = Intake(new=2, changed=1, problems=(problem(1, "refused"), problem(1, "refused"), problem(3, "warning")))
    second = Intake(new=1, unchanged=4, repeated=1, verified=2, problems=(problem(9, "warning"),))
    whole = first + second
    assert (whole.new, whole.changed, whole.unchanged, whole.repeated, whole.verified) == (3, 1, 4, 1, 2)
    # a row refused for two reasons is one row
    assert (whole.refused, whole.warnings, whole.written) == (1, 2, 4)


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        ([0, None, 20_000], [date(1970, 1, 1), None, date(2024, 10, 4)]),
        # before the year 1 and after 9999 there is no day that a database or Python holds
        ([-800_000, 3_000_000, 1], [None, None, date(1970, 1, 2)]),
    ],
)
def test_days_outside_the_calendar_are_taken_out_and_told(days: list[int | None], kept: list[date | None]) -> None:
    schema = pa.schema([pa.field("row", pa.int64()), pa.field("opened_on", pa.date32())])
    rows = pa.record_batch([pa.array([5, 6, 7]), pa.array(days, pa.int32()).cast(pa.date32())], schema=schema)
    found, problems = within_calendar(rows)
    assert found.column("opened_on").to_pylist() == kept
    lost = [row for row, day, was in zip([5, 6, 7], kept, days, strict=True) if day is None and was is not None]
    assert [(p.row, p.column, p.severity) for p in problems] == [(row, "opened_on", "warning") for row in lost]


def test_moments_too_and_nothing_else() -> None:
    utc = pa.timestamp("us", tz="UTC")
    rows = pa.record_batch(
        [pa.array([1, 2]), pa.array(["a", "b"]), pa.array([2**62, 0], pa.int64()).cast(utc)],
        names=["row", "title", "published_at"],
    )
    found, problems = within_calendar(rows)
    assert found.column("published_at").to_pylist() == [None, datetime(1970, 1, 1, tzinfo=UTC)]
    assert found.column("title").to_pylist() == ["a", "b"]
    assert len(problems) == 1
