"""A seller answers a notice with a photo of another shop's invoice; the reviewer sees both beside each other."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.factories import accounts, gates, papers, registry
from tests.factories.disputes import dispute
from tests.journeys.conftest import Site
from touchmark.apps.accounts.models import User
from touchmark.apps.blobs import evidence
from touchmark.apps.counters.models import CounterNotice
from touchmark.apps.desk import recycled
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.terms import Actor, Role
from touchmark.flows import look_first
from touchmark.ops import clock

pytestmark = pytest.mark.browser
Check, Shoot = Callable[[Page], None], Callable[[Page, str], None]


def person(actor: Actor) -> User:
    return User.objects.get(pk=actor.person)


def test_a_photo_of_another_shops_invoice_is_shown_beside_it(
    site: Site, open_page: Callable[..., Page], axe: Check, shots: Shoot, tmp_path: Path
) -> None:
    scan = papers.invoice(7)
    other = accounts.actor(Role.SELLER, of=accounts.organisation("seller", name="Green Crate"))
    gate = gates.gate(brand=registry.verified(text="OAKMOOR", brand="Oakmoor").brand_id)
    gates.proof(gate, other, files=[evidence.take_in(scan, at=clock.now())])
    made = dispute("platform", at=clock.now() - timedelta(days=2), decided_at=clock.now() - timedelta(hours=1))
    photo = tmp_path / "our-invoice.jpg"
    photo.write_bytes(papers.photographed(scan))

    sam = open_page(person(made.sam))
    sam.goto(f"/seller/decisions/{made.decision.ref}/")
    sam.get_by_role("link", name="Answer the notice").click()
    sam.get_by_label("The goods are genuine").check()
    sam.get_by_label("In your words").fill("We bought these from the maker; see the invoice.")
    sam.locator("#id_kind_1").select_option("invoice")
    sam.locator("#id_file_1").set_input_files(photo)
    for box in sam.get_by_role("checkbox").all():
        box.check()
    sam.get_by_role("button", name="Go on").click()
    sam.get_by_role("button", name="Send the answer").click()
    expect(sam.get_by_text("It went to the holder of the right.").first).to_be_visible()

    cache.clear()
    while recycled.keep_up(at=clock.now()):
        pass
    counter = CounterNotice.objects.get(item=made.item)
    rita = open_page(person(made.rita))
    rita.goto(f"/desk/answers/{counter.ref}/")
    expect(rita.get_by_text("Another account sent this page before: Green Crate")).to_be_visible()
    expect(rita.get_by_alt_text("the page sent before")).to_be_visible()
    axe(rita)
    shots(rita, "recycled-invoice")
    look_first.keep_up(at=clock.now())
    rita.goto(f"/desk/notices/{NoticeItem.objects.get(pk=made.item.pk).notice.ref}/")
    expect(rita.get_by_text("What was found of this right")).to_be_visible()
    axe(rita)
    shots(rita, "desk-notice")
    sam.goto(f"/seller/answers/{counter.ref}/")
    expect(sam.get_by_text("Another account sent this page before")).to_have_count(0)
