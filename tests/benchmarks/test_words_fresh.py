"""The third part of the benchmark of words: the same each time, apart from the others, its spans on the name."""
# ruff: noqa: S311  (nothing here is secret)

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from benchmarks.words import marks, measure, positives
from benchmarks.words.cases import Case, Kind, Mark, Part, Piece, Slot, Written
from benchmarks.words.fresh import coined, headline, lawful, names, titles, uses
from benchmarks.words.fresh.tricks.way import WAYS, Way
from benchmarks.words.letters import letters
from benchmarks.words.parts import EACH, digest, made

MARKS = (
    Mark("test-0", "Vestonia", "fashion", "known", ("维斯托尼",), respelt=("Vestonja",)),
    Mark("test-1", "Moridel Hassock", "shoes", "known", ("莫里", "MH"), ("MH",), respelt=("Moridell Hasok",)),
    Mark("test-2", "Woodmixen", "home", "known", ("时兰",)),
    Mark(
        "test-3",
        "Pandimala",
        "jewellery",
        "known",
        ("潘迪玛拉",),
        local=(
            ("ru", "Пандимала"),
            ("ko", "판디말라"),
            ("ja", "パンディマラ"),
            ("ar", "بانديمالا"),
            ("th", "แพนดิมาล่า"),
            ("el", "Πανδιμάλα"),
            ("he", "פנדימלה"),
        ),
        respelt=("Pandymalla",),
    ),
    Mark("test-4", "Christian Louboutin", "shoes", "known"),
)


def surfaces(case: Case) -> Iterator[str]:
    """What stands at the places where the mark is said to be."""
    for field, start, end in case.spans:
        yield (getattr(case, field) or "")[start:end]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.family}: {way.variant}")
def test_a_way_writes_the_same_for_the_same_seed_and_says_where(way: Way) -> None:
    slot = Slot("written", "before ", " after", "", "fashion")
    done = 0
    for mark in MARKS:
        once, again = (way(Random(7), mark) for _ in range(2))
        assert once == again
        if once is None:
            continue
        done += 1
        pieces = [once.title, *(piece for _, piece in once.elsewhere)]
        case = positives.listing(Random(0), slot, mark, once, Kind.DISGUISED, way.family, way.variant, True)
        assert list(surfaces(case)) == [piece.text[piece.start : piece.end] for piece in pieces]
        assert "".join(surfaces(case)).strip()
        assert "".join(surfaces(case)) != mark.text or once.title.text != mark.text
    assert done, "a way that writes nothing tests nothing"


def test_every_family_has_a_weight_and_every_weight_a_family() -> None:
    assert set(headline.weights()) == {way.family for way in WAYS}
    assert all(weight > 0 for _, weight in headline.weights().values())


@pytest.mark.parametrize(
    ("shares", "mean", "low", "high"),
    [
        ([(1.0, 50, 100), (1.0, 50, 100)], 0.5, 0.432, 0.568),  # as of 200 drawn together
        ([(3.0, 100, 100), (1.0, 0, 100)], 0.75, 0.729, 0.771),
        ([(2.0, 10, 10)], 1.0, 0.817, 1.0),  # none is certain
    ],
)
def test_a_weighted_mean_and_its_interval(
    shares: list[tuple[float, int, int]], mean: float, low: float, high: float
) -> None:
    assert headline.weighted(shares) == pytest.approx((mean, low, high), abs=0.004)


def test_no_well_known_brand_is_in_two_parts() -> None:
    fresh, others = ({letters(mark.text) for mark in known()} for known in (names.known, marks.known))
    assert not fresh & others
    assert len(fresh) > 150


def test_no_title_of_our_own_is_in_two_parts() -> None:
    own = {(slot.before, slot.after) for slot in titles.written()}
    for part in (Part.TUNE, Part.REPORT):
        assert not own & {(slot.before, slot.after) for slot in positives.templates(part)}


def test_references_are_written_in_many_languages_and_each_has_room_for_a_name() -> None:
    rows = names.rows("compatible.csv")
    assert len({row["language"] for row in rows}) >= 35
    assert all(row["title"].count("{}") in (1, 2) for row in (*rows, *names.rows("mentions.csv")))


