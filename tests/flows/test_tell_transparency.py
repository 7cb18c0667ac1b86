"""Statements of reasons go to the transparency database once each; what it refuses is kept with the field."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.factories import accounts
from tests.flows.world import LATER, World
from touchmark.apps.accounts.models import User
from touchmark.apps.catalog.models import Marketplace
from touchmark.apps.outbox.models import Message
from touchmark.apps.reports import statements
from touchmark.apps.reports.models import Submission
from touchmark.apps.reports.statements import NotRefused
from touchmark.apps.traders import actions as asking
from touchmark.apps.traders import queries as traders
from touchmark.engine.policy.traders import in_force
from touchmark.flows import tell_transparency
from touchmark.integrations.answers import Answer, Later
from touchmark.integrations.standin_transparency.server import Database

URL, TOKEN = "https://db.example/api/v1", "secret"


def tell(database: Any) -> Answer:
    message = Message.objects.filter(kind="transparency").latest("created_at")
    with httpx.Client(transport=httpx.WSGITransport(app=database)) as client:
        return tell_transparency.tell(message, url=URL, token=TOKEN, client=client, at=LATER)


def test_a_decision_is_told_once_and_names_nobody(world: World) -> None:
    world.report()
    decision = world.restrict(facts="Blue Crate shows ALDERMOOR; write to sam@example.test.")
    assert tell_transparency.gather(LATER, url="") == 0  # no database is set
    assert tell_transparency.gather(LATER, url=URL) == 1
    assert tell_transparency.gather(LATER + timedelta(days=1), url=URL) == 0
    database = Database(TOKEN)
    assert tell(database).excerpt == "1 stored, 0 refused"
    kept = Submission.objects.get()
    assert (kept.puid, kept.taken, bool(kept.uuid)) == (decision.ref, "stored", True)
    said = database.stored[decision.ref]
    assert said["source_type"] == "SOURCE_ARTICLE_16"
    assert said["illegal_content_legal_ground"] == "Regulation (EU) 2017/1001, art. 9(2)(a)"
    assert "Blue Crate" not in str(said)
    assert "@" not in str(said)
    assert tell(database).excerpt == "all answered before"  # the message again, after a worker died
    assert statements.counts() == {"waiting": 0, "stored": 1, "refused": 0}


def test_a_refused_one_is_kept_with_its_field_and_can_be_sent_again(world: World) -> None:
    world.restrict()
    tell_transparency.gather(LATER, url=URL)
    Submission.objects.update(body=Submission.objects.get().body | {"category": "FAKES"})
    database = Database(TOKEN)
    assert tell(database).excerpt == "0 stored, 1 refused"
    (refused,) = statements.refused(world.rita)
    assert not statements.refused(world.sam)
    assert list(refused.errors) == ["category"]
    rita = accounts.signed_in(User.objects.get(pk=world.rita.user_id))
    page = rita.get("/desk/statements/").content.decode()
    assert "category" in page
    assert "Correct what it names at its source" in page
    assert rita.post(f"/desk/statements/{refused.puid}/again/").status_code == 302
    with pytest.raises(NotRefused):
        statements.mend(puid=refused.puid, actor=world.rita, at=LATER)
    assert rita.post(f"/desk/statements/{refused.puid}/again/").status_code == 302  # said, and nothing is done
    assert "Nothing was refused" in rita.get("/desk/statements/").content.decode()
    assert tell(database).excerpt == "1 stored, 0 refused"


def test_while_the_database_is_down_nothing_is_taken_for_told(world: World) -> None:
    world.restrict()
    tell_transparency.gather(LATER, url=URL)

    def down(environ: Any, start: Any) -> list[bytes]:
        start("503 Service Unavailable", [])
        return [b""]

    with pytest.raises(Later):
        tell(down)
    assert Submission.objects.get().taken == "waiting"


def test_who_is_let_off_and_what_restricts_nothing_is_not_told(world: World) -> None:
    Marketplace.objects.update(size="small")
    world.restrict()
    assert tell_transparency.gather(LATER, url=URL) == 0
    Marketplace.objects.update(size="large", regime="eu")
    assert tell_transparency.gather(LATER, url=URL) == 1


def test_of_a_shop_that_nobody_says_is_a_traders_nothing_is_said(world: World) -> None:
    shop = world.listing.seller
    assert shop is not None
    assert not traders.is_trader(shop)
    shop.trader = "Blue Crate Trading GmbH"
    assert traders.is_trader(shop)
    shop.trader = ""
    assert shop.organisation is not None
    asking.ask(organisation=shop.organisation, duty=in_force(LATER.date())[0], at=LATER)
    assert traders.is_trader(shop)
