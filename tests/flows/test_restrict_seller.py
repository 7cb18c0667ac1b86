"""A seller is suspended by two people, the marketplace is told, and the undo puts back what it took down."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories import accounts, catalog
from tests.flows.test_resolve_appeal import filed, resolved
from tests.flows.world import LATER, World
from touchmark.apps.accounts.models import User
from touchmark.apps.catalog import reaching
from touchmark.apps.catalog.access import NoSuchSeller
from touchmark.apps.catalog.models import Marketplace
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions.actions import AlreadyRestricted, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.sellers import OwnProposal, ReasonMissing, SellerChoice
from touchmark.apps.decisions.strikes import record_of_sellers
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.terms import Actor, Role
from touchmark.flows.end_restrictions import end_due
from touchmark.flows.hear_marketplace import hear
from touchmark.flows.restrict_seller import NotOnASeller, answer, propose

DAY = timedelta(days=1)


def choice(**changes: object) -> SellerChoice:
    said: dict[str, object] = {
        "kind": DecisionKind.SUSPEND,
        "facts": "Five listings were restricted in a month.",
        "ground": Ground.TERMS,
        "ground_reference": "Terms for sellers, 9.1",
        "ground_explanation": "Whoever is restricted again and again is suspended.",
        "request_key": uuid4(),
    }
    return SellerChoice(**said | changes)  # type: ignore[arg-type]


def proposed(world: World, *, by: Actor | None = None, **changes: object) -> Decision:
    about = {"marketplace": "bazaar", "seller_id": "s-1", "actor": by or world.rita, "at": LATER}
    return propose(choice=choice(**changes), **about)  # type: ignore[arg-type]


def suspended(world: World, **changes: object) -> Decision:
    decision = proposed(world, **changes)
    return answer(ref=decision.ref, event="approve", reason="", actor=world.ravi, at=LATER)


def told(subject: str = "seller:") -> list[tuple[str, str]]:
    found = Message.objects.filter(kind="webhook", subject__startswith=subject).order_by("sequence")
    return [(m.payload["type"], m.payload["data"].get("action", "")) for m in found]


def test_nothing_happens_before_a_second_person_approves(world: World) -> None:
    decision = proposed(world)
    assert (decision.status, told(), Letter.objects.filter(kind="statement_of_reasons").count()) == ("proposed", [], 0)
    with pytest.raises(OwnProposal):
        answer(ref=decision.ref, event="approve", reason="", actor=world.rita, at=LATER)
    assert Decision.objects.get().status == "proposed"


def test_approved_the_marketplace_and_the_seller_are_told(world: World) -> None:
    decision = suspended(world)
    assert (decision.status, decision.restriction.status) == ("in_force", "ordered")
    assert told() == [("seller.restricted", "suspend")]
    data = Message.objects.get(subject__startswith="seller:").payload["data"]
    assert (data["seller_id"], "listing_id" in data) == ("s-1", False)
    letter = Letter.objects.get(kind="statement_of_reasons")
    assert letter.organisation_id == world.sam.organisation_id
    assert letter.content["restriction"].startswith("Your shop is suspended")
    hear(Message.objects.get(subject__startswith="seller:").payload, at=LATER)
    decision.restriction.refresh_from_db()
    assert decision.restriction.status == "in_place"


def test_a_proposal_waits_on_a_clock_and_the_page_says_until_when(world: World) -> None:
    decision = proposed(world)
    waits = Deadline.objects.get(subject=f"decision:{decision.ref}", closed_at=None)
    assert (waits.clock, waits.due_at is not None) == ("second_approval", True)
    ravi = accounts.signed_in(User.objects.get(pk=world.ravi.user_id))
    assert "Approve it, or decline it" in ravi.get("/desk/sellers/").text
    answer(ref=decision.ref, event="approve", reason="", actor=world.ravi, at=LATER)
    assert not Deadline.objects.filter(subject=f"decision:{decision.ref}", closed_at=None).exists()
    other = proposed(world, kind=DecisionKind.BAN, ends_at=LATER + timedelta(days=9))
    answer(ref=other.ref, event="decline", reason="No.", actor=world.ravi, at=LATER)
    assert not Deadline.objects.filter(subject__startswith="decision:", closed_at=None).exists()


def test_declined_nothing_ever_happened_and_another_can_be_proposed(world: World) -> None:
    first = proposed(world)
    with pytest.raises(ReasonMissing):
        answer(ref=first.ref, event="decline", reason=" ", actor=world.ravi, at=LATER)
    answer(ref=first.ref, event="decline", reason="One of the five was reversed.", actor=world.ravi, at=LATER)
    assert told() == []
    second = proposed(world)
    answer(ref=second.ref, event="decline", reason="I was wrong.", actor=world.rita, at=LATER)  # taken back
    assert [d.status for d in Decision.objects.order_by("id")] == ["declined", "declined"]


def test_one_decision_stands_on_a_seller(world: World) -> None:
    suspended(world)
    with pytest.raises(AlreadyRestricted):
        proposed(world, kind=DecisionKind.CLOSE)


def test_the_same_form_sent_twice_is_one_proposal(world: World) -> None:
    key = uuid4()
    assert proposed(world, request_key=key).pk == proposed(world, request_key=key).pk


def test_an_appeal_that_is_right_opens_the_shop_again(world: World) -> None:
    decision = suspended(world)
    resolved(world, filed(world, decision), "reverse", by=accounts.actor(Role.REVIEWER))
    decision.refresh_from_db()
    assert decision.status == "reversed"
    assert told() == [("seller.restricted", "suspend"), ("seller.restored", "")]


def test_neither_who_proposed_nor_who_approved_answers_the_appeal(world: World) -> None:
    appeal = filed(world, suspended(world))
    for actor in (world.rita, world.ravi):
        with pytest.raises(NotYours):
            resolved(world, appeal, "reverse", by=actor)


def test_it_is_lifted_with_a_reason(world: World) -> None:
    decision = suspended(world)
    owner = accounts.actor(Role.POLICY_OWNER)
    with pytest.raises(ReasonMissing):
        answer(ref=decision.ref, event="lift", reason="", actor=owner, at=LATER + DAY)
    answer(ref=decision.ref, event="lift", reason="The invoices came.", actor=owner, at=LATER + DAY)
    assert told()[-1] == ("seller.restored", "")
    assert Letter.objects.get(kind="decision_taken_back").content["why"] == "The invoices came."


def test_it_ends_by_itself_on_its_day(world: World) -> None:
    decision = suspended(world, ends_at=LATER + 7 * DAY)
    assert (end_due(LATER + 6 * DAY), end_due(LATER + 7 * DAY)) == (0, 1)
    decision.refresh_from_db()
    assert (decision.status, told()[-1]) == ("ended", ("seller.restored", ""))


def test_a_proposal_whose_day_has_passed_is_not_approved(world: World) -> None:
    decision = proposed(world, ends_at=LATER + DAY)
    with pytest.raises(IncompleteDecision):
        answer(ref=decision.ref, event="approve", reason="", actor=world.ravi, at=LATER + 2 * DAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": DecisionKind.REMOVE}, "kind"),
        ({"facts": ""}, "facts"),
        ({"ground_reference": " "}, "ground_reference"),
        ({"ground_explanation": ""}, "ground_explanation"),
        ({"ends_at": LATER}, "ends_on"),
        ({"kind": DecisionKind.CLOSE, "ends_at": LATER + DAY}, "ends_on"),
    ],
)
def test_what_must_be_said(world: World, changes: dict[str, object], field: str) -> None:
    with pytest.raises(IncompleteDecision) as refused:
        proposed(world, **changes)
    assert refused.value.field == field


def test_who_may_and_on_whom(world: World) -> None:
    with pytest.raises(NoSuchSeller):
        propose(marketplace="bazaar", seller_id="nobody", choice=choice(), actor=world.rita, at=LATER)
    with pytest.raises(NoSuchSeller):
        propose(marketplace="bazaar", seller_id="s-1", choice=choice(), actor=world.vera, at=LATER)
    with pytest.raises(NotYours):
        propose(marketplace="bazaar", seller_id="s-1", choice=choice(), actor=world.sam, at=LATER)
    with pytest.raises(NotOnASeller):
        answer(ref=world.restrict().ref, event="lift", reason="x", actor=world.ravi, at=LATER)
    decision = suspended(world)
    with pytest.raises(IllegalMove):
        answer(ref=decision.ref, event="approve", reason="", actor=accounts.actor(Role.REVIEWER), at=LATER)


def test_a_shop_on_oscar_is_told_product_by_product_and_only_what_was_taken_down_comes_back(world: World) -> None:
    about = {"url": "oscar+https://shop.example", "secret": "u:p", "actor": Actor.system(), "at": LATER}
    reaching.agree_webhook(marketplace="bazaar", **about)  # type: ignore[arg-type]
    free = catalog.listing(title="A teapot")
    restricted = world.restrict()
    decision = suspended(world)
    mine, other = f"listing:{free.pk}", f"listing:{world.listing.pk}"
    assert told(mine) == [("listing.restricted", "remove")]
    assert told(other) == [("listing.restricted", "remove")]  # by its own decision, once
    later = catalog.listing(title="A new teapot")
    answer(ref=decision.ref, event="lift", reason="The invoices came.", actor=world.ravi, at=LATER + DAY)
    assert told(mine)[-1] == ("listing.restored", "")
    assert (told(other), told(f"listing:{later.pk}")) == ([("listing.restricted", "remove")], [])
    assert restricted.status == "in_force"
    assert Marketplace.objects.get(slug="bazaar").webhook_url.startswith("oscar+")


def test_a_listing_that_comes_back_while_the_seller_is_suspended_is_told_so(world: World) -> None:
    restricted = world.restrict()
    decision = suspended(world)
    resolved(world, filed(world, restricted), "reverse")
    message = Message.objects.filter(payload__type="listing.restored").get()
    assert message.payload["data"]["seller_restricted"] == decision.ref


def test_strikes_follow_the_decisions_in_force(world: World) -> None:
    seller = world.listing.seller
    assert seller is not None
    decision = world.restrict()
    assert [s.ref for s in record_of_sellers([seller.pk], at=LATER).strikes] == [decision.ref]
    suspended(world)
    assert len(record_of_sellers([seller.pk], at=LATER).strikes) == 1  # a suspension is no strike
    resolved(world, filed(world, decision), "reverse")
    assert record_of_sellers([seller.pk], at=LATER).strikes == ()
