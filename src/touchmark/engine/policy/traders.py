"""Which traders must say who they are: duties as dated data, with their thresholds and clocks. Pure."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any

from dateutil.relativedelta import relativedelta

from touchmark.engine.policy.clocks import due
from touchmark.engine.policy.load import UnusablePolicy, regimes
from touchmark.engine.policy.which_law import Size, let_off

DETAILS, ANSWER, VERIFIED = "trader_details", "trader_answer", "trader_verified"
#: What a trader must give (Digital Services Act, article 30(1); INFORM Consumers Act, 45f(a)(1)).
NEEDED = ("name", "address", "phone", "email", "payment_account", "id_document", "self_certified")


@dataclass(frozen=True, slots=True)
class Volume:
    """What a shop sold in the last twelve months, in the currency of the duty."""

    sales: int
    gross: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One law's duty; without ``sales``, every trader has it. ``let_off_by`` is how the law that exempts calls it."""

    id: str
    name: str
    regimes: frozenset[str]
    territories: frozenset[str]
    in_force_from: date
    source: str
    certify_months: int
    verified: bool = False
    url: str = ""
    clocks: str = ""
    let_off_by: str = ""
    days: Mapping[str, int] = field(default_factory=dict)
    sales: int | None = None
    gross: float = 0.0
    currency: str = "USD"

    def concerns(self, *, regime: str, territories: Collection[str]) -> bool:
        """Whether it governs a shop on a marketplace of this regime that sells to these countries."""
        return regime in self.regimes or not self.territories.isdisjoint(territories)

    def spares(self, size: Size, *, on: date) -> bool:
        """Whether the law lets marketplaces of this size off it on a day."""
        return any(let_off(regime, self.let_off_by, size=size, on=on) for regime in self.regimes)

    def reached(self, volume: Volume) -> bool:
        """Whether a shop sold so much that it has the duty."""
        return self.sales is None or (volume.sales >= self.sales and volume.gross >= self.gross)

    def due(self, clock: str, *, start: datetime) -> datetime:
        """Give when something falls due: by the law's own clock, where it sets one."""
        if self.clocks:
            return due(regimes()[self.clocks].clock(clock, on=start.date()), start=start)
        last = start.astimezone(UTC).date() + timedelta(days=self.days[clock])
        return datetime.combine(last, time(23, 59, 59), tzinfo=UTC)

    def certify_by(self, verified_at: datetime) -> datetime:
        """Give when details that were verified must be certified anew."""
        return verified_at + relativedelta(months=self.certify_months)


@cache
def duties() -> tuple[Duty, ...]:
    """
    Give every duty.

    :raises UnusablePolicy: if one names no source, or no clocks
    """
    text = (resources.files("touchmark.engine.policy") / "traders.toml").read_text(encoding="utf-8")
    return tuple(duty_of(row) for row in tomllib.loads(text)["duty"])


def duty_of(row: Mapping[str, Any]) -> Duty:
    """
    Build one duty from the file.

    :raises UnusablePolicy: if it cannot be relied on
    """
    duty = Duty(**dict(row) | {name: frozenset(row[name]) for name in ("regimes", "territories")})
    if not duty.source or not (duty.clocks or {DETAILS, ANSWER, VERIFIED} <= set(duty.days)):
        raise UnusablePolicy(f"traders.toml: {duty.id} names no source, or lacks a clock.")
    return duty


def in_force(on: date) -> tuple[Duty, ...]:
    """Give the duties of a day."""
    return tuple(duty for duty in duties() if duty.in_force_from <= on)


def named(id: str) -> Duty:
    """Give a duty by its id."""
    return next(duty for duty in duties() if duty.id == id)
