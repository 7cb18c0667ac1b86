from datetime import timedelta
from typing import Any

import pytest
from tests.factories import accounts, registry
from tests.factories.accounts import AT

from touchmark.apps.audit import queries as audit
from touchmark.apps.inbox.models import Letter
from touchmark.apps.registry import actions, queries
from touchmark.apps.registry.access import NoSuchRight
from touchmark.apps.registry.content import NothingClaimed
from touchmark.apps.registry.models import Brand, Right
from touchmark.apps.registry.record import stream_of
from touchmark.engine.lifecycle.right import RIGHT, RightStatus
from touchmark.engine.lifecycle.table import AlreadyThere, IllegalMove, NotYours
from touchmark.engine.terms import Actor, RightKind, Role

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)


@pytest.fixture
def vera() -> Actor:
    return registry.holder("Aldermoor Ltd")


@pytest.fixture
def rita() -> Actor:
    return accounts.actor(Role.REVIEWER)


def kinds(right: Right) -> list[str]:
    return [event.kind for event in audit.events_of(stream_of(right))]


def test_a_holder_enters_a_right_and_it_waits(vera: Actor) -> None:
    right = registry.right(vera, text="ALDERMOOR", brand="Aldermoor", nice_classes=(21,))
    kept = Right.objects.get()
    assert (kept.ref, kept.right_id, kept.status) == (right.ref, right.ref, RightStatus.SUBMITTED)
    assert (kept.holder_id, kept.submitted_at, kept.nice_classes) == (vera.organisation_id, AT, [21])
    assert kept.brand == Brand.objects.get(name="Aldermoor", holder_id=vera.organisation_id)
    assert list(queries.waiting()) == [kept]
    event = next(audit.events_of(stream_of(right)))
    assert (event.kind, event.user_id, event.payload["content"]) == ("submit", vera.user_id, kept.digest)


def test_a_form_that_is_sent_twice_is_one_right(vera: Actor) -> None:
    first = registry.right(vera, text="ALDERMOOR")
    assert registry.right(vera, text="ALDERMOOR", at=LATER) == first
    assert kinds(first) == ["submit"]
    assert registry.right(registry.holder(), text="ALDERMOOR") != first
    actions.withdraw(ref=first.ref, actor=vera, at=AT)
    assert registry.right(vera, text="ALDERMOOR") != first


@pytest.mark.parametrize("role", [Role.SELLER, Role.REVIEWER, Role.POLICY_OWNER, Role.INVESTIGATOR, Role.AUTHORITY])
def test_nobody_else_enters_one(role: Role) -> None:
    with pytest.raises(NotYours):
        actions.submit(content=registry.content(), actor=accounts.actor(role), at=AT)
    assert not Right.objects.exists()


def test_the_installation_itself_enters_none_without_a_holder() -> None:
    with pytest.raises(NotYours, match="act for one"):
        actions.submit(content=registry.content(), actor=Actor.system(), at=AT)


def test_a_right_without_text_or_picture_claims_nothing(vera: Actor) -> None:
    with pytest.raises(NothingClaimed):
        registry.right(vera, text="")
    assert not Right.objects.exists()


def test_a_reviewer_verifies_what_they_saw_and_the_holder_is_told(vera: Actor, rita: Actor) -> None:
    right = registry.right(vera)
    actions.verify(ref=right.ref, seen=right.digest, actor=rita, at=LATER)
    kept = Right.objects.get()
    assert (kept.status, kept.verified_at, kept.verified_by_id) == ("verified", LATER, rita.user_id)
    letter = Letter.objects.get()
    assert (letter.organisation_id, letter.kind, letter.about) == (vera.organisation_id, "right_verified", right.ref)
    assert letter.content["right"] == "ALDERMOOR"


def test_a_reviewer_declines_with_a_reason_and_the_holder_reads_it(vera: Actor, rita: Actor) -> None:
    right = registry.right(vera)
    actions.decline(ref=right.ref, seen=right.digest, reason=" The number is another's. ", actor=rita, at=LATER)
    kept = Right.objects.get()
    assert (kept.status, kept.status_reason) == ("declined", "The number is another's.")
    assert Letter.objects.get().content["reason"] == "The number is another's."


