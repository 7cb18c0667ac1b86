"""What names a mark and is another's, or names none: the same in each part that has files of its own for them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.words import material
from benchmarks.words.cases import Case, Kind, Mark, seed_of
from benchmarks.words.letters import letters

Rows = Sequence[dict[str, str]]


def senses(part: str, rows: Rows, marks: list[Mark]) -> Iterator[Case]:
    """Titles in which the word of a mark means something else."""
    held = {mark.text: mark for mark in marks}
    for row in rows:
        yield Case(Kind.TRAP, row["kind"], row["mark"], False, held[row["mark"]], row["title"], source=part)


def near(part: str, seed: str, rows: Rows, marks: list[Mark], uses: Callable[[str], list[str]]) -> Iterator[Case]:
    """Titles of a mark's goods under another brand that is written nearly alike."""
    held = {mark.text: mark for mark in marks}
    random = Random(seed_of(seed, "near"))  # noqa: S311  (nothing here is secret)
    for row in rows:
        mark = held[row["mark"]]
        title = random.choice(uses(mark.goods)).replace("{}", row["other"])
        brand = row["other"] if random.random() < 0.5 else None
        yield Case(Kind.NEAR, "another brand", "near", False, mark, title, brand=brand, source=part)


def honest(part: str, seed: str, rows: Rows, marks: list[Mark], data: Path, most: int) -> Iterator[Case]:
    """Titles written for this part, and real ones without the letters of any name."""
    own = [letters(mark.text) for mark in marks]
    random = Random(seed_of(seed, "honest"))  # noqa: S311  (nothing here is secret)
    real = sorted({title for _, title, _, _ in material.rows(data)})
    free = (title for title in random.sample(real, len(real)) if not any(name in letters(title) for name in own))
    some = [title for title, _ in zip(free, range(most), strict=False)]
    for source, titles in (("written", [row["title"] for row in rows]), ("real", some)):
        for title in titles:
            yield Case(Kind.HONEST, source, source, False, None, title, source=part)
