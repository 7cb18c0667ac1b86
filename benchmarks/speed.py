"""
Words at speed: ``python -m benchmarks.speed --data DATA --marks 1000000 --repeat 5 --processes 2``.

The whole of ``screen`` (findings with spans and reasons, assessments) on one core, against an exact look-up of the same
marks over the same text by ``ahocorasick_rs``, in one process, turn by turn; CPU time, the median of the runs. Those
meet the same listings again and again; so the first pass of a new process over listings never seen is told beside them.
With ``--processes``, so many at once against one alone, by the clock: for a machine that does nothing else.

The marks are those of the register of DATA, and invented ones up to the number asked for: one to three words, in which
two letters are followed by the letters that follow them in the words of DATA's titles, as in coined names; none of them
is a word of those titles. Without DATA words are made of syllables, and the titles are invented too. How fast the exact
look-up is depends on how far into names the words of a text lead, so that ``--words syllables`` gives other figures.

Compiling, the memory of screening alone and first passes are measured in processes of their own.
"""

import argparse
import csv
import json
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from touchmark.engine.screening.model import Model
from touchmark.engine.screening.schemas import LISTINGS, RIGHTS
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot import store
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.integrations.files import tables
from touchmark.integrations.files.reading import read_whole
from touchmark.ops.arrow import arrow_alone

pc: Any = pyarrow.compute

DAY = date(2026, 1, 1)
ONSETS = re.split(r"\W+", "b br c cl d dr f fl g gr h j k kl l m n p pr qu r s sh sk st t tr v w z")
VOWELS = ["a", "e", "i", "o", "u", "ai", "au", "ei", "ia", "io", "oo", "y"]
CODAS = ["", "", "", "l", "m", "n", "r", "s", "t", "x", "ck", "nd", "rt", "sk"]
SHORTEST_WORD, LONGEST_WORD = 4, 12
#: Listings to a batch, as ``touchmark screen`` reads them.
BATCH = 8192
#: Seconds for which processes screen side by side, at least, so that their starts do not matter.
LEAST_CLOCK = 20
#: Chances drawn at once, when names are coined.
CHUNK = 1 << 16


def main() -> None:
    """Measure and print."""
    options = _options()
    if options.part:
        arrow_alone()  # as ``touchmark screen`` does
        print(json.dumps(PARTS[options.part](options)))
        return
    with TemporaryDirectory() as folder:
        options.snapshot = options.snapshot or Path(folder) / "snapshot"
        compiled = _in_own_process(options, "compile") if not options.snapshot.exists() else {}
        alone, rates = _in_own_process(options, "alone"), _in_own_process(options, "rates")
        rates["first"] = {who: _in_own_process(options, who)["cpu"] for who in ("ours", "peer")}
        clock = [_by_the_clock(options, count) for count in (1, options.processes)] if options.processes > 1 else []
    print(_table(options, compiled, alone, rates, clock))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("--data", type=Path, help="real registers and listings; without it, invented ones")
    parser.add_argument("--marks", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=5, help="runs of each")
    parser.add_argument("--words", choices=["coined", "syllables"], default="coined", help="what names are made of")
    parser.add_argument("--listings", type=int, default=30_000, help="at most so many")
    parser.add_argument("--snapshot", type=Path, help="where the compiled register is, or is to be, kept")
    parser.add_argument("--processes", type=int, default=1, help="so many at once against one, by the clock")
    parser.add_argument("--part", choices=list(PARTS), help=argparse.SUPPRESS)
    return parser.parse_args()


def _in_own_process(options: argparse.Namespace, part: str) -> dict[str, Any]:
    return _told(_begun(options, part))


