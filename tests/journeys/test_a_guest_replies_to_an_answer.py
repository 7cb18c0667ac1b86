"""Somebody without an account reads what the seller answered, shows a suit in time, and the listing stays down."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.factories import pictures
from tests.factories.disputes import from_a_guest
from tests.journeys.conftest import Site
from touchmark.apps.accounts.models import User
from touchmark.apps.notices.addresses import address_of
from touchmark.flows.lapse import lapse_due
from touchmark.web import clock

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)


def test_a_guest_shows_a_suit_in_time(
    site: Site, open_page: Callable[..., Page], axe: Callable[[Page], None], shots: Callable[[Page, str], None]
) -> None:
    made = from_a_guest("us", at=clock.now() - 2 * DAY, decided_at=clock.now() - DAY)
    counter = made.answered(at=clock.now() - timedelta(minutes=5))
    guest, look = open_page(scripts=False), open_page()
    rita = open_page(User.objects.get(pk=made.rita.person))
    guest.goto(address_of(made.item.notice))
    look.goto(guest.url)
    axe(look)
    shots(look, "guest-answered")
    guest.get_by_role("link", name=f"Read answer {counter.ref}").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("A seller has answered your notice")
    look.goto(guest.url)
    axe(look)
    shots(look, "guest-answer")
    guest.get_by_role("button", name="Show it").click()
    expect(guest.get_by_text("Fill in", exact=False).first).to_be_visible()
    guest.complaints.clear()  # type: ignore[attr-defined]  # the console reports a 422 as an error
    guest.get_by_label("The court or the authority").fill("District Court")
    guest.get_by_label("Its number there").fill("26-cv-1")
    guest.get_by_label("Filed on").fill(clock.now().date().isoformat())
    claim: FilePayload = {"name": "claim.jpg", "mimeType": "image/jpeg", "buffer": pictures.drawn(6, format="JPEG")}
    guest.get_by_label("The document itself").set_input_files(claim)
    guest.get_by_role("button", name="Show it").click()
    expect(guest.get_by_text("Held: a suit was shown").first).to_be_visible()
    lapse_due(clock.now() + 40 * DAY)
    assert made.status() == ("held", "upheld", "in_force")
    look.reload()
    axe(look)
    shots(look, "guest-answer-suit")
    look.get_by_role("button", name="简体中文").click()
    expect(look.get_by_role("heading", level=1)).to_have_text("卖家已对您的投诉提交反通知")
    axe(look)
    shots(look, "guest-answer-suit-zh")
    rita.goto(f"/desk/answers/{counter.ref}/")
    expect(rita.get_by_text("26-cv-1").first).to_be_visible()
