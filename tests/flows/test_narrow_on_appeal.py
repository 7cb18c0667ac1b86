"""An appeal that is right in part: the decision is reversed, and something less takes its place."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import accounts
from tests.flows.world import LATER, World, appeal_form, built
from touchmark.apps.accounts.models import User
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.decisions.actions import IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.outbox.models import Message
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.flows.resolve_appeal import resolve

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    return built()


def appealed(world: World) -> Appeal:
    decision = world.restrict()
    return appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER)


def narrowed(world: World, appeal: Appeal, **changes: Any) -> Appeal:
    choice = world.choice(**{"kind": DecisionKind.HIDE, "request_key": uuid4()} | changes)
    said: dict[str, Any] = {"text": "It is enough to hide it.", "actor": world.ravi, "at": LATER}
    return resolve(ref=appeal.ref, event="reverse_partly", choice=choice, **said)


def test_a_lesser_restriction_takes_the_place_and_rests_on_the_same_notice(world: World) -> None:
    item = world.report()
    appeal = narrowed(world, appealed(world))
    first, second = Decision.objects.filter(listing=world.listing).order_by("pk")
    assert (appeal.status, first.status, second.status, second.kind) == ("partly", "reversed", "in_force", "hide")
    assert NoticeItem.objects.get(pk=item.pk).status == "upheld"
    assert set(second.notices.all()) == {item}
    assert second.decided_by_id == world.ravi.user_id
    said = [m.payload["type"] for m in Message.objects.filter(kind="webhook").order_by("sequence")]
    assert said == ["listing.restricted", "listing.restored", "listing.restricted"]
    kinds = list(Letter.objects.filter(organisation_id=world.sam.organisation_id).values_list("kind", flat=True))
    assert kinds.count("decision_narrowed") == 1
    assert kinds.count("statement_of_reasons") == 2


def test_the_seller_is_told_which_notices_can_still_be_answered_and_until_when(world: World) -> None:
    item = world.report()
    narrowed(world, appealed(world))
    first, second = Letter.objects.filter(kind="statement_of_reasons").order_by("pk")
    assert [one["notice"] for one in first.content["answers"]] == [item.ref]
    assert second.content["answers"] == first.content["answers"]  # its days run on as they did


def test_what_remains_lasts_no_longer_than_what_was_appealed(world: World) -> None:
    last = LATER + timedelta(days=9)
    decision = world.restrict(ends_at=last)
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER)
    narrowed(world, appeal)
    assert Decision.objects.latest("pk").ends_at == last


@pytest.mark.parametrize("kind", [DecisionKind.REMOVE, DecisionKind.CORRECT])
def test_what_is_no_less_is_refused_and_nothing_changes(world: World, kind: DecisionKind) -> None:
    appeal = appealed(world)
    with pytest.raises(IncompleteDecision):
        narrowed(world, appeal, kind=kind)
    appeal.refresh_from_db()
    assert (appeal.status, Decision.objects.get().status) == ("filed", "in_force")


def test_it_is_answered_once(world: World) -> None:
    appeal = narrowed(world, appealed(world))
    with pytest.raises(IllegalMove):
        narrowed(world, appeal)


def test_the_reviewer_chooses_what_remains_on_the_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    appeal = appealed(world)
    monkeypatch.setattr("touchmark.web.clock.now", lambda: LATER)
    ravi = accounts.signed_in(User.objects.get(pk=world.ravi.user_id))
    address = f"/desk/appeals/{appeal.ref}/"
    assert "Reverse it in part" in ravi.get(address).content.decode()
    said = {"outcome": "reverse_partly", "text": "Only Germany.", "kind": "disable", "territories": ""}
    assert ravi.post(address, said).status_code == 422
    assert ravi.post(address, said | {"territories": "de"}).status_code == 302
    last = Decision.objects.latest("pk")
    assert (last.kind, last.territories) == ("disable", ["DE"])
