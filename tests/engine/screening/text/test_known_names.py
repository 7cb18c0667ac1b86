"""What well-known brands are called that nobody gave: found, and never as plain."""

import pytest
from tests.engine.screening.scene import listings, register

from touchmark.engine.screening.hits import WAYS, Hits, Trick
from touchmark.engine.screening.text.known_names import known_names
from touchmark.engine.screening.text.match import match_text
from touchmark.engine.screening.text.rule import Rule

MARKS = register({"text": "GUCCI", "aliases": ["古驰"]}, {"text": "Nike"}, {"text": "Zemarol"}, known=True).marks


def found(title: str) -> list[tuple[int, str, Trick]]:
    hits: Hits = match_text(listings({"title": title}), MARKS)
    return [
        (int(right), WAYS[way].value, Trick(trick))
        for right, way, trick in zip(hits.right, hits.way, hits.trick, strict=True)
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("구찌 여성 숄더백", [(0, "disguised", Trick.SCRIPT)]),
        ("Guchi bag", [(0, "disguised", Trick.SOUND)]),
        ("古驰 女包", [(0, "plain", Trick.NONE)]),  # given by the holder
        ("耐克 运动鞋", [(1, "disguised", Trick.SCRIPT)]),
        ("忍耐克服困难", []),  # no name within words
        ("чехол для найк", [(1, "referential", Trick.SCRIPT)]),
    ],
)
def test_names_that_nobody_gave(title: str, expected: list[tuple[int, str, Trick]]) -> None:
    assert found(title) == expected


def test_only_well_known_brands_have_more_names() -> None:
    assert known_names("Zemarol") == ()
    assert ("나이키", Rule.FOREIGN) in known_names("nike")


def test_an_ordinary_word_is_no_name_of_a_brand() -> None:
    assert "Naik" not in dict(known_names("Nike"))  # to go up, in Indonesian
