"""What a reviewer starts from: laws to cite, attributes with marks, words that need no proof. No database."""

from datetime import date

import pytest

from touchmark.apps.decisions.facts import quoted
from touchmark.web.desk import attributes, grounds, words
from touchmark.web.ui.marked import Span

ON = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("kind", "office", "territories", "sold_in", "id"),
    [
        # the office decides
        ("word_mark", "EUIPO", (), ("DE", "US"), "eu.mark"),
        ("word_mark", "USPTO", (), ("DE", "US"), "us.mark"),
        # else where it is in force and sold
        ("design", "", ("GB",), ("GB", "US"), "gb.design"),
        ("copyright", "", (), ("US",), "us.copyright"),
        # a right without a limit, sold in the Union
        ("copyright", "", (), ("FR",), "eu.copyright"),
        # in force where nothing is sold: no law of ours to offer
        ("word_mark", "", ("CN",), ("DE",), None),
        # a national mark of the Union is under national law, which we do not offer
        ("word_mark", "DPMA", ("DE",), ("DE",), None),
        # kinds that are not screened have none
        ("patent", "USPTO", (), ("US",), None),
    ],
)
def test_a_law_is_offered_by_office_then_by_place(
    kind: str, office: str, territories: tuple[str, ...], sold_in: tuple[str, ...], id: str | None
) -> None:
    found = grounds.suggested(kind=kind, office=office, territories=territories, sold_in=sold_in, on=ON)
    assert (found.id if found else None) == id


def test_a_law_that_is_over_is_offered_no_more() -> None:
    chinese = {"kind": "word_mark", "office": "CNIPA", "territories": (), "sold_in": ("CN",)}
    assert grounds.suggested(**chinese, on=date(2026, 12, 31)) is not None
    assert grounds.suggested(**chinese, on=date(2027, 1, 1)) is None


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
