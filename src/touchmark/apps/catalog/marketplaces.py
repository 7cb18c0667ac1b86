"""Marketplaces as files name them: by slug or by name, or not at all where a whole file is of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from touchmark.apps.catalog.models import Marketplace
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening.problems import Problem


class NoSuchMarketplace(TouchmarkError):
    """No marketplace of this slug or name is open in this installation."""


@dataclass(frozen=True, slots=True)
class Marketplaces:
    """
    The marketplaces that are open, to be found by what a row says; ``default`` is meant where it says nothing.
    """

    by_word: Mapping[str, Marketplace]
    default: Marketplace | None = None

    @classmethod
    def open_now(cls, default: str = "") -> "Marketplaces":
        """
        Give those that are open now.

        :raises NoSuchMarketplace: if the default is none of them
        """
        found = list(Marketplace.objects.order_by("-id"))
        by_word = {market.name.casefold(): market for market in found}
        by_word |= {market.slug.casefold(): market for market in found}
        if default and default.casefold() not in by_word:
            raise NoSuchMarketplace(f"No marketplace '{default}' is open here. {_open_ones(found)}")
        return cls(by_word, by_word.get(default.casefold()))

    @classmethod
    def only(cls, slug: str) -> "Marketplaces":
        """
        Give one that is open, as if it were the only one: rows that name another are refused, and learn of none.

        :raises NoSuchMarketplace: if it is not open
        """
        found = Marketplace.objects.filter(slug=slug).first()
        if found is None:
            raise NoSuchMarketplace(f"No marketplace '{slug}' is open here.")
        return cls({found.name.casefold(): found, found.slug.casefold(): found}, found)

    def of(self, word: str | None) -> Marketplace | None:
        """Give the marketplace that a row means; None if there is none."""
        return self.by_word.get(word.strip().casefold()) if word and word.strip() else self.default

    def unknown(self, row: Mapping[str, Any]) -> Problem:
        """Say of a row that its marketplace is not known, and what to do about it."""
        word = row["marketplace"]
        reason = "no marketplace of this name is open" if word else "no marketplace is named"
        remedy = f"name one that is open, or open it first (open-marketplace). {_open_ones(self.by_word.values())}"
        return Problem(row["row"], "marketplace", word, reason, remedy, "refused")


def _open_ones(found: Iterable[Marketplace]) -> str:
    slugs = sorted({market.slug for market in found})
    return f"Open here: {', '.join(slugs[:20])}." if slugs else "None is open here yet."
