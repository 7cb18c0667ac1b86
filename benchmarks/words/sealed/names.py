"""The marks of ``sealed``: brands with a logo of their own in a collection of logos, and coined names."""

import json
from pathlib import Path
from random import Random

from benchmarks.words import invented, marks, material
from benchmarks.words.cases import Mark, Part, seed_of
from benchmarks.words.fresh import names as fresh
from benchmarks.words.letters import is_latin, letters, words
from benchmarks.words.train import names as train

SEED = "sealed 2026-11"
REAL, COINED = 150, 90


def marks_of(data: Path) -> list[Mark]:
    """The same for the same data and code; none is a name of another part, a word of titles, or near another."""
    titles = " ".join(letters(title) for _, title, _, _ in material.rows(data))
    elsewhere = {letters(name) for mark in _others(data, titles) for name in (mark.text, *mark.aliases)}
    chosen: dict[str, Mark] = {}
    for group, limit in ((_real(data), REAL), (_coined(), COINED)):
        taken = 0
        for mark in group:
            own = letters(mark.text)
            usual = all(word in material.vocabulary(data) for word in words(mark.text))
            fit = marks.fit(mark.text) and not usual and own not in elsewhere and own not in titles
            if taken < limit and fit and not marks.is_nested(mark, chosen):
                chosen[own] = mark
                taken += 1
    return [marks.registered(number, mark) for number, mark in enumerate(chosen.values())]


def _others(data: Path, titles: str) -> list[Mark]:
    drawn = [mark for part in (Part.TUNE, Part.REPORT) for mark in marks.marks_of(data, part, titles)]
    return [*drawn, *fresh.marks_of(data, titles), *train.known(), *marks.known()]


def _real(data: Path) -> list[Mark]:
    rows = json.loads((data / "logos" / "simple-icons" / "index.json").read_text(encoding="utf-8"))
    names = sorted({row["title"] for row in rows if is_latin(row["title"])})
    random = Random(seed_of(SEED, "real"))  # noqa: S311  (nothing here is secret)
    return [Mark("", name, random.choice(_GOODS), "named") for name in random.sample(names, len(names))]


def _coined() -> list[Mark]:
    return [Mark("", name, goods, "invented") for name, goods in invented.names(SEED, 4 * COINED)]


_GOODS = ("fashion", "shoes", "electronics", "jewellery", "home", "toys")
