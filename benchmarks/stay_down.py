"""
Stay-down over a catalogue: ``python -m benchmarks.stay_down``. Needs nothing but this machine, and invents the titles.

So many listings are on sale, in so many shops; each shop had some removed before. Every tenth listing is one of its own
shop's removed ones again, with a word changed; the others are new. Listings lie in no order of their shops, as in a
catalogue. Sketching the titles and comparing each listing with its shop's removed ones are measured apart, on one core,
in CPU time, and it is printed how many of those that came back were known, and how many others were taken for one.
"""

import argparse
import random
import time

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.returned.match import Traces, came_back
from touchmark.engine.screening.returned.traces import sketches

WORDS = 40_000
LENGTH = 9


def main() -> None:
    """Invent, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stay_down")
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--shops", type=int, default=20_000)
    parser.add_argument("--removed", type=int, default=50, help="removed before, of each shop")
    options = parser.parse_args()
    dice = random.Random(11)  # noqa: S311  # to be the same each time
    words = ["".join(dice.choices("abcdefghiklmnoprstuvw", k=dice.randint(3, 9))) for _ in range(WORDS)]
    removed = [_title(dice, words) for _ in range(options.shops * options.removed)]
    shops = np.arange(options.listings) % options.shops
    back = np.arange(options.listings) % 10 == 0
    titles = [
        _edited(dice, words, removed[int(shop) * options.removed + dice.randrange(options.removed)])
        if again
        else _title(dice, words)
        for shop, again in zip(shops, back, strict=True)
    ]
    sketches(pa.array(titles[:1_000]))  # compiled before it is measured
    begun = time.process_time()
    asked = _traces(titles)
    sketched = time.process_time() - begun
    held = _traces(removed)
    rows = (np.arange(options.listings), shops * options.removed, (shops + 1) * options.removed)
    came_back(_traces(titles[:10]), held, tuple(row[:10] for row in rows))  # type: ignore[arg-type]
    begun = time.process_time()
    found = came_back(asked, held, rows)
    compared = time.process_time() - begun
    known = np.zeros(options.listings, np.bool_)
    known[found.listing] = True
    print(f"{options.listings:,} listings, {options.shops:,} shops, {len(removed):,} removed before")
    print(f"sketched in {sketched:.1f} s of CPU time, compared in {compared:.1f} s")
    again, others = int((known & back).sum()), int((known & ~back).sum())
    print(f"came back: {again:,} of {int(back.sum()):,} known; others taken for one: {others:,}")


def _title(dice: random.Random, words: list[str]) -> str:
    return " ".join(dice.choices(words, k=LENGTH))


def _edited(dice: random.Random, words: list[str], title: str) -> str:
    parts = title.split()
    parts[dice.randrange(len(parts))] = dice.choice(words)
    return " ".join(parts)


def _traces(titles: list[str]) -> Traces:
    return Traces.of(sketches(pa.array(titles)), [np.empty((0, 32), np.uint8)] * len(titles))


if __name__ == "__main__":
    main()
