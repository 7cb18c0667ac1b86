"""Listings that use no mark: honest titles, ordinary words that look like marks, other brands, lawful references."""

import csv
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

from benchmarks.words import material
from benchmarks.words.cases import Case, Kind, Mark, Part, seed_of
from benchmarks.words.letters import letters, words

HERE = Path(__file__).parent / "data"
HONEST = 3500
#: Parts of names of fewer letters are most likely others.
LEAST_PART = 5


def digest(title: str) -> str:
    """How a title that was read by eye is named without being copied."""
    return sha256(title.encode()).hexdigest()[:12]


def honest(data: Path, part: Part, marks: list[Mark]) -> Iterator[Case]:
    """Real titles in which a loose reader sees no mark under test; those read by eye and refused are left out."""
    refused = {row["title"] for row in _rows("read_by_eye.csv")}
    reader = LooseReader(marks)
    rows = [row for row in material.titles(data, part) if digest(row[1]) not in refused]
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


class LooseReader:
    """Sees a mark more often than it is there: within words, by a part of it, by its other names."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        """Learn the names."""
        self.within: set[str] = set()
        self.as_words: set[str] = set()
        self.as_text: set[str] = set()
        for mark in marks:
            names = [mark.text, *mark.aliases, *(name for _, name in mark.local), *mark.respelt]
            for name in names:
                (self.as_words if len(letters(name)) < 4 and name.isascii() else self.within).add(letters(name))
            if mark.source == "known":
                parts = {letters(word) for word in mark.text.split() if " " in mark.text}
                self.as_words |= {word for word in parts if len(word) >= LEAST_PART}
                self.as_words |= {letters(mark.text)}

    def sees(self, text: str) -> bool:
        """Whether a text may name a mark."""
        whole = letters(text)
        return bool(self.as_words & set(words(text))) or any(name in whole for name in self.within)


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
    held = {letters(mark.text): mark for mark in marks}
    read = {row["title"]: row["mark"] for row in _rows("read_by_eye.csv") if row["verdict"] == "refers to a mark"}
    for source, title, brand, category in material.titles(data, part):
        mark = held.get(letters(read.get(digest(title), "")))
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


def _rows(name: str) -> list[dict[str, str]]:
    path = HERE / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
