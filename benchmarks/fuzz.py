"""
Listings that nobody would write, until the time is up: ``python -m benchmarks.fuzz --seconds 600 --seed 1``.

Names disguised by the tricks of ``benchmarks.words``, torn apart, put together anew and strewn with characters from
all of Unicode. Each batch must be screened without an exception, give the same rows however it is cut, and name places
that are in the text. The first listing that fails is printed as Python writes it, and the exit code is 1. A shorter
search runs with the tests (``tests/engine/screening/test_hostile.py``).
"""

import argparse
import json
import sys
import time
from random import Random
from typing import Any

import pyarrow as pa

from benchmarks.words import engine
from benchmarks.words.cases import Mark
from benchmarks.words.tricks import drawn, places, signs, spelling
from benchmarks.words.tricks.trick import TRICKS
from touchmark.engine.screening import schemas
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.snapshot import Snapshot

FAMILIES = (drawn, places, signs, spelling)  # each puts its tricks on the list
NAMES = (
    "Velmora",
    "Louis Vuitton",
    "香奈儿",
    "구찌",
    "Найк",
    "シャネル",
    "Levi's",
    "AJ1",
    "Off-White",
    "X",
    "the",
    "ภัทร",
)
FIELDS = ("title", "brand", "description", "attributes")
BATCH = 64
#: Blocks in which code points do more than stand there.
BLOCKS = (
    (0, 0x250),
    (0x300, 0x370),
    (0x590, 0x700),
    (0xE00, 0xE80),
    (0x1100, 0x1200),
    (0x2000, 0x2070),
    (0xAC00, 0xD7A4),
)


def main() -> None:
    """Search until the time is up or something fails."""
    options = _options()
    random = Random(options.seed)  # noqa: S311  (nothing here is secret)
    snapshot = engine.compiled(engine.register([Mark(f"r{n}", name, "", "") for n, name in enumerate(NAMES)], ()))
    until, done = time.monotonic() + options.seconds, 0
    while time.monotonic() < until:
        rows = [_listing(random, row) for row in range(BATCH)]
        fault = _fault(rows, snapshot, random.randrange(1, BATCH))
        if fault:
            print(f"After {done:,} listings: {fault}\n{_smallest(rows, snapshot)!r}")
            sys.exit(1)
        done += BATCH
    print(f"{done:,} listings, nothing failed (seed {options.seed}).")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _listing(random: Random, row: int) -> dict[str, Any]:
    texts = {field: _text(random) for field in FIELDS if field == "title" or random.random() < 0.3}
    if random.random() < 0.5 and "attributes" in texts:
        texts["attributes"] = json.dumps({_text(random): _text(random)}, ensure_ascii=random.random() < 0.5)
    return {"row": row, "listing_id": str(row), **texts}


def _text(random: Random) -> str:
    pieces = [_piece(random) for _ in range(random.randrange(6))]
    text = random.choice(("", " ", " ")).join(pieces)
    if random.random() < 0.1:
        text *= random.randrange(1, 60)
    return text


def _piece(random: Random) -> str:
    if random.random() < 0.3:
        return "".join(_char(random) for _ in range(random.randrange(8)))
    written = random.choice(TRICKS)(random, random.choice(NAMES)) if random.random() < 0.7 else None
    name = written.title.text if written else random.choice(NAMES)
    cut = random.randrange(len(name) + 1)
    strewn = _char(random) if random.random() < 0.3 else ""
    return random.choice((name, name[:cut] + strewn + name[cut:], name[cut:], name * 2))


def _char(random: Random) -> str:
    while True:
        code = random.randrange(*random.choice(BLOCKS)) if random.random() < 0.7 else random.randrange(0x110000)
        if not 0xD800 <= code < 0xE000:
            return chr(code)


def _fault(rows: list[dict[str, Any]], snapshot: Snapshot, size: int) -> str:
    """What is wrong with how these rows are screened, if anything is."""
    batch = pa.Table.from_pylist(rows, schema=schemas.LISTINGS)
    try:
        whole = screen(batch, None, snapshot, Model.default())
        parts = [screen(batch.slice(at, size), None, snapshot, Model.default()) for at in range(0, len(rows), size)]
    except Exception as error:  # any: that is the question
        return f"{type(error).__name__}: {error}"
    for i, name in enumerate(("findings", "assessments")):
        if not pa.concat_tables([part[i] for part in parts]).equals(whole[i]):
            return f"other {name} when cut into pieces of {size}"
    by_row = {row["row"]: row for row in rows}
    for found in whole[0].to_pylist():
        if by_row[found["row"]][found["field"]][found["start"] : found["end"]] != found["surface"]:
            return f"the surface {found['surface']!r} is not at its place"
    return ""


def _smallest(rows: list[dict[str, Any]], snapshot: Snapshot) -> list[dict[str, Any]]:
    """As few of the rows as still fail."""
    alone = next(([row] for row in rows if _fault([row], snapshot, 1)), None)
    return alone or rows


if __name__ == "__main__":
    main()
