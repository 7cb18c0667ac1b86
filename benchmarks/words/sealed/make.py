"""The marks and listings of ``sealed``."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.words import material
from benchmarks.words.cases import Case, Kind, Mark, seed_of
from benchmarks.words.letters import letters
from benchmarks.words.sealed import names
from benchmarks.words.sealed.names import SEED
from benchmarks.words.sealed.tricks import TRICKS, Trick

HERE = Path(__file__).parent / "data"
PLAIN, HONEST, REFERENCES, MENTIONS = 400, 1500, 400, 240


def made(data: Path, each: int) -> tuple[list[Mark], list[Case]]:
    """The same for the same data and code."""
    tested = names.marks_of(data)
    cases = [
        *(case for family, tricks in TRICKS.items() for case in _hidden(family, tricks, tested, each)),
        *_filled(Kind.PLAIN, "use", "as registered", tested, PLAIN),
        *_filled(Kind.COMPATIBLE, "reference", "written", tested, REFERENCES),
        *_filled(Kind.COMPATIBLE, "mention", "mention", tested, MENTIONS),
        *_honest(data, tested),
    ]
    return tested, cases


def _titles(kind: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with (HERE / "titles.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["kind"] == kind:
                found.setdefault(row["goods"], []).append(row["title"])
    return found


def _hidden(family: str, tricks: dict[str, Trick], tested: list[Mark], each: int) -> Iterator[Case]:
    for name, trick in tricks.items():
        random = Random(seed_of(SEED, family, name))  # noqa: S311  (nothing here is secret)
        many = 0
        for mark in random.sample(tested, len(tested)):
            written = trick(random, _cased(random, mark.text)) if many < each else None
            if written and _differs(written, mark.text):
                yield _listing(Kind.DISGUISED, family, name, random, mark, written, "use")
                many += 1


def _differs(written: str, name: str) -> bool:
    """Whether what is written is not the name itself, but for case."""
    return written.casefold() != name.casefold()


def _cased(random: Random, name: str) -> str:
    return random.choice((name, name, name.lower(), name.upper()))


def _listing(kind: Kind, family: str, name: str, random: Random, mark: Mark, written: str, of: str) -> Case:
    by_goods = _titles(of)
    title = random.choice(by_goods.get(mark.goods) or [each for some in by_goods.values() for each in some])
    start = title.index("{}")
    span = ("title", start, start + len(written))
    spans = (span,) if kind in (Kind.PLAIN, Kind.DISGUISED) else ()
    return Case(kind, family, name, True, mark, title.replace("{}", written), source="sealed", spans=spans)


def _filled(kind: Kind, of: str, variant: str, tested: list[Mark], count: int) -> Iterator[Case]:
    random = Random(seed_of(SEED, of))  # noqa: S311  (nothing here is secret)
    for _ in range(count):
        mark = random.choice(tested)
        yield _listing(kind, of, variant, random, mark, mark.text, of)


def _honest(data: Path, tested: list[Mark]) -> Iterator[Case]:
    """Real titles without the letters of any of the marks."""
    own = [letters(mark.text) for mark in tested]
    titles = sorted({title for _, title, _, _ in material.rows(data)})
    random = Random(seed_of(SEED, "honest"))  # noqa: S311  (nothing here is secret)
    free = (title for title in random.sample(titles, len(titles)) if not any(name in letters(title) for name in own))
    for title, _ in zip(free, range(HONEST), strict=False):
        yield Case(Kind.HONEST, "honest", "real", False, None, title, source="sealed")
