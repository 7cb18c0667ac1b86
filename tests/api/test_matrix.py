"""
Every operation × every kind of token × what is not its own.

Words are planted in what each party keeps to itself; they may come back to those alone who may see them, in no answer
to anybody else, whatever is asked.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from tests.api.bodies import BODIES
from tests.api.expected import CANARIES, SCOPES
from tests.factories import accounts, catalog, clients, gates, mandates, orders, registry, safety
from tests.factories import rules as written_rules
from tests.factories.clients import Program
from tests.factories.disputes import form, picture
from tests.flows.test_restrict_seller import proposed
from tests.flows.test_trader_clocks import given
from tests.flows.world import LATER, World, appeal_form, built, disputed
from touchmark.api.v1 import api
from touchmark.apps.accounts.models import OrganisationKind
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.audit.models import Event
from touchmark.apps.clients.models import Client
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.counters.actions import GivenFile
from touchmark.apps.counters.kinds import FileKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices import drafts, templates
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.outbox.models import Message
from touchmark.apps.registry.models import Right
from touchmark.apps.safety import actions as safety_actions
from touchmark.apps.safety import suspicions
from touchmark.apps.safety.told import Told
from touchmark.apps.traders import actions
from touchmark.engine.terms import Actor, Role
from touchmark.flows import answer_notice, brand_gate
from touchmark.flows.decide import Seen, decide
from touchmark.flows.report_listing import report

Operation = tuple[str, str, dict[str, Any]]


def operations() -> Iterator[Operation]:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path.removeprefix("/api/v1"), operation


OPERATIONS = list(operations())


@dataclass
class Scene:
    """A world in which everything happened twice, and a program of every kind."""

    world: World
    programs: dict[str, Program]
    #: References of what belongs to one party, by the place in the path that they fit.
    own: dict[str, dict[str, str]]


@pytest.fixture
def scene(db: None, settings: Any) -> Scene:
    settings.TOUCHMARK_API_RATE = 10**9  # every operation with every scope is more than a program asks in a minute
    world = built()
    notice = report(
        right=world.right.ref,
        marketplace="bazaar",
        listing_id=world.listing.listing_id,
        form=NoticeForm(NoticeReason.SUSPECTED_FAKE, "canary-vera-statement", True, uuid4()),
        actor=world.vera,
        at=accounts.AT,
    )
    decision = world.restrict(facts="canary-facts-bazaar")
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form("canary-grounds"), actor=world.sam, at=LATER)
    said = form("platform", explanation="canary-answer", files=[GivenFile(FileKind.INVOICE, picture())])
    counter = answer_notice.answer(item=notice.ref, form=said, actor=world.sam, at=LATER)
    planted = registry.verified(world.nils, by=world.rita, text="CANARYNILS", aliases=("canary-alias",))
    hidden, lumina = _lumina(world)
    message = Message.objects.filter(kind="webhook", to="bazaar").latest("created_at")
    rule = written_rules.written(written_rules.rule(description="canary-rule"))
    gate, proof = _gate(world)
    trader = actions.give(given=given(name="canary-trader"), actor=world.sam, at=LATER)
    proposal = proposed(world, facts="canary-proposal")
    mandate = mandates.given(world.vera, registry.holder("canary-union"))
    order = orders.received(Actor.program_of("bazaar"), reference="canary-order").order
    draft = drafts.begin(right=world.right, actor=world.vera, at=LATER)
    drafts.say(ref=draft.ref, reason="suspected_fake", statement="canary-draft", actor=world.vera, at=LATER)
    template = templates.keep(ref=draft.ref, name="canary-template", actor=world.vera, at=LATER)
    duty = safety.duty(world.listing)
    told = Told("canary-safety", "Safety Business Gateway", LATER, "1")
    safety_actions.tell(ref=duty.ref, told=told, actor=world.rita, at=LATER)
    raised = suspicions.suspect(
        marketplace="bazaar",
        listing_id=world.listing.listing_id,
        reasons="canary-suspicion",
        actor=world.rita,
        at=LATER,
    )
    own = {
        "/notice-drafts/": {"vera": draft.ref},
        "/notice-templates/": {"vera": str(template.pk)},
        "/safety-duties/": {"bazaar": duty.ref},
        "/suspicions/": {"bazaar": raised.ref},
        "/mandates/": {"vera": mandate.ref},
        "/orders/": {"bazaar": order.ref},
        "/trusted-flagger/notices/": {"bazaar": notice.ref},
        "/gates/": {"policy": gate},
        "/ladders/": {"policy": "bazaar"},
        "/proofs/": {"sam": proof},
        "/traders/": {"sam": str(trader.organisation_id)},
        "/proposals/": {"reviewer": proposal.ref},
        "/rules/": {"policy": f"{rule.name}.{rule.number}"},
        "/notices/": {"bazaar": notice.ref},
        "/decisions/": {"bazaar": decision.ref, "lumina": lumina.ref},
        "/appeals/": {"bazaar": appeal.ref},
        "/disputes/": {"sam": disputed(appeal, "canary-dispute")},
        "/counter-notices/": {"bazaar": counter.ref},
        "/rights/": {"nils": planted.ref, "vera": world.right.ref},
        "/deliveries/": {"bazaar": str(message.pk)},
    }
    return Scene(world, _programs(world, hidden), own)


def _gate(world: World) -> tuple[str, str]:
    """Give a gate that is closed, which sellers see no more, and the proof that was filed for it."""
    gate = gates.gate(category="watches", reason="canary-gate", at=LATER)
    proof = gates.proof(gate, world.sam, at=LATER, note="canary-proof")
    brand_gate.close(ref=gate.ref, actor=accounts.actor(Role.POLICY_OWNER), at=LATER)
    return gate.ref, proof.ref


def _lumina(world: World) -> tuple[Actor, Decision]:
    """Give another marketplace, with a seller of its own and a decision on what that sells."""
    shop = accounts.organisation("seller", name="Hidden")
    catalog.marketplace("lumina")
    listing = catalog.listing(on="lumina", of=shop, title="canary-listing-lumina", seller_id="canary-shop-lumina")
    choice = world.choice(facts="canary-facts-lumina")
    seen = Seen(listing.digest, None, frozenset())
    about: dict[str, Any] = {"marketplace": "lumina", "listing_id": listing.listing_id, "actor": world.rita}
    taken = decide(choice=choice, seen=seen, answers={}, at=LATER, **about)
    # The statement of lumina goes to nobody who signs in, so that its facts are the marketplace's and the desk's.
    type(taken.statement).objects.filter(pk=taken.statement.pk).update(addressed_to=None)
    return accounts.actor(Role.SELLER, of=shop), taken


def _programs(world: World, hidden: Actor) -> dict[str, Program]:
    platform = accounts.organisation(OrganisationKind.PLATFORM)
    actors = {
        "bazaar": Actor.program_of("bazaar"),
        "lumina": Actor.program_of("lumina"),
        "vera": world.vera,
        "nils": world.nils,
        "agent": accounts.actor(Role.AGENT, of=registry.organisation_of(world.vera)),
        "sam": world.sam,
        "hidden": hidden,
        "stranger": accounts.actor(Role.SELLER),
        "reviewer": world.ravi,
        "raiser": world.rita,
        **{
            str(role): accounts.actor(role, of=platform)
            for role in (Role.POLICY_OWNER, Role.INVESTIGATOR, Role.OPERATOR, Role.SECRETARIAT)
        },
        "authority": accounts.actor(Role.AUTHORITY),
        "member": accounts.actor(Role.MEMBER),
    }
    return {name: clients.with_every_scope(actor) for name, actor in actors.items()}


def addresses(scene: Scene, path: str) -> list[str]:
    """Give the addresses of an operation: one, or one for each thing of somebody's that it can name."""
    if "{" not in path:
        return [path]
    head, tail = path[: path.index("{")], path[path.index("}") + 1 :]
    return [f"{head}{ref}{tail}" for ref in scene.own[head].values()]


