"""What a way of writing is, and the list of all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.words.cases import Mark, Piece, Written
from benchmarks.words.letters import letters

#: Given a name as it would be written plainly; nothing where the way does not suit it.
OfName = Callable[[Random, str], str | Written | None]
OfMark = Callable[[Random, Mark], str | Written | None]


@dataclass(frozen=True, slots=True)
class Way:
    """One way of writing a mark, of a family of ways."""

    family: str
    variant: str
    write: OfMark

    def __call__(self, random: Random, mark: Mark) -> Written | None:
        """Write a mark; nothing where that changes nothing."""
        made = self.write(random, mark)
        if isinstance(made, str):
            return Written(Piece.of(made)) if made not in ("", mark.text) else None
        return made


WAYS: list[Way] = []


def of_mark(family: str, variant: str) -> Callable[[OfMark], OfMark]:
    """Put a writer of marks on the list."""

    def put(writer: OfMark) -> OfMark:
        WAYS.append(Way(family, variant, writer))
        return writer

    return put


def of_name(family: str, variant: str, *, least: int = 5) -> Callable[[OfName], OfName]:
    """Put a writer of Latin names on the list, for names of so many letters."""

    def put(writer: OfName) -> OfName:
        def write(random: Random, mark: Mark) -> str | Written | None:
            own = letters(mark.text)
            fit = len(own) >= least and own.isascii()
            return writer(random, as_typed(random, mark.text)) if fit else None

        WAYS.append(Way(family, variant, write))
        return writer

    return put


def as_typed(random: Random, name: str) -> str:
    """As the brand writes itself more often than not, else in small letters or capitals."""
    return random.choices((name, name.lower(), name.upper()), (5, 3, 2))[0]


def by_table(random: Random, name: str, table: Mapping[str, str], count: int | None = None) -> str | None:
    """Write so many letters by a table, or all that are in it; a capital that it lacks is written as a small one."""
    at = [i for i, c in enumerate(name) if c in table or c.lower() in table]
    if not at or (count is None and len(at) * 2 < len(letters(name))):
        return None
    chosen = at if count is None else random.sample(at, min(count, len(at)))
    return "".join((table.get(c) or table[c.lower()]) if i in chosen else c for i, c in enumerate(name))


def within(name: str, *, vowels: bool = False) -> list[int]:
    """Places of letters inside of words; of vowels only, if wished."""
    inside = (i for i in range(1, len(name) - 1) if name[i - 1 : i + 2].isalpha())
    return [i for i in inside if not vowels or name[i].lower() in "aeiou"]


def together(name: str) -> str:
    """A name without blanks and signs."""
    return "".join(c for c in name if c.isalnum())
