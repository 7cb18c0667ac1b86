"""Listings that use no mark: honest titles, ordinary words that look like marks, other brands, lawful references."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.words import marks as marks_module
from benchmarks.words import material, positives
from benchmarks.words.cases import Case, Kind, Mark, Part, Piece, Written, part_of, seed_of
from benchmarks.words.letters import is_latin, letters
from benchmarks.words.loose import LooseReader
from benchmarks.words.positives import Bench

HERE = Path(__file__).parent / "data"
HONEST = 3500
#: A verdict in ``read_by_eye.csv``; any verdict keeps a title out of the honest ones.
REFERS = "refers to a mark"
#: In how many titles each other brand is put.
TITLES_EACH = 10
#: Names of fewer letters are one letter from too many words.
LEAST_NEAR = 5


def honest(data: Path, part: Part, marks: list[Mark]) -> Iterator[Case]:
    """Real titles in which a loose reader sees no mark under test; those read by eye and refused are left out."""
    reader = LooseReader(marks)
    rows = [row for row in material.titles(data, part) if material.digest(row[1]) not in material.read_by_eye()]
    kept = [row for row in rows if not reader.sees(f"{row[1]} {row[2]}")]
    random = Random(seed_of("honest", part))  # noqa: S311  (nothing here is secret)
    for source, title, brand, category in sorted(random.sample(kept, min(HONEST, len(kept)))):
        yield Case(
            Kind.HONEST,
            source,
            "real",
            False,
            None,
            title,
            brand=brand or None,
            category=category or None,
            source=source,
        )


def traps(part: Part, marks: list[Mark]) -> Iterator[Case]:
    """Ordinary words, and sense that is not the mark's: written by hand, for marks that the part has."""
    held = {letters(mark.text): mark for mark in marks}
    for row in _rows("traps.csv"):
        mark = held.get(letters(row["mark"]))
        if mark:
            yield Case(Kind.TRAP, row["kind"], row["mark"], False, mark, row["title"], brand=row["brand"] or None)


def compatible(data: Path, part: Part, marks: list[Mark]) -> Iterator[Case]:
    """Lawful references: real titles read by eye, and written ones in many languages."""
    yield from _real(data, part, marks)
    known = [mark for mark in marks if mark.source in ("known", "invented") and mark.goods not in ("oil", "services")]
    random = Random(seed_of("compatible", part))  # noqa: S311  (nothing here is secret)
    for row in _rows("compatible.csv"):
        if row["part"] == part:
            for mark in random.sample(known, 6):
                title = row["title"].replace("{}", mark.text)
                yield Case(Kind.COMPATIBLE, f"written, {row['language']}", "written", False, mark, title)


def _real(data: Path, part: Part, marks: list[Mark]) -> Iterator[Case]:
    """By brand alone: a title belongs to the part of the first mark that it refers to."""
    held = {letters(mark.text): mark for mark in marks}
    for source, title, brand, category in sorted({row[1]: row for row in material.rows(data)}.values()):
        verdict, about = material.read_by_eye().get(material.digest(title), ("", ""))
        mark = held.get(letters(about.split("|")[0])) if verdict == REFERS else None
        if mark:
            yield Case(
                Kind.COMPATIBLE,
                f"real, {source}",
                "real",
                False,
                mark,
                title,
                brand=brand or None,
                category=category or None,
            )


def near(bench: Bench) -> Iterator[Case]:
    """Other real brands, one letter from a mark under test, where their names stand; most say so in the brand field."""
    random = Random(seed_of("near", bench.part))  # noqa: S311  (nothing here is secret)
    others = [
        (mark, other)
        for mark, other in one_letter_off(bench)
        if bench.part is Part.TRAIN or part_of(other) == bench.part
    ]
    for mark, other in others * TITLES_EACH:
        slot = bench.slot(random, mark)
        if slot:
            case = positives.listing(
                random, slot, mark, Written(Piece.of(other)), Kind.NEAR, "another brand", "near", False
            )
            yield replace(case, spans=(), brand=other if random.random() < 0.7 else None)


def one_letter_off(bench: Bench) -> Iterator[tuple[Mark, str]]:
    """Marks and other names that differ by a letter put in, left out or changed."""
    shorter: dict[str, list[Mark]] = defaultdict(list)
    for mark in bench.marks:
        for form in _without_one(letters(mark.text)):
            shorter[form].append(mark)
    tested = {letters(mark.text) for mark in bench.marks}
    for other in marks_module.other_names(bench.data):
        own = letters(other)
        if own in tested or len(own) < LEAST_NEAR or not is_latin(other) or "&" in other:
            continue
        found = {mark.right_id: mark for form in sorted(_without_one(own)) for mark in shorter.get(form, ())}
        for mark in found.values():
            if (
                abs(len(own) - len(letters(mark.text))) <= 1
                and own not in letters(mark.text)
                and len(mark.text) >= LEAST_NEAR
            ):
                yield mark, other


def _without_one(name: str) -> set[str]:
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


def _rows(name: str) -> list[dict[str, str]]:
    path = HERE / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
