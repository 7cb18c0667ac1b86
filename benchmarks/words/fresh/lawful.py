"""Listings of ``fresh`` that use no mark: honest titles, traps, other brands, references and mentions."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.words import material, negatives, positives
from benchmarks.words.cases import Case, Kind, Mark, Piece, Written, seed_of
from benchmarks.words.fresh import names, titles
from benchmarks.words.fresh.uses import Material
from benchmarks.words.letters import letters
from benchmarks.words.loose import LooseReader

HONEST = 3500
#: How many marks each written reference, and each mention, is made of; in how many titles another brand is put.
EACH_REFERENCE, EACH_MENTION, EACH_NEAR = 5, 8, 8
#: What this part calls a mention that is no reference of an accessory: ``measure`` gives it apart.
MENTION = "mention"
#: Goods of marks to whose devices something can be compatible.
_DEVICES = ("electronics", "home", "auto", "jewellery", "sports", "toys", "shoes", "fashion")


def honest(data: Path, marks: list[Mark]) -> Iterator[Case]:
    """Real titles, not in the other parts, in which a loose reader sees no mark; those found to name one are out."""
    reader, read = LooseReader(marks), {row["title"] for row in names.rows("read_by_eye.csv")}
    rows = [row for row, _ in titles.free(data) if material.digest(row[1]) not in read | set(material.read_by_eye())]
    kept = [row for row in rows if not reader.sees(f"{row[1]} {row[2]}")]
    random = Random(seed_of("fresh", "honest"))  # noqa: S311  (nothing here is secret)
    for source, title, brand, category in sorted(random.sample(kept, min(HONEST, len(kept)))):
        yield _real(Kind.HONEST, source, None, title, brand, category)


def _real(kind: Kind, source: str, mark: Mark | None, title: str, brand: str, category: str) -> Case:
    family = source if kind is Kind.HONEST else f"real, {source}"
    return Case(kind, family, "real", False, mark, title, brand=brand or None, category=category or None, source=source)


def traps(marks: list[Mark]) -> Iterator[Case]:
    """Ordinary words, persons, places: written by hand, about marks of this part."""
    held = {mark.text: mark for mark in marks}
    for row in names.rows("traps.csv"):
        yield Case(
            Kind.TRAP, row["kind"], row["mark"], False, held[row["mark"]], row["title"], brand=row["brand"] or None
        )


def near(made_of: Material) -> Iterator[Case]:
    """Other real brands a letter or two from a mark, where their names stand; most say so in the brand field."""
    bench = made_of.bench
    held = {mark.text: mark for mark in bench.marks}
    by_hand = [(held[row["mark"]], row["other"]) for row in names.rows("near.csv")]
    random = Random(seed_of("fresh", "near"))  # noqa: S311  (nothing here is secret)
    for mark, other in [*by_hand, *negatives.one_letter_off(bench)] * EACH_NEAR:
        slot = bench.slot(random, mark)
        if slot and letters(other) not in {letters(name) for name in mark.respelt}:
            written = Written(Piece.of(other))
            case = positives.listing(random, slot, mark, written, Kind.NEAR, "another brand", "near", False)
            yield replace(case, spans=(), brand=other if random.random() < 0.7 else None)


def references(data: Path, marks: list[Mark]) -> Iterator[Case]:
    """Compatible goods: real titles read by eye, and written ones in many languages."""
    yield from _real_references(data, marks)
    random = Random(seed_of("fresh", "references"))  # noqa: S311  (nothing here is secret)
    devices = [mark for mark in marks if mark.source in ("known", "invented") and mark.goods in _DEVICES]
    for row in names.rows("compatible.csv"):
        for mark in random.sample(devices, EACH_REFERENCE):
            title = row["title"].replace("{}", mark.text)
            yield Case(Kind.COMPATIBLE, f"written, {row['language']}", "written", False, mark, title)


def _real_references(data: Path, marks: list[Mark]) -> Iterator[Case]:
    held = {letters(mark.text): mark for mark in marks}
    read = {row["title"]: row for row in names.rows("read_by_eye.csv") if row["verdict"] == negatives.REFERS}
    for (source, title, brand, category), _ in titles.free(data):
        row = read.get(material.digest(title))
        if row:
            yield _real(Kind.COMPATIBLE, source, held[letters(row["mark"])], title, brand, category)


def mentions(marks: list[Mark]) -> Iterator[Case]:
    """A book about a brand, its repair, a comparison, a denial, a joke: no use, though the name stands there."""
    random = Random(seed_of("fresh", "mentions"))  # noqa: S311  (nothing here is secret)
    known = [mark for mark in marks if mark.source == "known" and mark.goods in _DEVICES]
    for row in names.rows("mentions.csv"):
        for mark in random.sample(known, EACH_MENTION):
            title = row["title"].replace("{}", mark.text)
            yield Case(Kind.COMPATIBLE, f"mention, {row['kind']}", MENTION, False, mark, title)
