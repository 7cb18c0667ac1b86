"""The pages on which reviewers share the desk: next, skip, notes, hand-over, filters, many at once, looking again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import accounts, decisions
from tests.factories.accounts import AT
from tests.factories.decisions import Desk, acting
from tests.web.desk.test_listing import filled

from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.wanted import Wanted
from touchmark.apps.desk import filters, holds, notes, redraws
from touchmark.apps.desk.models import Bulk, Hold, Redraw, Skip
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.ui.dates import moment

NOW = AT + timedelta(hours=4)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_next_gives_each_reviewer_another_listing(made: Desk, rita: Client, ravi: Client) -> None:
    first, second = rita.post("/desk/next/"), ravi.post("/desk/next/")
    assert first.headers["Location"] == "/desk/bazaar/L-reported/"
    assert second.headers["Location"] == "/desk/bazaar/L-disguised/"
    assert Hold.objects.count() == 2


def test_next_keeps_to_what_is_wanted_and_says_when_nothing_is_free(made: Desk, rita: Client, ravi: Client) -> None:
    assert rita.post("/desk/next/?marketplace=lumina").headers["Location"] == "/desk/lumina/L-other/?marketplace=lumina"
    answer = ravi.post("/desk/next/?marketplace=lumina", follow=True)
    assert "Nothing more is free here" in answer.content.decode()


def test_whoever_opens_a_listing_holds_it_and_others_see_that(made: Desk, rita: Client, ravi: Client) -> None:
    rita.get("/desk/bazaar/L-disguised/")
    assert "Rita Keller works on this listing now." in ravi.get("/desk/bazaar/L-disguised/").content.decode()
    assert "with Rita Keller" in ravi.get("/desk/").content.decode()
    assert Hold.objects.get().by == made.rita


def test_what_somebody_else_holds_opens_to_be_read_with_a_way_to_the_next(
    made: Desk, rita: Client, ravi: Client
) -> None:
    rita.get("/desk/bazaar/L-disguised/?order=age")
    page = ravi.get("/desk/bazaar/L-disguised/?order=age")
    body = page.content.decode()
    assert body.count(moment(NOW + holds.LASTS)) == 2  # above the listing, and where the form would be
    for button in ('name="decide"', 'name="second_eyes"', 'data-opens="skip"', 'data-opens="hand-over"'):
        assert button not in body
    assert 'form="note-form"' in body
    onward = ravi.post("/desk/next/?order=age", {"place": page.context["place"]})
    assert onward.headers["Location"].endswith("?order=age")
    assert Hold.objects.exclude(by=made.rita).get().listing != made["disguised"]
    Hold.objects.update(until=NOW, since=NOW)  # she let go of it
    assert 'name="decide"' in ravi.get("/desk/bazaar/L-disguised/").content.decode()


def test_a_proposal_on_what_somebody_else_holds_is_confirmed_by_them(made: Desk, rita: Client, ravi: Client) -> None:
    page = ravi.get("/desk/bazaar/L-disguised/")
    ravi.post("/desk/bazaar/L-disguised/", filled(page, kind="remove", second_eyes="yes"))
    other = accounts.member(Role.REVIEWER, of=made.rita.memberships.get().organisation, name="Rosa Lind")
    rita.get("/desk/bazaar/L-disguised/")
    assert 'form="confirm-form"' not in accounts.signed_in(other).get("/desk/bazaar/L-disguised/").content.decode()
    assert 'form="confirm-form"' in rita.get("/desk/bazaar/L-disguised/").content.decode()


def test_whoever_looks_at_their_own_proposal_again_keeps_nobody_from_it(made: Desk, rita: Client, ravi: Client) -> None:
    page = ravi.get("/desk/bazaar/L-disguised/")
    ravi.post("/desk/bazaar/L-disguised/", filled(page, kind="remove", second_eyes="yes"))
    assert 'form="confirm-form"' not in ravi.get("/desk/bazaar/L-disguised/").content.decode()  # ravi holds it now
    shown = rita.get("/desk/bazaar/L-disguised/").content.decode()
    assert 'form="confirm-form"' in shown
    assert 'data-opens="send-back"' in shown


def test_what_somebody_else_holds_is_not_decided_on_and_the_words_are_kept(
    made: Desk, rita: Client, ravi: Client
) -> None:
    page = rita.get("/desk/bazaar/L-disguised/")
    given = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    Hold.objects.update(by=made.ravi)
    answer = rita.post(
        "/desk/bazaar/L-disguised/", given | {"kind": "remove", "facts": "My own words.", "decide": "yes"}
    )
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Ravi Mehta works on this listing now." in body
    assert "My own words." in body
    assert not Decision.objects.exists()


def test_a_policy_owner_looks_and_holds_nothing(made: Desk) -> None:
    paul = accounts.signed_in(made.paul)
    assert paul.get("/desk/bazaar/L-disguised/").status_code == 200
    assert not Hold.objects.exists()


def test_skipping_asks_why_and_goes_on(made: Desk, rita: Client) -> None:
    rita.get("/desk/bazaar/L-reported/")
    answer = rita.post("/desk/skip/bazaar/L-reported/", {"reason": "expert", "text": "Shoes."})
    assert answer.headers["Location"] == "/desk/bazaar/L-disguised/"
    assert Skip.objects.get().text == "Shoes."
    assert rita.post("/desk/skip/bazaar/L-disguised/", {"reason": "x"}).status_code == 422
    shown = rita.get("/desk/bazaar/L-reported/").content.decode()
    assert "Rita Keller left this to somebody else: it needs somebody who knows these goods." in shown


def test_a_note_is_read_by_the_team_and_escaped(made: Desk, rita: Client, ravi: Client) -> None:
    rita.post("/desk/note/bazaar/L-copied/", {"note": "@Ravi <script>alert(1)</script> look"})
    page = ravi.get("/desk/home/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    body = ravi.get("/desk/bazaar/L-copied/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body
    assert "<script>alert(1)" not in body
    assert "Nobody calls you." in ravi.get("/desk/home/").content.decode()  # seen now
    empty = rita.post("/desk/note/bazaar/L-copied/", {"note": " "}, follow=True).content.decode()
    assert "Write what the others should know" in empty


def test_the_letter_of_a_call_is_the_called_ones_alone(made: Desk, ravi: Client) -> None:
    notes.write(listing=made["copied"], text="@Ravi: please look", actor=acting(made.rita), at=AT)
    assert "Rita Keller calls you" in ravi.get("/inbox/").content.decode()
    assert "Rita Keller calls you" not in accounts.signed_in(made.paul).get("/inbox/").content.decode()


def test_handing_over_goes_to_a_colleague_and_on(made: Desk, rita: Client) -> None:
    rita.get("/desk/bazaar/L-reported/")
    answer = rita.post("/desk/hand-over/bazaar/L-reported/", {"to": made.ravi.pk, "why": "Yours."})
    assert answer.headers["Location"] == "/desk/bazaar/L-disguised/"
    assert holds.holder_of(made["reported"], at=NOW).by == made.ravi  # type: ignore[union-attr]
    assert rita.post("/desk/hand-over/bazaar/L-copied/", {"to": "nobody"}).status_code == 404
    held = rita.post("/desk/hand-over/bazaar/L-reported/", {"to": made.ravi.pk}, follow=True).content.decode()
    assert "Somebody else works on this listing now." in held


def test_all_that_is_held_is_handed_over_at_once(made: Desk, rita: Client) -> None:
    rita.get("/desk/bazaar/L-reported/")
    rita.get("/desk/bazaar/L-disguised/")
    answer = rita.post("/desk/hand-all-over/", {"to": made.ravi.pk, "why": ""}, follow=True)
    assert "Handed over: 2." in answer.content.decode()
    assert set(Hold.objects.values_list("by", flat=True)) == {made.ravi.pk}


def test_a_filter_is_kept_shown_with_its_key_and_dropped(made: Desk, rita: Client, ravi: Client) -> None:
    rita.post("/desk/filters/", {"name": "Arabic ones", "language": "ar", "order": "age"})
    page = rita.get("/desk/").content.decode()
    assert "Arabic ones" in page
    assert 'data-key="1"' in page
    assert "Arabic ones" not in ravi.get("/desk/").content.decode()
    (kept,) = filters.kept_by(acting(made.rita))
    shown = rita.get("/desk/?language=ar&order=age")
    assert [line.listing.listing_id for line in shown.context["lines"]] == ["L-arabic"]
    rita.post("/desk/filters/drop/", {"filter": kept.pk, "next": "https://elsewhere.test/"})
    assert not filters.kept_by(acting(made.rita)).exists()
    nameless = rita.post("/desk/filters/", {"name": "", "language": "ar"}, follow=True).content.decode()
    assert "Give the filter a name" in nameless


def test_a_filter_is_shared_with_the_team_on_the_page_where_it_is_shown(made: Desk, rita: Client, ravi: Client) -> None:
    rita.post("/desk/filters/", {"name": "Arabic ones", "language": "ar"})
    shown = rita.get("/desk/?language=ar")
    assert "Share “Arabic ones” with the team" in shown.content.decode()
    (kept,) = shown.context["kept"]
    back = rita.post("/desk/filters/share/", {"filter": kept.key, "share": "yes", "next": kept.address})
    assert back.headers["Location"] == "/desk/?language=ar"
    assert "Keep “Arabic ones” to yourself" in rita.get("/desk/?language=ar").content.decode()
    theirs = ravi.get("/desk/?language=ar").content.decode()
    assert "shared by Rita Keller" in theirs
    assert "“Arabic ones” is Rita Keller’s, who shares it with the team." in theirs
    assert "Drop “Arabic ones”" not in theirs
    assert "Arabic ones" in ravi.get("/desk/home/").content.decode()
    rita.post("/desk/filters/share/", {"filter": kept.key, "next": "//elsewhere.test/"})
    assert "Arabic ones" not in ravi.get("/desk/").content.decode()


def test_one_more_filter_than_a_team_shares_is_refused_in_words(
    made: Desk, rita: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "TEAM_AT_MOST", 0)
    kept = filters.keep(name="Night", wanted=Wanted(order="due"), actor=acting(made.rita), at=NOW)
    said = rita.post("/desk/filters/share/", {"filter": kept.pk, "share": "yes"}, follow=True).content.decode()
    assert "Your team shares 0 filters already" in said


def sent(page: Any, **said: Any) -> dict[str, Any]:
    """Fill the form of a decision on many as its page gave it."""
    form = page.context["form"]
    given = {name: form[name].value() or "" for name in form.fields if name not in {"territories", "pictures"}}
    chosen = [one.value for one in page.context["chosen"] if one.chosen]
    return given | {"alike": page.context["alike"], "listing": chosen, "kind": "remove"} | said


def test_many_are_chosen_checked_decided_on_and_undone(made: Desk, rita: Client) -> None:
    page = rita.get("/desk/alike/bazaar/L-disguised/?alike=seller")
    chosen = {one.line.listing.listing_id for one in page.context["chosen"] if one.chosen}
    assert chosen >= {"L-disguised", "L-hostile", "L-arabic"}
    assert "L-reported" not in chosen  # each notice needs its own answer
    preview = rita.post("/desk/alike/bazaar/L-disguised/", sent(page, check="yes"))
    body = preview.content.decode()
    assert f"Decide on {len(chosen)} listings" in body
    assert "<script>alert" not in body
    assert not Decision.objects.exists()
    done = rita.post("/desk/alike/bazaar/L-disguised/", sent(page, decide="yes"), follow=True)
    assert Decision.objects.count() == len(chosen)
    bulk = Bulk.objects.get()
    assert bulk.ref in done.content.decode()
    again = rita.post("/desk/alike/bazaar/L-disguised/", sent(page, decide="yes"))
    assert again.headers["Location"] == f"/desk/many/{bulk.ref}/"
    assert Decision.objects.count() == len(chosen)
    undone = rita.post(f"/desk/many/{bulk.ref}/undo/", follow=True).content.decode()
    assert "every listing waits again" in undone
    assert {one.status for one in Decision.objects.all()} == {"reversed"}


def test_what_changes_while_many_are_looked_at_is_named(made: Desk, rita: Client) -> None:
    page = rita.get("/desk/alike/bazaar/L-disguised/?alike=seller")
    decisions.restriction(made, "hostile", by=made.ravi)
    done = rita.post("/desk/alike/bazaar/L-disguised/", sent(page, decide="yes"), follow=True).content.decode()
    assert "somebody decided on it meanwhile" in done
    assert Decision.objects.filter(decided_by=made.ravi).count() == 1


def test_many_need_a_choice_and_its_reasons(made: Desk, rita: Client) -> None:
    page = rita.get("/desk/alike/bazaar/L-disguised/?alike=seller")
    none = rita.post("/desk/alike/bazaar/L-disguised/", sent(page, listing=[], check="yes"))
    assert none.status_code == 422
    assert "Choose at least one listing." in none.content.decode()
    assert rita.post("/desk/alike/bazaar/L-disguised/", sent(page, facts="", decide="yes")).status_code == 422
    assert rita.post("/desk/alike/bazaar/L-disguised/", sent(page, listing=["x", "1:", ":2"])).status_code == 422
    assert not Bulk.objects.exists()


def test_the_pictures_of_one_listing_are_no_choice_for_many(made: Desk, rita: Client) -> None:
    page = rita.get("/desk/alike/bazaar/L-copied/?alike=seller")
    body = page.content.decode()
    assert "Take it off sale" in body
    assert "Take pictures off it" not in body
    assert 'name="pictures"' not in body
    answer = rita.post("/desk/alike/bazaar/L-copied/", sent(page, kind="pictures", pictures=["own.jpg"], decide="yes"))
    assert answer.status_code == 422
    assert not Bulk.objects.exists()


def test_nobody_else_undoes_or_goes_on(made: Desk, rita: Client, ravi: Client) -> None:
    page = rita.get("/desk/alike/bazaar/L-disguised/?alike=seller")
    rita.post("/desk/alike/bazaar/L-disguised/", sent(page, decide="yes"))
    ref = Bulk.objects.get().ref
    assert ravi.get(f"/desk/many/{ref}/").status_code == 200
    assert ravi.post(f"/desk/many/{ref}/undo/").status_code == 403
    assert ravi.post(f"/desk/many/{ref}/go-on/").status_code == 403


def test_looking_again_shows_nothing_of_the_decision(made: Desk, rita: Client, ravi: Client, settings: Any) -> None:
    settings.TOUCHMARK_SECOND_LOOKS = 1.0
    decision = decisions.restriction(made, "disguised", facts="PLANTED-FACTS of the first reviewer.")
    redraws.draw(NOW)
    drawn = Redraw.objects.get()
    assert "Nothing to look at again" in rita.get("/desk/again/").content.decode()
    assert rita.get(f"/desk/again/{drawn.pk}/").status_code == 404  # her own
    page = ravi.get(f"/desk/again/{drawn.pk}/").content.decode()
    assert "АLDЕRМООR" in page
    for secret in ("PLANTED-FACTS", decision.ref, "Rita Keller", "took the listing off sale"):
        assert secret not in page
    assert ravi.post(f"/desk/again/{drawn.pk}/", {"outcome": ""}).status_code == 422
    kept = ravi.post(f"/desk/again/{drawn.pk}/", {"outcome": "leave", "words": "A fair use."}, follow=True)
    assert "It changes nothing" in kept.content.decode()
    mine = rita.get("/desk/again/").content.decode()
    assert "0 % agreed" in mine
    assert "A fair use." in mine


def test_the_first_page_says_what_needs_each_role_now(made: Desk, rita: Client) -> None:
    rita.get("/desk/bazaar/L-disguised/")
    page = rita.get("/desk/home/").content.decode()
    assert "In your hands" in page
    assert "АLDЕRМООR" in page
    assert "Listings that wait" not in page  # the figures are the leaders'
    led = accounts.signed_in(made.paul).get("/desk/home/").content.decode()
    assert "Listings that wait" in led
    assert led.count("<figure") == 6
    assert "In your hands" not in led


@pytest.mark.parametrize("role", [Role.HOLDER, Role.SELLER, Role.OPERATOR, Role.INVESTIGATOR])
def test_nobody_else_comes_to_the_desks_first_page(made: Desk, role: Role) -> None:
    somebody = accounts.signed_in(accounts.member(role))
    for address in ("/desk/home/", "/desk/again/", "/desk/alike/bazaar/L-disguised/", "/desk/many/B-2026-0000-0000/"):
        assert somebody.get(address).status_code == 403


#: What pages ask of the database, whatever they show: the decision screen, the next listing, first pages, a decision.
LISTING, NEXT, HOME, LED, DECIDED = 42, 13, 20, 30, 88


def asked(ask: Any) -> int:
    """Give how many questions a page asks of the database."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_the_decision_screen_costs_the_same_whatever_lies_beside_it(made: Desk, rita: Client) -> None:
    rita.get("/desk/bazaar/L-astral/")
    few = asked(lambda: rita.get("/desk/bazaar/L-astral/"))
    for number in range(5):
        notes.write(listing=made["astral"], text=f"note {number}", actor=acting(made.ravi), at=AT)
    decisions.restriction(made, "hostile")
    decisions.restriction(made, "disguised")
    assert few == asked(lambda: rita.get("/desk/bazaar/L-astral/")) == LISTING


