"""A member gives an association a mandate; it files in the member's name; the member sees that, and revokes it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import catalog, mandates, registry
from touchmark.apps.accounts.models import User
from touchmark.engine.terms import Actor
from touchmark.web import clock

pytestmark = pytest.mark.browser
Check, Shoot = Callable[[Page], None], Callable[[Page, str], None]


def person(actor: Actor) -> User:
    return User.objects.get(pk=actor.person)


@pytest.mark.usefixtures("site")
def test_given_used_and_revoked(open_page: Callable[..., Page], axe: Check, shots: Shoot) -> None:
    vera, union = registry.holder("Aldermoor Ltd"), registry.holder("Union of Makers")
    registry.verified(vera, brand="Alder", at=clock.now())
    registry.verified(vera, text="BIRCHES", brand="Birch", at=clock.now())
    listing = catalog.listing(title="A leather bag, like new")
    member, association, plain = (
        open_page(person(vera)),
        open_page(person(union)),
        open_page(person(vera), scripts=False),
    )
    association.goto("/holder/mandates/")
    axe(association)
    shots(association, "mandates-empty")
    number = association.locator("strong.id").inner_text()
    plain.goto("/holder/mandates/give/")
    member.goto("/holder/mandates/give/")
    axe(member)
    shots(member, "mandate-give")
    plain.get_by_label("Number of the association").fill("O-00001-AAAAAA")
    plain.get_by_label("Those named below").check()
    plain.get_by_label("Alder", exact=True).check()
    plain.get_by_role("button", name="Go on").click()
    expect(plain.get_by_text("No organisation has this number.").first).to_be_visible()
    plain.complaints.clear()  # type: ignore[attr-defined]  # the console reports a 422 as an error
    plain.get_by_label("Number of the association").fill(number)
    plain.get_by_role("button", name="Go on").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Let Union of Makers file in your name?")
    plain.get_by_role("button", name="Give the mandate").click()
    expect(plain.get_by_text("Given. You see each notice")).to_be_visible()
    mandate = plain.url
    association.goto("/holder/report/")
    expect(association.get_by_text("of Aldermoor Ltd")).to_have_count(1)  # the one right that it covers
    association.get_by_label("of Aldermoor Ltd").check()
    association.get_by_role("button", name="Go on").click()
    association.get_by_label("Addresses or numbers").fill(listing.listing_id)
    association.get_by_role("button", name="Go on").click()
    association.get_by_label("I suspect that the goods").check()
    association.get_by_role("button", name="Go on").click()
    association.get_by_label("In your words").fill("The clasp is another's.")
    association.get_by_role("button", name="Go on").click()
    expect(association.get_by_role("button", name="Send the notice")).to_be_visible()
    for box in association.get_by_role("checkbox").all():
        box.check()
    association.get_by_role("button", name="Send the notice").click()
    expect(association.get_by_role("heading", level=1)).to_have_text("We have your notice")
    member.goto(mandate)
    expect(member.get_by_role("heading", name="Filed under it")).to_be_visible()
    axe(member)
    shots(member, "mandate")
    member.locator("section ul.plain a.id").first.click()
    expect(member.get_by_text("Union of Makers files for Aldermoor Ltd")).to_be_visible()
    axe(member)
    shots(member, "notice-by-mandate")
    member.goto(mandate)
    member.get_by_label("Why do you end it?").fill("We file ourselves from now on.")
    member.get_by_role("button", name="Revoke the mandate").click()
    expect(member.get_by_text("Ended. Nothing new is filed under it")).to_be_visible()
    association.goto("/holder/report/")
    expect(association.get_by_text("of Aldermoor Ltd")).to_have_count(0)
    mandates.given(vera, union, at=clock.now())
    reader = person(union)
    reader.language = "zh-hans"
    reader.save(update_fields=["language"])
    association.goto("/holder/mandates/")
    expect(association.get_by_role("heading", level=1)).to_have_text("授权")
    axe(association)
    shots(association, "mandates-zh")
