"""Notes are the team's own; whom a note calls has a letter and finds it until they have looked."""

from pathlib import Path
from typing import Any

import pytest
from tests.factories import accounts, decisions
from tests.factories.accounts import AT
from tests.factories.decisions import Desk, acting

from touchmark.apps.decisions.wanted import Wanted
from touchmark.apps.desk import filters, notes
from touchmark.apps.desk.filters import IncompleteFilter, TooManyFilters
from touchmark.apps.desk.notes import IncompleteNote
from touchmark.apps.inbox.models import Letter
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Role


@pytest.fixture
def made(db: None, settings: Any, tmp_path: Path) -> Desk:
    """Build a desk with work on it, in folders of this test."""
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = (tmp_path / name for name in ("blobs", "snaps", "shards"))
    return decisions.desk(plain=3)


def test_a_note_calls_a_colleague_who_has_a_letter_until_they_look(made: Desk) -> None:
    rita, ravi, listing = acting(made.rita), acting(made.ravi), made["disguised"]
    notes.write(listing=listing, text="@Ravi Mehta, is that alphabet Cyrillic?", actor=rita, at=AT)
    letter = Letter.objects.get(kind="mentioned")
    assert (letter.person, letter.content["by"]) == (made.ravi, "Rita Keller")
    (called,) = notes.unseen(ravi)
    assert called.note.listing == listing
    assert not notes.unseen(rita).exists()
    notes.seen(listing=listing, actor=ravi, at=AT)
    assert not notes.unseen(ravi).exists()
    assert [note.text for note in notes.on(listing, ravi)] == ["@Ravi Mehta, is that alphabet Cyrillic?"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # by the whole name, whatever its case
        ("ask @rita keller", {"Rita Keller"}),
        # by the first one, where one alone has it
        ("@Ravi?", {"Ravi Mehta"}),
        # several
        ("@Rita and @Ravi", {"Rita Keller", "Ravi Mehta"}),
        # a name begins and ends where it does
        ("@Ravioli", set()),
        ("rita@keller.test", set()),
        # Chinese does not part words
        ("@王芳看一下", {"王芳"}),
        ("nobody", set()),
    ],
)
def test_a_name_is_called_by_a_sign_before_it(made: Desk, text: str, names: set[str]) -> None:
    wang = accounts.member(Role.REVIEWER, name="王芳")
    assert {person.name for person in notes.called(text, [made.rita, made.ravi, made.paul, wang])} == names


def test_a_first_name_that_two_have_calls_neither(made: Desk) -> None:
    other = accounts.member(Role.REVIEWER, name="Rita Sands")
    assert notes.called("@Rita", [made.rita, other]) == []
    assert notes.called("@Rita Sands", [made.rita, other]) == [other]


def test_who_calls_themselves_has_no_letter(made: Desk) -> None:
    notes.write(listing=made["disguised"], text="@Rita: later", actor=acting(made.rita), at=AT)
    assert not Letter.objects.filter(kind="mentioned").exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * (notes.LONGEST + 1)])
def test_a_note_says_something_that_somebody_reads(made: Desk, text: str) -> None:
    with pytest.raises(IncompleteNote):
        notes.write(listing=made["disguised"], text=text, actor=acting(made.rita), at=AT)


@pytest.mark.parametrize("role", [Role.HOLDER, Role.SELLER, Role.OPERATOR, Role.INVESTIGATOR])
def test_notes_are_the_teams_alone(made: Desk, role: Role) -> None:
    notes.write(listing=made["disguised"], text="Look at the label.", actor=acting(made.rita), at=AT)
    somebody = accounts.actor(role)
    assert not notes.on(made["disguised"], somebody).exists()
    with pytest.raises(NotYours):
        notes.write(listing=made["disguised"], text="x", actor=somebody, at=AT)


