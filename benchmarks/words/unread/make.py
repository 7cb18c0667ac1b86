"""The marks and listings of ``unread``."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.words import bystanders
from benchmarks.words.cases import Case, Kind, Mark, seed_of
from benchmarks.words.unread import local, names, plain
from benchmarks.words.unread.names import SEED, Named, rows
from benchmarks.words.unread.titles import listing, uses
from benchmarks.words.unread.tricks import WAYS, Way

HONEST, PLAIN_EACH = 1500, 60
#: How many marks each reference and mention is made of; in how many titles another brand is put.
EACH_OTHER, EACH_NEAR = 6, 6


def made(data: Path, each: int) -> tuple[list[Mark], list[Case]]:
    """The same for the same data and code."""
    tested = names.tested()
    marks = [named.mark for named in tested]
    hidden = [named for named in tested if not names.is_ordinary(named.mark)]
    cases = [
        *(case for family, name, way in _ways() for case in _hidden(family, name, way, hidden, each)),
        *local.cases(marks, each),
        *_in_two_fields(hidden, each),
        *_lower_short(tested),
        *plain.cases(marks, PLAIN_EACH),
        *_others(tested),
        *bystanders.senses("unread", rows("senses.csv"), marks),
        *bystanders.near("unread", SEED, rows("near.csv") * EACH_NEAR, marks, uses),
        *bystanders.honest("unread", SEED, rows("honest.csv"), marks, data, HONEST),
    ]
    return marks, cases


def _ways() -> Iterator[tuple[str, str, Way]]:
    return ((family, name, way) for family, ways in WAYS.items() for name, way in ways.items())


def _hidden(family: str, name: str, way: Way, tested: list[Named], each: int) -> Iterator[Case]:
    random = Random(seed_of(SEED, family, name))  # noqa: S311  (nothing here is secret)
    many = 0
    for named in random.sample(tested, len(tested)) * 2:
        cased = random.choice((str, str, str.lower, str.upper))(named.mark.text)
        written = way(random, cased) if many < each else None
        if written and written.casefold() != cased.casefold():
            yield listing(random, named.mark, written, family, name, uses(named.mark.goods))
            many += 1


def _in_two_fields(tested: list[Named], each: int) -> Iterator[Case]:
    """The first word in the title, the others in the brand, the attributes or the description."""
    random = Random(seed_of(SEED, "fields"))  # noqa: S311  (nothing here is secret)
    fit = [named.mark for named in tested if " " in named.mark.text and len(named.mark.text.split()[0]) > 3]
    for mark in (fit * 3)[:each]:
        first, rest = mark.text.split(" ", 1)
        field = random.choice(("brand", "attributes", "description"))
        text = {"brand": rest, "attributes": f'{{"line": "{rest}"}}', "description": f"{rest}, new, with box"}[field]
        case = listing(random, mark, first, "over fields", f"title and {field}", uses(mark.goods))
        at = text.index(rest)
        yield replace(case, **{field: text}, spans=(*case.spans, (field, at, at + len(rest))))


def _lower_short(tested: list[Named]) -> Iterator[Case]:
    """A short form that was given, in any case, at the head of a title of fitting goods."""
    random = Random(seed_of(SEED, "short"))  # noqa: S311  (nothing here is secret)
    for named in tested:
        for short in named.mark.short:
            for written in dict.fromkeys((short, short.capitalize(), short.lower())):
                titles = [t for t in uses(named.mark.goods) if t.startswith("{}")] or ["{} " + named.mark.goods]
                yield listing(random, named.mark, written, "given short forms", "any case, head of title", titles)


def _others(tested: list[Named]) -> Iterator[Case]:
    """References and mentions."""
    random = Random(seed_of(SEED, "others"))  # noqa: S311  (nothing here is secret)
    by_goods: dict[str, list[Mark]] = {}
    for named in tested:
        by_goods.setdefault(named.mark.goods, []).append(named.mark)
    for row in rows("others.csv"):
        variant = "written" if row["kind"] == "reference" else "mention"
        for mark in random.sample(by_goods[row["goods"]], min(EACH_OTHER, len(by_goods[row["goods"]]))):
            title = row["title"].replace("{}", mark.text)
            yield Case(Kind.COMPATIBLE, row["kind"], variant, False, mark, title, source="unread")
