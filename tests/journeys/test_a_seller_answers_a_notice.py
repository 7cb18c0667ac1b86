"""A seller answers a notice and the listing returns, or a suit keeps it down; a suspended notifier appeals and wins."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts, pictures
from tests.factories.disputes import Dispute, dispute
from tests.flows.test_good_faith import suspended
from tests.journeys.conftest import Site
from touchmark.apps.accounts.models import User
from touchmark.apps.counters.models import CounterNotice
from touchmark.engine.terms import Actor, Role
from touchmark.flows.hear_marketplace import hear
from touchmark.flows.lapse import lapse_due
from touchmark.ops import clock

pytestmark = pytest.mark.browser
Check, Shoot = Callable[[Page], None], Callable[[Page, str], None]
DAY = timedelta(days=1)


def person(actor: Actor) -> User:
    return User.objects.get(pk=actor.person)


def lately(law: str) -> Dispute:
    """Make a listing that was restricted an hour ago."""
    return dispute(law, at=clock.now() - 2 * DAY, decided_at=clock.now() - timedelta(hours=1))


def picture(folder: Path, number: int) -> Path:
    path = folder / f"scan-{number}.jpg"
    path.write_bytes(pictures.drawn(number, (480, 640), "JPEG"))
    return path


def answer(sam: Page, made: Dispute, axe: Check, shots: Shoot, folder: Path) -> CounterNotice:
    """Go from the decision through both steps, by the labels that a person reads."""
    sam.goto(f"/seller/decisions/{made.decision.ref}/")
    sam.get_by_role("link", name="Answer the notice").click()
    expect(sam.get_by_role("heading", name="Answer the notice")).to_be_visible()
    axe(sam)
    shots(sam, f"answer-{made.law}")
    sam.get_by_role("button", name="Go on").click()  # with nothing filled in: each thing that is missing is named
    expect(sam.locator(".field .error").first).to_be_visible()
    axe(sam)
    sam.complaints.clear()  # type: ignore[attr-defined]  # which the browser makes of the refusal
    sam.get_by_label("The goods are genuine").check()
    sam.get_by_label("In your words").fill("We bought these from the maker; see the invoice.")
    sam.locator("#id_kind_1").select_option("invoice")
    sam.locator("#id_file_1").set_input_files(picture(folder, 3))
    if made.law == "us":
        sam.get_by_label("A signature").fill("Sam Crate")
        sam.get_by_label("Your name").fill("Sam Crate")
        sam.get_by_label("A postal address").fill("2 Side Street, Austin TX, United States")
        sam.get_by_label("A telephone number").fill("+1 512 555 0100")
    if made.law == "cn":
        sam.locator("#id_identity").set_input_files(picture(folder, 4))
        sam.get_by_label("Your name").fill("Blue Crate")
    for box in sam.get_by_role("checkbox").all():
        box.check()
    sam.get_by_role("button", name="Go on").click()
    expect(sam.get_by_role("heading", name="Check your answer before you send it")).to_be_visible()
    axe(sam)
    shots(sam, f"answer-check-{made.law}")
    sam.get_by_role("button", name="Send the answer").click()
    expect(sam.get_by_text("It went to the holder of the right.").first).to_be_visible()
    axe(sam)
    shots(sam, f"answer-sent-{made.law}")
    return CounterNotice.objects.get(item=made.item)


def in_chinese(page: Page, reader: User, shots: Shoot, axe: Check, name: str) -> None:
    """Look at the same page in Chinese too, and go back."""
    for language in ("zh-hans", "en"):
        reader.language = language
        reader.save(update_fields=["language"])
        page.reload()
        if language != "en":
            axe(page)
            shots(page, f"{name}-zh")


def test_under_the_dmca_the_listing_returns_where_nobody_sues(
    site: Site, open_page: Callable[..., Page], axe: Check, shots: Shoot, tmp_path: Path
) -> None:
    made = lately("us")
    sam, vera = open_page(person(made.sam)), open_page(person(made.vera))
    counter = answer(sam, made, axe, shots, tmp_path)
    vera.goto(f"/holder/answers/{counter.ref}/")
    expect(vera.get_by_text("An objection is noted, and changes nothing.")).to_be_visible()
    expect(vera.get_by_text("2 Side Street")).to_be_visible()  # the law has it forwarded
    axe(vera)
    shots(vera, "answer-read-us")
    in_chinese(vera, person(made.vera), shots, axe, "answer-read-us")
    lapse_due(clock.now() + 40 * DAY)
    sam.reload()
    expect(sam.get_by_text("The marketplace was told; it has not confirmed yet.")).to_be_visible()
    hear({"type": "listing.restored", "data": {"decision": made.decision.ref}}, at=clock.now())
    sam.reload()
    expect(sam.get_by_text("The marketplace has confirmed that the listing is back.")).to_be_visible()
    axe(sam)
    shots(sam, "answer-put-back")


def test_under_the_dmca_a_suit_shown_in_time_keeps_it_down(
    site: Site, open_page: Callable[..., Page], axe: Check, shots: Shoot, tmp_path: Path
) -> None:
    made = lately("us")
    counter = made.answered(at=clock.now() - timedelta(minutes=5))
    vera, rita = open_page(person(made.vera)), open_page(person(made.rita))
    vera.goto(f"/holder/answers/{counter.ref}/")
    vera.get_by_label("The court", exact=True).fill("District Court")
    vera.get_by_label("Its number there").fill("26-cv-1")
    vera.get_by_label("Filed on").fill(clock.now().date().isoformat())
    vera.get_by_label("The document itself").set_input_files(picture(tmp_path, 6))
    vera.get_by_role("button", name="Show it").click()
    expect(vera.get_by_text("Held: a suit was shown").first).to_be_visible()
    axe(vera)
    shots(vera, "suit-shown")
    lapse_due(clock.now() + 40 * DAY)
    assert made.status() == ("held", "upheld", "in_force")
    rita.goto("/desk/answers/")
    axe(rita)
    shots(rita, "answers-desk")
    rita.get_by_role("link", name="A leather bag").first.click()
    axe(rita)
    shots(rita, "answer-desk")
    rita.get_by_label("Why").fill("Dismissed on 3 March.")
    rita.get_by_role("button", name="The suit ended for the seller").click()
    expect(rita.get_by_text("Both sides are told")).to_be_visible()
    assert made.status() == ("put_back", "put_back", "put_back")


def test_a_chinese_declaration_met_by_silence_ends_the_measures_and_is_published(
    site: Site, open_page: Callable[..., Page], axe: Check, shots: Shoot, tmp_path: Path
) -> None:
    from touchmark.apps.reports import publications

    made = lately("cn")
    sam, vera = open_page(person(made.sam)), open_page(person(made.vera))
    counter = answer(sam, made, axe, shots, tmp_path)
    in_chinese(sam, person(made.sam), shots, axe, "answer-sent-cn")
    vera.goto(f"/holder/answers/{counter.ref}/")
    expect(vera.get_by_text("A notary or an authority delays you")).to_be_visible()
    axe(vera)
    shots(vera, "answer-read-cn")
    in_chinese(vera, person(made.vera), shots, axe, "answer-read-cn")
    lapse_due(clock.now() + 60 * DAY)
    assert made.status() == ("put_back", "put_back", "put_back")
    publications.keep_up(at=clock.now() + 61 * DAY)
    reader = open_page()
    reader.goto("/published")
    expect(reader.get_by_text("Put back after the seller answered")).to_be_visible()
    axe(reader)
    shots(reader, "published")


def test_a_suspended_notifier_appeals_and_wins(
    site: Site, open_page: Callable[..., Page], axe: Check, shots: Shoot
) -> None:
    made = dispute(at=clock.now() - 10 * DAY, decided_at=clock.now() - 9 * DAY)
    measure = suspended(made, since=clock.now() - 8 * DAY)
    vera, ravi = open_page(person(made.vera)), open_page(accounts.member(Role.REVIEWER))
    vera.goto("/record/")
    expect(vera.get_by_role("heading", name="Your record")).to_be_visible()
    axe(vera)
    shots(vera, "record-suspended")
    in_chinese(vera, person(made.vera), shots, axe, "record-suspended")
    vera.get_by_role("link", name="Appeal this").first.click()
    vera.get_by_label("What is wrong with it?").fill("The photos were of other goods.")
    axe(vera)
    vera.get_by_role("button", name="Send the appeal").click()
    ravi.goto("/desk/good-faith/")
    axe(ravi)
    shots(ravi, "good-faith-desk")
    ravi.goto(f"/desk/good-faith/{made.vera.organisation_id}/notifier/")
    axe(ravi)
    shots(ravi, "good-faith-record")
    ravi.get_by_label("Why").first.fill("The photos were mixed up; the notices were well founded.")
    ravi.get_by_role("button", name="Lift it").click()
    expect(ravi.get_by_text("Whom it concerns is told")).to_be_visible()
    vera.goto("/record/")
    expect(vera.get_by_text("Lifted").first).to_be_visible()
    measure.refresh_from_db()
    assert measure.lifted
