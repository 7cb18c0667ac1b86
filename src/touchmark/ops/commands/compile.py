"""``touchmark compile``: a register to a snapshot, once, to screen with often."""

import argparse
from pathlib import Path

from touchmark.ops import arguments
from touchmark.ops.arrow import arrow_alone


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark compile`` takes."""
    parser.add_argument("rights", metavar="RIGHTS", type=Path, help="the register: .csv, .jsonl, .ndjson or .parquet")
    parser.add_argument(
        "--images", metavar="DIR", type=arguments.existing_folder, help="its pictures (default: beside it)"
    )
    parser.add_argument(
        "--trusted", metavar="LISTINGS", type=Path, help="offers known to be genuine, to learn what brands usually cost"
    )
    parser.add_argument("--words", metavar="FILE", type=Path, help="what you have said of words, from learn-words")
    parser.add_argument("--out", metavar="SNAPSHOT", type=Path, required=True, help="the folder to make")
    parser.add_argument("--refused", metavar="FILE", type=Path, help="rows and values that could not be used")


def run(options: argparse.Namespace) -> int:
    """Compile a register; 1 where rights were refused."""
    arrow_alone()
    from touchmark.engine.learning.words import with_words
    from touchmark.engine.screening.snapshot import store
    from touchmark.engine.screening.snapshot.words import Words
    from touchmark.integrations.files.reading import read_whole
    from touchmark.integrations.files.tables import WORDS
    from touchmark.integrations.files.writing import Outputs, require_apart
    from touchmark.ops.refusals import REFUSED_BY_FILE, Refusals
    from touchmark.ops.register import compiled, with_prices

    with Outputs() as files:
        read = [path for path in (options.rights, options.trusted, options.words) if path]
        require_apart(read, [options.refused] if options.refused else [])
        refusals = Refusals(files.add(options.refused, REFUSED_BY_FILE) if options.refused else None)
        snapshot, problems = compiled(options.rights, options.images)
        refusals.add("rights", problems)
        if options.words:
            said, unread = read_whole(options.words, WORDS)
            refusals.add("words", unread)
            snapshot = with_words(snapshot, Words.of(said))
        if options.trusted:
            snapshot, unread = with_prices(snapshot, options.trusted)
            refusals.add("trusted", unread)
        store.save(snapshot, options.out)
    print(f"snapshot {snapshot.id} in {options.out}")
    for line in refusals.lines():
        print(line)
    return refusals.code
