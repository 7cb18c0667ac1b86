"""The marks of ``ferry``: brands written down for it, of which a third stand without classes, and coined names."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from rapidfuzz.distance import Levenshtein

from benchmarks.words import marks
from benchmarks.words.cases import Mark, seed_of
from benchmarks.words.letters import letters

SEED = "ferry 2026-12"
HERE = Path(__file__).parent / "data"
COINED, LEAST_APART = 40, 2
CLASSES = {
    "fashion": (18, 25),
    "bags": (18,),
    "shoes": (25,),
    "cosmetics": (3,),
    "electronics": (9,),
    "home": (7, 21),
    "sports": (28,),
    "office": (16,),
    "food": (30,),
    "furniture": (20,),
}
#: Columns of names in other scripts: the Chinese one stands in the register, the others are what buyers write.
SCRIPTS = ("zh", "ru", "ko", "ja", "ar", "th")
_OPENS = (
    "Bel",
    "Cor",
    "Dun",
    "Esk",
    "Fal",
    "Gil",
    "Har",
    "Isk",
    "Kor",
    "Lud",
    "Mar",
    "Ost",
    "Pav",
    "Sel",
    "Tor",
    "Wes",
)
_CLOSES = (
    "amo",
    "bury",
    "cetti",
    "dale",
    "etto",
    "fix",
    "gard",
    "holm",
    "iva",
    "keld",
    "lune",
    "mere",
    "quist",
    "vane",
)


def rows(name: str) -> list[dict[str, str]]:
    """A file of this part."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def tested() -> list[Mark]:
    """All of them, with ids."""
    known = [_known(row) for row in rows("marks.csv")]
    coined = [Mark("", name, goods, "invented", classes=CLASSES[goods]) for name, goods in _coined()]
    return [_bare(marks.registered(number, mark)) for number, mark in enumerate([*known, *coined])]


def other_senses() -> set[str]:
    """Marks of which this part asks for other senses: ordinary words, persons, places."""
    return {row["mark"] for row in rows("senses.csv") if letters(row["mark"]) in letters(row["title"])}


def _bare(mark: Mark) -> Mark:
    return replace(mark, classes=()) if seed_of(SEED, "classes", mark.text) % 3 == 0 else mark


def _known(row: dict[str, str]) -> Mark:
    short = tuple(filter(None, [row["short"]]))
    return Mark(
        "",
        row["name"],
        row["goods"],
        "known",
        aliases=(*filter(None, [row["zh"]]), *short),
        short=short,
        classes=tuple(map(int, row["classes"].split("|"))),
        local=tuple((script, row[script]) for script in SCRIPTS if row[script]),
    )


def _coined() -> Iterator[tuple[str, str]]:
    random = Random(seed_of(SEED, "coined"))  # noqa: S311  (nothing here is secret)
    made: dict[str, str] = {}
    while len(made) < COINED:
        name = random.choice(_OPENS) + random.choice(_CLOSES)
        # One that is near another, or the same by ear, could be either.
        if all(Levenshtein.distance(name.lower(), other.lower()) > LEAST_APART for other in made):
            made[random.choice((name, name, name.upper()))] = random.choice(sorted(CLASSES))
    return iter(made.items())
