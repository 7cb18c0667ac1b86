"""A listing returned as nobody sued in time; the holder shows a ruling, and a reviewer restricts it again."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_a_seller_answers_a_notice import DAY, in_chinese, lately, person, picture
from touchmark.flows.lapse import lapse_due
from touchmark.ops import clock

pytestmark = pytest.mark.browser
Check, Shoot = Callable[[Page], None], Callable[[Page, str], None]


def test_the_ruling_has_the_listing_restricted_again(
    open_page: Callable[..., Page], axe: Check, shots: Shoot, tmp_path: Path
) -> None:
    made = lately("us")
    counter = made.answered(at=clock.now() - timedelta(minutes=30))
    lapse_due(clock.now() + 40 * DAY)
    vera, rita = open_page(person(made.vera)), open_page(person(made.rita))
    vera.goto(f"/holder/answers/{counter.ref}/")
    vera.get_by_text("A court has ruled for me since").click()
    vera.get_by_label("The court or the authority").fill("District Court of Boston")
    vera.get_by_label("Its number there").fill("26-cv-1")
    vera.get_by_label("Ruled on").fill(clock.now().date().isoformat())
    vera.get_by_label("The ruling itself").set_input_files(picture(tmp_path, 5))
    shots(vera, "ruling-shown")
    vera.get_by_role("button", name="Show it").click()
    expect(vera.get_by_text("Put back; a ruling was shown since").first).to_be_visible()
    in_chinese(vera, person(made.vera), shots, axe, "ruling-waits")

    rita.goto(f"/desk/answers/{counter.ref}/")
    rita.locator("#id_text").fill("The court finds for the holder.")
    rita.get_by_label("It rests on").select_option("law")
    rita.get_by_label("Which law or term").fill("17 U.S.C. 106")
    rita.get_by_label("Why it is broken").fill("The picture is the holder's.")
    shots(rita, "ruling-desk")
    rita.get_by_role("button", name="Restrict it again").click()
    expect(rita.get_by_text("Stays restricted after the suit").first).to_be_visible()
    assert made.status() == ("kept", "upheld", "put_back")
