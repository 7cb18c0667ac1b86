"""A small year with everything that can go wrong: no clock missed, none acted twice, the same as if nothing had."""

import pytest
from benchmarks.year.checks import differences, figure, problems
from benchmarks.year.people import cases
from benchmarks.year.workers import END, Year

NOTICES = 600


def year(*, seed: int, faults: bool, careful: bool = True) -> Year:
    found = Year(list(cases(NOTICES, seed)), seed=seed, faults=faults, careful=careful)
    found.run()
    return found


@pytest.fixture(scope="module")
def troubled() -> Year:
    return year(seed=11, faults=True)


def test_faults_change_nothing_but_when_people_are_told(troubled: Year) -> None:
    calm = year(seed=11, faults=False)
    assert problems(troubled.cases, troubled.acts, end=END) == []
    assert problems(calm.cases, calm.acts, end=END) == []
    assert differences(troubled.cases, calm.cases) == []


def test_the_year_has_all_that_can_go_wrong(troubled: Year) -> None:
    assert min(troubled.told.kills, troubled.told.repeats, troubled.told.too_late, troubled.told.by_people) > 0
    acted = {key.split(":")[1] for key in troubled.acts}
    assert {"platform.complete-notice", "platform.holder-answer", "cn.ecl.43.suit-window"} <= acted
    assert {"us.dmca.512g2C.earliest", "platform.authentication"} <= acted
    assert "us.dmca.512g2C.latest" not in acted  # nothing came to fourteen days
    statuses = {status for case in troubled.cases for status in case.status.values()}
    assert {"put_back", "kept", "rejected", "withdrawn", "lapsed", "settled"} <= statuses


def test_the_same_seed_gives_the_same_year(troubled: Year) -> None:
    again = year(seed=11, faults=True)
    assert again.acts == troubled.acts
    assert differences(again.cases, troubled.cases) == []


def test_a_careless_sweep_is_found_out() -> None:
    """Without the claim, and without seeing first to what fell due, clocks act twice, and the checks say so."""
    careless = year(seed=11, faults=True, careful=False)
    told = " ".join(problems(careless.cases, careless.acts, end=END))
    assert "acted 2 times" in told
    assert "not in the order of time" in told


def test_the_figure_counts_complete_notices_alone(troubled: Year) -> None:
    rows = {(row["level"], row["marketplace"]): row for row in figure(troubled.cases, as_of=END).to_pylist()}
    whole = rows["listing", ""]
    lapsed = sum(case.status["item"] == "lapsed" for case in troubled.cases)
    taken_back = sum(case.status["item"] == "withdrawn" for case in troubled.cases)
    assert lapsed > 0
    assert whole["counted"] + whole["waiting"] == len(troubled.cases) - lapsed - taken_back
    assert rows["notice", ""]["share"] <= whole["share"]
