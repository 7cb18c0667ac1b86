"""Everybody works on listings that nobody else has before them; a hold runs out; what is skipped stays away."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.factories import accounts, decisions
from tests.factories.accounts import AT
from tests.factories.at_once import at_once
from tests.factories.decisions import Desk, acting

from touchmark.apps.decisions.wanted import EVERYTHING, Place, Wanted
from touchmark.apps.desk import holds, people
from touchmark.apps.desk.holds import HeldBySomebody, IncompleteSkip
from touchmark.apps.desk.kinds import SkipReason
from touchmark.apps.desk.models import Hold
from touchmark.apps.inbox import access as inbox
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role

MINUTE = timedelta(minutes=1)


@pytest.fixture
def made(db: None, settings: Any, tmp_path: Path) -> Desk:
    """Build a desk with work on it, in folders of this test."""
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = (tmp_path / name for name in ("blobs", "snaps", "shards"))
    return decisions.desk(plain=3)


def next_for(person: Any, *, at: Any = AT, wanted: Wanted = EVERYTHING) -> str:
    found = holds.take_next(wanted=wanted, actor=acting(person), at=at)
    return found.listing_id if found else ""


def test_each_reviewer_is_given_what_nobody_else_holds(made: Desk) -> None:
    assert next_for(made.rita) == "L-reported"
    assert next_for(made.ravi) == "L-disguised"
    assert next_for(made.rita) == "L-reported"  # it is still before her


def test_the_next_one_stands_behind_the_place_that_was_left(made: Desk) -> None:
    actor = acting(made.rita)
    row = holds.free_for(actor, EVERYTHING, after=None, at=AT).first()
    assert row is not None
    found = holds.take_next(wanted=EVERYTHING, actor=actor, at=AT, after=Place.of(row, ""))
    assert found is not None
    assert found.listing_id == "L-disguised"


def test_behind_the_last_one_it_goes_on_from_the_head(made: Desk) -> None:
    actor = acting(made.rita)
    last = holds.free_for(actor, EVERYTHING, after=None, at=AT).last()
    assert last is not None
    found = holds.take_next(wanted=EVERYTHING, actor=actor, at=AT, after=Place.of(last, ""))
    assert found is not None
    assert found.listing_id == "L-reported"


def test_where_nothing_is_free_nothing_is_given(made: Desk) -> None:
    lumina = Wanted(marketplace="lumina")
    assert next_for(made.rita, wanted=lumina) == "L-other"
    assert next_for(made.ravi, wanted=lumina) == ""


def test_a_hold_runs_out_and_work_makes_it_longer(made: Desk) -> None:
    listing, rita, ravi = made["disguised"], acting(made.rita), acting(made.ravi)
    holds.hold(listing=listing, actor=rita, at=AT)
    with pytest.raises(HeldBySomebody, match="Rita Keller"):
        holds.hold(listing=listing, actor=ravi, at=AT + holds.LASTS - MINUTE)
    holds.hold(listing=listing, actor=rita, at=AT + 10 * MINUTE)
    with pytest.raises(HeldBySomebody):
        holds.hold(listing=listing, actor=ravi, at=AT + holds.LASTS + MINUTE)
    assert holds.hold(listing=listing, actor=ravi, at=AT + 2 * holds.LASTS).by == made.ravi


def test_what_is_let_go_is_anybodys(made: Desk) -> None:
    listing = made["disguised"]
    holds.hold(listing=listing, actor=acting(made.rita), at=AT)
    holds.release(listing=listing, actor=acting(made.ravi), at=AT + MINUTE)  # not hers to let go
    assert holds.holder_of(listing, at=AT + MINUTE) is not None
    holds.release(listing=listing, actor=acting(made.rita), at=AT + MINUTE)
    assert holds.holder_of(listing, at=AT + MINUTE) is None
    holds.require_free(listing=listing, actor=acting(made.ravi), at=AT + MINUTE)


def test_what_is_skipped_goes_to_others_and_comes_back_after_a_week(made: Desk) -> None:
    rita = acting(made.rita)
    assert next_for(made.rita) == "L-reported"
    holds.skip(listing=made["reported"], reason="language", text="It may be Dutch.", actor=rita, at=AT)
    assert next_for(made.rita) == "L-disguised"
    assert next_for(made.ravi) == "L-reported"
    (told,) = holds.skips_of(made["reported"], at=AT)
    assert (told.by, told.reason, told.text) == (made.rita, SkipReason.LANGUAGE, "It may be Dutch.")
    free = holds.free_for(rita, EVERYTHING, after=None, at=AT + holds.AWAY + MINUTE)
    assert "L-reported" in free.values_list("listing__listing_id", flat=True)


def test_skipping_needs_a_reason(made: Desk) -> None:
    with pytest.raises(IncompleteSkip):
        holds.skip(listing=made["disguised"], reason="boredom", text="", actor=acting(made.rita), at=AT)


def test_a_listing_is_handed_over_with_a_letter_to_that_person_alone(made: Desk) -> None:
    listing, ravi = made["disguised"], acting(made.ravi)
    holds.hand_over(listing=listing, to=made.ravi.pk, why="You know bags.", actor=acting(made.rita), at=AT)
    held = holds.holder_of(listing, at=AT + timedelta(hours=20))
    assert held is not None
    assert held.by == made.ravi
    letter = Letter.objects.get(kind="handed_over")
    assert letter.content["text"] == "You know bags."
    assert letter in inbox.letters_for(ravi)
    assert letter not in inbox.letters_for(acting(made.paul))
    copies = [m.to for m in Message.objects.filter(kind="email") if "hands you" in m.payload["subject"]]
    assert copies == [made.ravi.email]


def test_nobody_hands_over_what_a_third_person_holds_or_to_somebody_elsewhere(made: Desk) -> None:
    holds.hold(listing=made["disguised"], actor=acting(made.ravi), at=AT)
    with pytest.raises(HeldBySomebody):
        holds.hand_over(listing=made["disguised"], to=made.rita.pk, why="", actor=acting(made.rita), at=AT)
    stranger = accounts.member(Role.HOLDER)
    with pytest.raises(people.NoSuchReviewer):
        holds.hand_over(listing=made["copied"], to=stranger.pk, why="", actor=acting(made.rita), at=AT)
    with pytest.raises(people.NoSuchReviewer):  # a policy owner decides nothing
        holds.hand_over(listing=made["copied"], to=made.paul.pk, why="", actor=acting(made.rita), at=AT)


def test_whoever_leaves_hands_over_all_that_they_hold(made: Desk) -> None:
    for name in ("disguised", "copied"):
        holds.hold(listing=made[name], actor=acting(made.rita), at=AT)
    assert holds.hand_all_over(to=made.ravi.pk, why="I am away.", actor=acting(made.rita), at=AT) == 2
    assert {one.listing.listing_id for one in holds.held_by(acting(made.ravi), at=AT)} == {"L-disguised", "L-copied"}
    assert not holds.held_by(acting(made.rita), at=AT).exists()


@pytest.mark.parametrize("role", [Role.POLICY_OWNER, Role.HOLDER, Role.OPERATOR])
def test_nobody_but_a_reviewer_takes_anything(made: Desk, role: Role) -> None:
    somebody: Actor = accounts.actor(role)
    with pytest.raises(NotYours):
        holds.take_next(wanted=EVERYTHING, actor=somebody, at=AT)
    with pytest.raises(NotYours):
        holds.hold(listing=made["disguised"], actor=somebody, at=AT)
    with pytest.raises(NotYours):
        holds.skip(listing=made["disguised"], reason="unsure", text="", actor=somebody, at=AT)
    assert not people.colleagues(accounts.actor(Role.SELLER)).exists()


def test_eight_who_ask_at_once_are_given_eight_listings(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = (tmp_path / name for name in ("blobs", "snaps", "shards"))
    made = decisions.desk()
    team = [acting(accounts.member(Role.REVIEWER)) for _ in range(8)]
    asks = [lambda actor=actor: holds.take_next(wanted=EVERYTHING, actor=actor, at=AT) for actor in team]
    given = [getattr(found, "listing_id", found) for found in at_once(*asks)]
    assert len(set(given)) == 8, given
    assert all(str(name).startswith("L-") for name in given), given
    assert Hold.objects.count() == 8
    assert made["unbranded"].listing_id not in given
