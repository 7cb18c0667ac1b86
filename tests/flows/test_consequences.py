"""What follows for sellers: warned at once, proposed to people, taken back with the decision that it rested on."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import accounts, catalog, registry
from tests.flows.test_hold_publication import pushed, told
from tests.flows.test_resolve_appeal import filed, resolved
from tests.flows.test_restrict_seller import choice
from tests.flows.test_restrict_seller import told as told_of_seller
from tests.flows.world import LATER, World
from touchmark.apps.accounts.models import Organisation
from touchmark.apps.audit import queries as audit
from touchmark.apps.catalog.marketplaces import NoSuchMarketplace
from touchmark.apps.catalog.models import Seller
from touchmark.apps.decisions.actions import AlreadyRestricted, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.sellers import OwnProposal
from touchmark.apps.inbox.models import Letter
from touchmark.apps.penalties import ladders, queries
from touchmark.apps.penalties.ladders import FollowedAlready, IncompleteChoice, NoSuchLadder
from touchmark.apps.penalties.models import Consequence
from touchmark.apps.screening import actions as screening
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Reach, Role
from touchmark.flows import consequences, hold_publication
from touchmark.flows.end_restrictions import end_due
from touchmark.flows.restrict_seller import answer, propose

DAY = timedelta(days=1)


def removed(
    world: World, at: datetime, *, title: str = "АLDЕRMООR bag", seller: str = "s-1", **changes: object
) -> Decision:
    """Take another listing of a seller off sale: its mark is disguised, which is serious."""
    world.listing = catalog.listing(title=f"{title} {at:%j%H}", seller_id=seller, at=at)
    screening.screen_now([world.listing.pk], at=at)
    return world.restrict(at=at, **changes)


def looked(at: datetime) -> int:
    """Let the worker look, some time after."""
    return consequences.keep_up(at=at + timedelta(minutes=2))


def kinds() -> list[tuple[str, str]]:
    found = Decision.objects.filter(seller__isnull=False).order_by("pk")
    return [(decision.kind, decision.status) for decision in found]


def banned(world: World) -> Decision:
    """Let two serious ones on different occasions lead to a ban that a person approves."""
    for day in (0, 10):
        removed(world, LATER + day * DAY)
        looked(LATER + day * DAY)
    ban = Decision.objects.get(kind="ban")
    return answer(ref=ban.ref, event="approve", reason="", actor=world.ravi, at=LATER + 11 * DAY)


def test_the_first_serious_one_is_a_warning_with_what_follows(world: World) -> None:
    first = removed(world, LATER)
    assert looked(LATER) == 1
    letter = Letter.objects.get(kind="standing_warning")
    assert letter.organisation_id == world.sam.organisation_id
    assert (letter.content["amount"], letter.content["refs"]) == (1, [first.ref])
    assert letter.content["next"] == {"from": 2, "kind": "listing_ban", "days": 14}
    assert told_of_seller()[-1] == ("seller.warned", "")
    assert kinds() == []
    assert looked(LATER + timedelta(hours=1)) == 0  # once
    assert Letter.objects.filter(kind="standing_warning").count() == 1


def test_serious_ones_within_three_days_are_one_occasion(world: World) -> None:
    for hours in (0, 30, 60):
        removed(world, LATER + timedelta(hours=hours))
    looked(LATER + 4 * DAY)
    assert [step.kind for step in Consequence.objects.filter(track="strikes")] == ["warning"]


def test_a_ban_is_proposed_and_lasts_its_days_from_when_a_person_approves_it(world: World) -> None:
    ban = banned(world)
    assert (ban.status, ban.decided_by, ban.approved_by_id) == ("in_force", None, world.ravi.user_id)
    assert ban.ends_at == LATER + 25 * DAY
    assert told_of_seller()[-1] == ("seller.listing_ban", "ban")
    said = ban.statement.content
    assert "offer nothing new" in said["restriction"]
    assert "2 decisions count against you" in said["facts"]
    assert "a person looked, and decided" in said["automated_decision"]
    # what the seller offers already stays, what is new waits without a strike, and comes out when the ban is over
    new = pushed("A plain teapot", at=LATER + 12 * DAY)
    hold_publication.answer_pending(at=LATER + 12 * DAY)
    assert told(new) == [("listing.restricted", "hold")]
    assert ban.ref in Decision.objects.get(listing=new).facts
    end_due(LATER + 26 * DAY)
    assert told_of_seller()[-1] == ("seller.listing_ban_lifted", "")
    assert consequences.release_banned(at=LATER + 26 * DAY) == 1
    assert told(new)[-1] == ("listing.restored", "")


def test_what_was_held_for_a_ban_and_is_suspect_waits_for_a_person_after_it(world: World) -> None:
    banned(world)
    new = pushed("АLDЕRMООR purse", at=LATER + 12 * DAY)
    hold_publication.answer_pending(at=LATER + 12 * DAY)
    end_due(LATER + 26 * DAY)
    assert consequences.release_banned(at=LATER + 26 * DAY) == 0
    held = Decision.objects.get(listing=new)
    assert (held.status, held.because) == ("held", None)


@pytest.mark.parametrize("answered", [True, False], ids=("in force", "proposed"))
def test_a_decision_that_is_reversed_takes_what_followed_with_it(world: World, answered: bool) -> None:
    if answered:
        banned(world)
    else:
        for day in (0, 10):
            removed(world, LATER + day * DAY)
        looked(LATER + 10 * DAY)
    last = Decision.objects.filter(kind="remove").latest("pk")
    resolved(world, filed(world, last), "reverse")
    looked(LATER + 12 * DAY)
    assert kinds() == [("ban", "reversed" if answered else "declined")]
    if answered:
        assert told_of_seller()[-1] == ("seller.listing_ban_lifted", "")
        assert "was reversed" in Letter.objects.get(kind="decision_taken_back").content["why"]
    assert [step.kind for step in queries.open_steps(last.offer.seller)] == ["warning"]  # type: ignore[arg-type]


def test_what_expires_with_time_takes_back_nothing(world: World) -> None:
    ban = banned(world)
    Decision.objects.filter(pk=ban.pk).update(ends_at=LATER + 900 * DAY)
    consequences.keep_up(at=LATER + 400 * DAY)
    assert not Consequence.objects.filter(left_at=None).exists()
    assert kinds() == [("ban", "in_force")]


def test_a_shop_is_closed_by_two_people_after_the_rule(world: World) -> None:
    for day in (0, 10, 20):
        removed(world, LATER + day * DAY)
    looked(LATER + 20 * DAY)
    close = Decision.objects.get(kind="close")  # reached at once: the lower steps are not acted on
    at = LATER + 21 * DAY
    first = answer(ref=close.ref, event="approve", reason="", actor=world.ravi, at=at)
    assert (first.status, first.decided_by_id, told_of_seller()) == ("proposed", world.ravi.user_id, [])
    with pytest.raises(OwnProposal):
        answer(ref=close.ref, event="approve", reason="", actor=world.ravi, at=at)
    second = answer(ref=close.ref, event="approve", reason="", actor=world.rita, at=at)
    assert (second.status, told_of_seller()[-1]) == ("in_force", ("seller.restricted", "close"))


def test_what_cannot_be_proposed_yet_is_proposed_when_it_can(world: World) -> None:
    suspended = propose(marketplace="bazaar", seller_id="s-1", choice=choice(), actor=world.rita, at=LATER)
    for day in (0, 10, 20):
        removed(world, LATER + day * DAY)
    looked(LATER + 20 * DAY)
    assert kinds() == [("suspend", "proposed")]
    answer(ref=suspended.ref, event="decline", reason="Not yet.", actor=world.ravi, at=LATER + 21 * DAY)
    looked(LATER + 22 * DAY)
    assert kinds() == [("suspend", "declined"), ("close", "proposed")]


def test_lesser_ones_make_points_with_a_cap_a_day(world: World) -> None:
    for number in range(4):
        removed(world, LATER, title=f"ALDERMOOR bag {number}", kind=DecisionKind.HIDE)
    stand = queries.stand_of(Seller.objects.get(seller_id="s-1"), at=LATER + DAY)
    assert (stand.amounts["points"].amount, stand.amounts["strikes"].amount) == (6, 0)
    assert set(stand.gravity.values()) == {"general"}


def test_shops_of_one_organisation_are_counted_together_and_a_strangers_is_not(world: World) -> None:
    of = Organisation.objects.get(pk=world.sam.organisation_id)
    catalog.marketplace("lumina", regime="eu")
    catalog.listing(on="lumina", seller_id="s-7", of=of, at=LATER)
    catalog.listing(seller_id="s-9", at=LATER)
    removed(world, LATER)
    amounts = {
        shop.seller_id: queries.stand_of(shop, at=LATER + DAY).amounts["strikes"].amount
        for shop in Seller.objects.all()
    }
    assert amounts == {"s-1": 1, "s-7": 1, "s-9": 0}


def linked(world: World, *, approve: bool = True) -> Decision:
    """Link the shop of Sam to another that had a serious one."""
    catalog.listing(seller_id="s-9", at=LATER)
    other = Seller.objects.get(seller_id="s-9")
    said = choice(kind=DecisionKind.LINK, linked_to=other, facts="Both are paid to the same account.")
    link = propose(marketplace="bazaar", seller_id="s-1", choice=said, actor=world.rita, at=LATER)
    if approve:
        answer(ref=link.ref, event="approve", reason="", actor=world.ravi, at=LATER)
    link.refresh_from_db()
    return link


def test_a_link_counts_once_it_is_approved_explained_and_until_an_appeal_ends_it(world: World) -> None:
    link = linked(world, approve=False)
    removed(world, LATER + DAY, seller="s-9")
    shop = Seller.objects.get(seller_id="s-1")

    def strikes() -> int:
        return queries.stand_of(shop, at=LATER + 2 * DAY).amounts["strikes"].amount

    assert strikes() == 0
    answer(ref=link.ref, event="approve", reason="", actor=world.ravi, at=LATER + DAY)
    link.refresh_from_db()
    assert (strikes(), told_of_seller(f"seller:{shop.pk}")) == (1, [])
    said = link.statement.content
    assert said["facts"] == "Both are paid to the same account."
    assert "counted together" in said["restriction"]
    looked(LATER + 2 * DAY)
    assert Letter.objects.filter(kind="standing_warning", organisation=world.sam.organisation_id).count() == 1
    resolved(world, filed(world, link), "reverse", by=accounts.actor(Role.REVIEWER))
    assert strikes() == 0
    # it goes one way: what Sam's shop did never counted for the other
    other = Seller.objects.get(seller_id="s-9").pk
    assert queries.kin_of([other]) == {other: frozenset({other})}


def test_a_link_names_another_shop_and_stands_once(world: World) -> None:
    link = linked(world)
    with pytest.raises(AlreadyRestricted):
        linked(world)
    shop = Seller.objects.get(seller_id="s-1")
    for other in (None, shop):
        said = choice(kind=DecisionKind.LINK, linked_to=other)
        with pytest.raises(IncompleteDecision) as refused:
            propose(marketplace="bazaar", seller_id="s-1", choice=said, actor=world.rita, at=LATER)
        assert refused.value.field == "linked_to"
    assert kinds() == [("link", "in_force")]
    assert link.linked_to is not None


def test_a_policy_owner_has_a_marketplace_follow_another_ladder_and_nothing_follows_from_that(world: World) -> None:
    removed(world, LATER)
    looked(LATER)
    market, owner = world.listing.marketplace, accounts.actor(Role.POLICY_OWNER)
    said = {"marketplace": market.slug, "ladder": "platform.strikes-only", "why": "Points confuse our sellers."}
    with pytest.raises(NotYours):
        ladders.follow(**said, actor=world.rita, at=LATER)
    for refused, changed in ((NoSuchLadder, {"ladder": "nobody's"}), (IncompleteChoice, {"why": " "})):
        with pytest.raises(refused):
            ladders.follow(**said | changed, actor=owner, at=LATER)
    with pytest.raises(NoSuchMarketplace):
        ladders.follow(**said | {"marketplace": "nowhere"}, actor=owner, at=LATER)
    assert ladders.follow(**said, actor=owner, at=LATER).ladder.id == "platform.strikes-only"
    with pytest.raises(FollowedAlready):
        ladders.follow(**said, actor=owner, at=LATER)
    looked(LATER + DAY)  # the worker comes to it by itself
    assert [step.ladder for step in Consequence.objects.filter(left_at=None)] == ["platform.strikes-only"]
    assert Letter.objects.filter(kind="standing_warning").count() == 1
    (event,) = audit.events_of(f"ladder:{market.slug}")
    assert event.payload == {
        "ladder": "platform.strikes-only",
        "before": "platform.consequences",
        "why": said["why"],
    }


def test_before_it_is_followed_it_is_seen_for_whom_a_ladder_changes_what(world: World) -> None:
    for day in (0, 10):
        removed(world, LATER + day * DAY)
    removed(world, LATER + 10 * DAY, seller="s-9", title="Bag by Aldermoor")
    market, at = world.listing.marketplace, LATER + 11 * DAY
    other = ladders.named("platform.strikes-only", at=at)
    found = ladders.preview(market, other, at=at)
    change = next(one for one in found.changes if one.seller.seller_id == "s-1")
    assert (change.now.consequence, change.now.days) == ("listing_ban", 14)  # type: ignore[union-attr]
    assert (change.then.consequence, change.graver) == ("warning", False)  # type: ignore[union-attr]
    assert (found.shops, found.more) == (2, False)
    assert sum(found.now.values()) == sum(found.then.values()) == 2
    for shop in Seller.objects.filter(marketplace=market):  # one by one it comes to the same
        slow = queries.stand_of(shop, at=at)
        reached = [step for amount in slow.amounts.values() for step in amount.reached]
        fast = {one.seller.pk: one.now for one in found.changes}
        if shop.pk in fast:
            assert fast[shop.pk] == max(reached, key=ladders.weight, default=None)


def test_a_look_ahead_asks_the_same_however_many_shops_there_are(world: World) -> None:
    def asked() -> int:
        other = ladders.named("platform.strikes-only", at=LATER + 2 * DAY)
        with CaptureQueriesContext(connection) as questions:
            ladders.preview(world.listing.marketplace, other, at=LATER + 2 * DAY)
        return len(questions)

    removed(world, LATER)
    one = asked()
    for number in range(3):
        removed(world, LATER + DAY, seller=f"s-{20 + number}", title=f"АLDЕRМООR {number}")
    assert asked() == one


def test_whose_role_is_limited_sees_no_ladder(world: World) -> None:
    limited = Actor(1, 1, frozenset({Role.POLICY_OWNER}), limits=((Role.POLICY_OWNER, Reach(frozenset({"bazaar"}))),))
    assert ladders.all_followed(limited, at=LATER) == []
    with pytest.raises(NoSuchMarketplace):
        ladders.followed_by(limited, "bazaar", at=LATER)
    with pytest.raises(NoSuchMarketplace):
        ladders.follow(marketplace="bazaar", ladder="platform.strikes-only", why="x", actor=limited, at=LATER)


def test_it_is_recomputed_and_never_counted_up(world: World) -> None:
    """Looked at ten times, by two workers, nothing is doubled."""
    for day in (0, 10):
        removed(world, LATER + day * DAY)
    shop = Seller.objects.get(seller_id="s-1")
    for hour in range(10):
        consequences.look(shop.pk, at=LATER + 11 * DAY + timedelta(hours=hour))
    assert kinds() == [("ban", "proposed")]
    assert Consequence.objects.count() == 2
    assert registry.organisation_of(world.sam).pk == shop.organisation_id
