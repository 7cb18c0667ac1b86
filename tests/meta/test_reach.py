"""
A role that is limited to a marketplace, a territory or a brand, on every page and in every operation of the API.

Whoever is limited to the one side of the world reads nothing of the other, and still reads all of the one.
"""

import re
from typing import Any

import pytest
from tests.api.bodies import BODIES
from tests.api.test_matrix import OPERATIONS
from tests.factories import accounts, catalog, registry
from tests.flows.world import LATER
from tests.meta.two_sides import HERE, Scene, built, decided, many, proposed, scene

from touchmark.apps.accounts.models import Membership
from touchmark.apps.desk import bulk
from touchmark.apps.desk.models import Bulk, BulkItem
from touchmark.apps.outbox.models import Message
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screened
from touchmark.engine.terms import Actor, Role
from touchmark.flows import decide_many
from touchmark.flows.decide import BeyondReach
from touchmark.flows.second_eyes import confirm

__all__ = ["built", "scene"]


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> None:
    """Every operation by everybody is more than a program asks in a minute."""
    settings.TOUCHMARK_API_RATE = 10**9


def brand(scene: Scene, side: str) -> int:
    return int(scene.sides[side].right.brand_id or 0)


LIMITS = ("marketplaces", "territories", "brands")
ALL = {"right", "listing", "open", "many", "seller", "statement", "facts", "grounds", "proposed", "note"}
OWN = {"right", "listing", "open", "statement"}
#: Who is limited how, and which words of their own side they read on pages and through programs.
CASES = [
    *((Role.REVIEWER, limit, ALL) for limit in LIMITS),
    *((Role.AGENT, limit, OWN) for limit in LIMITS),
    (Role.POLICY_OWNER, "marketplaces", ALL),
    (Role.HOLDER, "brands", OWN),
    (Role.INVESTIGATOR, "territories", {"right", "listing", "open", "seller"}),
    (Role.SELLER, "marketplaces", {"right", "listing", "facts", "grounds"}),
]


def limits(scene: Scene, limit: str) -> dict[str, Any]:
    return {limit: {"marketplaces": [HERE[0]], "territories": [HERE[1]], "brands": [brand(scene, "here")]}[limit]}


@pytest.mark.parametrize(("role", "limit", "reads"), CASES)
def test_a_limited_role_reads_nothing_beyond_and_all_within(
    scene: Scene, role: Role, limit: str, reads: set[str]
) -> None:
    client, program, actor = scene.person(role, **limits(scene, limit))
    own, beyond = scene.sides["here"].words, scene.sides["there"].words
    if limit == "marketplaces":  # a right is of no marketplace: whose role is limited to one sees the register
        beyond.pop("right")
    shown, seen = [], set()
    for door in scene.doors(role, actor):
        answer = program.get(door.address) if door.program else client.get(door.address, follow=True)
        assert answer.status_code < 500, door
        body = _text(answer)
        shown += [f"{door}: {word}" for word in beyond.values() if word in body and word not in door.address]
        seen |= {kind for kind, word in own.items() if word in body}
    assert shown == []
    assert seen >= reads


def _text(answer: Any) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode("utf-8", "replace").lower()


def test_without_a_limit_both_sides_are_read(scene: Scene) -> None:
    """The walk finds every word that it looks for."""
    client, _, actor = scene.person(Role.REVIEWER)
    doors = [door for door in scene.doors(Role.REVIEWER, actor) if not door.program]
    bodies = "".join(_text(client.get(door.address, follow=True)) for door in doors)
    assert all(word in bodies for side in scene.sides.values() for word in side.words.values())


@pytest.mark.parametrize("limit", LIMITS)
def test_what_lies_beyond_can_be_changed_by_nobody_limited(scene: Scene, limit: str) -> None:
    before = Message.objects.count()
    for role in (Role.REVIEWER, Role.AGENT):
        _, program, _ = scene.person(role, **limits(scene, limit))
        for method, path, _ in OPERATIONS:
            if method == "GET" or "{" not in path or "/deliveries/" in path:
                continue
            for kind, ref in scene.sides["there"].refs.items():
                if limit == "marketplaces" and kind == "right":
                    continue
                body = next((body for end, body in BODIES.items() if path.endswith(end)), None)
                answer = program.send(method, re.sub(r"{[^}]+}", ref, path), None if body is None else str(body))
                assert answer.status_code in (400, 403, 404, 422), (role, method, path, kind, answer.content)
    assert Message.objects.count() == before


def test_a_listing_that_is_about_two_brands_is_decided_by_somebody_who_sees_both(scene: Scene) -> None:
    here, there = scene.sides["here"], scene.sides["there"]
    vera = accounts.actor(Role.HOLDER, of=scene.holder)
    beyond = registry.verified(vera, text="canarybeyond", brand=there.name)
    both = catalog.listing(title=f"{here.words['right']} and canarybeyond", on="bazaar", offered_in=["DE"])
    screening.screen_catalogue(at=LATER)
    assert len({finding.right_id for finding in screened.findings_of(screened.current(both))}) == 2
    client, _, limited = scene.person(Role.REVIEWER, brands=[here.right.brand_id])
    page = client.get(f"/desk/bazaar/{both.listing_id}/").content.decode()
    assert "also about a brand that your role does not reach" in page
    assert beyond.ref not in page
    with pytest.raises(BeyondReach):
        decided(both, here.right, limited, "facts")
    with pytest.raises(BeyondReach):
        proposed(both, here.right, limited, "facts")
    assert [(item.outcome, item.why) for item in _carried_out(many(here.right, limited, both), limited)] == [
        ("left_out", "beyond")
    ]
    wide_client, _, wide = scene.person(Role.REVIEWER)
    assert beyond.ref in wide_client.get(f"/desk/bazaar/{both.listing_id}/").content.decode()
    proposal = proposed(both, here.right, wide, "facts")
    with pytest.raises(BeyondReach):
        confirm(ref=proposal.ref, actor=limited, at=LATER)
    assert decided(both, here.right, wide, "facts").ref


def _carried_out(asked: Bulk, by: Actor) -> list[BulkItem]:
    return list(bulk.items_of(decide_many.carry_out(bulk=asked, actor=by, at=LATER), by))


def test_letters_go_to_those_of_the_organisation_whom_they_concern(scene: Scene) -> None:
    _, _, agent = scene.person(Role.AGENT, brands=[brand(scene, "here")])
    address = Membership.objects.get(user_id=agent.user_id).user.email
    for side in scene.sides.values():
        decided(side.open_listing, side.right, accounts.actor(Role.REVIEWER), "Facts.", side.refs["open notice"])
    told = [message.payload["body"] for message in Message.objects.filter(kind="email", to=address)]
    assert len(told) == 1
    assert scene.sides["here"].words["open"] in told[0]


def test_an_agent_enters_no_right_beyond_the_limit(scene: Scene) -> None:
    _, program, _ = scene.person(Role.AGENT, brands=[brand(scene, "here")])
    count = Right.objects.count()
    beyond = program.post("/rights", {"kind": "word_mark", "text": "CEDAR", "brand": "Birch"}, key="1")
    within = program.post("/rights", {"kind": "word_mark", "text": "ELM", "brand": "Alder"}, key="2")
    assert (beyond.status_code, within.status_code) == (403, 201)
    assert Right.objects.count() == count + 1
