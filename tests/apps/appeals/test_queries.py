"""What a party can still appeal, what waits, what was answered: its own only."""

from datetime import datetime, timedelta

import pytest
from tests.factories.accounts import AT
from tests.web.worlds import DAY, appealed, resolved, restricted

from touchmark.apps.appeals import actions, queries
from touchmark.apps.decisions.models import Decision

pytestmark = pytest.mark.django_db

LAST = datetime.fromisoformat("2027-02-01T23:59:59Z")  # six months from the first of August


@pytest.mark.parametrize(("at", "is_open"), [(AT, True), (LAST, True), (LAST + timedelta(seconds=1), False)])
def test_a_decision_is_open_to_its_seller_until_the_last_moment(at: datetime, is_open: bool) -> None:
    case, other = restricted(), restricted()
    assert list(queries.open_to(case.seller_actor, at)) == ([case.decision] if is_open else [])
    assert case.decision not in queries.open_to(other.seller_actor, at)
    assert not queries.open_to(case.reviewer, at).exclude(pk__in=[case.decision.pk, other.decision.pk]).exists()


@pytest.mark.parametrize("status", ["in_force", "ended", "to_correct", "held", "corrected", "reversed", "put_back"])
def test_what_can_be_appealed_is_what_is_listed(status: str) -> None:
    case = restricted()
    Decision.objects.filter(pk=case.decision.pk).update(status=status)
    case.decision.refresh_from_db()
    listed = queries.open_to(case.seller_actor, AT).exists()
    try:
        actions.require_appealable(case.decision, actor=case.seller_actor, at=AT)
    except actions.NothingToAppeal:
        assert not listed
    else:
        assert listed


def test_what_has_least_time_left_comes_first() -> None:
    later = restricted(at=AT + DAY)
    sooner = restricted(at=AT, seller=(later.seller, later.seller_actor, later.shop))
    assert list(queries.open_to(later.seller_actor, AT + DAY)) == [sooner.decision, later.decision]


def test_an_appealed_decision_is_not_open_and_waits_until_it_is_answered() -> None:
    case = restricted()
    appeal = appealed(case)
    assert not queries.open_to(case.seller_actor, AT + DAY).exists()
    assert list(queries.unanswered(case.seller_actor)) == [appeal]
    assert queries.by_decision(case.seller_actor, [case.decision]) == {case.decision.pk: appeal}
    resolved(appeal, "uphold")
    assert not queries.open_to(case.seller_actor, AT + DAY).exists()  # once is once
    assert not queries.unanswered(case.seller_actor).exists()
    assert list(queries.answered(case.seller_actor)) == [appeal]


def test_of_others_appeals_nothing_is_given() -> None:
    case, other = restricted(), restricted()
    resolved(appealed(case), "uphold")
    assert not queries.answered(other.seller_actor).exists()
    assert queries.by_decision(other.seller_actor, [case.decision]) == {}
