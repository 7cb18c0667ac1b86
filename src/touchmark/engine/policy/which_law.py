"""
Which law governs each listing of a notice: a dated table, read by kind of right × its territory × where the listing is
offered × the marketplace's entity. Pure.

A right grounds nothing outside its territory. A notice over several marketplaces splits into one procedure for each
marketplace and law, and stays one to the notifier.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from touchmark.engine.policy.load import BASE, UnusablePolicy, regimes
from touchmark.engine.policy.rules import Place
from touchmark.engine.terms import RightKind
from touchmark.engine.territories import single

#: The row that applies where no other does.
POLICY_ROW = "platform.policy"


class Size(StrEnum):
    """How large the company behind a marketplace is (Recommendation 2003/361/EC); the last is a designation."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    VERY_LARGE = "very_large"


class NoGround(StrEnum):
    """Why a right grounds nothing against a listing: the keys of what the notifier is told."""

    OUTSIDE_TERRITORY = "outside_territory"
    TERRITORY_UNKNOWN = "territory_unknown"


@dataclass(frozen=True, slots=True)
class Entity:
    """The company behind a marketplace. ``sells_in`` is where its listings are offered that do not say."""

    marketplace: str
    established: str
    place: Place
    sells_in: tuple[str, ...] = ()
    size: Size = Size.LARGE
    designations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Claim:
    """A right as far as the law asks: its kind, where it is good, the office that registered it."""

    kind: RightKind
    territories: tuple[str, ...] = ()
    office: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A listing, the marketplace behind it, and the territories in which it says that it is offered."""

    listing: str
    entity: Entity
    offered_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Law:
    """
    What governs one listing: ``regime`` by the table's ``row``, in ``territories``, all where the right reaches it.

    ``others`` are the regimes that govern some of these territories too, with those. ``exempt`` are duties that the
    regime lets this marketplace off.
    """

    regime: str
    row: str
    territories: tuple[str, ...]
    others: tuple[tuple[str, tuple[str, ...]], ...]
    exempt: frozenset[str]
    place: Place


@dataclass(frozen=True, slots=True)
class Procedure:
    """One marketplace's part of a notice under one law."""

    marketplace: str
    law: Law
    listings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A notice's procedures, in the order of its listings, and the listings against which the right grounds nothing."""

    procedures: tuple[Procedure, ...]
    ungrounded: Mapping[str, NoGround]


def law_of(claim: Claim, offer: Offer, *, on: date) -> Law | NoGround:
    """Give what governs a listing under a right on a day, or why the right grounds nothing there."""
    good = _good_in(claim, on)
    if isinstance(good, NoGround):
        return good
    reached = _reached(good, offer, on)
    if not reached:
        return NoGround.OUTSIDE_TERRITORY
    found = [(row, reached & single(row.governs, on)) for row in _rows() if row.applies(claim.kind, offer.entity, on)]
    found = sorted((pair for pair in found if pair[1]), key=lambda pair: not _home(pair[0], offer.entity, on))
    row, _ = found[0] if found else (None, frozenset())
    regime = row.regime if row else BASE
    return Law(
        regime=regime,
        row=row.id if row else POLICY_ROW,
        territories=tuple(sorted(reached)),
        others=tuple((other.regime, tuple(sorted(where))) for other, where in found[1:]),
        exempt=_exempt(regime, offer.entity, on),
        place=offer.entity.place,
    )


def let_off(regime: str, duty: str, *, size: Size, on: date) -> bool:
    """Whether a law lets marketplaces of this size off one of its duties on a day."""
    rows = (row for row in _exemptions() if row.regime == regime and row.in_force(on))
    return any(size in row.sizes and duty in row.duties for row in rows)


def territory_of(office: str) -> str:
    """Give the territory for which an office registers rights; blank for one that is not known."""
    return _offices().get(office.strip().upper(), "")


