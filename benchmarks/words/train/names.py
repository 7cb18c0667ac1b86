"""Brands to grow trees on, none of another part: well-known, real (some are ordinary words), coined, and short ones."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.words import invented, marks, material
from benchmarks.words.cases import Mark, Part, seed_of
from benchmarks.words.fresh import names as fresh
from benchmarks.words.letters import is_latin, letters, words

HERE = Path(__file__).parent / "data"
#: How many of each kind, beside the well-known ones; and how many of the real ones are ordinary words.
REAL, ORDINARY, COINED, SHORT = 520, 160, 420, 140
#: Names of so many letters are short.
LEAST = 4
_GOODS = tuple(marks.CLASSES)


def marks_of(data: Path, seen: str) -> list[Mark]:
    """
    The marks of this part, sorted by their id; no name stands within another.

    :param seen: the letters of all titles, put one after another
    """
    elsewhere = _elsewhere(data, seen)
    chosen: dict[str, Mark] = {}
    real = [mark for mark in _real(data) if marks.fit(mark.text)]
    rare = [mark for mark in real if not _ordinary(data, mark.text) and letters(mark.text) not in seen]
    common = [mark for mark in real if _ordinary(data, mark.text)]
    short = [mark for mark in (*_real(data), *_coined(data)) if len(letters(mark.text)) == LEAST]
    long = [mark for mark in _coined(data) if marks.fit(mark.text)]
    for group, limit in ((known(), 1000), (short, SHORT), (rare, REAL), (common, ORDINARY), (long, COINED)):
        taken = 0
        for mark in group:
            own = letters(mark.text)
            if taken < limit and own not in elsewhere and not marks.is_nested(mark, chosen):
                chosen[own] = mark
                taken += 1
    return [marks.registered(number, mark) for number, mark in enumerate(chosen.values())]


def known() -> list[Mark]:
    """The well-known brands of this part."""
    with (HERE / "known.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [Mark("", r["name"], r["goods"], "known", classes=tuple(map(int, r["classes"].split("|")))) for r in rows]


def _elsewhere(data: Path, seen: str) -> set[str]:
    """The letters of all names of the other parts."""
    drawn = [mark for part in (Part.TUNE, Part.REPORT) for mark in marks.marks_of(data, part, seen)]
    every = [*drawn, *fresh.marks_of(data, seen), *marks.known()]
    return {letters(name) for mark in every for name in (mark.text, *mark.aliases)}


def _ordinary(data: Path, name: str) -> bool:
    return all(word in material.vocabulary(data) for word in words(name))


def _fit(name: str) -> bool:
    return marks.fit(name) or (name.isalpha() and len(letters(name)) == LEAST)


def _real(data: Path) -> Iterator[Mark]:
    rows = json.loads((data / "brands" / "nsi_brands.json").read_text(encoding="utf-8"))
    every = sorted({name for row in rows for name in (row["name"],) if is_latin(name) and _fit(name)})
    random = Random(seed_of("train", "real"))  # noqa: S311  (nothing here is secret)
    for name in random.sample(every, len(every)):
        yield Mark("", name, random.choice(_GOODS), "named")


def _coined(data: Path) -> Iterator[Mark]:
    """Names of syllables, and names of which each letter follows two others as in real ones, in turn."""
    real = [mark.text for mark in _real(data)]
    made = zip(invented.names("train", 2 * COINED), _after_two(real), strict=False)
    for pair in made:
        yield from (Mark("", name, goods, "invented") for name, goods in pair)


def _after_two(real: Sequence[str]) -> Iterator[tuple[str, str]]:
    after: dict[str, str] = defaultdict(str)
    for name in real:
        for word in words(name):
            padded = f"^^{word}$"
            for at in range(2, len(padded)):
                after[padded[at - 2 : at]] += padded[at]
    random = Random(seed_of("train", "coined"))  # noqa: S311  (nothing here is secret)
    for _ in range(2 * COINED):
        many = 1 if random.random() < 0.75 else 2
        name = " ".join(_word(random, after) for _ in range(many))
        if LEAST <= len(letters(name)) <= 15:
            yield name, random.choice(_GOODS)


def _word(random: Random, after: dict[str, str]) -> str:
    word = "^^"
    while not word.endswith("$") and len(word) < 14:
        word += random.choice(after[word[-2:]])
    return word.strip("^$").capitalize()
