"""A holder's program writes a notice over several requests, keeps its words, sends it or deletes it."""

import pytest

from tests.factories import accounts, clients, pictures
from tests.factories.clients import Program
from tests.flows.world import World, built
from touchmark.apps.notices.models import Notice, NoticeTemplate
from touchmark.engine.terms import Role


@pytest.fixture
def world(db: None) -> World:
    return built()


@pytest.fixture
def program(world: World) -> Program:
    return clients.with_every_scope(world.vera)


def test_a_notice_is_written_in_steps_and_sent(world: World, program: Program) -> None:
    beginning = {"right": world.right.ref, "listings": [{"listing_id": "X-1"}]}
    begun = program.post("/notice-drafts", beginning, key="1")
    assert begun.status_code == 201
    draft = begun.json()
    assert (draft["named"], draft["listings"], draft["refused"][0]["code"]) == (1, [], "unknown")
    assert program.post(
        "/notice-drafts", {"right": world.right.ref, "listings": [{"listing_id": "X-1"}]}, key="1"
    ).json()
    assert Notice.objects.count() == 1  # the same key again is the same draft
    address = f"/notice-drafts/{draft['ref']}"
    named = {"leave_out": [1], "listings": [{"listing_id": world.listing.listing_id}]}
    amended = program.post(f"{address}/amendment", named | {"reason": "suspected_fake"}, key="2").json()
    assert [(one["place"], one["listing_id"]) for one in amended["listings"]] == [(1, world.listing.listing_id)]
    assert (amended["refused"], amended["reason"], amended["due"][0]["clock"]) == ([], "suspected_fake", "draft")
    said = program.post(f"{address}/amendment", {"statement": "Not ours.", "shared": ["name"]}, key="3").json()
    assert (said["statement"], said["shared"], said["reason"]) == ("Not ours.", ["name"], "suspected_fake")
    assert program.get("/notice-drafts").json()["items"][0]["named"] == 1
    sent = program.post(f"{address}/sending", {"good_faith": True}, key="4")
    assert (sent.status_code, sent.json()["ref"], sent.json()["listings"]) == (201, draft["ref"], 1)
    assert program.get(address).status_code == 404
    assert program.get(f"/notices/{draft['ref']}").status_code == 200


def test_files_are_named_by_their_digest(world: World, program: Program) -> None:
    kept = program.post("/evidence?name=seam.png", pictures.drawn(), kind="image/png").json()
    files = [{"kind": "evidence", "sha256": kept["sha256"]}]
    draft = program.post("/notice-drafts", {"right": world.right.ref, "files": files}).json()
    assert draft["files"] == [{"kind": "evidence", "sha256": kept["sha256"], "name": "seam.png"}]
    unknown = program.post("/notice-drafts", {"right": world.right.ref, "files": [files[0] | {"sha256": "0" * 64}]})
    assert (unknown.status_code, Notice.objects.count()) == (409, 1)  # what it began is undone


def test_what_is_not_whole_is_not_sent(world: World, program: Program) -> None:
    draft = program.post("/notice-drafts", {"right": world.right.ref}).json()
    address = f"/notice-drafts/{draft['ref']}"
    without = program.post(f"{address}/sending", {"good_faith": True})
    assert (without.status_code, "choose a reason" in without.json()["detail"]) == (422, True)
    assert program.post(f"{address}/sending", {"good_faith": False}).status_code == 422
    wrong = program.post(f"{address}/amendment", {"reason": "uses_invention"})
    assert (wrong.status_code, program.get(address).json()["reason"]) == (409, "")
    program.post(f"{address}/amendment", {"reason": "suspected_fake"})
    nothing = program.post(f"{address}/sending", {"good_faith": True})
    assert (nothing.status_code, program.get(address).status_code) == (409, 200)


def test_words_are_kept_used_again_and_deleted(world: World, program: Program) -> None:
    says = {"reason": "suspected_fake", "statement": "The stitching is not ours.", "particulars": {"signature": "Vera"}}
    draft = program.post("/notice-drafts", {"right": world.right.ref, **says}).json()
    kept = program.post("/notice-templates", {"draft": draft["ref"], "name": "Bags"}).json()
    assert (kept["statement"], kept["particulars"]) == (says["statement"], {})  # a template never signs
    again = program.post("/notice-drafts", {"right": world.right.ref, "template": kept["number"]}).json()
    assert (again["reason"], again["statement"]) == ("suspected_fake", says["statement"])
    assert program.post("/notice-drafts", {"right": world.right.ref, "template": "x"}).status_code == 404
    assert [one["name"] for one in program.get("/notice-templates").json()["items"]] == ["Bags"]
    assert program.post(f"/notice-templates/{kept['number']}/deletion").status_code == 200
    assert program.get(f"/notice-templates/{kept['number']}").status_code == 404
    assert not NoticeTemplate.objects.exists()


def test_a_draft_is_deleted(world: World, program: Program) -> None:
    draft = program.post("/notice-drafts", {"right": world.right.ref, "statement": "Secret."}).json()
    assert program.post(f"/notice-drafts/{draft['ref']}/discarding").json() == {"ref": draft["ref"]}
    assert program.get(f"/notice-drafts/{draft['ref']}").status_code == 404
    assert Notice.objects.get().statement == ""


@pytest.mark.parametrize("role", [Role.SELLER, Role.REVIEWER, Role.HOLDER])
def test_nobody_else_sees_a_draft(world: World, program: Program, role: Role) -> None:
    draft = program.post("/notice-drafts", {"right": world.right.ref}).json()
    other = clients.with_every_scope(accounts.actor(role))
    assert other.get("/notice-drafts").json()["items"] == []
    for address in ("/amendment", "/sending", "/discarding"):
        asked = other.post(
            f"/notice-drafts/{draft['ref']}{address}", {"good_faith": True} if address == "/sending" else {}
        )
        assert asked.status_code == 404
    assert other.get(f"/notice-drafts/{draft['ref']}").status_code == 404
    assert program.get(f"/notice-drafts/{draft['ref']}").status_code == 200
