"""A reviewer signs in and takes ten decisions by the keyboard alone; many at once; a colleague looks again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts, catalog, decisions, registry
from tests.factories.accounts import PASSWORD
from tests.factories.decisions import Desk, acting
from tests.journeys.conftest import Site
from tests.journeys.test_somebody_joins_and_signs_in import code_for
from tests.journeys.test_visitors_need_no_mouse_and_no_script import tab_to
from touchmark.apps.accounts.models import User
from touchmark.apps.decisions.models import Decision
from touchmark.apps.desk import redraws
from touchmark.apps.desk.models import Bulk, Note, Skip
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.screening import actions as screening
from touchmark.engine.terms import Role
from touchmark.web import clock

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]


@pytest.fixture
def made(site: Site) -> Desk:
    """Build a desk with twenty listings on it that wait, in English, Arabic and letters of other alphabets."""
    made = decisions.desk()
    for number in range(12):  # the Cyrillic А, Е and О hide the mark
        said = {"title": f"АLDЕRМООR bag, model {number}", "price": 20.0, "currency": "EUR", "seller_id": "blue-crate"}
        category = "Toys" if number % 4 == 0 else "Bags"
        shop = registry.organisation_of(made.sam)
        made.listings[f"m{number}"] = catalog.listing(listing_id=f"M-{number}", of=shop, category=category, **said)
    screening.screen_catalogue(at=decisions.AT)
    return made


def led_on(page: Page, *keys: str) -> None:
    """Press keys, the last of which leads to another page."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def test_from_signing_in_to_the_tenth_decision(made: Desk, open_page: Open, axe: Look, shots: Shots) -> None:
    secret = accounts.second_factor(made.rita)
    page = open_page()
    page.goto("/sign-in")
    tab_to(page, "id_login")
    page.keyboard.type(made.rita.email)
    tab_to(page, "id_password")
    page.keyboard.type(PASSWORD)
    led_on(page, "Enter")
    tab_to(page, "id_code")
    page.keyboard.type(code_for(secret))
    led_on(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you now")
    axe(page)
    shots(page, "desk-home-empty-hands")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("the next listing that nobody else has")
    page.keyboard.press("Escape")
    led_on(page, "g")  # the reported one comes first: somebody else is to answer it
    expect(page.get_by_role("heading", level=1)).to_have_text("Shoulder bag in brown")
    page.keyboard.press("m")
    page.keyboard.type("@Ravi, do you know this shop?")
    tab_to(page, "Keep the note")
    led_on(page, "Enter")
    expect(page.get_by_text("A letter went to: Ravi Mehta")).to_be_visible()
    axe(page)
    shots(page, "desk-decision-with-notes")
    page.keyboard.press("n")
    expect(page.get_by_role("dialog")).to_be_visible()
    axe(page)
    shots(page, "desk-skip")
    led_on(page, "3")
    assert Skip.objects.get().reason == "unsure"
    assert Note.objects.get().mentions.get().person == made.ravi

    for number in range(10):
        if number % 3 == 2:  # what is left on sale is left for a reason, in one's own words
            page.keyboard.press("d")
            page.keyboard.press("f")
            page.keyboard.type("The name is on the label of a genuine bag.")
        else:
            page.keyboard.press("r")
        led_on(page, "Control+Enter")
        assert Decision.objects.count() == number + 1, page.locator(".summary, .banner").all_inner_texts()
    assert Decision.objects.filter(decided_by=made.rita).count() == 10
    axe(page)

    page.goto("/desk/?brand=aldermoor&order=age")
    axe(page)
    shots(page, "desk-queue-narrowed")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "narrow-brand"


def test_what_two_holders_reported_is_answered_by_keys(made: Desk, open_page: Open) -> None:
    other = registry.verified(made.vera, by=acting(made.rita), text="ALDERMOOR", number="018000777")
    notices = [*NoticeItem.objects.all(), decisions.notice(made, "reported", right=other)]
    page = open_page(made.rita)
    page.goto("/desk/bazaar/L-reported/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("uphold the notice")
    page.keyboard.press("Escape")
    for answer in ("u", "e"):  # each key goes to the first notice that has no answer yet
        page.keyboard.press(answer)
        page.keyboard.press("a")
        page.keyboard.type("We looked at it.")
        page.evaluate("document.activeElement.blur()")
    page.keyboard.press("r")
    page.keyboard.press("f")  # screening found nothing in it: the words are the reviewer's own
    page.keyboard.type("The stitching in the second photo is not the holder's.")
    led_on(page, "Control+Enter")
    assert page.locator(".summary").all_inner_texts() == []
    for notice in notices:
        notice.refresh_from_db()
    assert sorted(notice.status for notice in notices) == ["refused", "upheld"]
    assert {notice.outcome_text for notice in notices} == {"We looked at it."}


def test_many_at_once_and_undone_by_keys(made: Desk, open_page: Open, axe: Look, shots: Shots) -> None:
    page = open_page(made.rita)
    page.goto("/desk/bazaar/M-1/")
    led_on(page, "b")
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide on many")
    axe(page)
    shots(page, "desk-many-chosen")
    page.keyboard.press("a")  # all of them, the reported one too: it is left out and named
    tab_to(page, "id_kind_0")
    page.keyboard.press("Space")
    page.evaluate("document.activeElement.blur()")
    led_on(page, "c")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would happen")
    axe(page)
    shots(page, "desk-many-preview")
    assert not Decision.objects.exists()
    led_on(page, "d")
    bulk = Bulk.objects.get()
    expect(page.get_by_role("heading", level=1)).to_have_text(bulk.ref)
    assert Decision.objects.count() >= 12
    axe(page)
    shots(page, "desk-many-done")
    led_on(page, "u")
    expect(page.get_by_text("every listing waits again").first).to_be_visible()
    assert {decision.status for decision in Decision.objects.all()} == {"reversed"}
    axe(page)


def test_a_colleague_looks_again_and_whoever_leads_sees_how_it_stands(
    made: Desk, open_page: Open, axe: Look, shots: Shots, settings: Any
) -> None:
    settings.TOUCHMARK_SECOND_LOOKS = 1.0
    User.objects.filter(pk__in=[made.ravi.pk, made.paul.pk]).update(language="zh-hans")
    made.ravi.refresh_from_db()
    made.paul.refresh_from_db()
    at = clock.now() - timedelta(hours=2)
    decisions.restriction(made, "m2", at=at)
    decisions.restriction(made, "m3", at=at - timedelta(days=2))
    redraws.draw(clock.now())
    ravi = open_page(made.ravi)
    ravi.goto("/desk/again/")
    axe(ravi)
    shots(ravi, "desk-again-zh")
    ravi.keyboard.press("j")
    led_on(ravi, "Enter")
    axe(ravi)
    shots(ravi, "desk-look-again-zh")
    led_on(ravi, "r")
    led_on(ravi, "d")
    ravi.goto("/desk/home/")
    axe(ravi)
    shots(ravi, "desk-home-zh")
    ravi.goto("/desk/")
    shots(ravi, "desk-queue-zh")
    ravi.goto("/desk/bazaar/M-1/")
    axe(ravi)
    shots(ravi, "desk-decision-zh")
    ravi.goto("/desk/alike/bazaar/M-1/?alike=seller")
    axe(ravi)
    shots(ravi, "desk-many-zh")
    paul = open_page(made.paul)
    paul.goto("/desk/home/")
    expect(paul.locator("figure.chart")).to_have_count(6)
    axe(paul)
    shots(paul, "desk-leader-zh")
    User.objects.filter(pk=made.paul.pk).update(language="en")
    paul.reload()
    axe(paul)
    shots(paul, "desk-leader")
    rita = open_page(made.rita)
    rita.goto("/desk/again/")
    expect(rita.get_by_text("50 % agreed")).to_be_visible()
    axe(rita)
    shots(rita, "desk-again")


def test_an_empty_desk_says_so(site: Site, open_page: Open, axe: Look, shots: Shots) -> None:
    rita = accounts.member(Role.REVIEWER, name="Rita Keller")
    paul = accounts.member(Role.POLICY_OWNER, of=rita.memberships.get().organisation, name="Paul Ng")
    for person, name in ((rita, "reviewer"), (paul, "leader")):
        page = open_page(person)
        page.goto("/desk/home/")
        axe(page)
        shots(page, f"desk-home-nothing-{name}")