def test_without_a_token_or_with_one_without_the_scope_nothing_opens(scene: Scene) -> None:
    Client.objects.update(scopes=[])
    let_in = []
    for method, path, _ in OPERATIONS:
        for address in addresses(scene, path):
            for name, program, expected in [("nobody", Program("tmk_guessed"), 401)] + [
                (name, scene.programs[name], 403) for name in ("bazaar", "vera", "sam", "reviewer")
            ]:
                answer = _ask(program, method, address)
                if answer.status_code != expected or answer["Content-Type"] != "application/problem+json":
                    let_in.append(f"{method} {address} as {name}: {answer.status_code}")
    assert let_in == []


def test_each_operation_wants_its_own_scope(scene: Scene) -> None:
    """A token with one scope is let in where that one is asked for, and nowhere else."""
    assert {operation["operationId"] for _, _, operation in OPERATIONS} == set(SCOPES)
    for scope in Scope:
        Client.objects.update(scopes=[scope])
        for method, path, operation in OPERATIONS:
            answer = _ask(scene.programs["bazaar"], method, addresses(scene, path)[0])
            refused = answer.status_code == 403 and "no scope" in answer.json()["detail"]
            assert refused == (SCOPES[operation["operationId"]] != scope), (method, path, scope, answer.content)


def test_no_answer_shows_what_is_anothers(scene: Scene) -> None:
    shown, seen_by = [], {word: set() for word in CANARIES}  # type: ignore[var-annotated]
    for method, path, _ in OPERATIONS:
        if method != "GET":
            continue
        for address in addresses(scene, path):
            for name, program in scene.programs.items():
                answer = _ask(program, method, address)
                assert answer.status_code < 500, (method, address, name)
                for word, admitted in CANARIES.items():
                    if word in answer.content.decode():
                        seen_by[word].add(name)
                        shown += [] if name in admitted else [f"{address} as {name}: {word}"]
    assert shown == []
    assert seen_by == CANARIES  # whoever may see it, does: the words are where they would be seen


