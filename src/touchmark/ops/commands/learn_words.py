"""``touchmark learn-words``: what frequent words of a catalogue look like, for a person to review."""

import argparse
from pathlib import Path

from touchmark.ops import arguments
from touchmark.ops.arrow import arrow_alone


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark learn-words`` takes."""
    add = parser.add_argument
    add("listings", metavar="LISTINGS", type=Path, help="your own catalogue: .csv, .jsonl, .ndjson or .parquet")
    add("--rights", metavar="RIGHTS|SNAPSHOT", type=Path, required=True, help="a register, or one compiled before")
    add("--out", metavar="FILE", type=Path, required=True, help="the words seen; fill in its column `kind`")
    add("--sellers", metavar="N", type=arguments.positive, default=5, help="leave out words of fewer sellers (5)")


def run(options: argparse.Namespace) -> int:
    """Read a catalogue and write the words. Nothing is put in force: ``touchmark compile --words`` does that."""
    arrow_alone()
    from touchmark.engine.learning.words import COLUMNS, Seen
    from touchmark.engine.screening.snapshot import store
    from touchmark.integrations.files import tables
    from touchmark.integrations.files.reading import open_table
    from touchmark.integrations.files.writing import Outputs, require_apart
    from touchmark.ops.register import snapshot_folder

    seen = Seen()
    with Outputs() as files, snapshot_folder(options.rights, None) as (folder, _):
        require_apart([options.listings, options.rights], [options.out])
        output = files.add(options.out, COLUMNS)
        snapshot = store.open(folder)
        for batch in open_table(options.listings, tables.LISTINGS):
            seen.read(batch.rows, snapshot)
        found = seen.table(options.sellers)
        output.write(found)
    print(f"{found.num_rows} words in {options.out}; fill in `kind`, then give it to touchmark compile --words")
    return 0
