"""What somebody enters of an order, and whether it can be taken in at all. What the law asks for is told otherwise."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from touchmark.apps.orders.kinds import MOST, TEXTS, Asked, OrderKind, Product
from touchmark.engine.errors import TouchmarkError


class IncompleteOrder(TouchmarkError):
    """What was entered cannot be taken in; ``field`` names where."""

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        super().__init__(text)


#: An order that was received longer ago is not one that waits to be carried out: somebody mistook the year.
OLDEST = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Said:
    """
    What the letter says. ``elements`` are texts by the names of ``kinds.TEXTS``, ``locations`` addresses or numbers of
    listings, or of sellers where information is asked for. ``product``, of ``kinds.Product``, is what an order to act
    says of the goods.
    """

    kind: str
    country: str
    authority: str
    reference: str
    received_at: datetime
    contact: str = ""
    elements: Mapping[str, str] = field(default_factory=dict)
    locations: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    untold_until: datetime | None = None
    product: str = ""

    def require_usable(self, *, at: datetime) -> None:
        """
        Pass if it can be told from whom it is, what it is called, and what it is about.

        :raises IncompleteOrder: naming the field otherwise
        """
        if self.kind not in OrderKind.values:
            raise IncompleteOrder("kind", "Say what is ordered: to act against listings, or to give information.")
        if not self.authority.strip():
            raise IncompleteOrder("authority", "Name the authority that orders.")
        if not re.fullmatch(r"[A-Za-z]{2}", self.country):
            raise IncompleteOrder("country", "Write the authority's country as two letters, such as DE or FR.")
        if not self.reference.strip():
            raise IncompleteOrder("reference", "Give the authority's reference; the day of its letter, if it has none.")
        if not at - OLDEST <= self.received_at <= at:
            raise IncompleteOrder("received_at", "It cannot have been received then: check the day and the hour.")
        self.require_what(at=at)

    def require_what(self, *, at: datetime) -> None:
        """
        Pass if what can be said anew later can be taken in.

        :raises IncompleteOrder: naming the field otherwise
        """
        if len(self.locations) > MOST:
            raise IncompleteOrder("locations", f"One order names at most {MOST} addresses here: enter it in parts.")
        if self.product not in Product.values or (self.product and self.kind != OrderKind.ACT):
            raise IncompleteOrder("product", "Only an order to act says that goods are illegal, or dangerous.")
        if unknown := set(self.asked) - set(Asked.values):
            raise IncompleteOrder("asked", f"This is nothing that can be asked for: {', '.join(sorted(unknown))}.")
        for code in self.territories:
            if not re.fullmatch(r"[A-Za-z]{2}", code):
                raise IncompleteOrder("territories", f"“{code[:20]}” is no code of a country: write two letters each.")
        if self.untold_until is not None and self.untold_until <= at:
            raise IncompleteOrder("untold_until", "Choose a moment to come until which the seller is told nothing.")

    @property
    def texts(self) -> dict[str, str]:
        """The texts that the law's data names."""
        return {name: text for name in TEXTS if (text := self.elements.get(name, "").strip())}

    @property
    def same_key(self) -> str:
        """Give by what the same order is known: kind, country, authority and reference, however they are spaced."""
        parts = (self.kind, self.country, self.authority, self.reference)
        folded = "\n".join(" ".join(part.casefold().split()) for part in parts)
        return hashlib.sha256(folded.encode()).hexdigest()