def test_what_is_written_by_hand_is_about_marks_of_this_part() -> None:
    held = {mark.text for mark in names.known()}
    for file in ("traps.csv", "near.csv", "company.csv", "read_by_eye.csv"):
        assert {row["mark"] for row in names.rows(file)} <= held, file


def test_coined_names_are_the_same_each_time_and_nobodys() -> None:
    real = ("Maradona", "Barilla", "Colorado", "Dorado", "Granada", "Marilla", "Corona", "Toronado")
    once, again = ([*coined.names(real, 12)] for _ in range(2))
    assert once == again
    assert len({letters(name) for name, _ in once}) == 12
    assert not {letters(name) for name, _ in once} & set(map(letters, real))


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Vest0nia", True),
        ("V.e.s.t.o.n.i.a", True),
        ("Vestonia", False),  # nothing is hidden
        ("VESTONIA", False),
        ("Festonia", False),  # somebody else
    ],
)
def test_a_disguise_hides_and_is_nobody_elses_name(text: str, reads: bool) -> None:
    made_of = uses.Material(positives.Bench(Path(), Part.FRESH, [], {}, Counter()), frozenset({"festonia", "vestonia"}))
    assert made_of.reads(MARKS[0], Written(Piece.of(text))) is reads


def test_a_mark_that_stands_beside_the_name_is_not_found_wrongly() -> None:
    other = Mark("test-9", "Essentials", "fashion", "known")
    fog = Mark("test-8", "Fear of God", "fashion", "known", ("FOG",))
    case = Case(Kind.PLAIN, "f", "v", False, fog, "FOG Essentials hoodie", spans=(("title", 0, 3),))
    bystander = Case(Kind.TRAP, "f", "v", False, other, "hotel essentials")
    at = measure.Found(0, "test-9", "plain", "title", 4, 14)
    assert not measure.Tally([case, bystander], [at]).wrong(0)
    inside = measure.Found(0, "test-9", "plain", "title", 0, 14)
    assert measure.Tally([case, bystander], [inside]).wrong(0) == [inside]
    assert measure.Tally([bystander, case], [measure.Found(0, "test-9", "plain", "title", 6, 16)]).wrong(0)


#: Brands of ``unread`` that an earlier part has too, which was seen when it was frozen: 7 of 199.
KNOWN_TWICE = {"mackage", "buccellati", "bosideng", "fissler", "sandro", "stellamccartney", "synology"}


@pytest.mark.shared_data
def test_the_part_is_the_same_each_time_and_apart(shared_data: Path) -> None:
    parts = {part: made(shared_data, part, EACH[part]) for part in EACH}
    tested = {part: {letters(mark.text) for mark in parts[part][0]} for part in EACH}
    # Honest titles of the later parts are drawn from all that there are; nothing of the rest is in another part.
    later = {(part, Kind.HONEST) for part in (Part.SEALED, Part.UNREAD, Part.BAZAAR, Part.FERRY)}
    shown = {part: {case.title for case in parts[part][1] if (part, case.kind) not in later} for part in EACH}
    for one, other in pairwise((*EACH, Part.TUNE)):
        assert tested[one] & tested[other] <= KNOWN_TWICE
        assert not shown[one] & shown[other]
    assert digest(*made(shared_data, Part.FRESH, EACH[Part.FRESH])) == digest(*parts[Part.FRESH])
    for case in parts[Part.FRESH][1]:
        assert all(surface.strip() for surface in surfaces(case)), case
        assert bool(case.spans) is (case.kind in (Kind.PLAIN, Kind.DISGUISED))


@pytest.mark.shared_data
def test_no_honest_title_was_read_and_found_to_name_a_mark(shared_data: Path) -> None:
    tested = names.marks_of(shared_data, "")
    read = {row["title"] for row in names.rows("read_by_eye.csv")}
    honest = [*lawful.honest(shared_data, tested)]
    assert len(honest) == lawful.HONEST
    assert not read & {titles.material.digest(case.title) for case in honest}
    assert {case.title for case in lawful.references(shared_data, tested) if case.variant == "real"}
