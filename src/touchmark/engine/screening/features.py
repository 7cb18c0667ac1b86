"""
The features: what the evidence of a batch says, one function per code, over whole arrays.

An amount is mostly 0 to 1; nought says nothing. What is only remarked, and weighs nothing, is in ``remarks``.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.columns import compute
from touchmark.engine.screening.evidence import Evidence
from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.reasons import Term, term, terms_of_lists, written

#: A price is low from this share of the reference price down, and as low as counts at the next one.
LOW_PRICE, LOWEST_PRICE = 0.4, 0.04
#: And it is unusual below the lowest that is usual for the brand, in full at this share of that.
FAR_BELOW_USUAL = 0.25
#: A claim of what the goods cost elsewhere is out of place from so many times the reference price, in full at the next.
CLAIM, WILD_CLAIM = 1.5, 6.0
#: From so many sellers on, a picture that several show says something; in full at the next.
FEW_SELLERS, MANY_SELLERS = 2, 10
#: An account is new up to so many days, in full up to the first.
NEW, NOT_NEW = 30.0, 180.0
#: So many brands in one offer are unremarkable; with so many more, the spread counts in full.
FEW_BRANDS, MANY_MORE = 2, 3


class Reading(NamedTuple):
    """What a feature says of each listing, and the value to show for it."""

    amount: NDArray[np.float64]
    value: Any = None  # an Arrow array of texts, one per listing, or what makes it


def disguised_mark(evidence: Evidence, tricks: Mapping[str, float]) -> Reading:
    """
    How sure it is that a mark is written so as not to be found.

    ``tricks`` says of each way of writing, from 0 to 1, how far it is done on purpose: nobody writes "G*cci" by
    mistake, and many write "Guci".
    """
    purpose = np.array([tricks[trick.name.lower()] for trick in Trick])
    return Reading(evidence.disguised.confidence * purpose[evidence.trick], evidence.disguised.name)


def copied_image(evidence: Evidence) -> Reading:
    """How sure it is that a right holder's picture is shown."""
    return Reading(evidence.copied.confidence, evidence.copied.name)


def logo(evidence: Evidence) -> Reading:
    """How sure it is that a registered sign can be seen."""
    return Reading(evidence.logo.confidence, evidence.logo.name)


def lookalike(evidence: Evidence) -> Reading:
    """How sure it is that the product resembles a registered design."""
    return Reading(evidence.lookalike.confidence, evidence.lookalike.name)


def plain_mark(evidence: Evidence) -> Reading:
    """How sure it is that a mark is named openly."""
    return Reading(evidence.plain.confidence, evidence.plain.name)


def low_price(evidence: Evidence) -> Reading:
    """How far below the reference price, on a scale of ratios: 0 at 40 %, a half at 13 %, 1 at 4 % and less."""
    return Reading(_between(evidence.price_ratio, LOW_PRICE, LOWEST_PRICE), partial(written, evidence.price_ratio, 4))


def unusual_price(evidence: Evidence) -> Reading:
    """How far below what nearly all of the brand's goods cost, on a scale of ratios: 1 at a quarter of that."""
    return Reading(_between(evidence.below_usual, 1.0, FAR_BELOW_USUAL), partial(written, evidence.below_usual, 4))


def claimed_price(evidence: Evidence) -> Reading:
    """How far a claim of what the goods cost elsewhere exceeds the reference price."""
    return Reading(_between(evidence.claimed, CLAIM, WILD_CLAIM), partial(written, evidence.claimed, 1))


def coded_term(evidence: Evidence, meaning: str) -> Reading:
    """Whether a coded word of this meaning stands where a mark is used without permission."""
    word = evidence.coded[meaning]
    there = np.asarray(word.is_valid()).astype(np.bool_) & (evidence.marks > 0)
    return Reading(there.astype(np.float64), word)


def shared_photo(evidence: Evidence) -> Reading:
    """At how many sellers a picture of an offer is shown that uses a mark without permission."""
    sellers = evidence.photo_sellers
    share = np.clip((sellers - FEW_SELLERS) / (MANY_SELLERS - FEW_SELLERS), 0, 1)
    return Reading(np.where(evidence.marks > 0, share, 0.0), partial(written, sellers))


def several_marks(evidence: Evidence) -> Reading:
    """How many brands one offer puts forward, beyond two."""
    return Reading(np.clip((evidence.headlined - FEW_BRANDS) / MANY_MORE, 0, 1), partial(written, evidence.headlined))


def seller_standing(evidence: Evidence, standings: Mapping[str, float]) -> Reading:
    """What the seller's record adds, where the offer uses a right without permission; an unknown word says nothing."""
    place = np.asarray(compute.fill_null(compute.index_in(evidence.standing, value_set=_words(standings)), -1))
    amount = np.append(np.array(list(standings.values()), np.float64), 0.0)[place]
    return Reading(np.where(evidence.marks > 0, amount, 0.0), evidence.standing)


def new_seller(evidence: Evidence) -> Reading:
    """How new the seller's account was, where the offer uses a right without permission."""
    newness = np.clip((NOT_NEW - np.nan_to_num(evidence.days_open, nan=NOT_NEW)) / (NOT_NEW - NEW), 0, 1)
    return Reading(np.where(evidence.marks > 0, newness, 0.0), partial(written, evidence.days_open))


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


def _between(ratio: NDArray[np.float64], nothing: float, full: float) -> NDArray[np.float64]:
    """Place ratios on a scale of their logarithms, 0 at one end and 1 at the other; what is not known is 0."""
    known = np.where(np.isfinite(ratio) & (ratio > 0), ratio, nothing)
    place: NDArray[np.float64] = np.clip(np.log(known / nothing) / np.log(full / nothing), 0, 1)
    return place


def _words(standings: Mapping[str, float]) -> Any:
    return compute.cast(list(standings), "string")
