"""
The spellings under which a right is looked for: its text, its aliases, "and" for "&", and without an article.

And those that are not given: what a well-known brand is called elsewhere (``known_names``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.text.known_names import known_names
from touchmark.engine.terms import RightKind

#: Rights whose words are protected. The ``text`` of a design or of a work is its title, and anybody may write that.
WITH_WORDS = frozenset({RightKind.WORD_MARK, RightKind.FIGURATIVE_MARK})

#: An article that people leave out, where two words or more stand behind it; one word alone may be any word.
_ARTICLE = re.compile(r"^(?:the|les?|la|los|las|el|il|lo|gli|der|die|das)\s+(?=\w{3,}[\s-]+\w{3,})", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"(?<=\w\w)\s*&\s*(?=\w\w)")


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """Spelling i stands for right ``right[i]``, an index into the table given; ``rule``: why, if nobody gave it."""

    right: NDArray[np.int32]
    text: pa.StringArray
    rule: NDArray[np.uint8]


def forms_of(rights: pa.Table) -> Forms:
    """List the spellings of all rights with words, in the order of the rights, none twice for one right."""
    columns = (rights[name].to_pylist() for name in ("kind", "text", "aliases"))
    found = [
        (number, spelling, rule)
        for number, (kind, text, aliases) in enumerate(zip(*columns, strict=True))
        if kind in WITH_WORDS
        for spelling, rule in _with_known(text or "", aliases or [])
    ]
    rules = np.array([rule for _, _, rule in found], np.uint8)
    return Forms(np.array([n for n, _, _ in found], np.int32), pa.array([s for _, s, _ in found], pa.string()), rules)


def _with_known(text: str, aliases: list[str]) -> Iterator[tuple[str, int]]:
    given = dict.fromkeys(_spellings([text, *aliases]))
    yield from ((spelling, 0) for spelling in given)
    yield from ((name, int(rule)) for name, rule in known_names(text) if name not in given)


def _spellings(given: list[str]) -> Iterator[str]:
    for spelling in given:
        if spelling and not spelling.isspace():
            yield spelling
            if (written_out := _BETWEEN_WORDS.sub(" and ", spelling)) != spelling:
                yield written_out
            if (bare := _ARTICLE.sub("", spelling)) != spelling:
                yield bare