def _begun(options: argparse.Namespace, part: str) -> "subprocess.Popen[bytes]":
    given = [f"--{name}={value}" for name, value in vars(options).items() if value is not None and name != "part"]
    command = [sys.executable, "-m", "benchmarks.speed", f"--part={part}", *given]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def _told(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    said, _ = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    found: dict[str, Any] = json.loads(said)
    return found


def _by_the_clock(options: argparse.Namespace, processes: int) -> float:
    """Give how many listings a second so many processes screen together."""
    running = [_begun(options, "together") for _ in range(processes)]
    return float(sum(_told(process)["rate"] for process in running))


def _compile(options: argparse.Namespace) -> dict[str, Any]:
    held = [_rights(options)]  # handed over, so that it can go when it has been put in order
    cpu, (snapshot, _) = _cpu(lambda: compile_register(held.pop(), None))
    store.save(snapshot, options.snapshot)
    return {"cpu": cpu, "peak": _peak()}


def _alone(options: argparse.Namespace) -> dict[str, Any]:
    """Open the snapshot and screen everything once, with nothing else in memory."""
    batches = _listings(options)
    before = _peak()
    begun = time.perf_counter()
    snapshot = store.open(options.snapshot)
    opened, day = time.perf_counter() - begun, snapshot.as_of(DAY)
    for batch in batches:
        screen(batch, None, day, Model.default())
    held = sum(path.stat().st_size for path in options.snapshot.rglob("*") if path.is_file())
    return {"opened": opened, "peak": _peak(), "before": before, "held": held, "mapped": _mapped()}


def _rates(options: argparse.Namespace) -> dict[str, Any]:
    """Screen and look up by turns; each goes first every other time."""
    batches = _listings(options)
    texts = [_text(row) for batch in batches for row in batch.to_pylist()]
    ours, peer = _screening(options, batches), _looking_up(options, texts)
    runs: dict[str, list[float]] = {"ours": [], "peer": []}
    found: dict[str, int] = {}
    for turn in range(options.repeat + 1):
        for name, run in (("ours", ours), ("peer", peer))[:: 1 if turn % 2 else -1]:
            spent, found[name] = _cpu(run)
            runs[name] += [spent] if turn else []  # the first turn fills caches
    sizes = {"listings": len(texts), "bytes": sum(len(text.encode()) for text in texts)}
    return {**sizes, **{name: median(spent) for name, spent in runs.items()}, "found": found}


def _first_of_ours(options: argparse.Namespace) -> dict[str, Any]:
    """Screen all listings once, after one other listing, with which the machine code is loaded."""
    batches = _listings(options)
    run, other = _screening(options, batches), pa.array(["Nought to be seen here: wooden spoon, 30 cm"])
    one = {"row": pa.array([1]), "listing_id": pa.array(["other"]), "title": other}
    arrays = [one.get(field.name, pa.nulls(1, field.type)).cast(field.type) for field in LISTINGS]
    _screening(options, pa.table(arrays, schema=LISTINGS).to_batches())()
    return {"cpu": _cpu(run)[0]}


def _first_of_peer(options: argparse.Namespace) -> dict[str, Any]:
    texts = [_text(row) for batch in _listings(options) for row in batch.to_pylist()]
    run = _looking_up(options, texts)
    return {"cpu": _cpu(run)[0]}


def _together(options: argparse.Namespace) -> dict[str, Any]:
    """Screen all listings over and over, as others do at the same time: listings a second, by the clock."""
    batches = _listings(options)
    run = _screening(options, batches)
    run()
    begun, times = time.perf_counter(), 0
    while times < options.repeat or time.perf_counter() - begun < LEAST_CLOCK:
        run()
        times += 1
    return {"rate": times * sum(batch.num_rows for batch in batches) / (time.perf_counter() - begun)}


def _screening(options: argparse.Namespace, batches: list[pa.RecordBatch]) -> Callable[[], int]:
    snapshot, model = store.open(options.snapshot).as_of(DAY), Model.default()
    return lambda: sum(screen(batch, None, snapshot, model)[0].num_rows for batch in batches)


def _looking_up(options: argparse.Namespace, texts: list[str]) -> Callable[[], int]:
    """Look for every mark, in small letters, as it stands, whatever is around it; small letters come free of charge."""
    import ahocorasick_rs

    marks = sorted({text.lower() for text in _rights(options)["text"].to_pylist() if text})
    kind = ahocorasick_rs.Implementation.ContiguousNFA
    peer = ahocorasick_rs.AhoCorasick(marks, implementation=kind)
    lowered = [text.lower() for text in texts]
    return lambda: sum(len(peer.find_matches_as_indexes(text, overlapping=True)) for text in lowered)


def _cpu(run: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    result = run()
    return time.process_time() - begun, result


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _mapped() -> int:
    """Memory that is pages of files, which processes share; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"RssFile:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) * 1024 if found else 0


PARTS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]]
PARTS = {"compile": _compile, "alone": _alone, "rates": _rates, "together": _together}
PARTS |= {"ours": _first_of_ours, "peer": _first_of_peer}


def _rights(options: argparse.Namespace) -> pa.Table:
    """Give the register of DATA, and invented word marks up to the number asked for."""
    real = RIGHTS.empty_table()
    if options.data:
        real, _ = read_whole(options.data / "register" / "rights.csv", tables.RIGHTS)
    many = max(0, options.marks - real.num_rows)
    return pa.concat_tables([real, _invented_rights(options, many, real.num_rows)])


def _invented_rights(options: argparse.Namespace, many: int, before: int) -> pa.Table:
    draw = np.random.default_rng(1)
    counts = draw.choice([1, 2, 3], many, p=[0.4, 0.4, 0.2])
    words = _words(options, draw, many)
    text, *more = (words.take(pa.array(draw.integers(0, len(words), many))) for _ in range(3))
    for count, word in enumerate(more, 2):
        text = pc.if_else(pa.array(counts >= count), pc.binary_join_element_wise(text, word, " "), text)
    number = pa.array(np.arange(before, before + many) + 1)
    given = {
        "row": number,
        "right_id": pc.binary_join_element_wise("x", pc.cast(number, pa.string()), "-"),
        "kind": pa.repeat("word_mark", many),
        "text": text,
        "brand": text,
    }
    columns = [given.get(field.name, pa.nulls(many, field.type)) for field in RIGHTS]
    return pa.table(columns, schema=RIGHTS)


def _words(options: argparse.Namespace, draw: np.random.Generator, many: int) -> Any:
    """Invent half as many words as are asked for, so that words recur; none twice."""
    some = max(1000, many // 2)
    return pc.unique(
        _coined(options, draw, some) if options.data and options.words == "coined" else _spelled(draw, some)
    )


def _spelled(draw: np.random.Generator, many: int) -> Any:
    """Invent words of two or three syllables."""
    syllables = np.array([onset + vowel + coda for onset in ONSETS for vowel in VOWELS for coda in CODAS])
    parts = [pa.array(syllables).take(pa.array(draw.integers(0, len(syllables), many))) for _ in range(3)]
    short, long = (pc.binary_join_element_wise(*parts[:count], "") for count in (2, 3))
    return pc.if_else(pa.array(draw.random(many) < 0.5), short, long)


def _coined(options: argparse.Namespace, draw: np.random.Generator, many: int) -> Any:
    """Invent words letter by letter, each after the two before it as in the words of the titles."""
    follows: dict[str, list[str]] = defaultdict(list)
    titles = " ".join(row["title"].lower() for row in _unique(_real_rows(options.data)))
    real = set(re.findall("[a-z]{3,}", titles))
    for word in sorted(real):
        for at in range(len(word) + 1):
            follows[f"  {word}"[at : at + 2]].append(f"{word} "[at])
    chances = (chance for _ in iter(int, 1) for chance in draw.random(CHUNK).tolist())
    found: list[str] = []
    while len(found) < many:
        word = "  "
        while not (len(word) > 2 and word.endswith(" ")) and len(word) < LONGEST_WORD + 2:
            choices = follows[word[-2:]]
            word += choices[int(next(chances) * len(choices))]
        if len(word.strip()) >= SHORTEST_WORD and word.strip() not in real:
            found.append(word.strip())
    return pa.array(found)


def _listings(options: argparse.Namespace) -> list[pa.RecordBatch]:
    rows = list(_unique(_real_rows(options.data) if options.data else _invented_rows(options)))[: options.listings]
    columns: dict[str, Any] = {name: [row.get(name) for row in rows] for name in ("title", "brand", "description")}
    columns |= {"row": range(1, len(rows) + 1), "listing_id": [f"l{number}" for number in range(len(rows))]}
    arrays = [pa.array(columns.get(field.name, [None] * len(rows)), field.type) for field in LISTINGS]
    batches: list[pa.RecordBatch] = pa.table(arrays, schema=LISTINGS).to_batches(max_chunksize=BATCH)
    return batches


def _unique(rows: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    seen: set[str] = set()
    for row in rows:
        if row.get("title") and row["title"] not in seen:
            seen.add(row["title"])
            yield row


def _real_rows(data: Path) -> Iterator[dict[str, str]]:
    for path in sorted((data / "listings" / "er_magellan").rglob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            for side in line.split("\t")[:2]:
                fields = dict(part.split(" VAL ", 1) for part in side.split("COL ") if " VAL " in part)
                title, brand = fields.get("title") or fields.get("name", ""), fields.get("brand", "")
                yield {"title": title.strip(), "brand": brand.strip(), "description": ""}
    for name in ("general", "resale", "suspected"):
        with (data / "listings" / f"{name}.csv").open(encoding="utf-8") as file:
            yield from csv.DictReader(file)


def _invented_rows(options: argparse.Namespace) -> Iterator[dict[str, str]]:
    """Titles of invented words, every third with a mark among them."""
    draw, many = np.random.default_rng(2), options.listings
    marks = _invented_rights(options, options.marks, 0)["text"].to_pylist()
    words: list[str] = _spelled(draw, many * 12).to_pylist()
    chosen: NDArray[np.int64] = draw.integers(0, len(marks), many)
    for number in range(many):
        title = " ".join(words[number * 12 : number * 12 + 12])
        with suppress(IndexError):
            yield {"title": f"{marks[chosen[number]]} {title}" if number % 3 == 0 else title, "brand": ""}


def _text(row: dict[str, Any]) -> str:
    return "\n".join(row[name] for name in ("title", "brand", "description") if row[name])


def _table(
    options: argparse.Namespace,
    compiled: dict[str, Any],
    alone: dict[str, Any],
    rates: dict[str, Any],
    clock: list[float],
) -> str:
    listings, first = rates["listings"], rates["first"]
    lines = [
        f"{options.marks:,} marks, {listings:,} listings of {rates['bytes'] / listings:.0f} bytes, "
        f"median of {options.repeat}, CPU time",
        "",
        "| what | listings/s | first pass | found |",
        "| --- | ---: | ---: | ---: |",
        _row("screen, findings and assessments", listings, rates, "ours"),
        _row("ahocorasick_rs, exact look-up", listings, rates, "peer"),
        f"| ratio | {rates['peer'] / rates['ours']:.2f} | {first['peer'] / first['ours']:.2f} | |",
        "",
        f"Opened in {alone['opened'] * 1000:.0f} ms; peak memory of screening {alone['peak'] / 1e6:.0f} MB, of which "
        f"{alone['before'] / 1e6:.0f} MB before the snapshot; {alone['mapped'] / 1e6:.0f} MB are pages of files, which "
        f"processes share. Snapshot {alone['held'] / 1e6:.0f} MB.",
    ]
    if compiled:
        lines.append(f"Compiled in {compiled['cpu']:.0f} s of CPU time, peak {compiled['peak'] / 1e6:.0f} MB.")
    if clock:
        one, several = clock
        lines.append(
            f"By the clock, listings/s: one process {one:,.0f}, {options.processes} together {several:,.0f}, "
            f"{several / one:.2f} times as many."
        )
    return "\n".join(lines)


def _row(what: str, listings: int, rates: dict[str, Any], who: str) -> str:
    found = f"{rates['found'][who]:,}"
    return f"| {what} | {listings / rates[who]:,.0f} | {listings / rates['first'][who]:,.0f} | {found} |"


if __name__ == "__main__":
    main()
