"""The titles of ``unread`` that have room for a name, and a disguised use in one of them."""

from random import Random

from benchmarks.words.cases import Case, Kind, Mark
from benchmarks.words.unread.names import rows

#: Languages whose titles no name in Latin letters is put into, unless they are asked for.
_BEYOND = {"zh", "ja", "ko", "ru", "ar", "th"}


def uses(goods: str, languages: tuple[str, ...] = ()) -> list[str]:
    """Titles with room for a name; in some languages, if any are given, else in those of Latin letters."""
    every = rows("uses.csv")
    fit = [row for row in every if (row["language"] in languages if languages else row["language"] not in _BEYOND)]
    return [row["title"] for row in fit if row["goods"] == goods] or [row["title"] for row in fit]


def listing(random: Random, mark: Mark, written: str, family: str, name: str, titles: list[str]) -> Case:
    """A disguised use in a title."""
    title = random.choice(titles)
    start = title.index("{}")
    span = ("title", start, start + len(written))
    return Case(Kind.DISGUISED, family, name, True, mark, title.replace("{}", written), source="unread", spans=(span,))
