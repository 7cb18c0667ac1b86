"""On what law a decision can rest, and what the seller will read of it."""

import pytest
from django.test import Client
from tests.factories.decisions import Desk
from tests.web.desk.test_listing import address, answers, filled, restricting, shown

from touchmark.apps.accounts.models import User
from touchmark.apps.catalog.models import Listing, Marketplace
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.models import Notice


def test_a_right_that_is_not_in_force_there_says_so_and_suggests_no_law(made: Desk, rita: Client) -> None:
    Marketplace.objects.filter(slug="bazaar").update(territories=["US"])
    Listing.objects.update(offered_in=[])
    page = rita.get(address("disguised"))
    assert "Not in force where this listing is offered" in shown(page).partition('class="desk-found"')[2]
    assert page.context["form"]["ground_reference"].value() == ""
    assert "Not in force where" not in shown(rita.get("/desk/lumina/L-other/"))


def test_the_statement_is_shown_as_it_would_be_written(made: Desk, rita: Client) -> None:
    page = rita.get(address("disguised"))
    sent = filled(page, kind="disable", territories=["FR"], facts="Seen <b>here</b>.", ground="terms")
    fragment = shown(rita.post("/desk/statement/bazaar/L-disguised/", sent))
    assert "<html" not in fragment
    for said in ("It applies in: FR.", "Seen &lt;b&gt;here&lt;/b&gt;.", "Our terms", "You can appeal here"):
        assert said in fragment
    assert "Nothing. The listing stays on sale" in shown(
        rita.post("/desk/statement/bazaar/L-disguised/", filled(page, kind="none"))
    )
    assert not Decision.objects.exists()


@pytest.mark.parametrize(("lane", "by"), [("trusted", "a trusted flagger"), ("normal", "the holder of the right")])
def test_the_statement_says_by_whom_the_notice_is_that_will_be_upheld(
    made: Desk, rita: Client, lane: str, by: str
) -> None:
    Notice.objects.update(lane=lane)
    page = rita.get(address("reported"))
    for outcome, said in (("uphold", f"a notice by {by}."), ("refuse", "an investigation of our own.")):
        sent = restricting(page, facts="It bears the mark.", **answers(made, outcome))
        assert f"We acted on {said}" in shown(rita.post("/desk/statement/bazaar/L-reported/", sent))


def test_the_statement_is_shown_in_the_language_of_the_seller(made: Desk, rita: Client) -> None:
    User.objects.filter(email=made.rita.email).update(language="zh-hans")
    page = shown(rita.get(address("disguised")))
    assert "卖家将看到的内容" in page
    letter = page.partition('id="statement"')[2].partition("</aside>")[0]
    assert '<section lang="en">' in letter
    assert "What we did" in letter
    assert "我们采取的措施" not in letter


def test_without_a_script_the_statement_is_shown_by_a_button(made: Desk, rita: Client) -> None:
    sent = restricting(rita.get(address("disguised")), facts="My own words.", show="yes")
    page = rita.post(address("disguised"), sent)
    assert page.status_code == 200
    assert page.context["statement"].content["facts"] == "My own words."
    assert not Decision.objects.exists()
