"""Moments in letters say their zone and mean it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from touchmark.apps.decisions.statement import moment


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 8, 1, 22, 5, tzinfo=UTC),
        datetime(2026, 8, 2, 6, 5, tzinfo=timezone(timedelta(hours=8))),  # the same moment, as Shanghai writes it
    ],
)
def test_a_moment_is_given_in_the_zone_that_it_names(at: datetime) -> None:
    assert moment(at) == "1 August 2026, 22:05 UTC"
