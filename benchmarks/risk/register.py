"""The register with reference prices: the medians of brands in the resale that is fitted on, as new, of main goods."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.risk.parts import Listing
from touchmark.engine.screening.compare.goods import goods_of
from touchmark.engine.screening.schemas import LISTINGS

#: One house under two names, of which the data price the one.
ALSO = {"Saint Laurent": ("YSL",)}


def batch_of(listings: Sequence[Listing], *, conditions: bool = True) -> pa.Table:
    """Listings in the columns of the contract; without conditions, as if no seller had told any."""
    rows = [
        {
            "row": number,
            "listing_id": each.row["listing_id"],
            "marketplace": each.row["marketplace"] or None,
            "seller_id": each.row["seller_id"] or None,
            "title": each.row["title"],
            "description": each.row["description"] or None,
            "brand": each.row["brand"] or None,
            "category": each.row["category"] or None,
            "price": _number(each.row["price"]),
            "currency": each.row["currency"] or None,
            "condition": (each.row["condition"] or None) if conditions else None,
        }
        for number, each in enumerate(listings, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=LISTINGS)


def reference_prices(listings: Sequence[Listing]) -> dict[str, tuple[float, str]]:
    """Per brand, the median of what its goods cost, as new and as main goods, and the currency."""
    chosen = [each for each in listings if each.file == "resale" and each.fits and each.row["brand"]]
    batch = batch_of(chosen)
    goods = goods_of(batch)
    price = np.asarray(batch["price"], float) / (goods.share * goods.condition * goods.pieces)
    by_brand = defaultdict(list)
    for each, value in zip(chosen, price, strict=True):
        by_brand[each.row["brand"], each.row["currency"]].append(value)
    prices = {brand: (round(float(np.median(values)), 2), code) for (brand, code), values in by_brand.items()}
    return prices | {other: prices[brand] for brand, others in ALSO.items() if brand in prices for other in others}


def write_register(data: Path, prices: dict[str, tuple[float, str]], to: Path) -> set[str]:
    """Write the register with these prices, and give the brands of its marks whose classes were entered by hand."""
    with (data / "register" / "rights.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        names, rows = list(reader.fieldnames or ()), list(reader)
    for row in rows:
        if row["right_id"].startswith("wm-") and row["brand"] in prices:
            row["reference_price"], row["currency"] = str(prices[row["brand"]][0]), prices[row["brand"]][1]
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return {row["brand"] for row in rows if row["right_id"].startswith("wm-")}


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) else None
