"""Somebody without an account is asked by e-mail whether goods are genuine; a reviewer goes on with the answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts
from tests.factories.disputes import filed_by_a_guest
from tests.journeys.conftest import Site
from touchmark.apps.accounts.models import User
from touchmark.apps.notices import queries
from touchmark.apps.notices.addresses import address_of
from touchmark.engine.terms import Role
from touchmark.flows import ask_examiner
from touchmark.web import clock

pytestmark = pytest.mark.browser


def test_a_guest_answers_an_examiners_question(
    site: Site, open_page: Callable[..., Page], axe: Callable[[Page], None], shots: Callable[[Page, str], None]
) -> None:
    item = queries.items_of(filed_by_a_guest(at=clock.now() - timedelta(hours=2))[0])[0]
    rita = accounts.actor(Role.REVIEWER)
    question = "Look at the clasp in the second picture: is it yours?"
    ask_examiner.ask(item=item.ref, question=question, actor=rita, at=clock.now())
    guest, look = open_page(scripts=False), open_page()
    guest.goto(address_of(item.notice))
    look.goto(guest.url)
    axe(look)
    shots(look, "guest-asked")
    guest.get_by_role("link", name="Answer", exact=True).click()
    expect(guest.get_by_text(question)).to_be_visible()
    look.goto(guest.url)
    axe(look)
    shots(look, "guest-examination")
    look.get_by_role("button", name="简体中文").click()
    expect(look.locator("html")).to_have_attribute("lang", "zh-hans")
    axe(look)
    shots(look, "guest-examination-zh")
    guest.get_by_label("They are not genuine").check()
    guest.get_by_label("Who examined them?").fill("Mara Voss")
    guest.get_by_label("What shows it").fill("The rivet of the clasp is round; ours are square.")
    guest.get_by_role("button", name="Send what was found").click()
    expect(guest.get_by_text("We have your answer.")).to_be_visible()
    desk = open_page(User.objects.get(pk=rita.person))
    desk.goto(f"/desk/examinations/{item.ref}/")
    expect(desk.get_by_text("ours are square").first).to_be_visible()