def test_what_is_anothers_is_answered_like_what_never_was(scene: Scene) -> None:
    for method, path, _ in OPERATIONS:
        if "{" not in path:
            continue
        head, tail = path[: path.index("{")], path[path.index("}") + 1 :]
        made_up = str(uuid4()) if head == "/deliveries/" else "X-2026-0000-0000"
        for ref in scene.own[head].values():
            theirs = _ask(scene.programs["stranger"], method, f"{head}{ref}{tail}")
            never = _ask(scene.programs["stranger"], method, f"{head}{made_up}{tail}")
            assert theirs.status_code == never.status_code == 404, (method, path, theirs.content)
            assert theirs.content.decode().replace(ref, made_up) == never.content.decode()


def test_nobody_changes_what_is_anothers(scene: Scene) -> None:
    """A stranger to everything, whatever it asks for, leaves the world as it is; so does another marketplace."""
    ours = {"/notices/", "/mandates/", "/counter-notices/", "/appeals/", "/rights/", "/rules/", "/deliveries/"}
    ours |= {"/notice-drafts/", "/notice-templates/", "/safety-duties/", "/suspicions/"}
    ours |= {"/orders/", "/gates/", "/proofs/", "/traders/", "/proposals/", "/ladders/"}
    for name in ("stranger", "authority", "member", "lumina"):
        before = _world(scene)
        for method, path, _ in OPERATIONS:
            head = path[: path.index("{")] if "{" in path else ""
            if method == "GET" or not (head in ours or head == "/decisions/"):
                continue
            for owner, ref in scene.own[head].items():
                if owner != name:
                    answer = _ask(
                        scene.programs[name], method, path.replace(path[len(head) : path.index("}") + 1], ref)
                    )
                    assert answer.status_code in (403, 404), (name, method, path, answer.content)
        assert _world(scene) == before


def test_a_marketplace_that_answers_for_a_listing_it_never_had_is_refused(scene: Scene) -> None:
    ref = scene.own["/decisions/"]["bazaar"]
    done = {"type": "listing.restricted"}
    assert scene.programs["lumina"].post(f"/decisions/{ref}/confirmation", done).status_code == 404
    assert Decision.objects.get(ref=ref).restriction.status == "ordered"
    assert scene.programs["bazaar"].post(f"/decisions/{ref}/confirmation", done).status_code == 200
    assert Decision.objects.get(ref=ref).restriction.status == "in_place"


def test_privileged_looks_are_on_record_and_others_are_not(scene: Scene) -> None:
    scene.programs["bazaar"].get("/decisions")
    scene.programs["vera"].get("/rights")
    assert not Event.objects.filter(kind="looked").exists()
    scene.programs["reviewer"].get("/decisions", listing_id="L-1")
    scene.programs["reviewer"].get(f"/rights/{scene.own['/rights/']['nils']}")
    looks = [(one.user_id, one.payload["operation"]) for one in Event.objects.filter(kind="looked").order_by("id")]
    assert looks == [(scene.world.ravi.user_id, "list_decisions"), (scene.world.ravi.user_id, "get_right")]


def _world(scene: Scene) -> tuple[Any, ...]:
    kept = Event.objects.exclude(kind="looked").count(), Right.objects.values_list("status").order_by("id")
    return (kept[0], list(kept[1]), list(Message.objects.order_by("pk").values_list("state", "due_at")))


def _ask(program: Program, method: str, address: str) -> Any:
    if method == "GET":
        return program.get(address)
    if address in ("/listings", "/sellers"):
        return program.lines(address, [{"listing_id": "M-1", "seller_id": "M-1", "title": "A teapot"}])
    body = next((body for end, body in BODIES.items() if address.endswith(end)), None)
    return program.send(method, address, None if body is None else json.dumps(body))
