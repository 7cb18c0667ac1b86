"""A seller whose appeal failed goes to a certified body and is right; a holder agrees where its program hears."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts
from tests.flows.world import appeal_form
from tests.journeys.test_a_seller_answers_a_notice import in_chinese, lately, person
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.decisions.models import Decision
from touchmark.apps.disputes.models import Dispute
from touchmark.engine.terms import Role
from touchmark.flows.resolve_appeal import resolve
from touchmark.ops import clock

pytestmark = pytest.mark.browser
Check, Shoot = Callable[[Page], None], Callable[[Page, str], None]


def test_a_body_finds_for_the_seller_and_the_listing_returns(
    open_page: Callable[..., Page], axe: Check, shots: Shoot
) -> None:
    made = lately("platform")
    at = clock.now()
    filed = appeals.file(decision_ref=made.decision.ref, form=appeal_form(), actor=made.sam, at=at)
    resolve(ref=filed.ref, event="uphold", text="It is the mark.", actor=accounts.actor(Role.REVIEWER), at=at)

    page = open_page(person(made.sam))
    page.goto(f"/seller/decisions/{made.decision.ref}/")
    page.get_by_role("link", name="I went to an out-of-court body").click()
    expect(page.get_by_role("heading", name="Which body did you go to?")).to_be_visible()
    shots(page, "dispute-tell")
    page.get_by_label("ADROIT").check()
    page.get_by_label("Its number for the dispute").fill("2026/41")
    page.get_by_label("When the body received it").fill(at.date().isoformat())
    page.get_by_role("button", name="Tell us").click()
    expect(page.get_by_text("before the body").first).to_be_visible()
    shots(page, "dispute-party")
    in_chinese(page, person(made.sam), shots, axe, "dispute-party")

    ref = Dispute.objects.get().ref
    page = open_page(accounts.member(Role.REVIEWER))
    page.goto("/out-of-court/")
    expect(page.get_by_role("heading", name="For the transparency report: the last half year")).to_be_visible()
    shots(page, "dispute-desk")
    page.get_by_role("link", name=ref).click()
    page.get_by_text("The body has decided").click()
    page.get_by_label("for the party", exact=True).check()
    page.locator("#decide-text").fill("The body finds that the goods are genuine.")
    shots(page, "dispute-desk-one")
    page.get_by_role("button", name="Note the decision").click()
    expect(page.get_by_role("heading", name="Do we follow?")).to_be_visible()
    page.locator("#follow-why").fill("We saw the invoice too.")
    shots(page, "dispute-follow")
    page.get_by_role("button", name="We follow it", exact=True).click()
    expect(page.get_by_text("decided and followed").first).to_be_visible()
    assert Decision.objects.get(pk=made.decision.pk).status == "reversed"


def test_a_holder_looks_at_its_webhook(open_page: Callable[..., Page], axe: Check, shots: Shoot) -> None:
    reader = accounts.member(Role.HOLDER)
    page = open_page(reader)
    page.goto("/webhook/")
    expect(page.get_by_role("heading", name="How it works")).to_be_visible()
    shots(page, "webhook")
    in_chinese(page, reader, shots, axe, "webhook")
