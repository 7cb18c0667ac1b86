"""``touchmark screen``: a file of listings against a register, to findings and assessments."""

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from touchmark.ops import arguments, clock
from touchmark.ops.arrow import arrow_alone

if TYPE_CHECKING:
    import pyarrow as pa

    from touchmark.engine.screening.compare.context import Context
    from touchmark.engine.screening.looks import When
    from touchmark.integrations.files.reading import Reader
    from touchmark.integrations.files.writing import Output
    from touchmark.ops.refusals import Refusals
    from touchmark.runners.base import Runner

#: Seconds after which it is worth to start other processes, where nobody said how many there shall be.
PATIENCE = 2.0


#: When a dear look is taken at pictures: ``engine.screening.looks.When``, which is not loaded for a list of options.
WHEN = ("never", "asked", "always")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark screen`` takes."""
    add = parser.add_argument
    add("listings", metavar="LISTINGS", type=Path, help="a file: .csv, .jsonl, .ndjson or .parquet")
    add("--rights", metavar="RIGHTS|SNAPSHOT", type=Path, required=True, help="a register, or one compiled before")
    add("--images", metavar="DIR", type=arguments.existing_folder, help="all pictures (default: beside each file)")
    add("--sellers", metavar="FILE", type=Path, help="who sells: standing, age of the account")
    add("--out", metavar="FINDINGS", type=Path, required=True, help="where rights are used, how, how sure and why")
    add("--assessments", metavar="FILE", type=Path, help="one line per listing: risk, verdict, reasons")
    add("--refused", metavar="FILE", type=Path, help="rows and values that could not be used")
    add(
        "--rules",
        metavar="FILE",
        type=Path,
        help="thresholds and written rules of your own (docs/rules.md)",
    )
    add("--model", metavar="FILE", type=Path, help="weights of your own")
    add("--embedding", metavar="ONNX", type=Path, help="a model of your own that tells look-alikes (docs/embedding.md)")
    add("--closer", choices=WHEN, default="asked", help="look for parts of registered pictures (asked; docs/files.md)")
    add("--read-pictures", choices=WHEN, help="read the words in pictures (asked, where touchmark[ocr] is installed)")
    add("--as-of", metavar="DATE", type=arguments.day, help="the day on which rights must be in force (default: today)")
    add(
        "--min-confidence",
        metavar="P",
        type=arguments.probability,
        default=0.5,
        help="write no less sure finding (0.5)",
    )
    add(
        "--workers",
        metavar="N",
        type=arguments.workers,
        help="processes (default: one per core, for work of some length)",
    )
    add("--runner", choices=("local", "spark"), default="local", help="this machine's cores, or a cluster (local)")
    add("--master", metavar="URL", help="of the cluster: spark://host:7077")


def run(options: argparse.Namespace) -> int:
    """Screen a file; 1 where rows were refused."""
    if options.runner == "local":  # Spark wants its pandas
        arrow_alone()
    from touchmark.engine.screening.schemas import ASSESSMENTS, FINDINGS
    from touchmark.integrations.files.reading import open_table
    from touchmark.integrations.files.tables import LISTINGS
    from touchmark.integrations.files.writing import Outputs, require_apart
    from touchmark.ops.refusals import REFUSED_BY_FILE, Refusals
    from touchmark.ops.screening import BATCH

    _require_master(options)
    outputs = [path for path in (options.out, options.assessments, options.refused) if path]
    require_apart([options.listings, options.rights, *([options.sellers] if options.sellers else [])], outputs)
    listings = open_table(options.listings, LISTINGS, batch_rows=BATCH)
    with Outputs() as files:
        findings = files.add(options.out, FINDINGS)
        assessments = files.add(options.assessments, ASSESSMENTS) if options.assessments else None
        refusals = Refusals(files.add(options.refused, REFUSED_BY_FILE) if options.refused else None)
        counts = _screen(options, listings, findings, assessments, refusals)
    _tell(options, counts, refusals)
    return refusals.code


def _require_master(options: argparse.Namespace) -> None:
    """
    Refuse a cluster without an address, and what only the other runner has.

    :raises UnusableArguments: if they do not go together
    """
    if options.runner == "spark" and not options.master:
        raise arguments.UnusableArguments("--runner spark needs --master; give the cluster's address")
    if options.runner == "spark" and options.workers:
        raise arguments.UnusableArguments("--workers is this machine's; a cluster has its own, leave it out")
    if options.runner == "local" and options.master:
        raise arguments.UnusableArguments("--master is a cluster's address; give --runner spark too, or leave it out")


def _screen(
    options: argparse.Namespace,
    listings: "Reader",
    findings: "Output",
    assessments: "Output | None",
    refusals: "Refusals",
) -> Counter[str]:
    """Write all findings and assessments; how many there are of each verdict, and of findings."""
    from touchmark.engine.screening.looks import When
    from touchmark.ops.progress import Progress
    from touchmark.ops.register import snapshot_folder
    from touchmark.ops.screening import Screening, screened

    counts: Counter[str] = Counter()
    sellers = _sellers(options.sellers, refusals)
    with snapshot_folder(options.rights, options.images) as (snapshot, problems):
        refusals.add("rights", problems)
        screening = Screening(
            snapshot=snapshot,
            images=options.images or options.listings.parent,
            on=options.as_of or clock.today(),
            model=options.model,
            rules=options.rules,
            sellers=sellers,
            min_confidence=options.min_confidence,
            embedding=options.embedding,
            closer=When(options.closer),
            reading=_reading(options.read_pictures),
        )
        screening.opened()  # so that what cannot be used is said before the work begins
        screening.context = _shown(options, listings, screening.images)
        runner = _runner(options, snapshot)
        with Progress("screening", "listings") as progress:
            for done in screened(listings, screening, runner, lambda found: refusals.add("listings", found)):
                findings.write(done.findings)
                if assessments:
                    assessments.write(done.assessments)
                counts.update(map(str, done.assessments.column("verdict").to_pylist()))
                counts["findings"] += done.findings.num_rows
                progress.advance(done.assessments.num_rows, done.share)
    return counts


def _reading(asked: str | None) -> "When":
    """Read pictures where it is asked for, unless nobody said so and nothing is there to read them."""
    from touchmark.engine.screening.image.reader import installed
    from touchmark.engine.screening.looks import When

    return When(asked) if asked else When.ASKED if installed() else When.NEVER


def _runner(options: argparse.Namespace, snapshot: Path) -> "Runner":
    """This machine's cores, or a cluster, whose machines see the folder that the findings go to."""
    from touchmark.runners.local import LocalRunner, usable_cores
    from touchmark.runners.spark import SparkRunner

    if options.runner == "spark":
        parts = options.out.with_name(f".{options.out.name}.parts")
        return SparkRunner(options.master, parts, shipped=(snapshot,))
    return LocalRunner(options.workers) if options.workers else LocalRunner(usable_cores(), PATIENCE)


