"""
Keeping examples apart: what is learnt from, and what the result is tried on.

A model is tried on what it has not seen: the newest decisions, because it will be used on listings that come later; and
decisions on brands of which nothing was learnt, because brands will come that nobody has decided on. Examples of one
seller are never on both sides.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.learning.examples import Examples, Flags

#: One brand in so many is kept apart, and of the rest the newest share.
ONE_BRAND_IN, NEWEST = 5, 0.2

#: So many decisions it takes, in all and of either outcome, to learn from and to try on.
LEAST_OF_EITHER, LEAST_TO_TRY = 50, 15


class TooFewDecisions(TouchmarkError):
    """There are not enough decisions to learn from, or to try on what was learnt."""


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Masks over examples: what is learnt from, and the two parts that are only tried on."""

    learn: Flags
    newest: Flags
    brands: Flags


def split(examples: Examples) -> Split:
    """
    Keep brands and the newest decisions apart.

    :raises TooFewDecisions: saying how many there are and how many are needed
    """
    _require(examples, np.ones(len(examples), np.bool_), "in all", LEAST_OF_EITHER)
    apart = np.array([_one_in(str(brand)) if brand else False for brand in examples.brand], np.bool_)
    newest = np.zeros(len(examples), np.bool_)
    rest = np.flatnonzero(~apart)
    order = rest[np.lexsort((examples.name[rest].astype(str), examples.day[rest]))]
    newest[order[len(order) - round(len(order) * NEWEST) :]] = True
    tried = np.isin(examples.seller, _sellers(examples, apart | newest))
    parts = Split(~apart & ~newest & ~tried, newest, apart)
    _require(examples, parts.learn, "to learn from", LEAST_OF_EITHER // 2)
    _require(examples, parts.newest, "among the newest, to try on", LEAST_TO_TRY)
    _require(examples, parts.brands, "on brands kept apart, to try on", LEAST_TO_TRY)
    return parts


def _require(examples: Examples, part: Flags, what: str, least: int) -> None:
    for found, word in ((examples.infringing[part], "restricted"), (~examples.infringing[part], "not restricted")):
        if found.sum() < least:
            raise TooFewDecisions(
                f"there are {int(found.sum())} decisions {what} in which a listing was {word}, and it takes {least}; "
                "decide on more listings first"
            )


def _sellers(examples: Examples, which: Flags) -> NDArray[Any]:
    return np.unique([seller for seller in examples.seller[which].tolist() if seller])


def _one_in(brand: str) -> bool:
    return int(sha256(b"kept apart " + brand.casefold().encode()).hexdigest(), 16) % ONE_BRAND_IN == 0
