"""
A new right among a million listings: ``python -m benchmarks.new_right --data DATA --listings 1000000``.

Writes the words of so many listings as an installation keeps them (titles, brands and descriptions of DATA, or invented
ones, over and over, each with a number of its own), then looks where a mark registered a moment ago may stand. Prints
the seconds for one new mark and for a hundred, and the size of the files.
"""

import argparse
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

BATCH = 2_000
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.new_right")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--listings", type=int, default=1_000_000)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ |= {"TOUCHMARK_VAR": folder, "DJANGO_SETTINGS_MODULE": "touchmark.site.settings"}
        _measure(options, Path(folder))


def _measure(options: argparse.Namespace, folder: Path) -> None:
    from touchmark.ops.django_setup import setup

    setup()
    from touchmark.apps.screening import shards

    for number, batch in enumerate(_batches(options)):
        keys = list(range(number * BATCH + 1, number * BATCH + 1 + batch.num_rows))
        shards.append(keys, ["0" * 64] * len(keys), batch, at=BEGUN + timedelta(seconds=number))
    size = sum(path.stat().st_size for path in folder.rglob("*.arrow"))
    print(
        f"{options.listings:,} listings, {size / 2**20:,.0f} MB of words in {len(list(folder.rglob('*.arrow')))} files"
    )
    for marks in (1, 100):
        news = _compiled(marks)
        shards.look(news)  # machine code, and the files' pages, are there from now on
        begun, busy = time.perf_counter(), time.process_time()
        _, _, found = shards.look(news)
        took, worked = time.perf_counter() - begun, time.process_time() - busy
        print(f"{marks} new marks: {len(found):,} listings found in {took:.1f} s ({worked:.1f} s of CPU time)")


def _compiled(marks: int) -> Any:
    from touchmark.engine.screening.schemas import RIGHTS
    from touchmark.engine.screening.snapshot.compile import compile_register

    words = ["Velmora", *(f"Quor{chr(97 + n // 10)}vane {chr(97 + n % 10)}lm" for n in range(marks - 1))]
    rows = [{"row": n + 1, "right_id": f"r{n}", "kind": "word_mark", "text": word} for n, word in enumerate(words)]
    return compile_register(pa.Table.from_pylist(rows, schema=RIGHTS), None)[0]


def _batches(options: argparse.Namespace) -> Iterator[pa.RecordBatch]:
    from touchmark.engine.screening.schemas import LISTINGS

    rows = islice(cycle(_texts(options.data)), options.listings)
    number = 0
    while batch := [
        {**row, "row": at + 1, "listing_id": str(at), "title": f"{row['title']} {'Velmora ' * (at % 10_000 == 0)}{at}"}
        for at, row in enumerate(islice(rows, BATCH), start=number)
    ]:
        yield pa.RecordBatch.from_pylist(batch, schema=LISTINGS)
        number += len(batch)


def _texts(data: Path | None) -> list[dict[str, Any]]:
    from touchmark.integrations.files.reading import read_whole
    from touchmark.integrations.files.tables import LISTINGS

    if data is None:
        return [{"title": f"Leather shoulder bag with chain, black, model {n}", "brand": None} for n in range(1_000)]
    files = [read_whole(data / "listings" / f"{name}.csv", LISTINGS)[0] for name in ("general", "resale", "suspected")]
    rows = [table.select(["title", "brand", "description"]).to_pylist() for table in files]
    return [{**row, "description": (row["description"] or "")[:400]} for part in rows for row in part]


if __name__ == "__main__":
    main()
