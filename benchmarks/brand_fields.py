"""
How sure it is of spellings, against brand fields: ``python -m benchmarks.brand_fields --data DIR``.

Every brand that a brand field of the real listings holds is a mark; the fields are hidden, and titles are screened. Of
each place that is said to be a mark in disguise: does the hidden field hold that very mark? Fields that hold the mark
within a longer name, or a part of it, tell neither and are left out.
"""

import argparse
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pyarrow as pa

from benchmarks.words import engine, material
from benchmarks.words.cases import Mark
from benchmarks.words.letters import letters
from benchmarks.words.measure import table
from touchmark.engine.screening import schemas
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.screen import screen
from touchmark.engine.terms import Way

#: Names of brands that are looked for; of one mark and answer at most so many titles count.
LEAST, MOST, EACH = 4, 20, 15
EDGES = (0.0, 0.1, 0.35, 0.5, 0.7, 0.9, 1.01)
Said = tuple[str, float, bool]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.brand_fields")
    parser.add_argument("--data", type=Path, required=True)
    answers = list(said(parser.parse_args().data))
    for way in (Way.DISGUISED, Way.PLAIN):
        print(f"## {way}\n\n{_by_confidence([answer for answer in answers if answer[0] == way])}\n")


def said(data: Path) -> Iterator[Said]:
    """Way, confidence and whether the hidden brand field says the same, of every place that it says anything about."""
    rows = sorted({row[1]: row for row in material.rows(data) if row[2]}.values())
    brands = sorted({letters(brand): brand for _, _, brand, _ in rows if LEAST <= len(letters(brand)) <= MOST}.items())
    marks = [Mark(f"test-{n}", brand, "home", "known") for n, (_, brand) in enumerate(brands)]
    listings = [
        {"row": n, "listing_id": str(n), "marketplace": "any", "title": row[1], "category": row[3]}
        for n, row in enumerate(rows)
    ]
    table_ = pa.Table.from_pylist(listings, schema=schemas.LISTINGS)
    found, _ = screen(table_, None, engine.compiled(engine.register(marks, [])), Model.default(), min_confidence=0.02)
    own = {mark.right_id: letters(mark.text) for mark in marks}
    counted: dict[tuple[str, str, bool], int] = {}
    for place in found.to_pylist():
        name, brand = own[place["right_id"]], letters(rows[place["row"]][2])
        key = (place["way"], name, name == brand)
        counted[key] = counted.get(key, 0) + 1
        tells = name == brand or not (name in brand or brand in name)
        if tells and counted[key] <= EACH:
            yield place["way"], place["confidence"], name == brand


def _by_confidence(answers: list[Said]) -> str:
    lines = []
    for low, high in pairwise(EDGES):
        some = [(sure, right) for _, sure, right in answers if low <= sure < high]
        if some:
            means = (sum(values) / len(some) for values in zip(*some, strict=True))
            lines.append((f"{low} to {min(high, 1)}", str(len(some)), *(f"{mean:.2f}" for mean in means)))
    brier = sum((sure - right) ** 2 for _, sure, right in answers) / max(len(answers), 1)
    return table(("confidence", "places", "said", "were"), lines) + f"\n\nBrier {brier:.3f}."


if __name__ == "__main__":
    main()
