"""Rates of exchange on a day, from ``data/rates.toml``: what a unit of each currency is worth in euro."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.columns import compute

EURO, DOLLAR = "EUR", "USD"


def worth(currencies: Any, on: date | None) -> NDArray[np.float64]:
    """
    Give the worth in euro of a unit of each currency, NaN where it is not known.

    :param currencies: an Arrow array of codes of ISO 4217, in any case
    :param on: the day; without one, the newest rates
    """
    codes = compute.dictionary_encode(compute.utf8_upper(compute.utf8_trim_whitespace(currencies)))
    known = euros_on(on)
    each = np.array([known.get(code, np.nan) for code in codes.dictionary.to_pylist()] + [np.nan])
    return each[np.asarray(compute.fill_null(codes.indices, len(each) - 1)).astype(np.int64)]


@lru_cache(maxsize=64)
def euros_on(on: date | None) -> Mapping[str, float]:
    """Give the worth in euro of a unit of every currency that has a rate, by the rates that held on a day."""
    per_euro = _newest("euro", on)
    per_dollar = _newest("dollar", on)
    euros = {code: 1 / rate for code, rate in per_euro.items()}
    return {code: euros[DOLLAR] / rate for code, rate in per_dollar.items()} | euros | {EURO: 1.0}


def _newest(base: str, on: date | None) -> Mapping[str, float]:
    """Per currency, the newest entry on or before the day, else the oldest."""
    entries: list[Mapping[str, Any]] = sorted(_read()[base], key=lambda entry: entry["until"])
    held = [entry for entry in entries if on is None or entry["until"] <= on]
    later = [entry for entry in entries if on is not None and entry["until"] > on]
    rates: dict[str, float] = {}
    for entry in [*reversed(later), *held]:
        rates |= entry["rates"]
    return rates


@cache
def _read() -> Mapping[str, Any]:
    source = files("touchmark.engine.screening") / "data" / "rates.toml"
    return tomllib.loads(source.read_text("utf-8"))
