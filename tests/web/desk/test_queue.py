"""The queue: what waits, in which order, who may look, and at what cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from tests.factories import accounts, decisions, registry
from tests.factories.decisions import Desk

from touchmark.apps.catalog.actions import RESERVED
from touchmark.apps.decisions import queue
from touchmark.apps.decisions.wanted import ORDERS, Place, Wanted
from touchmark.engine.policy import safety
from touchmark.engine.terms import Role
from touchmark.web.desk import words


def titles(rows: list[queue.Row]) -> list[str]:
    return [row.listing.listing_id for row in rows]


def test_reported_ones_stand_first_then_the_riskiest(made: Desk) -> None:
    rows = queue.page(decisions.acting(made.rita))
    assert titles(rows)[:2] == ["L-reported", "L-disguised"]
    risks = [row.risk for row in rows[1:]]
    assert risks == sorted(risks, reverse=True)
    assert "L-unbranded" not in titles(rows)


def test_pages_by_place_give_every_row_once(made: Desk) -> None:
    actor = decisions.acting(made.rita)
    whole, walked, after = titles(queue.page(actor)), [], None
    while rows := queue.page(actor, after=after, size=3):
        walked += titles(rows)
        after = Place.read(str(rows[-1].place))  # as it stands in an address
    assert walked == whole


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_can_be_walked_through_page_by_page(made: Desk, order: str) -> None:
    actor, wanted = decisions.acting(made.rita), Wanted(order=order)
    whole, walked, after = titles(queue.page(actor, wanted)), [], None
    while rows := queue.page(actor, wanted, after=after, size=2):
        walked += titles(rows)
        after = Place.read(str(rows[-1].place), order)
    assert walked == whole
    assert len(set(whole)) == len(whole) == queue.count(actor)


def test_orders_say_what_stands_first(made: Desk) -> None:
    actor = decisions.acting(made.rita)
    first = {order: titles(queue.page(actor, Wanted(order=order)))[0] for order in ("risk", "views", "sold")}
    assert first == {"risk": "L-disguised", "views": "L-disguised", "sold": "L-disguised"}


def test_a_row_that_leaves_meanwhile_makes_none_be_skipped(made: Desk) -> None:
    actor = decisions.acting(made.rita)
    whole = queue.page(actor)
    decisions.restriction(made, "disguised")  # of the first page, by somebody else
    following = queue.page(actor, after=whole[2].place, size=3)
    assert titles(following) == titles(whole)[3:6]


def test_the_title_shows_its_marks_and_no_markup_of_its_own(made: Desk, rita: Client) -> None:
    page = rita.get("/desk/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&quot;x&quot;)" in page
    disguised = page.index("use-disguised")
    assert "АLDЕRМООR" in page[disguised : disguised + 200]


def test_marks_lie_on_their_letters_behind_characters_beyond_the_first_plane(made: Desk, rita: Client) -> None:
    page = rita.get("/desk/").content.decode()
    assert '👜 <mark class="use use-plain"' in page
    row = page[page.index("👜 <mark") :][:300]
    assert ">ALDERMOOR<span" in row


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        # one marketplace
        ("?marketplace=lumina", {"L-other"}),
        # reported ones alone
        ("?part=reported", {"L-reported"}),
        # both
        ("?part=reported&marketplace=lumina", set()),
        # a part that nobody knows is everything
        ("?part=nonsense&marketplace=lumina", {"L-other"}),
        # by the mark that is used, whatever its case
        ("?brand=norrvik", {"L-other"}),
        # by the seller's id, on whichever marketplace
        ("?seller=blue-crate&marketplace=lumina", {"L-other"}),
        ("?seller=nobody", set()),
        # by language: Arabic is written in Arabic
        ("?language=ar", {"L-arabic"}),
        # by goods whose fakes injure people: there are none here
        ("?goods=safety", set()),
        ("?category=bags", set()),
    ],
)
def test_what_is_shown_can_be_narrowed(made: Desk, rita: Client, asked: str, ids: set[str]) -> None:
    lines = rita.get(f"/desk/{asked}").context["lines"]
    assert {line.listing.listing_id for line in lines} == ids


@pytest.mark.parametrize("after", ["x", "1_2", "1_0.5_1_9", "one_0.5_3"])
def test_a_place_that_is_none_is_refused_in_words(made: Desk, rita: Client, after: str) -> None:
    answer = rita.get("/desk/", {"after": after})
    assert answer.status_code == 400
    assert "Start at its head" in answer.content.decode()


def test_the_page_costs_the_same_whatever_is_on_it(made: Desk, rita: Client) -> None:
    rita.get("/desk/")
    with CaptureQueriesContext(connection) as one:
        assert len(rita.get("/desk/?marketplace=lumina").context["lines"]) == 1
    with CaptureQueriesContext(connection) as many:
        assert len(rita.get("/desk/").context["lines"]) > 8
    assert (len(one), len(many)) == (QUERIES, QUERIES + 1)  # one more for the clocks of what is reported


def test_so_many_are_counted_and_no_more(made: Desk, rita: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"{queue.count(decisions.acting(made.rita))} listings wait" in rita.get("/desk/").content.decode()
    monkeypatch.setattr(queue, "COUNTED", 3)
    assert queue.count(decisions.acting(made.rita)) == 4
    assert "More than 3 listings wait" in rita.get("/desk/").content.decode()


#: Who it is (session, person, roles, second factor, organisations, letters, demo), then: rows, assessments, findings,
#: notices, the count, the marketplaces, who holds which, the reader's own filters.
QUERIES = 14


def test_the_preview_is_a_fragment_for_the_script_and_leads_on_without_one(made: Desk, rita: Client) -> None:
    address = "/desk/preview/bazaar/L-copied/"
    fragment = rita.get(address, headers={"X-Preview": "1"})
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    assert "copied picture" in fragment.content.decode()
    assert rita.get(address).headers["Location"] == "/desk/bazaar/L-copied/"


def test_nothing_left_is_said_as_good_news(made: Desk, rita: Client) -> None:
    for row in queue.page(decisions.acting(made.rita)):
        decisions.restriction(
            made, row.listing.listing_id.removeprefix("L-"), kind=decisions.DecisionKind.NONE, right=None, ground=None
        ) if not row.notices else decisions.restriction(made, "reported")
    assert "Nothing left, well done" in rita.get("/desk/").content.decode()
    assert "Nothing of this kind waits" in rita.get("/desk/?part=reported").content.decode()


@pytest.mark.parametrize("role", [Role.HOLDER, Role.SELLER, Role.OPERATOR, Role.INVESTIGATOR, Role.AUTHORITY])
def test_nobody_else_looks_into_the_queue(made: Desk, role: Role) -> None:
    somebody = accounts.signed_in(accounts.member(role))
    assert somebody.get("/desk/").status_code == 403
    assert somebody.get("/desk/preview/bazaar/L-copied/").status_code == 403


def test_a_stranger_is_asked_to_sign_in(made: Desk, client: Client) -> None:
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in")


def test_a_policy_owner_may_look(made: Desk) -> None:
    assert accounts.signed_in(made.paul).get("/desk/").status_code == 200


def test_the_queue_itself_is_empty_for_anybody_else(made: Desk) -> None:
    assert queue.page(registry.holder()) == []
    assert not queue.waiting(made.sam, Wanted("bazaar")).exists()


def test_every_group_of_safety_critical_goods_has_words() -> None:
    assert set(words.GOODS) == {group.id for group in safety.groups()}


def test_no_marketplace_bears_the_name_of_a_page_of_the_desk() -> None:
    """Its listings lie under ``desk/<its slug>/``, where pages of the desk lie too."""
    routes = [str(one.pattern) for one in get_resolver().url_patterns if isinstance(one, URLPattern)]
    routes += [str(inner.pattern) for one in get_resolver().url_patterns for inner in getattr(one, "url_patterns", ())]
    seconds = {route.split("/")[1] for route in routes if route.startswith("desk/") and route != "desk/"}
    assert {word for word in seconds if not word.startswith("<")} <= RESERVED
