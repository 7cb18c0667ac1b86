"""
How sure it is that a right is used at a place: the confidence of a finding.

A sum of log-odds: where the way of writing starts, and what the place, the mark and the pictures add. It does not say
that the use is unlawful.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.columns import compute
from touchmark.engine.screening.evidence import Register
from touchmark.engine.screening.hits import FIELDS, WAYS, Hits
from touchmark.engine.screening.image.match import SAME_BYTES
from touchmark.engine.screening.reasons import Term, term, written
from touchmark.engine.terms import Way

#: Up to so many bytes a mark is short: three Latin letters. One Chinese character alone has as many.
SHORT = 3

#: What can be added beside the ways themselves.
ADDED = ("brand_field", "later_field", "short_mark", "same_file", "bits_apart")


def use_terms(hits: Hits, snapshot: Register, weights: Mapping[str, float]) -> list[Term]:
    """Give the terms of the sum for each hit; ``weights`` has one for each way and for each of ``ADDED``."""
    spelling = snapshot.marks.text.take(compute.if_else(hits.form >= 0, hits.form, None))
    terms = [term(f"{way}_use", hits.way == number, spelling, weights[way]) for number, way in enumerate(WAYS)]
    in_brand = hits.field == FIELDS.index("brand")
    later = np.isin(hits.field, [FIELDS.index("description"), FIELDS.index("attributes")])
    short = np.asarray(compute.fill_null(compute.less_equal(compute.binary_length(spelling), SHORT), False))
    copied = hits.way == WAYS.index(Way.COPIED_IMAGE)
    bits = hits.distance.astype(np.float64)
    same = copied & (hits.distance == SAME_BYTES)
    fields = compute.take(list(FIELDS), hits.field)
    return [
        *terms,
        term("brand_field", in_brand, None, weights["brand_field"]),
        term("later_field", later, fields, weights["later_field"]),
        term("short_mark", short.astype(np.bool_), None, weights["short_mark"]),
        term("same_file", same, None, weights["same_file"]),
        term("bits_apart", copied & (bits > 0), written(bits), weights["bits_apart"] * bits),
    ]


def summed(terms: list[Term], rows: int) -> NDArray[np.float64]:
    """Add up the terms of each row."""
    total = np.zeros(rows)
    for each in terms:
        np.add.at(total, each.at, each.weight)
    return total


def probability(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn log-odds into a probability of six digits, never 0 nor 1: the same on every machine."""
    return np.clip(1 / (1 + np.exp(-log_odds)), 1e-6, 1 - 1e-6).round(6)
