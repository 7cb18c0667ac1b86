"""The benchmark of words: the same each time, its parts apart, its spans on what was put there."""
# ruff: noqa: S311  (nothing here is secret)

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from benchmarks.words import invented, marks, material, measure, positives
from benchmarks.words.cases import Case, Kind, Mark, Part, Piece, Slot, Written, part_of
from benchmarks.words.letters import letters
from benchmarks.words.measure import Found
from benchmarks.words.parts import digest, made
from benchmarks.words.tricks import scripts
from benchmarks.words.tricks.trick import TRICKS, Trick

#: The third part has tests of its own.
TWO = (Part.TUNE, Part.REPORT)
NAMES = ("Burberry", "Louis Vuitton", "Hunkemöller", "Levi's", "Velrilbira-Nils")


def surfaces(case: Case) -> Iterator[tuple[str, str]]:
    """What stands at the places where the mark is said to be."""
    for field, start, end in case.spans:
        yield field, (getattr(case, field) or "")[start:end]


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: f"{trick.family}: {trick.variant}")
def test_a_trick_writes_the_same_for_the_same_seed_and_says_where(trick: Trick) -> None:
    mark = Mark("test-0", "name", "fashion", "invented")
    slot = Slot("written", "before ", " after", "", "fashion")
    done = 0
    for name in NAMES:
        once, again = (trick(Random(name), name) for _ in range(2))
        assert once == again
        if once is None:
            continue
        done += 1
        case = positives.listing(Random(0), slot, mark, once, Kind.DISGUISED, trick.family, trick.variant, trick.held)
        found = list(surfaces(case))
        assert found == [
            (field, piece.text[piece.start : piece.end]) for field, piece in (("title", once.title), *once.elsewhere)
        ]
        assert all(surface for _, surface in found)
    assert done


def test_a_family_shows_tune_some_of_its_tricks_and_keeps_others() -> None:
    """What is only by ear, by emoji or by one letter is reported, or shown, whole."""
    held = {trick.family: {t.held for t in TRICKS if t.family == trick.family} for trick in TRICKS}
    assert {family for family, both in held.items() if both != {True, False}} == set()
    own = scripts.all_of(Path())
    assert {True, False} == {trick.held for trick in own}


def test_names_are_the_same_each_time_and_no_two_alike() -> None:
    names = [name for name, _ in invented.names("a seed", 300)]
    assert names == [name for name, _ in invented.names("a seed", 300)]
    assert len(set(map(letters, names))) == 300


def test_no_mark_nor_source_is_in_both_parts() -> None:
    known = {part: {mark.text for mark in marks.known() if part_of(mark.text) == part} for part in TWO}
    assert not known[Part.TUNE] & known[Part.REPORT]
    assert min(map(len, known.values())) > 40
    assert not set(material.SOURCES[Part.TUNE]) & set(material.SOURCES[Part.REPORT])
    shown = {part: {slot.before + slot.after for slot in positives.templates(part)} for part in TWO}
    assert not shown[Part.TUNE] & shown[Part.REPORT]


def test_a_part_depends_on_letters_alone() -> None:
    assert part_of("LOUIS VUITTON") == part_of("louis-vuitton")


@pytest.mark.parametrize(
    ("found", "true"),
    [
        (Found(0, "test-1", "plain", "title", 4, 9), True),
        (Found(0, "test-1", "disguised", "title", 8, 30), True),  # touching it is enough
        (Found(0, "test-1", "plain", "title", 9, 12), False),  # half-open
        (Found(0, "test-1", "plain", "brand", 4, 9), False),
        (Found(0, "test-2", "plain", "title", 4, 9), False),
    ],
)
def test_what_counts_as_found(found: Found, true: bool) -> None:
    mark = Mark("test-1", "Gucci", "fashion", "known")
    case = Case(Kind.PLAIN, "f", "v", False, mark, "a b Gucci bag", spans=(("title", 4, 9),))
    tally = measure.Tally([case], [found])
    assert tally.hit(0) is true
    assert bool(tally.wrong(0)) is not true


def test_a_reference_is_no_use() -> None:
    mark = Mark("test-1", "Gucci", "fashion", "known")
    case = Case(Kind.COMPATIBLE, "f", "real", False, mark, "case for Gucci")
    for way, flagged in (("referential", False), ("plain", True), ("disguised", True)):
        tally = measure.Tally([case], [Found(0, "test-1", way, "title", 9, 14)])
        assert tally.flagged(0) is flagged


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 100, 0.0, 0.037), (100, 100, 0.963, 1.0), (50, 100, 0.404, 0.596)]
)
def test_intervals(hits: int, of: int, low: float, high: float) -> None:
    """Published values of Wilson's interval."""
    assert measure.wilson(hits, of) == pytest.approx((low, high), abs=6e-4)


def test_an_ordinary_word_is_no_disguise() -> None:
    bench = positives.Bench(Path(), Part.TUNE, [], {}, Counter({"channel": 3}))
    mark = Mark("test-1", "Chanel", "fashion", "known")
    assert not positives.hides(bench, mark, Written(Piece.of("Channel")))
    assert not positives.hides(bench, mark, Written(Piece.of("CHANEL")))
    assert positives.hides(bench, mark, Written(Piece.of("Chan3l")))


@pytest.mark.shared_data
def test_the_parts_are_the_same_each_time_and_apart(shared_data: Path) -> None:
    both = {part: made(shared_data, part, 2) for part in TWO}
    tested = {part: {letters(mark.text) for mark in both[part][0]} for part in TWO}
    assert not tested[Part.TUNE] & tested[Part.REPORT]
    titles = {part: {case.title for case in both[part][1] if case.kind is Kind.HONEST} for part in TWO}
    assert not titles[Part.TUNE] & titles[Part.REPORT]
    assert digest(*made(shared_data, Part.TUNE, 2)) == digest(*both[Part.TUNE])
    assert all(not case.held for case in both[Part.TUNE][1])
    for case in (case for part in TWO for case in both[part][1] if case.spans):
        assert all(surface.strip() for _, surface in surfaces(case)), case
