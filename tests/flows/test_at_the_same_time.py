"""Two people at once, each on a connection of their own, for real: on SQLite and on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from tests.flows.test_resolve_appeal import DAY, filed, resolved
from tests.flows.world import LATER, World, appeal_form, built
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.audit.models import Event
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.outbox.models import Message
from touchmark.engine.errors import TouchmarkError


@pytest.fixture
def world(transactional_db: None, settings: object, tmp_path: Path) -> World:
    """Build the world in tables that other connections see."""
    settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"  # type: ignore[attr-defined]
    settings.SHARDS = tmp_path / "shards"  # type: ignore[attr-defined]
    return built()


def at_once(*doings: Callable[[], object]) -> list[object]:
    """Do things at the same moment; give what each gave, or the refusal that it met."""
    together = Barrier(len(doings))

    def one(doing: Callable[[], object]) -> object:
        try:
            together.wait()
            return doing()
        except TouchmarkError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings))


def test_of_two_reviewers_who_decide_at_once_one_decides(world: World) -> None:
    seen = world.seen()
    outcomes = at_once(
        lambda: world.restrict(by=world.rita, seen=seen),
        lambda: world.restrict(by=world.ravi, seen=seen),
    )
    assert sorted(isinstance(outcome, TouchmarkError) for outcome in outcomes) == [False, True]
    assert Decision.objects.count() == 1
    assert Message.objects.filter(kind="webhook").count() == 1


def test_the_same_form_sent_twice_at_once_is_one_decision(world: World) -> None:
    seen, key = world.seen(), uuid4()
    outcomes = at_once(*[lambda: world.restrict(seen=seen, request_key=key)] * 3)
    assert len({decision.pk for decision in outcomes if isinstance(decision, Decision)}) == 1
    assert not [outcome for outcome in outcomes if isinstance(outcome, TouchmarkError)]
    assert Decision.objects.count() == 1


def test_the_same_notice_sent_twice_at_once_is_one_notice(world: World) -> None:
    key = uuid4()
    outcomes = at_once(*[lambda: world.report(key=key)] * 3)
    assert not [outcome for outcome in outcomes if isinstance(outcome, TouchmarkError)]
    assert NoticeItem.objects.count() == 1
    assert Event.objects.filter(stream__startswith="notice:").count() == 1


def test_the_same_appeal_sent_twice_at_once_is_one_appeal(world: World) -> None:
    decision, form = world.restrict(), appeal_form()
    outcomes = at_once(
        *[lambda: appeals.file(decision_ref=decision.ref, form=form, actor=world.sam, at=LATER + DAY)] * 3
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, TouchmarkError)]
    assert Appeal.objects.count() == 1


def test_an_appeal_decided_twice_at_once_is_decided_once(world: World) -> None:
    appeal = filed(world, world.restrict())
    outcomes = at_once(*[lambda: resolved(world, appeal, "reverse")] * 2)
    assert sorted(isinstance(outcome, TouchmarkError) for outcome in outcomes) == [False, True]
    assert Message.objects.filter(payload__type="listing.restored").count() == 1