def test_a_filter_is_kept_under_a_name_by_its_owner_alone(made: Desk) -> None:
    rita, wanted = acting(made.rita), Wanted(brand="aldermoor", order="age")
    filters.keep(name="  Bags  first ", wanted=wanted, actor=rita, at=AT)
    (kept,) = filters.kept_by(rita)
    assert (kept.name, Wanted.of(kept.asked)) == ("Bags first", wanted)
    assert not filters.kept_by(acting(made.ravi)).exists()
    filters.drop(key=kept.pk, actor=acting(made.ravi))
    assert filters.kept_by(rita).exists()
    filters.keep(name="Bags first", wanted=Wanted(part="reported"), actor=rita, at=AT)
    assert filters.kept_by(rita).get().asked == {"part": "reported"}
    filters.drop(key=kept.pk, actor=rita)
    assert not filters.kept_by(rita).exists()


def test_a_filter_has_a_name_and_narrows_something_and_there_are_so_many(made: Desk) -> None:
    rita = acting(made.rita)
    for name, wanted in (("", Wanted(order="age")), ("all", Wanted())):
        with pytest.raises(IncompleteFilter):
            filters.keep(name=name, wanted=wanted, actor=rita, at=AT)
    for number in range(filters.AT_MOST):
        filters.keep(name=f"f{number}", wanted=Wanted(order="age"), actor=rita, at=AT)
    with pytest.raises(TooManyFilters):
        filters.keep(name="one more", wanted=Wanted(order="age"), actor=rita, at=AT)


def test_a_shared_filter_is_seen_by_the_team_and_changed_by_its_owner_alone(made: Desk) -> None:
    rita, ravi, paul = acting(made.rita), acting(made.ravi), acting(made.paul)
    kept = filters.keep(name="Night", wanted=Wanted(order="due"), actor=rita, at=AT)
    own = filters.keep(name="Zebra", wanted=Wanted(order="age"), actor=ravi, at=AT)
    filters.share(key=kept.pk, actor=ravi)  # not his to share
    assert list(filters.seen_by(ravi)) == [own]
    filters.share(key=kept.pk, actor=rita)
    assert list(filters.seen_by(ravi)) == [own, kept]  # one's own first
    assert list(filters.seen_by(paul)) == list(filters.seen_by(rita)) == [kept]
    filters.drop(key=kept.pk, actor=ravi)
    filters.keep_to_oneself(key=kept.pk, actor=ravi)
    filters.keep(name="Night", wanted=Wanted(order="risk"), actor=rita, at=AT)  # she changes what it means
    assert [one.asked for one in filters.seen_by(paul)] == [{"order": "risk"}]
    filters.keep_to_oneself(key=kept.pk, actor=rita)
    assert list(filters.seen_by(ravi)) == [own]


@pytest.mark.parametrize("role", [Role.HOLDER, Role.SELLER, Role.OPERATOR, Role.INVESTIGATOR])
def test_no_filter_of_the_team_is_seen_beyond_it(made: Desk, role: Role) -> None:
    rita = acting(made.rita)
    kept = filters.keep(name="Night", wanted=Wanted(order="due"), actor=rita, at=AT)
    filters.share(key=kept.pk, actor=rita)
    assert not filters.seen_by(accounts.actor(role))


def test_what_somebody_shared_is_seen_no_more_once_they_are_not_of_the_team(made: Desk) -> None:
    rita, ravi = acting(made.rita), acting(made.ravi)
    filters.share(key=filters.keep(name="Night", wanted=Wanted(order="due"), actor=rita, at=AT).pk, actor=rita)
    made.rita.memberships.update(ended_at=AT)
    assert not filters.seen_by(ravi)


def test_a_team_shares_so_many(made: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "TEAM_AT_MOST", 1)
    rita = acting(made.rita)
    first, second = (filters.keep(name=name, wanted=Wanted(order="due"), actor=rita, at=AT).pk for name in "ab")
    filters.share(key=first, actor=rita)
    filters.share(key=first, actor=rita)
    with pytest.raises(TooManyFilters):
        filters.share(key=second, actor=rita)
