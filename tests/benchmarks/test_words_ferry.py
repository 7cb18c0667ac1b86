"""The seventh part of the word benchmark: the same each time, apart, its spans on the name."""
# ruff: noqa: S311  (nothing here is secret)

from pathlib import Path
from random import Random

import pytest
from benchmarks.words import marks
from benchmarks.words.bazaar import names as bazaar
from benchmarks.words.cases import Case, Kind, Part
from benchmarks.words.ferry import names, tricks
from benchmarks.words.fresh import names as fresh
from benchmarks.words.letters import letters
from benchmarks.words.parts import EACH, digest, made
from benchmarks.words.unread import names as unread

#: Frozen before the rules were changed that it measures; with another digest it is another benchmark.
DIGEST = "d4544edc156823e4"
LATIN = [(family, name) for family, ways in tricks.WAYS.items() for name in ways]
BRANDS = ("Kirkland", "Black Lotus", "Mauboussin", "Sephirex")


@pytest.mark.parametrize(("family", "name"), LATIN, ids=": ".join)
def test_a_way_writes_the_same_for_the_same_seed(family: str, name: str) -> None:
    way, done = tricks.WAYS[family][name], 0
    for brand in BRANDS:
        once, again = (way(Random(3), brand) for _ in range(2))
        assert once == again
        done += once is not None and once != brand
    assert done, "a way that writes nothing tests nothing"


def test_its_brands_are_in_no_other_part() -> None:
    own = {letters(mark.text) for mark in names.tested()}
    for others in (marks.known(), fresh.known(), bazaar.tested(), [named.mark for named in unread.tested()]):
        assert not own & {letters(mark.text) for mark in others}
    assert len(own) > 140


def test_what_is_written_by_hand_is_about_its_marks_and_has_room_for_a_name() -> None:
    held = {mark.text for mark in names.tested()}
    for file in ("senses.csv", "near.csv"):
        assert {row["mark"] for row in names.rows(file)} <= held, file
    for file in ("uses.csv", "lawful.csv"):
        assert all(row["title"].count("{}") == 1 for row in names.rows(file)), file


@pytest.mark.shared_data
def test_it_is_frozen_and_says_where_each_name_is(shared_data: Path) -> None:
    tested, cases = made(shared_data, Part.FERRY, EACH[Part.FERRY])
    assert digest(tested, cases) == DIGEST
    for case in cases:
        assert all(_surface(case, *span).strip() for span in case.spans), case
        assert bool(case.spans) is (case.kind in (Kind.PLAIN, Kind.DISGUISED))


def _surface(case: Case, field: str, start: int, end: int) -> str:
    return str(getattr(case, field) or "")[start:end]
