"""Run the year twice, with everything that can go wrong and with nothing, and compare."""

import argparse
import sys
import time

from benchmarks.year.checks import differences, figure, problems
from benchmarks.year.people import cases
from benchmarks.year.workers import END, Year
from touchmark.engine.policy import day_figure


def main() -> int:
    """Print what happened and what does not hold; 1 if anything does not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args()
    began = time.process_time()
    troubled, calm = (_year(asked.notices, asked.seed, faults=faults) for faults in (True, False))
    wrong = [fault for year in (troubled, calm) for fault in problems(year.cases, year.acts, end=END)]
    differ = differences(troubled.cases, calm.cases)
    _print(troubled, calm, wrong, differ)
    print(f"{time.process_time() - began:.0f} s of CPU time")
    return 1 if wrong or differ else 0


def _year(notices: int, seed: int, *, faults: bool) -> Year:
    year = Year(list(cases(notices, seed)), seed=seed, faults=faults)
    year.run()
    return year


def _print(troubled: Year, calm: Year, wrong: list[str], differ: list[int]) -> None:
    told = troubled.told
    print(f"{len({case.notice for case in troubled.cases}):,} notices, {len(troubled.cases):,} listings")
    print(f"{len(troubled.acts):,} clocks acted; {told.by_people:,} of them were seen to when somebody acted first")
    print(
        f"{told.sweeps:,} sweeps, {told.kills:,} kills, {told.repeats:,} repeats; {told.too_late:,} deeds came too late"
    )
    print(f"problems: {len(wrong)}; cases that went otherwise than without faults: {len(differ)}")
    for fault in wrong[:20]:
        print(f"  {fault}")
    print("\nThe 24-hour figure.", " ".join(str(day_figure.__doc__).split("\n\n")[1].split()))
    for row in figure(troubled.cases, as_of=END).to_pylist():
        if not row["tier"]:
            share = "-" if row["share"] is None else f"{row['share']:.1%}"
            numbers = f"{row['within']:>8,} of {row['counted']:>8,}"
            print(f"  {row['level']:8} {row['marketplace'] or 'all':10} {numbers}  {share}")


if __name__ == "__main__":
    sys.exit(main())