def test_a_refusal_says_why(vera: Actor, rita: Actor) -> None:
    right = registry.right(vera)
    with pytest.raises(actions.ReasonMissing):
        actions.decline(ref=right.ref, seen=right.digest, reason="  ", actor=rita, at=AT)
    assert Right.objects.get().status == RightStatus.SUBMITTED
    assert kinds(right) == ["submit"]


def test_what_was_changed_after_it_was_looked_at_is_not_verified(vera: Actor, rita: Actor) -> None:
    right = registry.right(vera)
    actions.amend(ref=right.ref, content=registry.content("GUCCI"), actor=vera, at=AT)
    for verb, more in ((actions.verify, {}), (actions.decline, {"reason": "no"})):
        with pytest.raises(actions.ChangedMeanwhile):
            verb(ref=right.ref, seen=right.digest, actor=rita, at=AT, **more)
    assert Right.objects.get().status == RightStatus.SUBMITTED


def test_two_reviewers_at_once_verify_once(vera: Actor, rita: Actor) -> None:
    right = registry.verified(vera, by=rita)
    with pytest.raises(AlreadyThere):
        actions.verify(ref=right.ref, seen=right.digest, actor=accounts.actor(Role.REVIEWER), at=LATER)
    with pytest.raises(IllegalMove):
        actions.decline(ref=right.ref, seen=right.digest, reason="no", actor=rita, at=LATER)
    assert (Letter.objects.count(), kinds(right)) == (1, ["submit", "verify"])


def test_an_amended_right_is_looked_at_again(vera: Actor, rita: Actor) -> None:
    right = registry.verified(vera, by=rita)
    amended = actions.amend(ref=right.ref, content=registry.content("ALDERMOOR & SONS"), actor=vera, at=LATER)
    kept = Right.objects.get()
    assert (kept.status, kept.text, kept.submitted_at) == ("submitted", "ALDERMOOR & SONS", LATER)
    assert (kept.verified_at, kept.verified_by) == (None, None)
    assert amended.digest != right.digest
    assert queries.verified_table().num_rows == 0


def test_what_changes_nothing_does_nothing(vera: Actor, rita: Actor) -> None:
    right = registry.verified(vera, by=rita, brand="Aldermoor", aliases=("Alder Moor",))
    same = registry.content(brand="Aldermoor", aliases=("Alder Moor",))
    assert actions.amend(ref=right.ref, content=same, actor=vera, at=LATER).status == RightStatus.VERIFIED
    assert kinds(right) == ["submit", "verify"]


def test_a_declined_right_can_be_put_right(vera: Actor, rita: Actor) -> None:
    right = registry.right(vera)
    actions.decline(ref=right.ref, seen=right.digest, reason="no number", actor=rita, at=AT)
    amended = actions.amend(ref=right.ref, content=registry.content(number="017"), actor=vera, at=LATER)
    assert (amended.status, amended.status_reason) == (RightStatus.SUBMITTED, "")


def test_a_withdrawn_right_is_over(vera: Actor, rita: Actor) -> None:
    right = registry.verified(vera, by=rita)
    actions.withdraw(ref=right.ref, actor=vera, at=LATER)
    assert queries.verified_table().num_rows == 0
    with pytest.raises(AlreadyThere):
        actions.withdraw(ref=right.ref, actor=vera, at=LATER)
    with pytest.raises(IllegalMove):
        actions.amend(ref=right.ref, content=registry.content("OTHER"), actor=vera, at=LATER)
    with pytest.raises(IllegalMove):
        actions.verify(ref=right.ref, seen=right.digest, actor=rita, at=LATER)


