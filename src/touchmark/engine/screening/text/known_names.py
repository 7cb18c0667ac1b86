"""
What well-known brands are called in other scripts and misspelled, from ``data/names.toml``: added to what holders give.

A name that is an ordinary word of its language says too little by itself, and is left out. Called by ``forms``.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.ordinary import levels
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Mask
from touchmark.engine.screening.text.rule import Rule
from touchmark.engine.screening.text.tokens import units_of

#: In other scripts, dictionaries have names of makers too; what is more ordinary than this is a word. Chinese has none.
_WORD, _CHINESE_WORD = 36, 1
_HAN = ("\u3400", "\u9fff")


def known_names(text: str) -> tuple[tuple[str, Rule], ...]:
    """Give more spellings of a right's words, if they are a well-known brand, and the rule that each is under."""
    return _names().get(_letters(text), ())


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


@cache
def _names() -> dict[str, tuple[tuple[str, Rule], ...]]:
    listed = list(_listed())
    kept = _no_words([name for _, name, _ in listed])
    found: dict[str, tuple[tuple[str, Rule], ...]] = {}
    for (of, name, rule), keep in zip(listed, kept.tolist(), strict=True):
        if keep:
            found[_letters(of)] = (*found.get(_letters(of), ()), (name, rule))
    return found


def _listed() -> Iterator[tuple[str, str, Rule]]:
    source = files("touchmark.engine.screening.text") / "data" / "names.toml"
    for entry in tomllib.loads(source.read_text("utf-8"))["name"]:
        yield from ((entry["of"], name, Rule.FOREIGN) for name in entry["foreign"])
        yield from ((entry["of"], name, Rule.HEARD) for name in entry["heard"])


def _no_words(names: list[str]) -> Mask:
    """Whether each name is no ordinary word, written together."""
    units = units_of(fold(Points.of(pa.array(names, pa.string())), Fold.PLAIN))
    first = units.first_letter[np.searchsorted(units.text, np.arange(len(names) + 1))]
    chinese = np.array([any(_HAN[0] <= char <= _HAN[1] for char in name) for name in names])
    found: Mask = levels(hashing.runs(units.letters, first[:-1], first[1:])) < np.where(chinese, _CHINESE_WORD, _WORD)
    return found
