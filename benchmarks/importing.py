"""
A million listings into an installation: ``python -m benchmarks.importing --rows 1000000 [--database URL]``.

Writes a file of invented listings as CSV and as Parquet, sets up an installation of its own and runs
``touchmark import`` as an operator would: the file, killed without warning half-way and begun again; then the same file
once more, of which nothing is to be written. Says how many rows a second each took, the peak of memory, and whether
every listing is there once. ``--database`` names an empty database on PostgreSQL; without it, SQLite in a temporary
folder.
"""

import argparse
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

TOUCHMARK = [sys.executable, "-c", "from touchmark.ops.cli import main; raise SystemExit(main())"]
WORDS = ("bag", "case", "shirt", "lamp", "watch", "dress", "phone", "wallet", "scarf", "boots", "ring", "charger")
ROWS_AT_ONCE = 50_000
COUNTS = (
    "import django; django.setup(); from touchmark.apps.catalog.models import Listing; print(Listing.objects.count())"
)


@dataclass(frozen=True)
class Ran:
    """One run of the command: how it ended, how long it took, and the most memory that it held, in MB."""

    code: int
    seconds: float
    peak: float
    told: str


def main() -> None:
    """Measure and print."""
    options = _options()
    print("| file | run | rows/s | peak MB | ended |\n|---|---|---|---|---|")
    for suffix in options.formats.split(","):
        with TemporaryDirectory() as name:
            _measure(Path(name), suffix, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.importing")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--formats", default="csv,parquet")
    parser.add_argument("--database", default="", help="postgres://… of an empty database; it is filled and left so")
    return parser.parse_args()


def _measure(folder: Path, suffix: str, options: argparse.Namespace) -> None:
    """One file, cut short by a kill, gone on with, and given again."""
    file = _written(folder / f"listings.{suffix}", options.rows)
    settings = _environment(folder, options.database)
    for command in (["migrate"], ["open-marketplace", suffix]):
        subprocess.run([*TOUCHMARK, *command], env=settings, check=True, capture_output=True)
    before = _count(settings)
    command = ["import", "listings", str(file), "--marketplace", suffix]
    cut = _run(command, settings, kill_at=options.rows // 3)
    there = _count(settings) - before
    _tell(suffix, "killed", there / cut.seconds, cut)
    rest = _run(command, settings)
    _tell(suffix, "begun again", (options.rows - there) / rest.seconds, rest)
    again = _run(command, settings)
    _tell(suffix, "the same file again", options.rows / again.seconds, again)
    print(f"\n{_count(settings) - before:,} of {options.rows:,} listings are there; {again.told.splitlines()[0]}\n")


def _environment(folder: Path, database: str) -> Mapping[str, str]:
    place = {"TOUCHMARK_DATABASE_URL": database} if database else {}
    secret = {"TOUCHMARK_SECRET_KEY": "a key of this measuring alone, which keeps nothing"}
    settings = {"DJANGO_SETTINGS_MODULE": "touchmark.site.settings", "TOUCHMARK_VAR": str(folder / "var")}
    return {**os.environ, **settings, **secret, **place}


def _count(settings: Mapping[str, str]) -> int:
    ran = subprocess.run([sys.executable, "-c", COUNTS], env=settings, check=True, capture_output=True, text=True)
    return int(ran.stdout)


def _run(command: list[str], settings: Mapping[str, str], kill_at: int = 0) -> Ran:
    """Run to the end, or until it says that so many rows are in, and then kill it where it stands."""
    begun = time.monotonic()
    pipe = subprocess.PIPE
    process = subprocess.Popen([*TOUCHMARK, *command], env=settings, stdout=pipe, stderr=pipe, text=True)
    watcher = threading.Thread(target=_watch, args=(process, kill_at), daemon=True)
    watcher.start()
    told = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    watcher.join()
    return Ran(process.returncode, time.monotonic() - begun, usage.ru_maxrss / 1024, told)


def _watch(process: "subprocess.Popen[str]", kill_at: int) -> None:
    for line in process.stderr or ():
        done = re.search(r"([\d,]+) listings", line)
        if kill_at and done and int(done[1].replace(",", "")) >= kill_at:
            process.kill()


def _tell(suffix: str, run: str, rate: float, ran: Ran) -> None:
    ended = {0: "done", -9: "killed"}.get(ran.code, f"code {ran.code}")
    print(f"| {suffix} | {run} | {rate:,.0f} | {ran.peak:,.0f} | {ended} |", flush=True)


def _written(path: Path, rows: int) -> Path:
    parts = _tables(rows)
    first = next(parts)
    writer = pa.csv.CSVWriter if path.suffix == ".csv" else pa.parquet.ParquetWriter
    with writer(path, first.schema) as stream:
        stream.write_table(first)
        for part in parts:
            stream.write_table(part)
    return path


def _tables(rows: int) -> Iterator[pa.Table]:
    rng = np.random.default_rng(7)
    for start in range(0, rows, ROWS_AT_ONCE):
        yield _listings(np.arange(start, min(start + ROWS_AT_ONCE, rows)), rng)


def _listings(numbers: np.ndarray, rng: np.random.Generator) -> pa.Table:
    """Listings of some 300 bytes: a title of eight words, a text of thirty, a seller of twenty thousand."""
    words = np.array(WORDS)
    many = len(numbers)

    def text(length: int) -> list[str]:
        return [" ".join(row) for row in words[rng.integers(0, len(words), (many, length))]]

    return pa.table(
        {
            "listing_id": [f"L{number:08d}" for number in numbers],
            "seller_id": [f"S{seller:05d}" for seller in rng.integers(0, 20_000, many)],
            "title": text(8),
            "description": text(30),
            "price": [f"{price:.2f}" for price in rng.uniform(3, 900, many)],
            "currency": ["EUR"] * many,
            "sold_count": [str(count) for count in rng.integers(0, 500, many)],
        }
    )


if __name__ == "__main__":
    main()
