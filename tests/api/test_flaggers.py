"""``/trusted-flagger``: filing in one's field, under anybody's right, and reading what came of it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import accounts, catalog, clients, mandates, registry
from tests.factories.accounts import AT
from touchmark.api import clock
from touchmark.apps.accounts.models import User
from touchmark.apps.clients.scopes import OF_ROLE, Scope
from touchmark.apps.flaggers import actions
from touchmark.apps.flaggers.actions import Award
from touchmark.apps.notices.models import Notice
from touchmark.apps.registry import queries as rights
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def awarded(union: Actor, **changed: Any) -> str:
    said: dict[str, Any] = {
        "organisation": union.organisation,
        "coordinator": "Arcom",
        "country": "FR",
        "coordinator_email": "dsc@arcom.test",
        "decision": "2026-14",
        "awarded_on": AT.date() - 10 * DAY,
    }
    return actions.award(said=Award(**said | changed), actor=accounts.actor(Role.OPERATOR), at=AT).ref


def body(**changed: Any) -> dict[str, Any]:
    stated = {"kind": "word_mark", "text": "ALDERMOOR", "owner": "Aldermoor Ltd", "office": "EUIPO", "number": "0179"}
    said = {
        "stated_right": stated,
        "listings": [{"listing_id": catalog.listing().listing_id}],
        "reason": "suspected_fake",
        "statement": "The clasp is another's.",
        "good_faith": True,
    }
    return {name: value for name, value in (said | changed).items() if value is not None}


def test_a_flagger_files_under_somebodys_right_and_reads_it() -> None:
    union = registry.holder("Union of Makers")
    ref = awarded(union, expertise=("word_mark",))
    program = clients.with_every_scope(union)
    sent = program.post("/trusted-flagger/notices", body())
    assert sent.status_code == 201, sent.content
    filed = sent.json()
    notice = Notice.objects.get()
    assert (notice.lane, notice.right.status, notice.right.owner) == ("trusted", "claimed", "Aldermoor Ltd")
    assert filed["parties"] == [
        {"role": "principal", "name": "Aldermoor Ltd", "mandate": ""},
        {"role": "agent", "name": "Union of Makers", "mandate": ""},
    ]
    assert program.get("/trusted-flagger/notices").json()["items"][0]["ref"] == filed["ref"]
    assert program.get(f"/trusted-flagger/notices/{filed['ref']}").json()["items"][0]["status"] == "received"
    asked = "/trusted-flagger/notices?marketplace=bazaar&status=received&filed_since=2026-01-01T00:00:00Z"
    assert [one["ref"] for one in program.get(asked).json()["items"]] == [filed["ref"]]
    for other in ("marketplace=elsewhere", "listing_id=none", "status=upheld", "filed_since=2100-01-01T00:00:00Z"):
        assert program.get(f"/trusted-flagger/notices?{other}").json()["items"] == []
    assert program.post("/trusted-flagger/notices", body()).status_code == 201
    assert Right.objects.count() == 1  # the same right stated again
    status = program.get("/trusted-flagger").json()
    assert (status["ref"], status["counts"], status["expertise"]) == (ref, True, ["word_mark"])
    assert rights.verified_table().num_rows == 0
    pages = accounts.signed_in(User.objects.get(pk=union.user_id))
    for address in ("/holder/rights/", f"/holder/rights/{notice.right.ref}/", f"/holder/notices/{filed['ref']}/"):
        assert "ALDERMOOR" in pages.get(address).content.decode()
    desk = accounts.signed_in(accounts.member(Role.REVIEWER))
    listing = notice.items.get().listing
    assert "A trusted flagger states this right" in desk.get(f"/desk/bazaar/{listing.listing_id}/").content.decode()


def test_a_flagger_names_a_members_right_by_its_reference() -> None:
    vera, union = registry.holder("Aldermoor Ltd"), registry.holder()
    awarded(union)
    right = registry.verified(vera)
    program = clients.with_every_scope(union)
    named = body(stated_right=None, right=right.ref)
    assert program.post("/trusted-flagger/notices", named).status_code == 404
    mandate = mandates.given(vera, union)
    filed = program.post("/trusted-flagger/notices", named).json()
    assert [one["role"] for one in filed["parties"]] == ["principal", "agent"]
    assert filed["parties"][1]["mandate"] == mandate.ref
    assert Notice.objects.get().lane == "trusted"


@pytest.mark.parametrize(
    "changed",
    [
        {"expertise": ("copyright",)},
        {"awarded_on": AT.date() + DAY},
        {"ends_on": AT.date() - DAY},
        None,
    ],
)
def test_outside_its_field_and_its_days_nothing_is_filed(changed: dict[str, Any] | None) -> None:
    union = registry.holder()
    if changed is not None:
        awarded(union, **changed)
    answer = clients.with_every_scope(union).post("/trusted-flagger/notices", body())
    assert answer.status_code == 409
    assert "no trusted flagger for this kind of right today" in answer.json()["detail"]
    assert not Notice.objects.exists()
    assert not Right.objects.exists()


def test_a_suspended_status_files_nothing_and_says_why() -> None:
    union = registry.holder()
    ref = awarded(union)
    program = clients.with_every_scope(union)
    actions.change(ref=ref, event="suspend", why="They look into it.", actor=accounts.actor(Role.OPERATOR), at=AT)
    assert program.post("/trusted-flagger/notices", body()).status_code == 409
    status = program.get("/trusted-flagger").json()
    assert (status["counts"], status["why"]) == (False, "They look into it.")


@pytest.mark.parametrize("changed", [{"right": "R-2026-0000-0000"}, {"stated_right": None}, {"listings": []}])
def test_a_right_is_named_once(changed: dict[str, Any]) -> None:
    union = registry.holder()
    awarded(union)
    assert clients.with_every_scope(union).post("/trusted-flagger/notices", body(**changed)).status_code == 422


def test_who_is_none_reads_nothing() -> None:
    assert clients.with_every_scope(registry.holder()).get("/trusted-flagger").status_code == 404
    assert Scope.FLAGS_WRITE in OF_ROLE[Role.HOLDER]
    assert Scope.FLAGS_WRITE not in OF_ROLE[Role.SELLER]
