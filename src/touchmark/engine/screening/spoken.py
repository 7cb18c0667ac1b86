"""
Which languages a listing is written in, as far as its words tell: whether *humana* is a word there, or a name.

A word counts for every language in which it is ordinary, and less the more there are. Titles mix languages; those that
have a good part of the best one's count are all spoken.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.columns import Batch, compute, taken
from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.ordinary import LANGUAGES, languages
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.tokens import units_of

Bits = NDArray[np.uint32]
Amounts = NDArray[np.float64]

#: So much of a description is read beside the title.
_READ = 300
#: A language is spoken with this share of what the best has; with less than this in all, nobody can tell.
_SHARE, _LEAST = 0.25, 1.0
#: Scripts that tell their languages by themselves.
_BY_SCRIPT = {Kind.HAN: ("zh", "ja"), Kind.HIRAGANA: ("ja",), Kind.KATAKANA: ("ja",), Kind.HANGUL: ("ko",)}
_BY_SCRIPT |= {Kind.SOUTH_EAST: ("th",)}


def speaks(batch: Batch, listing: Ints, words: Bits) -> Mask:
    """
    Whether the listing of each place is in a language that its words are ordinary in, or in none that is known.

    What the words at the place say of the language themselves is left out.
    """
    which, back = np.unique(listing, return_inverse=True)
    votes, many = _votes(batch, which)
    own, weight = _spread(words)
    rest = np.maximum(votes[back] - own * weight[:, None], 0)
    best = rest.max(axis=1, initial=0)
    spoken = (rest >= np.maximum(_SHARE * best, 1e-9)[:, None]) | many[back]
    found: Mask = (best < _LEAST) | (spoken & own).any(axis=1)
    return found


def _votes(batch: Batch, listing: Ints) -> tuple[Amounts, Mask]:
    """What the words of listings say for each language, and which are told by the script."""
    votes, told = np.zeros((len(listing), len(LANGUAGES))), np.zeros((len(listing), len(LANGUAGES)), np.bool_)
    for name in ("title", "description"):
        text: Any = compute.utf8_slice_codeunits(compute.fill_null(taken(batch, name, listing), ""), 0, _READ)
        units = units_of(fold(Points.of(text), Fold.PLAIN))
        scripts, spoken = _scripts().reshape(-1), languages(units.hashes)
        _count(spoken, units.text, units.kind, scripts, len(LANGUAGES), votes.reshape(-1), told.reshape(-1))
    return votes, told


@native
def _count(
    languages: NDArray[np.uint32],
    text: NDArray[np.int64],
    kind: NDArray[np.uint8],
    scripts: NDArray[np.bool_],
    many: int,
    votes: NDArray[np.float64],
    told: NDArray[np.bool_],
) -> None:
    """Count what units say; ``many`` languages there are, and a word of all of them says nothing."""
    for unit in range(text.size):
        at, own, bits = text[unit] * many, np.int64(kind[unit]) * many, np.int64(languages[unit])
        words = 0
        for language in range(many):
            words += int((bits >> language) & 1)
            told[at + language] |= scripts[own + language]
        for language in range(many if 0 < words < many else 0):
            if (bits >> language) & 1:
                votes[at + language] += 1 / words


def _spread(bits: Bits) -> tuple[Mask, Amounts]:
    """Which languages are meant by bits, and the weight of one of them; names of people and places say nothing."""
    many = np.bitwise_count(bits)
    own = (bits[:, None] >> np.arange(len(LANGUAGES), dtype=np.uint32) & 1).astype(np.bool_)
    return own, np.where(many < len(LANGUAGES), 1 / np.maximum(many, 1), 0.0)


@cache
def _scripts() -> Mask:
    """Which languages each kind of unit tells by itself."""
    told = np.zeros((len(Kind), len(LANGUAGES)), np.bool_)
    for kind, names in _BY_SCRIPT.items():
        told[kind, [LANGUAGES.index(name) for name in names]] = True
    return told
