"""The marks of ``unread``: brands written down for it, and coined names as new sellers coin them."""

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.words import marks
from benchmarks.words.cases import Mark, seed_of
from benchmarks.words.letters import letters, words

SEED = "unread 2026-12"
HERE = Path(__file__).parent / "data"
COINED = 60
CLASSES = {**marks.CLASSES, "sports": (25, 28)}
SCRIPTS = ("zh", "ru", "ko", "ja")
#: Two words in one, as in names of young brands; letters that nobody says, as in names of sellers.
_ONE = (
    "lumen",
    "fox",
    "ember",
    "nord",
    "pixel",
    "cloud",
    "tidal",
    "moss",
    "velvet",
    "quartz",
    "raven",
    "hush",
    "saffron",
    "cobalt",
    "drift",
    "juniper",
)
_TWO = (
    "haus",
    "craft",
    "nest",
    "mode",
    "forge",
    "lane",
    "works",
    "bloom",
    "wave",
    "tribe",
    "field",
    "stead",
    "kind",
    "ware",
    "loop",
    "spire",
)
_SAID = "zjkqvxwbdfghlmnprst"
_VOWELS = "aeiouoa"


@dataclass(frozen=True, slots=True)
class Named:
    """A mark and the word that everybody knows it by, where it has several."""

    mark: Mark
    part: str


def rows(name: str) -> list[dict[str, str]]:
    """A file of this part."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def tested() -> list[Named]:
    """All of them, with ids."""
    known = [(_known(row), row["part"]) for row in rows("marks.csv")]
    coined = [(Mark("", name, goods, "invented", classes=CLASSES[goods]), "") for name, goods in _coined()]
    return [Named(marks.registered(number, mark), part) for number, (mark, part) in enumerate([*known, *coined])]


def _known(row: dict[str, str]) -> Mark:
    local = tuple((script, row[script]) for script in SCRIPTS if row[script])
    given = tuple(name for script, name in local if script == "zh")
    short = tuple(filter(None, [row["short"]]))
    return Mark(
        "",
        row["name"],
        row["goods"],
        "known",
        aliases=(*given, *short),
        short=short,
        classes=tuple(map(int, row["classes"].split("|"))),
        local=local,
    )


def is_ordinary(mark: Mark) -> bool:
    """Whether this part asks for other senses of a mark: then it is an ordinary word, a place or a person."""
    return any(row["mark"] == mark.text and row["kind"] in ("ordinary word", "place") for row in rows("senses.csv"))


def _coined() -> list[tuple[str, str]]:
    random = Random(seed_of(SEED, "coined"))  # noqa: S311  (nothing here is secret)
    made: dict[str, tuple[str, str]] = {}
    while len(made) < COINED:
        name = random.choice((_blended, _seller, _seller))(random)
        if 5 <= len(letters(name)) <= 13 and words(name):
            made.setdefault(letters(name), (name, random.choice(sorted(CLASSES))))
    return list(made.values())


def _blended(random: Random) -> str:
    return random.choice(_ONE).capitalize() + random.choice(_TWO)


def _seller(random: Random) -> str:
    made = "".join(random.choice(_SAID) + random.choice(_VOWELS) for _ in range(random.choice((2, 3))))
    return random.choice((str.upper, str.capitalize))(made + random.choice(_SAID) + random.choice(("", "", "o", "i")))
