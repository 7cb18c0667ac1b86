"""The marks and listings of ``tune`` and ``report``, the first two parts, which share their titles."""

from pathlib import Path

from benchmarks.words import marks, material, negatives, positives
from benchmarks.words.cases import Case, Mark, Part
from benchmarks.words.letters import letters

#: Listings of each trick: as many in all, though ``report`` has twice the tricks; and of each way of writing plainly.
EACH = {Part.TUNE: 110, Part.REPORT: 60}
PLAIN = 150


def made(data: Path, part: Part, each: int) -> tuple[list[Mark], list[Case]]:
    """The same for the same data and code."""
    titles = sorted({title for _, title, _, _ in material.rows(data)})
    tested = marks.marks_of(data, part, " ".join(map(letters, titles)))
    bench = positives.gathered(data, part, tested, material.slots(data, part), titles)
    cases = [
        *positives.disguised(bench, each),
        *positives.plain(bench, PLAIN),
        *negatives.honest(data, part, tested),
        *negatives.traps(part, tested),
        *negatives.near(bench),
        *negatives.compatible(data, part, tested),
    ]
    return tested, cases
