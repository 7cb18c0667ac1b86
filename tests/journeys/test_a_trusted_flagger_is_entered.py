"""An operator enters a trusted flagger by the keyboard alone, and without scripts: looked for by a word of its name."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts
from touchmark.apps.flaggers.models import Flagger
from touchmark.engine.terms import Role

pytestmark = pytest.mark.browser


@pytest.mark.usefixtures("site")
def test_the_organisation_is_looked_for(
    open_page: Callable[..., Page], axe: Callable[[Page], None], shots: Callable[[Page, str], None]
) -> None:
    accounts.organisation(name="Union of Makers")
    for number in range(30):
        accounts.organisation(name=f"Atelier {number:02}")
    operator = accounts.member(Role.OPERATOR)
    plain, look = open_page(operator, scripts=False), open_page(operator)
    for page, words in ((look, "atelier"), (plain, "makers")):
        page.goto("/flaggers/")
        page.get_by_label("Digital Services Coordinator").fill("Arcom")
        page.get_by_label("Look for the organisation").fill(words)
        page.keyboard.press("Enter")
        expect(page.get_by_role("radio").first).to_be_visible()
        expect(page.get_by_label("Digital Services Coordinator")).to_have_value("Arcom")
    expect(look.get_by_text("There are more than these")).to_be_visible()
    axe(look)
    shots(look, "flagger-found")
    expect(plain.get_by_label("Union of Makers")).to_be_checked()
    plain.get_by_label("Its country").fill("fr")
    plain.get_by_label("Its e-mail address").fill("dsc@arcom.test")
    plain.get_by_label("Number of its decision").fill("2026-14")
    plain.get_by_label("From").fill("2026-01-01")
    plain.get_by_role("button", name="Enter it").click()
    expect(plain.get_by_text("Its notices in its field go first from now on.")).to_be_visible()
    assert Flagger.objects.get().organisation.name == "Union of Makers"