def split(claim: Claim, offers: Iterable[Offer], *, on: date) -> Split:
    """Give the procedures of a notice: its listings by marketplace and law."""
    ungrounded: dict[str, NoGround] = {}
    parts: dict[tuple[str, str], list[tuple[str, Law]]] = {}
    for offer in offers:
        law = law_of(claim, offer, on=on)
        if isinstance(law, NoGround):
            ungrounded[offer.listing] = law
        else:
            parts.setdefault((offer.entity.marketplace, law.regime), []).append((offer.listing, law))
    return Split(tuple(_procedure(marketplace, part) for (marketplace, _), part in parts.items()), ungrounded)


def _procedure(marketplace: str, part: Sequence[tuple[str, Law]]) -> Procedure:
    first = part[0][1]
    territories = tuple(sorted({code for _, law in part for code in law.territories}))
    others: dict[str, set[str]] = {}
    for _, law in part:
        for regime, where in law.others:
            others.setdefault(regime, set()).update(where)
    merged = tuple((regime, tuple(sorted(where))) for regime, where in others.items())
    law = Law(first.regime, first.row, territories, merged, first.exempt, first.place)
    return Procedure(marketplace, law, tuple(listing for listing, _ in part))


def _good_in(claim: Claim, on: date) -> frozenset[str] | NoGround | None:
    """Give the countries in which a right is good; None is everywhere."""
    if claim.territories:
        return single(claim.territories, on)
    office = territory_of(claim.office)
    if office and claim.kind != RightKind.COPYRIGHT:
        return single([office], on)
    # Copyright needs no registration (Berne Convention, art. 5(2)): an office that recorded it does not bound it.
    return None if claim.kind == RightKind.COPYRIGHT else NoGround.TERRITORY_UNKNOWN


def _reached(good: frozenset[str] | None, offer: Offer, on: date) -> frozenset[str]:
    """Give the countries in which a right that is good there reaches the listing."""
    offered = single(offer.offered_in or offer.entity.sells_in, on)
    if good is None:
        return offered or single([offer.entity.established], on)
    return good & offered if offered else good


def _home(row: "_Row", entity: Entity, on: date) -> bool:
    return entity.established.upper() in single(row.governs, on)


def _exempt(regime: str, entity: Entity, on: date) -> frozenset[str]:
    rows = (row for row in _exemptions() if row.regime == regime and row.in_force(on) and entity.size in row.sizes)
    return frozenset(duty for row in rows for duty in row.duties)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    id: str
    regime: str
    in_force_from: date
    source: str
    verified: bool
    in_force_to: date | None = None
    url: str = ""
    note: str = ""

    def in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_to is None or on < self.in_force_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row(_Dated):
    governs: tuple[str, ...]
    kinds: frozenset[RightKind]
    needs: frozenset[str]

    def applies(self, kind: RightKind, entity: Entity, on: date) -> bool:
        return self.in_force(on) and (not self.kinds or kind in self.kinds) and self.needs <= entity.designations


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exemption(_Dated):
    sizes: frozenset[Size]
    duties: tuple[str, ...]


@cache
def _table() -> Mapping[str, Any]:
    file = resources.files("touchmark.engine.policy") / "data" / "tables" / "which_law.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    for row in [*data["row"], *data["exemption"]]:
        if not row["source"] or row["regime"] not in regimes():
            raise UnusablePolicy(f"which_law.toml: the row {row['id']} names no source, or a regime that is not there.")
    return data


@cache
def _rows() -> tuple[_Row, ...]:
    read = (dict(row) for row in _table()["row"])
    return tuple(
        _Row(
            **row
            | {
                "governs": tuple(row["governs"]),
                "kinds": frozenset(RightKind(kind) for kind in row.get("kinds", ())),
                "needs": frozenset(row.get("needs", ())),
            }
        )
        for row in read
    )


@cache
def _exemptions() -> tuple[_Exemption, ...]:
    return tuple(
        _Exemption(**row | {"sizes": frozenset(map(Size, row["sizes"])), "duties": tuple(row["duties"])})
        for row in _table()["exemption"]
    )


@cache
def _offices() -> Mapping[str, str]:
    return {code: office["territory"] for office in _table()["office"] for code in office["codes"]}
