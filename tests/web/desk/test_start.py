"""What a reviewer starts from: laws to cite, attributes with marks, words that need no proof. No database."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from touchmark.apps.decisions.facts import quoted
from touchmark.engine.policy import which_law
from touchmark.engine.policy.rules import Place
from touchmark.engine.policy.which_law import Claim, Entity, Offer
from touchmark.engine.terms import RightKind
from touchmark.web.desk import attributes, grounds, words
from touchmark.web.ui.marked import Span

ON = date(2026, 8, 1)


def where(*sells_in: str, established: str = "") -> Entity:
    return Entity("bazaar", established, Place("", ZoneInfo("UTC")), sells_in)


def found(
    kind: str,
    office: str,
    territories: tuple[str, ...],
    entity: Entity,
    offered_in: tuple[str, ...] = (),
    on: date = ON,
) -> str | None:
    """Give the id of what is suggested where the table says that this right reaches the listing."""
    law = which_law.law_of(Claim(RightKind(kind), territories, office), Offer("L", entity, offered_in), on=on)
    reached = grounds.reached_by(law, entity.established)
    ground = grounds.suggested(kind=kind, office=office, territories=territories, reached=reached, on=on)
    return ground.id if ground else None


@pytest.mark.parametrize(
    ("kind", "office", "territories", "entity", "offered_in", "id"),
    [
        # the office decides
        ("word_mark", "EUIPO", (), where("DE", "US"), (), "eu.mark"),
        ("word_mark", "USPTO", (), where("DE", "US"), (), "us.mark"),
        # else where it is good and the listing is offered
        ("design", "", ("GB",), where("GB", "US"), (), "gb.design"),
        ("copyright", "", (), where("US"), (), "us.copyright"),
        ("copyright", "", (), where("US"), ("GB",), "gb.copyright"),
        # a work without a limit, sold in the Union; one that is good in one member state
        ("copyright", "", (), where("FR"), (), "eu.copyright"),
        ("copyright", "", ("FR",), where("FR"), (), "eu.copyright"),
        # a register of works bounds none: it is offered elsewhere
        ("copyright", "USCO", (), where("FR"), (), "eu.copyright"),
        # neither the listing nor the marketplace says where: the company's own country
        ("copyright", "", (), where(established="JP"), (), "jp.copyright"),
        # of several places the company's own is the nearest
        ("copyright", "", (), where("GB", "KR", established="KR"), (), "kr.copyright"),
        # a place whose law nobody wrote down here
        ("copyright", "", (), where("BR"), (), "any.copyright"),
        ("word_mark", "", ("BR",), where("BR"), (), "any.mark"),
        # Canada and Switzerland: no rules of their own for a marketplace, but laws that a reviewer is offered
        ("word_mark", "CIPO", (), where("CA"), (), "ca.mark"),
        ("design", "", ("CA",), where("CA", "US"), ("CA",), "ca.design"),
        ("copyright", "", (), where("CA"), (), "ca.copyright"),
        ("figurative_mark", "IGE", (), where("CH"), (), "ch.mark"),
        ("design", "", ("CH",), where("CH"), (), "ch.design"),
        ("copyright", "", (), where("DE"), ("CH",), "ch.copyright"),
        # good where nothing is sold: no law of ours to offer
        ("word_mark", "", ("CN",), where("DE"), (), None),
        ("word_mark", "EUIPO", (), where("US"), (), None),
        # a national mark of the Union is under national law, whichever way it says so
        ("word_mark", "DPMA", ("DE",), where("DE"), (), "member.mark"),
        ("word_mark", "DPMA", (), where("DE"), (), "member.mark"),
        ("word_mark", "", ("EU",), where("DE"), (), "eu.mark"),
        # kinds that are not screened have none
        ("patent", "USPTO", (), where("US"), (), None),
    ],
)
def test_a_law_is_offered_by_what_the_right_is_and_where_it_reaches_the_listing(
    kind: str,
    office: str,
    territories: tuple[str, ...],
    entity: Entity,
    offered_in: tuple[str, ...],
    id: str | None,
) -> None:
    assert found(kind, office, territories, entity, offered_in) == id


@pytest.mark.parametrize("kind", ["word_mark", "figurative_mark", "design", "copyright"])
@pytest.mark.parametrize("place", ["US", "DE", "GB", "CN", "JP", "KR", "IN", "BR", "AU"])
def test_nothing_that_is_screened_is_left_without_a_law(kind: str, place: str) -> None:
    assert found(kind, "", (place,), where(place)) is not None


@pytest.mark.parametrize(("regime", "place"), [("eu", "EU"), ("uk", "GB"), ("cn", "CN")])
def test_where_nobody_says_a_place_the_law_that_the_marketplace_declared_tells_it(regime: str, place: str) -> None:
    law = which_law.Law(regime, which_law.POLICY_ROW, (), (), frozenset(), Place("", ZoneInfo("UTC")))
    assert tuple(grounds.reached_by(law, "")) == (place,)
    assert not grounds.reached_by(replace(law, regime="platform"), "")
    assert grounds.suggested(kind="copyright", office="", territories=(), reached=(place,), on=ON) is not None


def test_a_law_that_is_over_is_offered_no_more() -> None:
    chinese = ("word_mark", "CNIPA", (), where("CN"), ())
    assert found(*chinese, on=date(2026, 12, 31)) == "cn.mark"
    assert found(*chinese, on=date(2027, 1, 1)) == "any.mark"


def test_every_law_is_cited_with_where_it_can_be_read() -> None:
    for ground in grounds.known():
        assert ground.reference, ground.id
        assert ground.explanation, ground.id
        assert ground.url.startswith("https://"), ground.id
        assert not words.unproven(ground.explanation), ground.id
    assert len({ground.id for ground in grounds.known()}) == len(grounds.known())


def shown(text: str, *places: tuple[int, int]) -> list[tuple[str, str, list[str], list[str]]]:
    spans = [Span(start, end, "plain", "x") for start, end in places]
    return [
        (
            row.name,
            row.value,
            [row.name[span.start : span.end] for span in row.name_spans],
            [row.value[span.start : span.end] for span in row.value_spans],
        )
        for row in attributes.rows(text, spans) or []
    ]


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        # plain letters
        ('{"Brand": "ALDERMOOR bag"}', "ALDERMOOR", [("Brand", "ALDERMOOR bag", [], ["ALDERMOOR"])]),
        # an escape before the mark moves it in the JSON, not in what is shown
        ('{"Brand": "\\u00e9 ALDERMOOR"}', "ALDERMOOR", [("Brand", "é ALDERMOOR", [], ["ALDERMOOR"])]),
        # a pair of surrogates is one character
        ('{"B": "\\ud83d\\udc5c ALDERMOOR"}', "ALDERMOOR", [("B", "👜 ALDERMOOR", [], ["ALDERMOOR"])]),
        # an escape within the mark: the whole mark is lit
        ('{"B": "ALD\\u0045RMOOR x"}', "ALD\\u0045RMOOR", [("B", "ALDERMOOR x", [], ["ALDERMOOR"])]),
        # half a pair has no character
        ('{"B": "\\ud83d x"}', "x", [("B", "\N{REPLACEMENT CHARACTER} x", [], ["x"])]),
        # quotation marks and slashes
        ('{"B": "say \\"ALDERMOOR\\" \\/"}', "ALDERMOOR", [("B", 'say "ALDERMOOR" /', [], ["ALDERMOOR"])]),
        # in a name
        ('{"ALDERMOOR": 7}', "ALDERMOOR", [("ALDERMOOR", "7", ["ALDERMOOR"], [])]),
        # in a list, shown as it is written
        (
            '{"A": ["x", "ALDERMOOR"], "B": null}',
            "ALDERMOOR",
            [("A", '["x", "ALDERMOOR"]', [], ["ALDERMOOR"]), ("B", "null", [], [])],
        ),
    ],
)
def test_a_mark_in_the_json_lies_on_the_same_letters_in_the_table(
    text: str, marked: str, expected: list[tuple[str, str, list[str], list[str]]]
) -> None:
    start = text.index(marked)
    assert shown(text, (start, start + len(marked))) == expected


@pytest.mark.parametrize(
    "text",
    ["", "ALDERMOOR", "[1, 2]", '{"a": 1', '{"a": 1} x', '{"a" 1}', '{"a": }', '{"a": "\x00"}', "{" * 5000, "[" * 5000],
)
def test_what_is_no_object_is_shown_as_it_came(text: str) -> None:
    assert attributes.rows(text, []) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("These are counterfeits.", "counterfeits"),
        ("A COUNTERFEIT bag", "COUNTERFEIT"),
        ("We suspect that it is not genuine.", ""),
        ("The seller writes “counterfeit, best quality”.", ""),
        ('The seller writes "counterfeit", and it is counterfeit.', "counterfeit"),
    ],
)
def test_a_word_that_needs_proof_is_found_outside_quotations(text: str, word: str) -> None:
    assert words.unproven(text) == word


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # lines become one
        ("two\nlines", "“two lines”"),
        # nothing turns the direction of what follows
        ("\u202eevil\u202c", "“evil”"),
        # no letter is left out of what is short enough, and the rest is cut
        ("x" * 80, f"“{'x' * 80}”"),
        ("x" * 81, f"“{'x' * 79}…”"),
    ],
)
def test_what_is_quoted_stays_on_its_line(text: str, said: str) -> None:
    assert quoted(text) == said
