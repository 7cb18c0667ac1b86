"""
What a listing says that its goods cost elsewhere: "RRP 1,200", "retail price €950", "专柜价 8000".

Whoever sells writes it, so it is a claim: it is held against what is known of the brand's prices, and takes the place
of nothing.
"""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, whole
from touchmark.engine.screening.compare.phrases import READ

_WORDS = (
    r"rrp|msrp|srp|uvp|retails? (?:price|value|for|at)|retail|original(?:ly)? price|list price|store price|"
    r"boutique price|"
    r"prix (?:boutique|neuf|public|conseillé)|precio (?:original|de tienda|oficial)|preço (?:original|de loja)|"
    r"prezzo (?:di listino|originale)|neupreis|ladenpreis|harga (?:asli|counter)|"
    r"专柜价|专柜|官网价|吊牌价|原价|定価|정가|백화점가"
)
_CLAIM = (
    rf"(?:^|[^a-z0-9])(?:{_WORDS})\s{{0,2}}[:：=~]?\s{{0,2}}(?:is |was |of |about |approx\.? )?"
    r"(?:us\s?\$|hk\s?\$|\$|€|£|¥|￥|rmb|usd|eur|gbp|cny)?\s{0,2}"
    r"(?P<amount>[0-9]{1,3}(?:[.,' ][0-9]{3}){1,3}|[0-9]{2,9})"
)


def claimed_prices(batch: Batch) -> NDArray[np.float64]:
    """
    Read the price that each listing claims for its goods elsewhere, in the listing's own currency; NaN: none.

    A currency that the claim names is not heeded: who writes "RRP $1200" beside a price in euro means about as much.
    """
    amounts = [_amount(whole(batch, field)) for field in ("title", "description")]
    return np.where(np.isfinite(amounts[0]), amounts[0], amounts[1])


def _amount(texts: Any) -> NDArray[np.float64]:
    head = compute.utf8_lower(compute.utf8_slice_codeunits(compute.fill_null(texts, ""), 0, READ))
    written: Any = compute.struct_field(compute.extract_regex(head, _CLAIM), "amount")
    digits = compute.replace_substring_regex(written, "[^0-9]", "")
    return np.asarray(compute.fill_null(compute.cast(digits, pa.float64()), np.nan)).astype(np.float64)
