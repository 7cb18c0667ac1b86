"""Of a person's decisions some are drawn; somebody else looks, blind; the share that agrees comes with its interval."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.factories import accounts, decisions
from tests.factories.accounts import AT
from tests.factories.decisions import Desk, acting

from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.desk import figures, redraws
from touchmark.apps.desk.models import Redraw
from touchmark.apps.desk.redraws import Agreement, IncompleteLook, NoSuchRedraw, wilson
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Role

LATER = decisions.LATER + timedelta(hours=1)


@pytest.fixture
def made(db: None, settings: Any, tmp_path: Path) -> Desk:
    """Build a desk with work on it, in folders of this test."""
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = (tmp_path / name for name in ("blobs", "snaps", "shards"))
    return decisions.desk(plain=3)


@pytest.fixture
def drawn(made: Desk, settings: Any) -> Desk:
    """Let Rita decide on two listings, and draw both."""
    settings.TOUCHMARK_SECOND_LOOKS = 1.0
    decisions.restriction(made, "disguised")
    decisions.restriction(made, "astral", kind=DecisionKind.NONE, right=None, ground=None)
    assert redraws.draw(LATER) == 2
    return made


def test_one_in_fifty_is_drawn_and_none_twice(made: Desk, settings: Any) -> None:
    settings.TOUCHMARK_SECOND_LOOKS = 0.02
    refs = [f"D-2026-{number:04d}-TEST" for number in range(20_000)]
    assert 300 < sum(redraws._takes(ref) for ref in refs) < 500
    assert {ref for ref in refs if redraws._takes(ref)} == {ref for ref in refs if redraws._takes(ref)}


def test_a_decision_is_drawn_once_and_not_before_it_is_settled(made: Desk, settings: Any) -> None:
    settings.TOUCHMARK_SECOND_LOOKS = 1.0
    decisions.restriction(made, "disguised")
    assert redraws.draw(decisions.LATER) == 0
    assert redraws.draw(LATER) == 1
    assert redraws.draw(LATER) == 0


def test_nobody_looks_again_at_their_own(drawn: Desk) -> None:
    assert not redraws.waiting(acting(drawn.rita)).exists()
    own = Redraw.objects.first()
    assert own is not None
    with pytest.raises(NoSuchRedraw):
        redraws.look(key=own.pk, restricts=True, words="", actor=acting(drawn.rita), at=LATER)
    assert redraws.waiting(acting(drawn.ravi)).count() == 2


def test_agreement_is_that_both_would_restrict_or_both_would_leave(drawn: Desk) -> None:
    ravi = acting(drawn.ravi)
    for one in redraws.waiting(ravi):  # both would be restricted: with one of the two Ravi agrees
        redraws.look(key=one.pk, restricts=True, words="It is the same sign.", actor=ravi, at=LATER)
    found = redraws.agreement(acting(drawn.rita))
    assert (found.looked, found.agreed) == (2, 1)
    (other,) = redraws.differed(acting(drawn.rita))
    assert (other.decision.kind, other.words) == ("none", "It is the same sign.")
    assert redraws.agreement_of_each(acting(drawn.paul)) == [("Ravi Mehta", Agreement(0, 0)), ("Rita Keller", found)]
    assert redraws.agreement_of_each(ravi) == []


def test_a_second_look_is_taken_once_and_says_which(drawn: Desk) -> None:
    ravi = acting(drawn.ravi)
    first = redraws.waiting(ravi).first()
    assert first is not None
    with pytest.raises(IncompleteLook):
        redraws.look(key=first.pk, restricts=None, words="", actor=ravi, at=LATER)
    redraws.look(key=first.pk, restricts=False, words="", actor=ravi, at=LATER)
    with pytest.raises(NoSuchRedraw):
        redraws.look(key=first.pk, restricts=True, words="", actor=ravi, at=LATER)
    with pytest.raises(NotYours):
        redraws.look(key=first.pk, restricts=True, words="", actor=acting(drawn.paul), at=LATER)


@pytest.mark.parametrize(
    ("agreed", "looked", "low", "high"),
    [
        # as published for Wilson's interval (Newcombe 1998, table I; and the well-known 0 of 20)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # nothing is known
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_is_wilsons(agreed: int, looked: int, low: float, high: float) -> None:
    assert wilson(agreed, looked) == pytest.approx((low, high), abs=5e-5)


def test_the_figures_count_what_they_say(made: Desk) -> None:
    backlog = figures.backlog(AT + timedelta(days=5))
    assert backlog.waiting == sum(backlog.ages)
    assert (backlog.reported, backlog.safety, backlog.oldest) == (1, 0, AT)
    assert backlog.ages[2] == backlog.waiting  # all of them between three and seven days
    decisions.restriction(made, "disguised")
    days = figures.days(decisions.LATER)
    assert len(days) == figures.TREND
    assert (days[-1].people, days[-1].rules) == (1, 0)
    assert figures.decided_but_live(decisions.LATER + timedelta(minutes=59)) == 0
    assert figures.decided_but_live(decisions.LATER + timedelta(minutes=61)) == 1
    (busy, idle) = figures.load(acting(made.paul), LATER)
    assert (busy.name, busy.decided, idle.decided) == ("Rita Keller", 1, 0)
    assert figures.own(acting(made.rita), LATER).week == 1


def test_nobody_else_is_shown_who_agrees(made: Desk) -> None:
    assert redraws.agreement_of_each(accounts.actor(Role.OPERATOR)) == []
    assert not redraws.waiting(accounts.actor(Role.HOLDER)).exists()
