"""
One file, spread in every way: ``python -m benchmarks.runners --rights SNAPSHOT --listings F --repeat 40``.

``touchmark screen`` as somebody would give it, each run a process of its own: one core, two, and a Spark cluster on
this machine (a master and two workers of one core each), turn by turn. Says how many listings a second each does, how
much faster two processes are than one, what a cluster adds, and that all wrote the same bytes.
"""

import argparse
import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.cluster import Cluster, cluster
from benchmarks.screening import table
from touchmark.integrations.files.reading import open_table
from touchmark.integrations.files.tables import LISTINGS

TOUCHMARK = [sys.executable, "-c", "from touchmark.ops.cli import main; raise SystemExit(main())"]
#: What a cluster of two small machines needs to be told; the shorter part is its start.
SPARK = {"SPARK_LOCAL_IP": "127.0.0.1", "JAVA_TOOL_OPTIONS": "-XX:+UseSerialGC", "PYSPARK_PYTHON": sys.executable}

#: More than Spark asks for a process unless it is told otherwise.
MEMORY = "2g"


def main() -> None:
    """Measure and print."""
    options = _options()
    with TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        listings = _longer(options.listings, options.repeat, folder / "listings.csv")
        many = sum(batch.rows.num_rows for batch in open_table(listings, LISTINGS, batch_rows=8192))
        ways = {"one process": ["--workers", "1"], "two processes": ["--workers", "2"]}
        if not options.no_spark:
            master = running.enter_context(_two_machines(folder)).master
            ways["Spark, two machines"] = ["--runner", "spark", "--master", master]
        seconds, written = _measured(options, listings, ways, folder)
    print(_told(many, seconds))
    print(f"\nThe same bytes: {'yes' if len(set(written)) == 1 else 'NO'}.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.runners")
    parser.add_argument("--rights", type=Path, required=True, help="a snapshot, compiled before")
    parser.add_argument("--listings", type=Path, required=True, help="a CSV file")
    parser.add_argument("--repeat", type=int, default=40, help="its rows so many times over")
    parser.add_argument("--times", type=int, default=5, help="runs of each; the median counts")
    parser.add_argument("--no-spark", action="store_true", help="this machine's processes alone")
    return parser.parse_args()


def _longer(listings: Path, repeat: int, path: Path) -> Path:
    with listings.open(encoding="utf-8", newline="") as given, path.open("w", encoding="utf-8", newline="") as made:
        reader = csv.reader(given)
        head, rows = next(reader), list(reader)
        csv.writer(made).writerows([head, *rows * repeat])
    return path


@contextmanager
def _two_machines(folder: Path) -> Iterator[Cluster]:
    with (
        _environment(SPARK | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}),
        cluster(folder, 2, MEMORY) as running,
    ):
        yield running


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _measured(
    options: argparse.Namespace, listings: Path, ways: Mapping[str, Sequence[str]], folder: Path
) -> tuple[dict[str, list[float]], list[str]]:
    """Seconds of every run of each way, and a digest of what it wrote."""
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    written: list[str] = []
    for _ in range(options.times):
        for way, told in ways.items():
            out = folder / "findings.parquet"
            command = [*TOUCHMARK, "screen", str(listings), "--rights", str(options.rights), "--out", str(out), *told]
            begun = time.perf_counter()
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            seconds[way].append(time.perf_counter() - begun)
            written.append(sha256(out.read_bytes()).hexdigest())
            out.unlink()
    return seconds, written


def _told(many: int, seconds: Mapping[str, list[float]]) -> str:
    alone = median(seconds["one process"])
    rows = []
    for way, runs in seconds.items():
        ratios = sorted(one / other for one, other in zip(seconds["one process"], runs, strict=True))
        rows.append([way, f"{median(runs):.1f} s", f"{many / median(runs):,.0f}", f"{median(ratios):.2f}"])
    head = ["how", f"{many:,} listings in", "listings/s", "against one process, run by run"]
    return f"{table(head, rows)}\n\nOne process took {alone:.1f} s, its start included."


if __name__ == "__main__":
    main()
