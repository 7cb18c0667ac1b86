"""Every status column is what the recorded events fold to, after lives of every length."""

from collections import defaultdict

import pytest

from tests.factories import catalog, gates, rules
from tests.factories import registry as registered
from tests.flows.test_correct_listing import BY, DAY, asked, edited
from tests.flows.test_hold_publication import pushed
from tests.flows.test_resolve_appeal import filed, order_payload, resolved
from tests.flows.test_restrict_seller import proposed, suspended
from tests.flows.world import LATER, World
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.audit.models import Event
from touchmark.apps.decisions.models import Decision, Restriction
from touchmark.apps.gates.models import Proof
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.registry import actions as registry
from touchmark.apps.registry.models import Right
from touchmark.apps.rules import actions as ruling
from touchmark.apps.rules.models import RuleVersion
from touchmark.apps.screening import actions as screening
from touchmark.engine.lifecycle.appeal import APPEAL
from touchmark.engine.lifecycle.decision import DECISION, RESTRICTION
from touchmark.engine.lifecycle.filing import FILING
from touchmark.engine.lifecycle.notice_item import NOTICE_ITEM
from touchmark.engine.lifecycle.proof import PROOF
from touchmark.engine.lifecycle.right import RIGHT
from touchmark.engine.lifecycle.rule import RULE
from touchmark.flows import brand_gate, correct_listing
from touchmark.flows.act_by_rule import act
from touchmark.flows.hear_marketplace import hear
from touchmark.flows.hold_publication import answer_pending
from touchmark.flows.restrict_seller import answer
from touchmark.flows.take_back_rule import take_back


def statuses() -> dict[str, str]:
    """Give every status column by the stream of its events."""
    found = {f"right:{right.ref}": right.status for right in Right.objects.all()}
    found |= {f"notice:{notice.ref}": notice.status for notice in NoticeItem.objects.all()}
    found |= {f"filing:{notice.ref}": notice.status for notice in Notice.objects.all()}
    found |= {f"decision:{decision.ref}": decision.status for decision in Decision.objects.all()}
    found |= {f"restriction:{r.decision.ref}": r.status for r in Restriction.objects.select_related("decision")}
    found |= {f"proof:{proof.ref}": proof.status for proof in Proof.objects.all()}
    found |= {f"rule:{version.name}": version.status for version in RuleVersion.objects.all()}
    return found | {f"appeal:{appeal.ref}": appeal.status for appeal in Appeal.objects.all()}


def folded() -> dict[str, str]:
    """Give what the events of each stream lead to."""
    lives = {
        "right": RIGHT,
        "notice": NOTICE_ITEM,
        "filing": FILING,
        "decision": DECISION,
        "restriction": RESTRICTION,
        "appeal": APPEAL,
    }
    lives |= {"rule": RULE, "proof": PROOF}
    events = defaultdict(list)
    for stream, kind in Event.objects.order_by("stream", "number").values_list("stream", "kind"):
        if stream.partition(":")[0] in lives and kind != "replay":  # which is noted and moves nothing
            events[stream].append(kind)
    return {stream: lives[stream.partition(":")[0]].folded(kinds) for stream, kinds in events.items()}


def short(world: World) -> None:
    """Nothing but what the world was built of."""


def dismissed(world: World) -> None:
    notices.withdraw(ref=world.report().ref, actor=world.vera, at=LATER)


def restricted(world: World) -> None:
    world.report()
    hear(order_payload(world.restrict(), "listing.restricted"), at=LATER)


def there_and_back(world: World) -> None:
    world.report()
    decision = world.restrict()
    resolved(world, filed(world, decision), "reverse")
    hear(order_payload(decision, "listing.restricted"), at=LATER)
    hear(order_payload(decision, "listing.restored"), at=LATER)
    registry.withdraw(ref=world.right.ref, actor=world.vera, at=LATER)


def corrected_or_not(world: World) -> None:
    asked(world, at_once=True)
    edited(world)
    correct_listing.keep_up(at=LATER + DAY)
    world.listing = pushed("АLDЕRМООR leather bag", at=LATER + DAY)
    answer_pending(at=LATER + DAY)
    asked(world, at=LATER + DAY)  # which takes the place of the hold
    correct_listing.keep_up(at=BY + DAY)


def suspended_and_let_back(world: World) -> None:
    decision = suspended(world)
    answer(ref=decision.ref, event="lift", reason="The invoices came.", actor=world.ravi, at=LATER + DAY)
    declined = proposed(world)
    answer(ref=declined.ref, event="decline", reason="Wrong.", actor=world.ravi, at=LATER + DAY)


def with_a_proof(world: World) -> None:
    gate = gates.gate(category="bags", at=LATER)
    proof = gates.checked(gates.proof(gate, world.sam), at=LATER, until=LATER + DAY)
    gates.checked(gates.proof(gate, world.sam), "decline", at=LATER)
    brand_gate.keep_up(at=LATER + 2 * DAY)
    assert Proof.objects.get(pk=proof.pk).status == "expired"


def by_rule(world: World) -> None:
    version = rules.live()
    catalog.listing(title=world.listing.title, of=registered.organisation_of(world.sam))
    screening.screen_catalogue(at=LATER)
    act(at=LATER)
    ruling.stop(name=version.name, number=1, why="Wrong.", actor=rules.owner(), at=LATER)
    take_back(name=version.name, number=1, why="Wrong.", actor=rules.owner(), at=LATER)


@pytest.mark.parametrize(
    "life",
    [
        short,
        dismissed,
        restricted,
        there_and_back,
        corrected_or_not,
        suspended_and_let_back,
        with_a_proof,
        by_rule,
    ],
)
def test_statuses_are_what_the_events_fold_to(world: World, life: object) -> None:
    life(world)  # type: ignore[operator]
    assert statuses() == folded()
