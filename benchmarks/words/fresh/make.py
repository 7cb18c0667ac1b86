"""The marks and listings of ``fresh``."""

from pathlib import Path

from benchmarks.words import material
from benchmarks.words.cases import Case, Mark
from benchmarks.words.fresh import lawful, names, uses
from benchmarks.words.letters import letters


def made(data: Path, each: int, plain: int) -> tuple[list[Mark], list[Case]]:
    """The same for the same data and code."""
    titles = sorted({title for _, title, _, _ in material.rows(data)})
    tested = names.marks_of(data, " ".join(map(letters, titles)))
    made_of = uses.gathered(data, tested)
    cases = [
        *uses.hidden(made_of, each),
        *uses.plain(made_of, plain),
        *lawful.honest(data, tested),
        *lawful.traps(tested),
        *lawful.near(made_of),
        *lawful.references(data, tested),
        *lawful.mentions(tested),
    ]
    return tested, cases