def _shown(options: argparse.Namespace, listings: "Reader", images: Path) -> "Context":
    """At how many sellers each picture is shown; on this machine, which is quicker at it than a cluster at starting."""
    from touchmark.engine.screening.compare.context import Context
    from touchmark.ops.progress import Progress
    from touchmark.ops.shared_photos import can_be_counted, over_the_file
    from touchmark.runners.local import LocalRunner, usable_cores

    if not can_be_counted(listings):
        return Context.none()
    with Progress("counting pictures", "listings") as progress:
        runner = LocalRunner(options.workers or usable_cores(), PATIENCE)
        return over_the_file(listings, images, runner, progress.advance)


def _sellers(path: Path | None, refusals: "Refusals") -> "pa.Table | None":
    from touchmark.integrations.files.reading import read_whole
    from touchmark.integrations.files.tables import SELLERS

    if path is None:
        return None
    sellers, problems = read_whole(path, SELLERS)
    refusals.add("sellers", problems)
    return sellers


def _tell(options: argparse.Namespace, counts: Counter[str], refusals: "Refusals") -> None:
    from touchmark.engine.terms import Verdict

    verdicts = ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in reversed(Verdict))
    print(f"{sum(counts[verdict] for verdict in Verdict):,} listings: {verdicts}")
    print(f"{counts['findings']:,} findings in {options.out}")
    for line in refusals.lines():
        print(line)
