"""What a trick is, and the list of all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.words.cases import Piece, Written
from benchmarks.words.letters import letters

#: Given a name as it would be written plainly; nothing where the trick does not suit it.
Writer = Callable[[Random, str], str | Written | None]


@dataclass(frozen=True, slots=True)
class Trick:
    """One way of writing. ``held`` tricks are not in ``tune``."""

    family: str
    variant: str
    held: bool
    write: Writer
    least: int  # letters that a name must have

    def __call__(self, random: Random, name: str) -> Written | None:
        """Write a name; nothing where that changes nothing."""
        if len(letters(name)) < self.least:
            return None
        made = self.write(random, name)
        if isinstance(made, str):
            return Written(Piece.of(made)) if made not in ("", name) else None
        return made


TRICKS: list[Trick] = []


def trick(family: str, variant: str, *, held: bool = False, least: int = 4) -> Callable[[Writer], Writer]:
    """Put a writer on the list."""

    def put(writer: Writer) -> Writer:
        TRICKS.append(Trick(family, variant, held, writer, least))
        return writer

    return put


def mapped(random: Random, name: str, table: dict[str, str], count: int = 0, least: int = 1) -> str | None:
    """Write some letters, or all that can be, by a table; capitals stand for themselves or for small ones."""
    places = [i for i, c in enumerate(name) if c in table or c.lower() in table]
    if len(places) < least:
        return None
    chosen = set(random.sample(places, min(count, len(places))) if count else places)
    found = ((table.get(c) or table[c.lower()]) if i in chosen else c for i, c in enumerate(name))
    return "".join(found)


def inner(name: str) -> list[int]:
    """Places of letters that are neither first nor last of their word."""
    return [i for i in range(1, len(name) - 1) if name[i - 1 : i + 2].isalpha()]
