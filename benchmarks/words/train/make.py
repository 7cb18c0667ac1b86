"""The marks and listings to grow trees on."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.words import material, negatives, positives
from benchmarks.words.cases import Case, Mark, Part, Piece, Written
from benchmarks.words.fresh import titles as fresh_titles
from benchmarks.words.letters import letters
from benchmarks.words.positives import Bench
from benchmarks.words.train import names
from benchmarks.words.train.ways import WAYS, Way

#: Listings of each way of writing.
EACH = 300
_PARTS = (Part.TUNE, Part.REPORT)


def made(data: Path, each: int = EACH) -> tuple[list[Mark], list[Case]]:
    """The same for the same data and code."""
    titles = sorted({title for _, title, _, _ in material.rows(data)})
    tested = names.marks_of(data, " ".join(map(letters, titles)))
    hidden = set(fresh_titles.slots(data))
    slots = [slot for part in _PARTS for slot in material.slots(data, part) if slot not in hidden]
    bench = positives.gathered(data, Part.TRAIN, tested, slots, titles)
    cases = [
        *positives.disguised(bench, each),
        *_other_ways(bench, each),
        *(case for part in _PARTS for case in negatives.honest(data, part, tested)),
        *negatives.near(bench),
    ]
    return tested, cases


def _other_ways(bench: Bench, each: int) -> Iterator[Case]:
    for name, write, least in WAYS:
        usable = [mark for mark in bench.marks if positives.usable(mark, least)]

        yield from positives.of_one_way(
            bench, each, "other ways", name, False, usable, _by_name(write), positives.no_language
        )


def _by_name(write: Way) -> positives.Writer:
    def written(random: Random, mark: Mark) -> Written | None:
        name = positives.cased(random, mark.text)
        made = write(random, name)
        return Written(Piece.of(made)) if made and made != name else None

    return written
