"""Titles of ``bazaar`` in which a name is used."""

from random import Random

from benchmarks.words.bazaar.names import rows
from benchmarks.words.cases import Case, Kind, Mark

_BEYOND = {"zh", "ja", "ko", "ru", "ar", "th"}


def listing(random: Random, mark: Mark, written: str, family: str, name: str, languages: tuple[str, ...] = ()) -> Case:
    """A disguised use in a title of the mark's goods; of those in Latin letters, if no language is asked for."""
    fit = [row for row in rows("uses.csv") if row["goods"] == mark.goods]
    titles = [r["title"] for r in fit if (r["language"] in languages if languages else r["language"] not in _BEYOND)]
    title = random.choice(titles)
    start = title.index("{}")
    span = ("title", start, start + len(written))
    return Case(Kind.DISGUISED, family, name, True, mark, title.replace("{}", written), source="bazaar", spans=(span,))
