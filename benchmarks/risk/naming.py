"""Which brands a listing names, told by a reader that knows nothing of the engine: the words as they stand."""

import re
from collections.abc import Iterable

from benchmarks.risk.parts import Listing


class Reader:
    """Looks for the names of well-known brands, in any case, not within longer words."""

    def __init__(self, brands: Iterable[str]) -> None:
        ordered = sorted(brands, key=lambda brand: (-len(brand), brand))
        self._words = re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, ordered)) + r")(?![^\W_])", re.IGNORECASE)
        self._named = {brand.casefold(): brand for brand in ordered}

    def brands(self, listing: Listing) -> list[str]:
        """The brands that the title, the brand field or the description names, the first one first."""
        text = "\n".join(listing.row[field] for field in ("title", "brand", "description"))
        return list(dict.fromkeys(self._named[found.group().casefold()] for found in self._words.finditer(text)))
