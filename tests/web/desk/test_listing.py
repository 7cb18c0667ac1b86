"""The screen to decide on: what lies before a reviewer, what is taken of it, and what happens when two are at it."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import accounts, catalog, decisions, registry
from tests.factories.decisions import Desk
from tests.web import worlds

from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Role
from touchmark.web import clock


def address(name: str, market: str = "bazaar") -> str:
    return f"/desk/{market}/L-{name}/"


def filled(page: HttpResponse, **changes: Any) -> dict[str, Any]:
    """Give what a browser would send of this page, with these changes: fields as they stand, nothing chosen."""
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    sent: dict[str, Any] = {name: value for name, value in said.items() if value not in (None, "", [])}
    return sent | {"decide": "yes"} | changes


def restricting(page: HttpResponse, **changes: Any) -> dict[str, Any]:
    return filled(page, kind="remove", **changes)


def shown(page: HttpResponse) -> str:
    return page.content.decode()


def test_everything_that_a_decision_rests_on_is_there(made: Desk, rita: Client) -> None:
    page = shown(rita.get(address("disguised")))
    for said in (
        "Bazaar",
        "1.90 EUR",
        "1 % of 220.00 EUR",
        "12.3k views, 410 sold",
        "EUIPO",
        "018000001",
        "18, 25",
        "verified by Rita Keller",
        "Mon 4 Mar 2019",
        "disguised",
        "written with other characters or signs",
    ):
        assert said in page, said


def test_the_copied_picture_stands_beside_the_rights_own(made: Desk, rita: Client) -> None:
    page = rita.get(address("copied"))
    pair = page.context["evidence"].pairs[0]
    assert pair.finding.where == "picture 2"
    assert pair.listing.src == pair.right.src == f"/media/{made.photo.image_id}/480"
    assert shown(page).count("data-pair") == 1


@pytest.mark.parametrize(
    ("name", "field", "before", "marked"),
    [
        # characters beyond the first plane count as one
        ("astral", "title", "👜 ", "ALDERMOOR"),
        # markup is text, and its letters count as they are written
        ("hostile", "title", "onerror=alert(1)&gt; ", "ALDERMOOR"),
        # a title that runs from right to left
        ("arabic", "title", "جلدية ", "ALDERMOOR"),
        # letters of another alphabet
        ("disguised", "title", ">", "АLDЕRМООR"),
    ],
)
def test_marks_lie_on_their_letters(made: Desk, rita: Client, name: str, field: str, before: str, marked: str) -> None:
    page = shown(rita.get(address(name)))
    heading = page[page.index('<h1 id="listing-title"') :].partition("</h1>")[0]
    assert f"{before}<mark" in heading
    assert f">{marked}<span" in heading


def test_no_markup_of_a_listing_is_markup_of_ours(made: Desk, rita: Client) -> None:
    page = shown(rita.get(address("hostile")))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>ALDERMOOR" not in page
    assert "&lt;b&gt;<mark" in page


def test_attributes_are_a_table_with_marks_in_it(made: Desk, rita: Client) -> None:
    page = shown(rita.get(address("attributes")))
    row = page[page.index(">Brand</dt>") :].partition("</dd>")[0]
    assert "<mark" in row
    assert "édition" in row
    assert "1 picture could not be read" in page


def test_what_says_the_same_of_the_same_words_is_one_row_that_lights_all_places(made: Desk, rita: Client) -> None:
    page = rita.get(address("long"))
    rows = page.context["evidence"].claims[0].found
    description = next(row for row in rows if row.where == "description")
    assert description.times == 18
    assert shown(page).count(f'data-finding="{description.lights}"') == 18


def test_facts_are_drafted_in_words_that_need_no_proof(made: Desk, rita: Client) -> None:
    facts = rita.get(address("disguised")).context["form"]["facts"].value()
    assert "“АLDЕRМООR”" in facts
    assert "the word mark of Aldermoor Ltd (EUIPO 018000001)" in facts
    assert "We suspect" in facts
    assert "220" not in facts  # what the holder calls usual is the holder's to tell
    assert "counterfeit" not in facts.lower()


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        # an EU mark, sold in the Union
        ("disguised", "Regulation (EU) 2017/1001"),
        # a copyright without an office, sold in the Union
        ("copied", "Directive 2001/29/EC"),
    ],
)
def test_a_law_is_suggested_by_right_and_place(made: Desk, rita: Client, name: str, reference: str) -> None:
    assert reference in rita.get(address(name)).context["form"]["ground_reference"].value()


def test_a_restriction_is_taken_and_the_next_listing_follows(made: Desk, rita: Client) -> None:
    page = rita.get(address("disguised"))
    answer = rita.post(address("disguised"), restricting(page), follow=True)
    decision = Decision.objects.get(listing=made["disguised"])
    assert decision.status == "in_force"
    assert decision.decided_by == made.rita
    assert decision.evidence["findings"]
    assert answer.redirect_chain[-1][0] == address("copied")  # the next by risk
    assert decision.ref in shown(answer)
    assert Message.objects.filter(kind="webhook", payload__data__decision=decision.ref).count() == 1


def test_the_same_form_sent_again_is_the_same_decision(made: Desk, rita: Client) -> None:
    sent = restricting(rita.get(address("reported")), facts="It bears the mark.", **answers(made, "uphold"))
    first = rita.post(address("reported"), sent)
    again = rita.post(address("reported"), sent)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.headers["Location"] == again.headers["Location"]
    assert Decision.objects.filter(listing=made["reported"]).count() == 1
    assert Letter.objects.filter(kind="statement_of_reasons").count() == 1


def test_the_part_of_the_queue_that_is_worked_on_is_kept(made: Desk, rita: Client) -> None:
    there = f"{address('reported')}?part=reported"
    answer = rita.post(there, restricting(rita.get(there), facts="It bears the mark.", **answers(made, "uphold")))
    assert answer.headers["Location"] == "/desk/?part=reported"  # none other is reported


def answers(made: Desk, outcome: str, reasons: str = "It is as you say.") -> dict[str, str]:
    ref = NoticeItem.objects.get(listing=made["reported"], holder_id=made.vera.organisation_id).ref
    return {f"answer-{ref}-outcome": outcome, f"answer-{ref}-reasons": reasons}


def test_a_notice_is_answered_with_the_decision(made: Desk, rita: Client) -> None:
    page = rita.get(address("reported"))
    assert "We do not make this bag." in shown(page)
    rita.post(address("reported"), restricting(page, facts="The bag bears the mark.", **answers(made, "uphold")))
    notice = NoticeItem.objects.get(listing=made["reported"])
    assert (notice.status, notice.outcome_text) == ("upheld", "It is as you say.")
    statement = Decision.objects.get(listing=made["reported"]).statement
    assert "notice by the holder" in statement.content["source"]


def test_a_dismissal_needs_its_facts_only_and_tells_the_seller_nothing(made: Desk, rita: Client) -> None:
    page = rita.get(address("disguised"))
    sent = {"facts": "The seller is the maker.", "ground_reference": "", "ground_explanation": ""}
    answer = rita.post(address("disguised"), filled(page, kind="none", **sent))
    assert answer.status_code == 302
    decision = Decision.objects.get(listing=made["disguised"])
    assert (decision.kind, decision.right, decision.ground_reference) == ("none", None, "")
    assert not Letter.objects.filter(kind="statement_of_reasons").exists()


def test_disabling_goes_to_the_territories_chosen(made: Desk, rita: Client) -> None:
    page = rita.get(address("disguised"))
    rita.post(address("disguised"), filled(page, kind="disable", territories=["FR", "DE"]))
    assert Decision.objects.get(listing=made["disguised"]).territories == ["DE", "FR"]


def test_the_words_to_a_holder_are_begun_from_what_was_found_of_its_right_alone(made: Desk, rita: Client) -> None:
    notice = decisions.notice(made, "disguised")
    other = decisions.notice(made, "disguised", by=made.nils, right=registry.verified(made.nils, text="NORRVIK"))
    drafts = rita.get(address("disguised")).context["answer_drafts"]
    assert drafts.keys() == {notice.ref, other.ref}
    assert drafts[notice.ref]["uphold"].startswith("We found your right used in the listing, as you reported. In the")
    assert "ALDERMOOR" in drafts[notice.ref]["uphold"]
    assert "suspect" not in drafts[notice.ref]["uphold"]
    assert drafts[other.ref]["uphold"] == ""  # nothing was found of it, and nobody is told of another's right
    assert drafts[notice.ref]["refuse"]["corrected"] == "The seller has corrected the listing."


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        # nothing chosen
        ({"kind": ""}, {"Choose what to do: restrict the listing, or leave it on sale."}),
        # territories left out
        ({"kind": "disable"}, {"Choose the territories in which the listing is disabled."}),
        # several things at once, each told
        (
            {"kind": "remove", "facts": " ", "ground_reference": "", "ground_explanation": " "},
            {
                "Write what you saw: the facts are what the seller reads first.",
                "Name the law or the term that the restriction rests on.",
                "Say why the listing breaks that law or term.",
            },
        ),
        # of what is left on sale no seller reads anything
        (
            {"kind": "none", "facts": " "},
            {"Write what you saw: colleagues read it, and whoever looks at it again."},
        ),
        # a word that needs proof
        (
            {"kind": "remove", "facts": "These are counterfeits."},
            {"“counterfeits” needs proof: an examination, an admission or a judgment. Write “suspected”."},
        ),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_above_and_the_rest_is_kept(
    made: Desk, rita: Client, changes: Mapping[str, Any], errors: set[str]
) -> None:
    kept = {"facts": "My own words."} if "facts" not in changes else {}
    page = rita.post(address("disguised"), filled(rita.get(address("disguised")), **kept, **changes))
    assert page.status_code == 422
    assert {text for _target, text in page.context["problems"]} == errors
    assert not Decision.objects.exists()
    for target, _text in page.context["problems"]:
        assert f'id="{target}"' in shown(page)
    if kept:
        assert "My own words." in shown(page)


def test_the_sellers_own_words_may_be_quoted(made: Desk, rita: Client) -> None:
    facts = "The description says “best counterfeit quality”."
    answer = rita.post(address("disguised"), restricting(rita.get(address("disguised")), facts=facts))
    assert answer.status_code == 302


def test_a_notice_left_unanswered_is_refused_with_the_answers_kept(made: Desk, rita: Client) -> None:
    page = rita.post(address("reported"), restricting(rita.get(address("reported")), facts="My own words."))
    assert page.status_code == 422
    assert {text for _target, text in page.context["problems"]} == {
        "Say whether the notice is upheld or refused.",
        "Tell the holder why.",
    }
    assert "My own words." in shown(page)


def test_a_notice_cannot_be_upheld_while_the_listing_stays_on_sale(made: Desk, rita: Client) -> None:
    sent = filled(rita.get(address("reported")), kind="none", facts="Genuine.", **answers(made, "uphold"))
    page = rita.post(address("reported"), sent)
    assert page.status_code == 422
    assert "cannot be upheld while the listing stays on sale" in shown(page)


def test_of_two_reviewers_the_second_learns_who_was_first_and_keeps_what_was_written(
    made: Desk, rita: Client, ravi: Client
) -> None:
    hers, his = rita.get(address("disguised")), ravi.get(address("disguised"))
    assert rita.post(address("disguised"), restricting(hers)).status_code == 302
    page = ravi.post(address("disguised"), restricting(his, facts="What Ravi saw."))
    assert page.status_code == 409
    assert Decision.objects.get(listing=made["disguised"]).decided_by == made.rita
    assert "Rita Keller took the listing off sale" in shown(page)
    assert "What Ravi saw." in shown(page)
    assert page.context["form"]["request_key"].value() != his.context["form"]["request_key"].value()


def test_a_listing_that_changed_meanwhile_is_looked_at_again(made: Desk, rita: Client) -> None:
    page = rita.get(address("disguised"))
    catalog.listing(listing_id="L-disguised", seller_id="blue-crate", title="A plain bag", price=19.9, currency="EUR")
    answer = rita.post(address("disguised"), restricting(page, facts="What Rita saw."))
    assert answer.status_code == 409
    assert "another version of the listing" in shown(answer)
    assert "What Rita saw." in shown(answer)
    assert "A plain bag" in shown(answer)
    assert not Decision.objects.exists()


def test_a_notice_that_came_meanwhile_is_shown_and_asked_for(made: Desk, rita: Client) -> None:
    page = rita.get(address("disguised"))
    notice = decisions.notice(made, "disguised")
    answer = rita.post(address("disguised"), restricting(page))
    assert answer.status_code == 409
    assert f"notice {notice.ref} waits for an answer" in shown(answer)
    again = restricting(answer, **{f"answer-{notice.ref}-outcome": "refuse", f"answer-{notice.ref}-reasons": "No."})
    assert rita.post(address("disguised"), again).status_code == 302


def test_a_listing_that_is_restricted_cannot_be_restricted_again(made: Desk, rita: Client) -> None:
    decision = decisions.restriction(made, "disguised", by=made.ravi)
    page = rita.get(address("disguised"))
    assert f"Decision {decision.ref} restricts this listing already." in shown(page)
    answer = rita.post(address("disguised"), restricting(page))
    assert answer.status_code == 409
    assert "Ravi Mehta took the listing off sale" in shown(answer)


@pytest.mark.parametrize("role", [Role.HOLDER, Role.SELLER, Role.OPERATOR, Role.INVESTIGATOR])
def test_nobody_else_sees_or_decides(made: Desk, role: Role) -> None:
    somebody = accounts.signed_in(accounts.member(role))
    for path in (address("disguised"), "/desk/statement/bazaar/L-disguised/"):
        assert somebody.get(path).status_code == 403
        assert somebody.post(path, {"kind": "remove"}).status_code == 403


def test_a_policy_owner_looks_but_does_not_decide(made: Desk, rita: Client) -> None:
    paul = accounts.signed_in(made.paul)
    page = paul.get(address("disguised"))
    assert 'name="decide"' not in shown(page)
    assert paul.post(address("disguised"), restricting(page)).status_code == 403
    assert not Decision.objects.exists()


def test_a_listing_that_is_not_there_is_said_to_be_none(made: Desk, rita: Client) -> None:
    answer = rita.get("/desk/bazaar/L-none/")
    assert answer.status_code == 404
    assert "There is no listing L-none on bazaar" in shown(answer)


def test_an_id_with_a_slash_has_its_page(made: Desk, rita: Client) -> None:
    catalog.listing(listing_id="a/b c", title="Odd <id>")
    assert "Odd &lt;id&gt;" in shown(rita.get("/desk/bazaar/a/b%20c/"))


def test_an_address_of_another_kind_than_the_webs_is_no_link(made: Desk, rita: Client) -> None:
    catalog.listing(listing_id="L-linked", title="Linked", url="javascript:alert(1)")
    assert "javascript:alert" not in shown(rita.get(address("linked")))


def test_what_a_holder_is_told_names_no_other_holder(made: Desk, rita: Client) -> None:
    """Two holders report one listing; each reads of its own right only."""
    here = registry.verified(
        made.nils, by=decisions.acting(made.rita), text="NORRVIK", owner="Norrvik AB", office="EUIPO"
    )
    other = decisions.notice(made, "reported", by=made.nils, right=here)
    page = rita.get(address("reported"))
    assert "Norrvik AB" in shown(page)  # the reviewer sees both
    mixed = {f"answer-{other.ref}-outcome": "refuse", f"answer-{other.ref}-reasons": "Your mark is not used."}
    rita.post(address("reported"), restricting(page, facts="Seen.", **answers(made, "uphold"), **mixed))
    letters = Letter.objects.filter(kind="notice_outcome", organisation_id=made.vera.organisation_id)
    assert letters.count() == 1
    for planted in ("Norrvik", "NORRVIK", other.ref):
        assert planted not in str(letters.get().content)
    statement = Letter.objects.get(kind="statement_of_reasons")
    assert "Norrvik" not in str(statement.content)


def test_a_listing_is_hidden_until_a_day(rita: Client, made: Desk) -> None:
    page = rita.get(address("disguised"))
    day = (clock.now() + timedelta(days=30)).date()
    rita.post(address("disguised"), filled(page, kind="hide", ends_on=day.isoformat()))
    decision = Decision.objects.get()
    assert (decision.kind, decision.ends_at) == ("hide", datetime.combine(day, time(23, 59), tzinfo=UTC))
    assert "ends by itself on" in decision.statement.content["duration"]


@pytest.mark.parametrize(("day", "said"), [("2020-01-01", "Choose a day to come"), ("soon", "Enter a valid date")])
def test_a_last_day_that_cannot_be_is_said_beside_the_field(rita: Client, made: Desk, day: str, said: str) -> None:
    answer = rita.post(address("disguised"), filled(rita.get(address("disguised")), kind="remove", ends_on=day))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Decision.objects.exists()


def test_the_form_says_what_will_happen_for_each_kind(made: Desk, rita: Client) -> None:
    page = rita.get(address("disguised"))
    kinds = page.context["form"].kinds()
    assert [kind.key for _, kind in kinds] == ["r", "t", "h", "c", "p", "d"]
    for radio, kind in kinds:
        said = shown(page)
        assert f'data-button="{kind.button}"' in said
        assert f'<p data-then="{radio.data["value"]}">{kind.then}</p>' in said


def test_what_is_held_goes_on_waiting_and_is_not_held_twice(made: Desk, rita: Client) -> None:
    page = rita.get(address("disguised"))
    assert rita.post(address("disguised"), filled(page, kind="hold", right="")).status_code == 302
    assert Decision.objects.get().status == "held"
    again = rita.get(address("disguised"))
    assert "hold" not in [radio.data["value"] for radio, _ in again.context["form"].kinds()]
    assert rita.post(address("disguised"), restricting(again)).status_code == 302
    assert [d.status for d in Decision.objects.order_by("pk")] == ["replaced", "in_force"]


def test_a_reviewer_sees_how_many_notices_get_the_answer_too(made: Desk, rita: Client) -> None:
    assert "joined to this one" not in shown(rita.get(address("reported")))
    item = NoticeItem.objects.get()
    other = registry.holder("Marks & Partners")
    same = registry.verified(other, text=item.right.text, office=item.right.office, number=item.right.number)
    worlds.noticed(other, same, item.listing)
    assert "1 more notice of another notifier" in shown(rita.get(address("reported")))


def test_the_pictures_of_a_listing_are_read_once(made: Desk, rita: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        rita.get(address("copied"))
    read = [one["sql"] for one in asked.captured_queries if 'FROM "catalog_listingimage"' in one["sql"]]
    own = [sql for sql in read if '"catalog_listingimage"."listing_id" =' in sql]
    assert len(own) == 1
