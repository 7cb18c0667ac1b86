"""A member gives an association a mandate: what it lets it do, until when, and who sees what."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.factories import accounts, catalog, mandates, registry
from tests.factories.accounts import AT
from tests.factories.disputes import dispute, form, refused, restricted
from tests.flows.test_good_faith import suspended
from tests.flows.world import appeal_form

from touchmark.apps.accounts.models import Organisation, Team
from touchmark.apps.appeals import access as appeals
from touchmark.apps.appeals import refusals
from touchmark.apps.appeals.access import NoSuchAppeal
from touchmark.apps.appeals.actions import withdraw
from touchmark.apps.catalog.naming import named
from touchmark.apps.counters import access as counters
from touchmark.apps.counters.kinds import Said
from touchmark.apps.inbox.models import Letter
from touchmark.apps.mandates import access, actions, codes
from touchmark.apps.mandates.access import NoSuchMandate
from touchmark.apps.mandates.actions import Given, IncompleteMandate, MandateOver, expire_due
from touchmark.apps.mandates.models import Mandate
from touchmark.apps.notices import access as notices
from touchmark.apps.notices import actions as filing
from touchmark.apps.notices import drafts, queries
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import Notice
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.access import NoSuchRight
from touchmark.apps.registry.models import Right
from touchmark.apps.tiers import queries as tiers
from touchmark.apps.tiers.actions import Suspended
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.penalties.tiers import Side
from touchmark.engine.terms import Actor, Reach, Role
from touchmark.flows import answer_notice, draft_notice
from touchmark.flows.report_listing import report_all

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = AT + timedelta(hours=3)


@pytest.fixture
def vera() -> Actor:
    return registry.holder("Aldermoor Ltd")


@pytest.fixture
def union() -> Actor:
    return registry.holder("Union of Makers")


@pytest.fixture
def right(vera: Actor) -> Right:
    return registry.verified(vera, brand="Alder")


def reported(right: Right, actor: Actor, *, at: Any = AT, **more: Any) -> Notice:
    listing = catalog.listing(**{"of": registry.organisation_of(accounts.actor(Role.SELLER))} | more)
    said = NoticeForm(NoticeReason.SUSPECTED_FAKE, "This is not ours.", True, uuid4())
    return report_all(
        right=right.ref, listings=[named(f"bazaar:{listing.listing_id}")], form=said, actor=actor, at=at
    ).notice


def test_an_association_files_for_a_member_and_the_notice_names_both(vera: Actor, union: Actor, right: Right) -> None:
    mandate = mandates.given(vera, union)
    assert access.rights_for(union, AT.date()).get() == right
    notice = reported(right, union)
    assert (notice.holder_id, notice.agent_id, notice.mandate) == (vera.organisation_id, union.organisation_id, mandate)
    assert notice.status == "complete"
    item = queries.items_of(notice)[0]
    assert (item.holder_id, item.agent_id) == (vera.organisation_id, union.organisation_id)
    letters = Letter.objects.filter(kind="notice_received")
    assert {one.organisation_id for one in letters} == {vera.organisation_id, union.organisation_id}
    assert letters[0].content["agent"] == "Union of Makers"
    assert queries.names_of(notice) == "Union of Makers, for Aldermoor Ltd"


def test_the_association_sees_what_it_filed_only_and_the_member_all(vera: Actor, union: Actor, right: Right) -> None:
    mandates.given(vera, union)
    theirs, own = reported(right, union), reported(right, vera)
    assert set(notices.notices_for(vera)) == {theirs, own}
    assert set(notices.notices_for(union)) == {theirs}
    assert {item.notice for item in notices.items_for(union)} == {theirs}
    other = registry.holder("Birch Ltd")
    mandates.given(other, union)
    assert set(notices.notices_for(other)) == set()
    filing.withdraw(ref=theirs.ref, actor=vera, at=LATER)  # filed in its name: it may take it back


def test_scope_is_held_to(vera: Actor, union: Actor, right: Right) -> None:
    beside = registry.verified(vera, text="BIRCH", brand="Birch")
    mandates.given(vera, union, brands=[right.brand_id])
    assert list(access.rights_for(union, AT.date())) == [right]
    with pytest.raises(NoSuchRight):
        reported(beside, union)
    mandates.given(vera, union, rights=[beside.ref])
    assert reported(beside, union).agent_id == union.organisation_id


def test_without_a_mandate_a_right_is_not_there(vera: Actor, union: Actor, right: Right) -> None:
    with pytest.raises(NoSuchRight):
        reported(right, union)
    with pytest.raises(NotYours):
        drafts.begin(right=right, actor=union, at=AT)
    mandates.given(vera, registry.holder("Another union"))
    with pytest.raises(NoSuchRight):
        reported(right, union)


@pytest.mark.parametrize("how", ["revoked", "laid_down", "expired", "passed"])
def test_a_mandate_that_ended_stops_filing_and_not_what_runs(vera: Actor, union: Actor, right: Right, how: str) -> None:
    mandate = mandates.given(vera, union, until_on=AT.date() + 2 * DAY)
    running, at = reported(right, union), AT + DAY
    begun = drafts.begin(right=right, actor=union, at=AT)
    match how:
        case "revoked":
            actions.end(ref=mandate.ref, why="We file ourselves.", actor=vera, at=at)
        case "laid_down":
            actions.end(ref=mandate.ref, why="", actor=union, at=at)
        case "expired":
            at = AT + 3 * DAY
            assert (expire_due(at), expire_due(at)) == (1, 0)
        case _:
            at = AT + 3 * DAY  # no worker has run, and the day counts all the same
    with pytest.raises(MandateOver, match=r"has ended\. Ask them to give you a new one"):
        reported(right, union, at=at)
    drafts.name(ref=begun.ref, listings=[named(catalog.listing().listing_id)], actor=union, at=at)
    drafts.say(ref=begun.ref, reason="suspected_fake", statement="Fake.", actor=union, at=at)
    with pytest.raises(MandateOver):
        draft_notice.send(ref=begun.ref, declared={}, good_faith=True, actor=union, at=at)
    assert set(notices.notices_for(union)) == {running}
    filing.withdraw(ref=running.ref, actor=union, at=at)
    if how != "passed":
        with pytest.raises(IllegalMove):
            actions.end(ref=mandate.ref, why="", actor=vera, at=at)


def test_one_that_begins_later_says_when(vera: Actor, union: Actor, right: Right) -> None:
    mandates.given(vera, union, from_on=AT.date() + 5 * DAY)
    with pytest.raises(MandateOver, match="counts from"):
        reported(right, union)


def test_an_answer_comes_to_both_and_the_association_replies(vera: Actor, union: Actor, right: Right) -> None:
    mandates.given(vera, union)
    sam = accounts.actor(Role.SELLER)
    notice = reported(right, union, of=registry.organisation_of(sam))
    item = queries.items_of(notice)[0]
    restricted(item, right, accounts.actor(Role.REVIEWER))
    counter = answer_notice.answer(item=item.ref, form=form("platform"), actor=sam, at=LATER)
    letters = Letter.objects.filter(kind="counter_forwarded")
    assert {one.organisation_id for one in letters} == {vera.organisation_id, union.organisation_id}
    assert counters.counter_for(vera, counter.ref) == counters.counter_for(union, counter.ref)
    answer_notice.reply(ref=counter.ref, said=Said.ACCEPT, actor=union, at=LATER)
    counter.refresh_from_db()
    assert counter.status == "put_back"


def test_what_comes_of_it_counts_in_both_records(vera: Actor, union: Actor, right: Right) -> None:
    mandates.given(vera, union)
    notice = reported(right, union)
    restricted(queries.items_of(notice)[0], right, accounts.actor(Role.REVIEWER))
    for party in (vera, union):
        standing = tiers.standing_of(party.organisation, Side.NOTIFIER, at=LATER + DAY)
        assert standing.made.numbers.good.count == 1


def test_who_is_suspended_does_not_go_on_in_anothers_name_nor_for_another(union: Actor) -> None:
    made = dispute()
    member = registry.holder("A member")
    mandates.given(made.vera, union)
    mandates.given(member, made.vera)
    suspended(made)
    right, at = registry.verified(member), LATER + 4 * DAY
    with pytest.raises(Suspended) as told:  # whose it is, and nothing of why
        reported(registry.verified(made.vera, text="BIRCH"), union, at=at)
    name = Organisation.objects.get(pk=made.vera.organisation).name
    assert str(told.value).startswith(f"{name}, in whose name you file, is suspended until ")
    assert "Three named" not in str(told.value)
    with pytest.raises(Suspended, match=r"You are suspended until .*Three named"):
        reported(right, made.vera, at=at)
    assert reported(right, member, at=at).lane == "normal"


def test_both_parties_see_an_appeal_and_who_filed_it_withdraws_it(vera: Actor, union: Actor, right: Right) -> None:
    mandates.given(vera, union)
    item = queries.items_of(reported(right, union))[0]
    refused(item, accounts.actor(Role.REVIEWER))
    filed = refusals.file(item_ref=item.ref, form=appeal_form("It is no strap."), actor=union, at=LATER + DAY)
    for party in (vera, union):
        assert appeals.appeal_for(party, filed.ref) == filed
    with pytest.raises(NoSuchAppeal):
        appeals.appeal_for(registry.holder("A third"), filed.ref)
    with pytest.raises(NotYours, match="whoever filed it"):
        withdraw(ref=filed.ref, actor=vera, at=LATER + DAY)
    assert withdraw(ref=filed.ref, actor=union, at=LATER + DAY).status == "withdrawn"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"agent": "O-00001-AAAAAA"}, "agent"),
        ({"agent": "rubbish"}, "agent"),
        ({"agent": "O-99999999999999999999-AAAAAA"}, "agent"),
        ({"agent": "own"}, "agent"),
        ({"whole": False}, "scope"),
        ({"whole": False, "rights": ["R-2026-0000-0000"]}, "rights"),
        ({"whole": False, "brands": [0]}, "brands"),
        ({"until_on": AT.date() - DAY}, "until_on"),
    ],
)
def test_what_cannot_be_given_is_refused_at_its_field(
    vera: Actor, union: Actor, said: dict[str, Any], field: str
) -> None:
    whole: dict[str, Any] = {"agent": codes.code_of(union.organisation), "from_on": AT.date(), "whole": True} | said
    if whole["agent"] == "own":
        whole["agent"] = codes.code_of(vera.organisation)
    with pytest.raises(IncompleteMandate) as refused:
        actions.give(said=Given(**whole), actor=vera, at=AT)
    assert refused.value.field == field
    assert not Mandate.objects.exists()


def test_only_a_holder_whose_role_reaches_all_gives_one_and_only_a_side_ends_it(vera: Actor, union: Actor) -> None:
    house = registry.organisation_of(vera)
    agent = accounts.actor(Role.AGENT, of=house)
    team = Team.objects.create(organisation=house, name="Italy", territories=["IT"], made_at=AT)
    limited = Actor(vera.user_id, vera.organisation_id, vera.roles, limits=((Role.HOLDER, team.reach),))
    assert team.reach == Reach(territories=frozenset({"IT"}))
    for somebody in (agent, limited, accounts.actor(Role.SELLER)):
        with pytest.raises(NotYours):
            mandates.given(somebody, union)
    mandate = mandates.given(vera, union)
    assert not access.mandates_for(limited).exists()
    for stranger in (registry.holder(), accounts.actor(Role.SELLER), accounts.actor(Role.OPERATOR)):
        with pytest.raises(NoSuchMandate):
            actions.end(ref=mandate.ref, why="", actor=stranger, at=AT)
    with pytest.raises(NotYours):
        actions.end(ref=mandate.ref, why="", actor=accounts.actor(Role.REVIEWER), at=AT)


def test_a_number_outlives_a_change_of_the_key_and_nobody_guesses_one(union: Actor, settings: Any) -> None:
    code = codes.code_of(union.organisation)
    assert codes.named_by(f" {code.lower()} ") == union.organisation
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the next one"
    assert codes.named_by(code) == union.organisation
    settings.SECRET_KEY_FALLBACKS = []
    assert codes.named_by(code) is None
    assert codes.named_by("") is None
