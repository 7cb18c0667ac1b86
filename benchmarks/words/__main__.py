"""Make a part of the benchmark, measure the engine on it, print tables: ``python -m benchmarks.words --help``."""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.words import engine, marks, measure
from benchmarks.words.cases import Case, Mark, Part
from benchmarks.words.fresh import headline
from benchmarks.words.parts import EACH, digest, made


def main() -> None:
    """Measure and print."""
    options = _options()
    part = Part(options.part)
    tested, cases = made(options.data, part, options.each or EACH[part])
    others = marks.distractors(options.data, part, tested, options.marks)
    print(f"# Words, part {part}: {len(cases):,} listings, {len(tested)} marks under test, {len(others):,} others")
    print(f"\nDigest of the set: `{digest(tested, cases)}`")
    snapshot = engine.compiled(engine.register(tested, others))
    list(engine.findings(cases, snapshot))  # machine code is loaded, or made, once
    begun = time.process_time()
    tally = measure.Tally(cases, engine.findings(cases, snapshot))
    seconds = time.process_time() - begun
    print(f"\nScreened in {seconds:.1f} s of CPU time.\n")
    for title, text in _tables(tally, part, options):
        print(f"## {title}\n\n{text}\n")
    if options.peers:
        print(f"## Others, on the same listings\n\n{_others(tally, seconds, tested, others, cases)}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words")
    parser.add_argument("--data", type=Path, required=True, help="the real data beside the project")
    parser.add_argument("--part", choices=list(Part), required=True)
    parser.add_argument(
        "--each", type=int, help="listings of each trick (default: 110 in tune, 60 in report, 50 in fresh)"
    )
    parser.add_argument("--summary", action="store_true", help="the figures that count, and nothing to tune by")
    parser.add_argument("--show", action="store_true", help="of fresh too, each trick and examples: then it is spent")
    parser.add_argument("--marks", type=int, default=20_000, help="other marks in the register")
    parser.add_argument("--examples", type=int, default=2, help="misses shown of each trick")
    parser.add_argument("--peers", action="store_true", help="measure other matchers on the same listings too")
    return parser.parse_args()


def _tables(tally: measure.Tally, part: Part, options: argparse.Namespace) -> list[tuple[str, str]]:
    """What is printed: of ``fresh`` and those made later the figures alone, unless more is asked for."""
    found = measure.summary(tally, headline.lines(tally) if part is Part.FRESH else ())
    if options.summary or (
        part in (Part.FRESH, Part.SEALED, Part.UNREAD, Part.BAZAAR, Part.FERRY) and not options.show
    ):
        return [("What was found", found)]
    tables = [
        ("What was found", found),
        ("By trick", measure.by_trick(tally)),
        ("Flagged, and no use", measure.by_negative(tally)),
        ("Not found", measure.missed(tally, options.examples)),
        ("Found, and not there", measure.wrong(tally, options.examples * 10)),
    ]
    return [*tables, ("By class", headline.by_class(tally))] if part is Part.FRESH else tables


def _others(
    tally: measure.Tally, seconds: float, tested: Sequence[Mark], others: Sequence[str], cases: Sequence[Case]
) -> str:
    """One line for each matcher; those that are too slow have seen fewer listings, and none of the other marks."""
    from benchmarks.words import peers  # not everybody who measures the engine has all of them

    rows = list(range(len(cases)))
    lines = [measure.compared("touchmark", tally, rows, seconds)]
    for peer in peers.measured(tested, others, cases):
        lines.append(measure.compared(peer.name, measure.Tally(cases, peer.found), peer.rows, peer.seconds))
    return measure.table(measure.COMPARED, lines)


if __name__ == "__main__":
    main()
