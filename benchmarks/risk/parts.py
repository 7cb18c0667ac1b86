"""
Which listings the weights and thresholds come from, and which are only reported on.

Sources are kept apart whole: marketplaces of resale, sites of general goods, shops of suspected goods; the one source
with many sellers, taobao, by seller. Of what is reported, some brands were in no example of the fit at all.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

FILES = ("suspected", "resale", "general")

#: Everything else is reported on.
FIT = frozenset({
    "Fashionphile", "Truefacet", "CollectorSquare",  # 1,782 of resale; also where reference prices come from
    "shop-caa2", "shop-01e0",  # 45 of suspected, beside half of the sellers of taobao
    "flipkart.com", "ebay.com",  # 2,477 of general
})  # fmt: skip
BY_SELLER = "taobao"


@dataclass(frozen=True, slots=True)
class Listing:
    """A row of a file of the data."""

    file: str
    row: dict[str, str]

    @property
    def source(self) -> str:
        """Where it was offered."""
        return self.row["marketplace"]

    @property
    def fits(self) -> bool:
        """Whether the weights may be fitted on it, as far as its source goes."""
        if self.source == BY_SELLER:
            return _half(self.row["seller_id"] or self.row["title"]) == 0
        return self.source in FIT


def held_apart(brand: str) -> bool:
    """Whether a brand is kept out of the fit: every third."""
    return int(sha256(b"brand " + brand.casefold().encode()).hexdigest(), 16) % 3 == 0


def listings(data: Path) -> Iterator[Listing]:
    """All listings of the three files."""
    csv.field_size_limit(1 << 30)
    for name in FILES:
        with (data / "listings" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield Listing(name, row)


def _half(of: str) -> int:
    return int(sha256(b"half " + of.encode()).hexdigest(), 16) % 2
