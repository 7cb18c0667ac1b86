"""Strikes: what counts, until when, and that waiting never makes a standing worse."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.penalties.ladder import Against, Standing, UnusableLadder, in_force, ladder_of, record

AT = datetime(2026, 8, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
YEAR = 365 * DAY


def against(*days: int, kind: str = "remove") -> list[Against]:
    """Give decisions that count since so many days before."""
    return [Against(f"D-{number}", kind, AT - day * DAY) for number, day in enumerate(days)]


@pytest.mark.parametrize(
    ("decisions", "standing"),
    [
        ([], Standing.GOOD),
        (against(1), Standing.NOTED),
        (against(1, 2), Standing.NOTED),
        (against(1, 2, 3), Standing.WARNED),
        (against(1, 2, 3, 4, 5), Standing.AT_RISK),
        (against(1, 2, 400), Standing.NOTED),  # one has expired
        (against(365), Standing.GOOD),  # expired this very moment
        (against(-1), Standing.GOOD),  # begins tomorrow
        (against(1, 2, 3, kind="hold"), Standing.GOOD),  # counts for nothing
        (against(1, kind="suspend"), Standing.GOOD),
    ],
)
def test_what_counts(decisions: list[Against], standing: Standing) -> None:
    assert record(decisions, at=AT).standing == standing


def test_each_strike_says_when_it_expires_the_next_one_first() -> None:
    found = record(against(10, 300), at=AT)
    assert [strike.ref for strike in found.strikes] == ["D-1", "D-0"]
    assert found.better_on == AT - 300 * DAY + YEAR
    assert record([], at=AT).better_on is None


@given(st.lists(st.integers(0, 800), max_size=12), st.integers(0, 500))
def test_waiting_never_makes_it_worse(days: list[int], wait: int) -> None:
    now, later = record(against(*days), at=AT), record(against(*days), at=AT + wait * DAY)
    assert len(later.strikes) <= len(now.strikes)
    assert list(Standing).index(later.standing) <= list(Standing).index(now.standing)


@pytest.mark.parametrize("steps", [[], [1], [0, 0], [0, 3, 2]])
def test_a_ladder_whose_steps_do_not_go_up_is_refused(steps: list[int]) -> None:
    row = {"id": "x", "in_force_from": AT.date(), "source": "s", "kinds": ["remove"], "life_days": 1}
    with pytest.raises(UnusableLadder):
        ladder_of(row | {"step": [{"strikes": strikes, "standing": "good"} for strikes in steps]})


def test_before_the_first_ladder_there_is_none() -> None:
    with pytest.raises(UnusableLadder):
        in_force(datetime(1999, 1, 1, tzinfo=UTC).date())
