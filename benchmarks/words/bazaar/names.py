"""The marks of ``bazaar``: brands written down for it, and names coined out of letters as shops of today coin them."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.words import marks
from benchmarks.words.cases import Mark, seed_of
from benchmarks.words.letters import letters

SEED = "bazaar 2027-01"
HERE = Path(__file__).parent / "data"
COINED = 40
CLASSES = {
    **marks.CLASSES,
    "sports": (25, 28),
    "cars": (12,),
    "health": (5,),
    "food": (30,),
    "tools": (7, 8),
}
#: Columns of names in other scripts; the Chinese one is given by the holder, the others are what buyers write.
SCRIPTS = ("zh", "ko", "ja", "ru", "ar", "th")
_HEADS = ("bri", "fla", "gro", "kle", "mun", "nor", "pel", "quo", "ras", "sto", "tru", "vel", "wix", "yar", "zen")
_MIDDLES = ("an", "di", "ek", "il", "mo", "nu", "or", "pa", "ri", "so")
_TAILS = ("ca", "dor", "fy", "kin", "lex", "mart", "nia", "pho", "ro", "teq", "ux", "va", "wyn")


def rows(name: str) -> list[dict[str, str]]:
    """A file of this part."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def tested() -> list[Mark]:
    """All of them, with ids."""
    known = map(_known, rows("marks.csv"))
    made = (Mark("", name, goods, "invented", classes=CLASSES[goods]) for name, goods in _coined())
    return [marks.registered(number, mark) for number, mark in enumerate([*known, *made])]


def is_ordinary(mark: Mark) -> bool:
    """Whether this part asks for the name itself in another sense: as a word, a place or a person."""
    return any(row["mark"] == mark.text and letters(mark.text) in letters(row["title"]) for row in rows("senses.csv"))


def _known(row: dict[str, str]) -> Mark:
    given = tuple(filter(None, [row["zh"]]))
    short = tuple(filter(None, [row["short"]]))
    return Mark(
        "",
        row["name"],
        row["goods"],
        "known",
        aliases=(*given, *short),
        short=short,
        classes=tuple(map(int, row["classes"].split("|"))),
        local=tuple((script, row[script]) for script in SCRIPTS if row[script]),
        emoji=row["emoji"],
    )


def _coined() -> Iterator[tuple[str, str]]:
    random = Random(seed_of(SEED, "coined"))  # noqa: S311  (nothing here is secret)
    made: dict[str, str] = {}
    while len(made) < COINED:
        middle = random.choice(_MIDDLES) if random.random() < 0.7 else ""
        name = random.choice(_HEADS) + middle + random.choice(_TAILS)
        made.setdefault(name.capitalize(), random.choice(sorted(CLASSES)))
    return iter(made.items())
