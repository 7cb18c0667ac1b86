"""On sale, found, decided, explained, appealed, back: one listing, by the hands of three people, in a browser."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import make_server

import pytest
from playwright.sync_api import Page, expect

from tests.factories import pictures
from tests.flows.world import World, built
from tests.journeys.conftest import Site
from touchmark.apps.accounts.models import User
from touchmark.apps.audit.actions import seal
from touchmark.apps.audit.verify import verify
from touchmark.apps.catalog import reaching
from touchmark.apps.decisions.models import Decision
from touchmark.apps.outbox.models import Message, State
from touchmark.apps.outbox.work import work
from touchmark.engine.terms import Actor
from touchmark.integrations.standin_shop.__main__ import Quiet, Server
from touchmark.integrations.standin_shop.shop import Shop
from touchmark.integrations.standin_shop.stock import Stock
from touchmark.ops import clock
from touchmark.site.wiring import handlers

pytestmark = pytest.mark.browser
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def world(site: Site, settings: object) -> World:
    """Build the world in the site's database; webhooks may go to this machine."""
    settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK = True  # type: ignore[attr-defined]
    return built()


@pytest.fixture
def shop(world: World, tmp_path: Path) -> Iterator[str]:
    """Open a shop that sells the world's listing and hears the marketplace's orders; give its address."""
    offer = f"bazaar,{world.listing.listing_id},{world.listing.title},20.00,EUR,A bag,bag.jpg"
    listings = tmp_path / "listings.csv"
    listings.write_text(f"marketplace,listing_id,title,price,currency,description,images\n{offer}\n", encoding="utf-8")
    (tmp_path / "bag.jpg").write_bytes(pictures.drawn(format="JPEG"))
    stock = Stock(tmp_path / "shop.sqlite3")
    stock.fill(listings)
    application = Shop(stock, tmp_path, {"bazaar": SECRET})
    server = make_server("127.0.0.1", 0, application, server_class=Server, handler_class=Quiet)  # type: ignore[arg-type]
    address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    hook = f"{address}/hooks/bazaar"
    reaching.agree_webhook(marketplace="bazaar", url=hook, secret=SECRET, actor=Actor.system(), at=clock.now())
    yield address
    server.shutdown()
    server.server_close()


def carried() -> None:
    """Let a worker carry out what waits, and try hours later what a busy shop did not take at once."""
    for hours in range(6):
        later = timedelta(hours=hours)
        work(handlers=handlers(), clock=lambda later=later: clock.now() + later, owner="journey")  # type: ignore[misc]
        if not Message.objects.filter(kind="webhook", state=State.WAITING).exists():
            return


def on_sale(page: Page, shop: str, world: World) -> bool:
    """Look the listing up in the shop, as a shopper does."""
    response = page.goto(f"{shop}/bazaar/{world.listing.listing_id}")
    assert response is not None
    page.complaints.clear()  # type: ignore[attr-defined]  # the console reports a 410 as an error
    return response.status == 200


def person(actor: Actor) -> User:
    return User.objects.get(pk=actor.person)


def test_a_listing_goes_the_whole_way(
    world: World,
    shop: str,
    open_page: Callable[..., Page],
    axe: Callable[[Page], None],
    shots: Callable[[Page, str], None],
) -> None:
    rita, ravi, sam = (open_page(person(actor)) for actor in (world.rita, world.ravi, world.sam))
    shopper = open_page()
    assert on_sale(shopper, shop, world)

    # Rita finds it in her queue and takes it off sale, by keyboard.
    rita.goto("/desk/")
    expect(rita.get_by_text("1 listing waits")).to_be_visible()
    axe(rita)
    shots(rita, "queue")
    rita.keyboard.press("j")
    rita.keyboard.press("Enter")
    expect(rita.locator("mark.use-disguised").first).to_be_visible()
    axe(rita)
    shots(rita, "decision")
    rita.keyboard.press("r")
    expect(rita.get_by_label("Take it off sale")).to_be_checked()
    with rita.expect_navigation():
        rita.get_by_role("button", name="Take it off sale").click()
    decision = Decision.objects.get()
    expect(rita.get_by_text(decision.ref).first).to_be_visible()

    # The marketplace obeys.
    carried()
    assert not on_sale(shopper, shop, world)
    rita.goto(f"/desk/decisions/{decision.ref}/")
    axe(rita)
    shots(rita, "decided")

    # Sam reads why, and appeals.
    sam.goto("/inbox/")
    shots(sam, "inbox")
    sam.get_by_role("link", name="restricted").first.click()
    expect(sam.get_by_role("heading", name="What you can do")).to_be_visible()
    expect(sam.get_by_text(decision.facts).first).to_be_visible()
    axe(sam)
    shots(sam, "statement")
    sam.get_by_role("link", name="Appeal by").click()
    axe(sam)
    shots(sam, "appeal")
    sam.get_by_role("textbox").fill("We bought these bags from the maker; the invoice number is 20417.")
    sam.get_by_role("button", name="Go on").click()
    expect(sam.get_by_text("20417")).to_be_visible()
    axe(sam)
    with sam.expect_navigation():
        sam.get_by_role("button", name="Send").click()
    appeal = decision.appeals.get()
    expect(sam.get_by_text(appeal.ref).first).to_be_visible()
    axe(sam)

    # Rita cannot decide on it. Ravi does.
    rita.goto(f"/desk/appeals/{appeal.ref}/")
    expect(rita.get_by_role("button", name="Reverse")).to_have_count(0)
    ravi.goto("/desk/appeals/")
    axe(ravi)
    ravi.get_by_role("link", name=appeal.ref).first.click()
    expect(ravi.get_by_text("20417").first).to_be_visible()
    axe(ravi)
    shots(ravi, "appeal-at-the-desk")
    ravi.get_by_label("Reverse", exact=False).first.check()
    ravi.get_by_role("textbox").first.fill("The invoice shows genuine goods from the maker.")
    with ravi.expect_navigation():
        ravi.get_by_role("button", name="Answer").click()

    # It is back, and everybody knows.
    carried()
    assert on_sale(shopper, shop, world)
    sam.goto("/inbox/")
    sam.get_by_role("link", name="comes back").first.click()
    expect(sam.get_by_text("The invoice shows genuine goods from the maker.").first).to_be_visible()
    axe(sam)
    shots(sam, "reversal")
    decision.refresh_from_db()
    assert (decision.status, decision.restriction.status) == ("reversed", "lifted")

    # And the record of it holds.
    seal(at=clock.now())
    assert verify().unsealed == 0
