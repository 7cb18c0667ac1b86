"""What of the desk's queue somebody wants to see, in which order, and a place in that order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Self

from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import (  # type: ignore[import-untyped]  # not in the stubs yet
    Tuple,
    TupleGreaterThan,
    TupleLessThan,
)

from touchmark.apps.catalog.models import Seller
from touchmark.apps.decisions.queries import BadPlace
from touchmark.apps.screening.models import Waiting
from touchmark.apps.screening.waiting import folded
from touchmark.engine.terms import Verdict

REPORTED, EVIDENT, RETURNED = "reported", "evident", "returned"
#: What of the queue can be asked for by why it waits.
PARTS = (REPORTED, EVIDENT, RETURNED, Verdict.ACT, Verdict.REVIEW)
#: Goods whose fakes injure people, whichever group of them; or one group by its id.
SAFETY = "safety"
#: So many sellers are looked for at most where several marketplaces know the same id.
SELLERS = 50


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the queue: columns of ``Waiting``, all of them upwards or all downwards, the key last."""

    columns: tuple[str, ...]
    down: bool = False

    def sorted(self, rows: QuerySet[Waiting]) -> QuerySet[Waiting]:
        """Give the rows in this order."""
        return rows.order_by(*(f"-{column}" if self.down else column for column in self.columns))

    def behind(self, rows: QuerySet[Waiting], place: Place) -> QuerySet[Waiting]:
        """Give the rows behind a place. Compared as one tuple: the order's own index goes straight there."""
        lookup = TupleLessThan if self.down else TupleGreaterThan
        here = tuple(Value(value, DateTimeField()) if isinstance(value, datetime) else value for value in place.values)
        return rows.filter(lookup(Tuple(*(F(column) for column in self.columns)), here))


#: By the word that an address has for each; blank: what is most urgent.
ORDERS = {
    "": Order(("rank", "doubt", "id")),
    "risk": Order(("doubt", "id")),
    "due": Order(("due_at", "rank", "doubt", "id")),
    "age": Order(("since", "id")),
    "views": Order(("views", "id"), down=True),
    "sold": Order(("sold", "id"), down=True),
}
_READ: Mapping[str, Any] = {
    "rank": int,
    "doubt": float,
    "views": int,
    "sold": int,
    "id": int,
    "since": lambda text: _moment(text),
    "due_at": lambda text: _moment(text),
}


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an order, which holds when rows before it come or go."""

    values: tuple[Any, ...]

    def __str__(self) -> str:
        return "_".join(v.isoformat() if isinstance(v, datetime) else repr(v) for v in self.values)

    @classmethod
    def of(cls, row: Waiting, order: str) -> Self:
        """Give the place of a row."""
        return cls(tuple(getattr(row, column) for column in ORDERS[order].columns))

    @classmethod
    def read(cls, text: str, order: str = "") -> Self:
        """
        Read a place as an address says it.

        :raises BadPlace: if it says none in this order
        """
        columns = ORDERS[order].columns
        try:
            return cls(tuple(_READ[name](part) for name, part in zip(columns, text.split("_"), strict=True)))
        except ValueError:
            raise BadPlace("This address names no place in the queue. Start at its head.") from None


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What of the queue is shown; blank: not narrowed by it.

    ``marketplace`` is a slug, ``part`` a word of ``PARTS``, ``goods`` is ``SAFETY`` or one group of safety-critical
    goods, ``right`` a reference, ``brand`` and ``category`` names whatever their case, ``seller`` the marketplace's id
    of one, ``language`` a code, ``order`` a word of ``ORDERS``.
    """

    marketplace: str = ""
    part: str = ""
    goods: str = ""
    right: str = ""
    brand: str = ""
    category: str = ""
    seller: str = ""
    language: str = ""
    order: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Self:
        """Read what an address or a saved filter asks for; what is not known there narrows nothing."""
        given = {name: str(asked.get(name) or "").strip()[:300] for name in _NAMES}
        given["part"] = given["part"] if given["part"] in PARTS else ""
        given["order"] = given["order"] if given["order"] in ORDERS else ""
        return cls(**given)

    def asked(self) -> dict[str, str]:
        """Give what an address says for it: what is not blank."""
        return {name: value for name in _NAMES if (value := getattr(self, name))}

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return any(name != "order" for name in self.asked())

    def among(self, rows: QuerySet[Waiting]) -> QuerySet[Waiting]:
        """Give those of the rows that are wanted."""
        for name, value in self.asked().items():
            if name in _FILTERS:
                rows = rows.filter(_FILTERS[name](value))
        return rows


#: The words that an address narrows and orders by.
_NAMES = tuple(field.name for field in fields(Wanted))


def _of_part(part: str) -> Q:
    """Narrow by ranks first, which the queue's own indexes begin with."""
    own = {
        REPORTED: Q(rank__in=Waiting.REPORTED, notices__gt=0),
        EVIDENT: Q(rank__in=Waiting.REPORTED) & ~Q(proposed=""),
        RETURNED: Q(rank=0, came_back=True),
    }
    return own.get(part, Q(verdict=part))


def _of_goods(group: str) -> Q:
    critical = Q(rank__in=Waiting.SAFETY) & ~Q(safety="")
    return critical if group == SAFETY else critical & Q(safety=group)


def _of_seller(seller_id: str) -> Q:
    """Look the sellers up first: few have the same id, and the queue's own index finds theirs."""
    return Q(seller_id__in=list(Seller.objects.filter(seller_id=seller_id).values_list("pk", flat=True)[:SELLERS]))


_FILTERS: Mapping[str, Any] = {
    "marketplace": lambda slug: Q(marketplace__slug=slug),
    "part": _of_part,
    "goods": _of_goods,
    "right": lambda ref: Q(right__ref=ref),
    "brand": lambda name: Q(brand=folded(name)),
    "category": lambda name: Q(category=folded(name)),
    "seller": _of_seller,
    "language": lambda code: Q(language=code),
}

EVERYTHING = Wanted()
