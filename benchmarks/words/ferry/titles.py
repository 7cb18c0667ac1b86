"""The titles of ``ferry`` with room for a name, and a use in one of them."""

from random import Random

from benchmarks.words.cases import Case, Kind, Mark
from benchmarks.words.ferry.names import rows

#: Languages whose titles hold names in Latin letters only where they are asked for.
_BEYOND = {"zh", "ru", "ko", "ja", "ar", "th"}


def uses(goods: str, languages: tuple[str, ...] = ()) -> list[str]:
    """Titles for such goods with room for a name, in some languages; without any, in those of Latin letters."""
    every = [row for row in rows("uses.csv") if row["goods"] == goods]
    fit = [
        row["title"] for row in every if (row["language"] in languages if languages else row["language"] not in _BEYOND)
    ]
    return fit or [row["title"] for row in every if row["language"] not in _BEYOND]


def listing(
    random: Random, mark: Mark, written: str, family: str, name: str, titles: list[str], kind: Kind = Kind.DISGUISED
) -> Case:
    """A use in one of the titles."""
    title = random.choice(titles)
    at = title.index("{}")
    spans = (("title", at, at + len(written)),)
    return Case(kind, family, name, True, mark, title.replace("{}", written), source="ferry", spans=spans)
