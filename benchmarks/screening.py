"""
The whole line from files to findings: ``python -m benchmarks.screening --rights F --listings F [F …]``.

Prints a Markdown table per question: what it cost, and what was found. Each run is a process of its own, so that its
memory is its own. With ``--repeat`` the rows of a CSV file are screened so many times over, as a longer file; with
``--photos`` each listing has one of the photos of a folder, in turn.
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from touchmark.engine.screening.schemas import ASSESSMENTS, FINDINGS
from touchmark.engine.screening.snapshot import store
from touchmark.engine.terms import Verdict, Way
from touchmark.integrations.files.reading import open_table
from touchmark.integrations.files.tables import LISTINGS
from touchmark.integrations.files.writing import Outputs
from touchmark.ops.register import compiled
from touchmark.ops.screening import BATCH, Screening, screened
from touchmark.runners.local import LocalRunner, usable_cores

Measured = dict[str, Any]


def main() -> None:
    """Measure and print."""
    options = _options()
    if options.one:
        print(json.dumps(_one(options)))
        return
    with TemporaryDirectory() as folder:
        snapshot = options.rights
        if not snapshot.is_dir():
            snapshot = Path(folder) / "snapshot"
            print(_compile(options, snapshot), end="\n\n")
        files = [_prepared(path, options, Path(folder)) for path in options.listings]
        runs = [_in_own_process(options, path, snapshot, n) for n in options.workers for path in files]
    print(_costs(runs), end="\n\n")
    print(_found([run for run in runs if run["workers"] == options.workers[0]]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screening")
    parser.add_argument("--rights", type=Path, required=True, help="a register, or a snapshot compiled before")
    parser.add_argument("--listings", type=Path, nargs="+", required=True)
    parser.add_argument("--images", type=Path, help="all pictures (default: beside the first file)")
    parser.add_argument("--workers", type=int, nargs="+", default=sorted({1, usable_cores()}))
    parser.add_argument("--times", type=int, default=3, help="runs of each; the fastest counts")
    parser.add_argument("--repeat", type=int, default=1, help="rows of each file so many times over")
    parser.add_argument("--photos", type=Path, help="a folder of photos for the listings")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 3, 31))
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _prepared(listings: Path, options: argparse.Namespace, folder: Path) -> Path:
    """The file as it is to be screened: itself, or made longer, or given photos."""
    if options.repeat == 1 and not options.photos:
        return listings
    photos = sorted(str(path.relative_to(options.photos)) for path in _photos(options.photos)) or [""]
    path = folder / f"{options.repeat} x {listings.name}"
    with listings.open(encoding="utf-8", newline="") as given, path.open("w", encoding="utf-8", newline="") as made:
        reader = csv.DictReader(given)
        writer = csv.DictWriter(made, list(dict.fromkeys([*(reader.fieldnames or []), "images"])))
        writer.writeheader()
        rows = list(reader) * options.repeat
        writer.writerows(row | {"images": photos[place % len(photos)]} for place, row in enumerate(rows))
    return path


def _photos(folder: Path | None) -> Iterator[Path]:
    return (path for path in (folder.rglob("*") if folder else ()) if path.suffix in (".jpg", ".jpeg", ".png", ".webp"))


def _compile(options: argparse.Namespace, into: Path) -> str:
    begun, cpu = time.perf_counter(), time.process_time()
    snapshot, problems = compiled(options.rights, options.images)
    seconds, cpu_seconds = time.perf_counter() - begun, time.process_time() - cpu
    store.save(snapshot, into)
    size = sum(path.stat().st_size for path in into.rglob("*") if path.is_file())
    return table(
        ["rights", "spellings", "pictures", "compiled in", "CPU", "snapshot", "problems"],
        [
            [
                f"{len(snapshot):,}",
                f"{len(snapshot.marks):,}",
                f"{len(snapshot.images):,}",
                f"{seconds:.1f} s",
                f"{cpu_seconds:.1f} s",
                f"{size / 1e6:.1f} MB",
                f"{len(problems):,}",
            ]
        ],
    )


def _in_own_process(options: argparse.Namespace, listings: Path, snapshot: Path, workers: int) -> Measured:
    """The fastest of several runs, each in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.screening", "--one", f"--rights={snapshot}", f"--listings={listings}"]
    command += [
        f"--images={options.photos or options.images or options.listings[0].parent}",
        f"--workers={workers}",
        f"--as-of={options.as_of}",
    ]
    runs = [
        json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout) for _ in range(options.times)
    ]
    return min(runs, key=lambda run: run["seconds"])


def _one(options: argparse.Namespace) -> Measured:
    (listings,), (workers,) = options.listings, options.workers
    screening = Screening(snapshot=options.rights, images=options.images, on=options.as_of)
    screening.opened()
    reader = open_table(listings, LISTINGS, batch_rows=BATCH)
    ways: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    problems = 0

    def count(found: Sequence[object]) -> None:
        nonlocal problems
        problems += len(found)

    begun = time.perf_counter()
    with TemporaryDirectory() as folder, Outputs() as files:
        findings = files.add(Path(folder) / "findings.csv", FINDINGS)
        assessments = files.add(Path(folder) / "assessments.csv", ASSESSMENTS)
        for done in screened(reader, screening, LocalRunner(workers), count):
            findings.write(done.findings)
            assessments.write(done.assessments)
            ways.update(map(str, done.findings.column("way").to_pylist()))
            verdicts.update(map(str, done.assessments.column("verdict").to_pylist()))
    return {
        "file": listings.name,
        "bytes": listings.stat().st_size,
        "workers": workers,
        "seconds": time.perf_counter() - begun,
        "cpu": sum(_cpu(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)),
        "peak": max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, _peak_of_workers()) * 1024,
        "ways": ways,
        "verdicts": verdicts,
        "problems": problems,
    }


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _peak_of_workers() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def _costs(runs: list[Measured]) -> str:
    rows = []
    for run in runs:
        count = sum(run["verdicts"].values())
        rows.append(
            [
                run["file"],
                str(run["workers"]),
                f"{count:,}",
                f"{run['seconds']:.2f} s",
                f"{count / run['seconds']:,.0f}",
                f"{run['bytes'] / run['seconds'] / 1e6:.2f}",
                f"{run['cpu']:.2f} s",
                f"{run['peak'] / 1e6:,.0f} MB",
            ]
        )
    head = ["file", "workers", "listings", "time", "listings/s", "MB/s", "CPU in all", "peak memory of a process"]
    return table(head, rows)


def _found(runs: list[Measured]) -> str:
    ways, verdicts = [str(way) for way in Way], [str(verdict) for verdict in Verdict]
    head = ["file", "listings", *ways, *verdicts, "refused or left out"]
    rows = [
        [
            run["file"],
            f"{sum(run['verdicts'].values()):,}",
            *(f"{run['ways'].get(way, 0):,}" for way in ways),
            *(f"{run['verdicts'].get(verdict, 0):,}" for verdict in verdicts),
            f"{run['problems']:,}",
        ]
        for run in runs
    ]
    return table(head, rows)


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
