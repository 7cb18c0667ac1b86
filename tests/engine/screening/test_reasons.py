"""Sentences as data: every code has one, in every language."""

import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from touchmark.engine.screening import reasons as reasons_module
from touchmark.engine.screening.image.unreadable import SENTENCES
from touchmark.engine.screening.model import CALIBRATED, CODES, Model
from touchmark.engine.screening.reasons import (
    UnknownLanguage,
    language,
    listed,
    said_in,
    term,
    terms_of_lists,
    written,
)
from touchmark.engine.screening.rules.rule import Effect
from touchmark.engine.screening.schemas import FINDINGS
from touchmark.engine.screening.use import ADDED
from touchmark.engine.terms import Way

LANGUAGES = [path.name.split(".")[1] for path in (Path(reasons_module.__file__).parent / "data").glob("reasons.*.toml")]
REMARKS = ("referential_mark", "other_currency", "unreadable_image", "unreadable_value")
OF_RULES = ("grounds", *(f"rule_{effect}" for effect in Effect), "rules_disagree", "rule_without_grounds")
USES = tuple(f"{way}_use" for way in Way)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_code_has_a_sentence_and_no_sentence_is_left_over(code: str) -> None:
    assert set(language(code).sentences) == {*CODES, *ADDED, CALIBRATED, "trick", *USES, *REMARKS, *OF_RULES}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sentence_shows_its_value_or_has_none(code: str) -> None:
    for feature, sentence in language(code).sentences.items():
        assert set(re.findall(r"\{(\w*)\}", sentence.text)) <= {"value"}, feature
        assert sentence.format in ("text", "percent", "number", "choice"), feature
        assert bool(sentence.choices) == (sentence.format == "choice"), feature


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_way_of_being_unreadable_has_its_words(code: str) -> None:
    assert set(language(code).sentences["unreadable_image"].choices or ()) == set(SENTENCES)


def test_every_standing_that_counts_has_its_words() -> None:
    standing = next(feature for feature in Model.default().features if feature.code == "seller_standing")
    counting = {word for word, amount in standing.read.keywords["standings"].items() if amount}
    assert set(language().sentences["seller_standing"].choices or ()) == counting


@pytest.mark.parametrize("word", ["counterfeit", "fake", "infring", "illegal", "guilty", "fraud"])
def test_words_follow_proof(word: str) -> None:
    for sentence in language().sentences.values():
        assert word not in sentence.text.lower()


@pytest.mark.parametrize(
    ("feature", "value", "said"),
    [
        ("plain_use", "Velmora", "The name “Velmora” is written here."),
        ("plain_use", "{0} {value} %s", "The name “{0} {value} %s” is written here."),  # a mark may be anything
        (
            "low_price",
            "0.0423",
            "The price is 4% of the reference price given by the right holder, for such goods in such condition.",
        ),
        (
            "low_price",
            "0.001",
            "The price is under 1% of the reference price given by the right holder, for such goods in such condition.",
        ),
        ("unreadable_image", "too_many_pixels", "A picture could not be looked at: it has too many pixels."),
        ("unreadable_value", "views_total", "The value given for views_total could not be read, and was left out."),
        ("same_file", None, "It is the very same file."),
    ],
)
def test_saying(feature: str, value: str | None, said: str) -> None:
    assert language().say(feature, value) == said


@pytest.mark.parametrize("code", ["xx", "", "../model", "e n"])
def test_a_language_that_is_not_there(code: str) -> None:
    with pytest.raises(UnknownLanguage):
        language(code)


def test_reasons_are_listed_per_row_in_the_order_of_the_terms() -> None:
    names = pa.array(["A", "B", None, "D"])
    terms = [
        term("plain_mark", np.array([True, False, False, True]), names, np.array([1.0, 2.0, 3.0, 4.0])),
        term("same_file", np.array([True, True, False, False]), None, 0.5),
        terms_of_lists("unreadable_value", pa.array([[], ["price"], [], ["price", "views"]], pa.list_(pa.string()))),
    ]
    reasons = listed(terms, 4)
    assert reasons.type == FINDINGS.field("reasons").type
    assert [[(r["feature"], r["value"], r["weight"]) for r in row] for row in reasons.to_pylist()] == [
        [("plain_mark", "A", 1.0), ("same_file", None, 0.5)],
        [("same_file", None, 0.5), ("unreadable_value", "price", 0.0)],
        [],
        [("plain_mark", "D", 4.0), ("unreadable_value", "price", 0.0), ("unreadable_value", "views", 0.0)],
    ]
    assert all(reason["text"] for row in reasons.to_pylist() for reason in row)


def test_no_rows_have_no_reasons() -> None:
    assert listed([term("same_file", np.zeros(0, bool), None, 0.5)], 0).to_pylist() == []


@pytest.mark.parametrize(
    ("numbers", "digits", "texts"),
    [([3.0, 12.0], 0, ["3", "12"]), ([0.04229, np.nan], 4, ["0.0423", None]), ([], 0, []), ([np.inf], 2, [None])],
)
def test_numbers_as_values(numbers: list[float], digits: int, texts: list[str | None]) -> None:
    assert written(np.array(numbers), digits).to_pylist() == texts


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("zh-hans", "提到“Velmora”。提到品牌本身并无不当。"),
        ("en", language().say("plain_mark", "Velmora")),
        ("fr", "as it was"),
    ],
)
def test_a_reason_is_said_again_in_the_language_of_who_reads_it(code: str, said: str) -> None:
    assert said_in(code, {"feature": "plain_mark", "value": "Velmora", "text": "as it was"}) == said


def test_a_reason_of_another_model_stays_as_it_was_written() -> None:
    assert said_in("zh-hans", {"feature": "of_their_own", "value": None, "text": "as it was"}) == "as it was"