def test_a_reviewer_neither_changes_nor_withdraws_a_right(vera: Actor, rita: Actor) -> None:
    right = registry.right(vera)
    with pytest.raises(NotYours):
        actions.withdraw(ref=right.ref, actor=rita, at=AT)
    with pytest.raises(NotYours):
        actions.amend(ref=right.ref, content=registry.content("OTHER"), actor=rita, at=AT)


def test_a_holder_verifies_none_of_its_own(vera: Actor) -> None:
    right = registry.right(vera)
    with pytest.raises(NotYours):
        actions.verify(ref=right.ref, seen=right.digest, actor=vera, at=AT)


def test_another_holders_right_is_not_there_to_be_changed(vera: Actor) -> None:
    right = registry.right(vera)
    mallory = registry.holder("Mallory Inc")
    for verb, more in ((actions.withdraw, {}), (actions.amend, {"content": registry.content("X")})):
        with pytest.raises(NoSuchRight) as refusal:
            verb(ref=right.ref, actor=mallory, at=AT, **more)
        assert "ALDERMOOR" not in str(refusal.value)


def test_status_is_what_the_events_lead_to(vera: Actor, rita: Actor) -> None:
    right = registry.verified(vera, by=rita)
    actions.amend(ref=right.ref, content=registry.content("TWO"), actor=vera, at=AT)
    second = Right.objects.get()
    actions.decline(ref=second.ref, seen=second.digest, reason="no", actor=rita, at=AT)
    actions.amend(ref=right.ref, content=registry.content("THREE"), actor=vera, at=AT)
    actions.withdraw(ref=right.ref, actor=vera, at=AT)
    assert kinds(right) == ["submit", "verify", "amend", "decline", "amend", "withdraw"]
    assert RIGHT.folded(kinds(right)) == Right.objects.get().status == RightStatus.WITHDRAWN


def test_somebody_known_vouches_for_many_with_one_letter_to_each_holder(vera: Actor, rita: Actor) -> None:
    mine = [registry.right(vera, text=f"MARK {number}") for number in range(3)]
    theirs = registry.right(registry.holder("Other"), text="OTHER")
    declined = registry.right(vera, text="NO")
    actions.decline(ref=declined.ref, seen=declined.digest, reason="no", actor=rita, at=AT)
    Letter.objects.all().delete()
    named = [right.right_id for right in (*mine, theirs, declined)]
    assert actions.vouch(right_ids=named, actor=rita, at=LATER) == 4
    assert Right.objects.get(pk=declined.pk).status == RightStatus.DECLINED
    assert sorted(letter.content["right"] for letter in Letter.objects.all()) == ["MARK 0 + 2", "OTHER"]
    assert actions.vouch(right_ids=named, actor=rita, at=LATER) == 0
    assert {tuple(kinds(right)) for right in (*mine, theirs)} == {("submit", "verify")}


def test_vouching_is_for_reviewers(vera: Actor) -> None:
    right = registry.right(vera)
    with pytest.raises(NotYours):
        actions.vouch(right_ids=[right.right_id], actor=vera, at=AT)


def test_the_registers_state_has_a_new_name_when_what_is_screened_for_changes(vera: Actor, rita: Actor) -> None:
    names = [queries.version()]

    def after(step: Any) -> bool:
        names.append(queries.version())
        return names[-1] != names[-2]

    right = registry.right(vera)
    assert not after("submitted")
    actions.verify(ref=right.ref, seen=right.digest, actor=rita, at=AT)
    assert after("verified")
    other = registry.right(vera, text="OTHER")
    actions.decline(ref=other.ref, seen=other.digest, reason="no", actor=rita, at=AT)
    assert not after("another declined")
    actions.amend(ref=right.ref, content=registry.content("TWO"), actor=vera, at=AT)
    assert after("amended")
    actions.withdraw(ref=right.ref, actor=vera, at=AT)
    assert not after("withdrawn while it waits")
    assert len(set(names)) == 3


def test_a_figurative_mark_stands_on_its_picture(vera: Actor) -> None:
    right = registry.right(vera, kind=RightKind.FIGURATIVE_MARK, text="", image_name="logo.png")
    assert str(right) == "logo.png"
