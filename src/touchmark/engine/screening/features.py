"""
The features: what the evidence of a batch says, one function per code, over whole arrays.

An amount is mostly 0 to 1; nought says nothing. What is only remarked, and weighs nothing, is in ``remarks``.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.columns import compute
from touchmark.engine.screening.evidence import Evidence
from touchmark.engine.screening.reasons import Term, term, terms_of_lists, written

#: A price is low from this share of the reference price down, and as low as counts at the next one.
LOW_PRICE, LOWEST_PRICE = 0.4, 0.1
#: So many brands in one offer are unremarkable; with so many more, the spread counts in full.
FEW_BRANDS, MANY_MORE = 2, 3


class Reading(NamedTuple):
    """What a feature says of each listing, and the value to show for it."""

    amount: NDArray[np.float64]
    value: Any = None  # an Arrow array of texts, one per listing


def disguised_mark(evidence: Evidence) -> Reading:
    """How sure it is that a mark is written so as not to be found."""
    return Reading(evidence.disguised.confidence, evidence.disguised.name)


def copied_image(evidence: Evidence) -> Reading:
    """How sure it is that a right holder's picture is shown."""
    return Reading(evidence.copied.confidence, evidence.copied.name)


def plain_mark(evidence: Evidence) -> Reading:
    """How sure it is that a mark is named openly."""
    return Reading(evidence.plain.confidence, evidence.plain.name)


def low_price(evidence: Evidence) -> Reading:
    """How far below the reference price, on a scale of ratios: 0 at 40 %, a half at 20 %, 1 at 10 % and less."""
    ratio = evidence.price_ratio
    known = np.where(np.isfinite(ratio), ratio, 1.0)
    depth = np.log(LOW_PRICE / known) / np.log(LOW_PRICE / LOWEST_PRICE)
    return Reading(np.clip(depth, 0, 1), written(ratio, 4))


def several_marks(evidence: Evidence) -> Reading:
    """How many brands one offer uses, beyond two."""
    return Reading(np.clip((evidence.marks - FEW_BRANDS) / MANY_MORE, 0, 1), written(evidence.marks))


def seller_standing(evidence: Evidence, standings: Mapping[str, float]) -> Reading:
    """What the seller's record adds, where the offer uses a right without permission; an unknown word says nothing."""
    place = np.asarray(compute.fill_null(compute.index_in(evidence.standing, value_set=_words(standings)), -1))
    amount = np.append(np.array(list(standings.values()), np.float64), 0.0)[place]
    return Reading(np.where(evidence.marks > 0, amount, 0.0), evidence.standing)


def authorised_seller(evidence: Evidence) -> Reading:
    """Whether the seller may use every right that the offer uses."""
    return Reading(evidence.authorised.astype(np.float64))


def remarks(evidence: Evidence) -> list[Term]:
    """State what a reader should know although it weighs nothing: lawful references, and what could not be read."""
    foreign = evidence.other_currency
    named = evidence.referential
    return [
        term("referential_mark", named.confidence > 0, named.name, 0.0),
        term("other_currency", np.asarray(foreign.is_valid()).astype(np.bool_), foreign, 0.0),
        terms_of_lists("unreadable_image", evidence.unreadable_image),
        terms_of_lists("unreadable_value", evidence.unreadable_value),
    ]


def _words(standings: Mapping[str, float]) -> Any:
    return compute.cast(list(standings), "string")
