"""Coded words of the trade in copies, from ``data/terms.toml``: which of them a listing has, per meaning."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from touchmark.engine.screening.columns import Batch, compute, whole
from touchmark.engine.screening.compare.phrases import Phrase, Phrases, folded

#: What a coded word can mean; a feature of the model each.
MEANINGS = ("copy", "grade", "source", "likeness")

#: Where such words stand, most telling first.
_FIELDS = ("title", "description", "attributes")


def coded_terms(batch: Batch, on: date | None) -> Mapping[str, Any]:
    """
    Look for coded words in a batch.

    :param on: the day; a word that came to be in a later year says nothing yet
    :return: per meaning an Arrow array with a word of each listing, null where there is none
    """
    phrases = _phrases(on.year if on else None)
    fields = [phrases.met(folded(whole(batch, field))) for field in _FIELDS]
    return {meaning: compute.coalesce(*(field[meaning] for field in fields)) for meaning in MEANINGS}


@lru_cache(maxsize=4)
def _phrases(year: int | None) -> Phrases:
    source = files("touchmark.engine.screening") / "data" / "terms.toml"
    listed = tomllib.loads(source.read_text("utf-8"))["term"]
    known = [term for term in listed if year is None or term["since"] <= year]
    empty = [(meaning, Phrase(())) for meaning in MEANINGS]
    return Phrases.of([*empty, *((term["meaning"], _phrase(term)) for term in known)])


def _phrase(term: Mapping[str, Any]) -> Phrase:
    return Phrase(term["words"], term.get("not_near", ()), term.get("only_near", ()))