def test_taking_the_next_one_and_first_pages_cost_so_much(made: Desk, rita: Client) -> None:
    led = accounts.signed_in(made.paul)
    for client in (rita, led):
        client.get("/desk/home/")
    assert asked(lambda: rita.post("/desk/next/")) == NEXT
    assert asked(lambda: rita.get("/desk/home/")) == HOME
    assert asked(lambda: led.get("/desk/home/")) == LED


def test_a_decision_costs_so_much_with_the_next_listing(made: Desk, rita: Client) -> None:
    page = rita.get("/desk/bazaar/L-disguised/")
    said = filled(page, kind="remove")
    assert asked(lambda: rita.post("/desk/bazaar/L-disguised/", said)) == DECIDED
    assert Decision.objects.get().listing == made["disguised"]


def test_what_is_late_stands_on_the_leaders_first_page_in_the_queue_and_on_the_listing(
    made: Desk, rita: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=4))
    led = accounts.signed_in(made.paul)
    first = led.get("/desk/home/").content.decode()
    assert "1 is late" in first
    assert "Act on the notice" in first
    assert "Reported, and late" in rita.get("/desk/home/").content.decode()
    assert "late by" in rita.get("/desk/?part=reported").content.decode()
    assert "We act on the notice" in rita.get("/desk/bazaar/L-reported/").content.decode()


def test_the_24_hour_figure_is_for_whoever_leads(made: Desk, rita: Client) -> None:
    assert rita.get("/desk/home/24-hours/").status_code == 403
    led = accounts.signed_in(made.paul)
    page = led.get("/desk/home/24-hours/?days=rubbish").content.decode()
    assert "How it is counted" in page
    assert page.count("<figure") == 2
