"""
A permission to sell, as a right's holder writes it into ``authorised_sellers``: a seller, and within what.

``seller_id`` or ``marketplace:seller_id``, and behind it any of ``;goods=handbag,wallet``, ``;in=DE,AT``,
``;from=2026-01-01`` and ``;until=2026-12-31``. Beyond its goods, territory and dates it permits nothing. A condition
that cannot be read permits nothing either: nobody is authorised by a slip of the pen.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, taken, truth
from touchmark.engine.territories import countries

Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Permission:
    """Whom an entry names, and its conditions as written."""

    seller: str
    conditions: Conditions

    def holds(self, batch: Batch, listing: NDArray[np.int64], on: date | None) -> NDArray[np.bool_]:
        """
        Tell which of some listings the permission is for.

        :param on: the day; without one, a permission holds that has not been given an end
        """
        held = np.ones(len(listing), np.bool_)
        for name, value in self.conditions:
            held &= _meets(name, value, batch, listing, on)
        return held


@lru_cache(maxsize=4096)
def permission(entry: str) -> Permission:
    """Read an entry of ``authorised_sellers``."""
    seller, *conditions = entry.split(";")
    named = (condition.partition("=") for condition in conditions if condition.strip())
    return Permission(seller.strip(), tuple(sorted((name.strip().lower(), value.strip()) for name, _, value in named)))


def _meets(name: str, value: str, batch: Batch, listing: NDArray[np.int64], on: date | None) -> NDArray[np.bool_]:
    match name:
        case "goods":
            return _of_goods(value, batch, listing)
        case "in":
            return _offered_within(value, batch, listing, on)
        case "from" | "until":
            return np.full(len(listing), _in_time(name, value, on))
    return np.zeros(len(listing), np.bool_)


def _in_time(name: str, value: str, on: date | None) -> bool:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    if on is None:
        return name == "from"
    return day <= on if name == "from" else on <= day


def _of_goods(value: str, batch: Batch, listing: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the category or the title of each listing has one of the words."""
    words = [word.strip().lower() for word in value.split(",") if word.strip()]
    texts = [compute.utf8_lower(taken(batch, field, listing)) for field in ("category", "title")]
    found = [truth(compute.match_substring(text, word)) for text in texts for word in words]
    named: NDArray[np.bool_] = np.logical_or.reduce([np.zeros(len(listing), np.bool_), *found])
    return named


def _offered_within(value: str, batch: Batch, listing: NDArray[np.int64], on: date | None) -> NDArray[np.bool_]:
    """Whether each listing is offered in these countries and no others; without a word of where, it is not."""
    allowed = countries(value.split(","), on)
    lists: Any = taken(batch, "offered_in", listing)
    joined = compute.dictionary_encode(compute.fill_null(compute.binary_join(lists, "|"), ""))
    sets = [countries(texts.split("|"), on) for texts in joined.dictionary.to_pylist()]
    within = np.array([bool(places) and places <= allowed for places in sets] + [False])
    return within[np.asarray(joined.indices).astype(np.int64)]
