"""Legal grounds that a reviewer can start from, by where a right is in force and what it is. Suggestions, no advice."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

#: Offices whose rights are in force in one place, whatever the register says of territories.
OFFICES = {"EUIPO": "EU", "EM": "EU", "OHIM": "EU", "USPTO": "US", "UKIPO": "GB", "CNIPA": "CN"}
UNION = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A legal ground as it can be cited, why it applies, and whether its primary source was read."""

    id: str
    where: frozenset[str]
    kinds: frozenset[str]
    reference: str
    explanation: str
    url: str
    verified: bool
    in_force_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it can still be cited for what happens on this day."""
        return self.in_force_to is None or on < self.in_force_to


@cache
def known() -> tuple[Suggestion, ...]:
    """Give every suggestion, in the order of the file."""
    text = (resources.files("touchmark.web.desk") / "grounds.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["ground"]
    return tuple(
        Suggestion(**row | {"where": frozenset(row["where"]), "kinds": frozenset(row["kinds"])}) for row in rows
    )


def suggested(
    *, kind: str, office: str, territories: Sequence[str], sold_in: Iterable[str], on: date
) -> Suggestion | None:
    """
    Give the ground to start from for a right of this kind: of its office, else of where it is in force and sold.

    None where we know no law to offer; the reviewer then names one.
    """
    fitting = [ground for ground in known() if kind in ground.kinds and ground.in_force(on)]
    for place in _places(office, territories, sold_in):
        for ground in fitting:
            if place in ground.where:
                return ground
    return None


def _places(office: str, territories: Sequence[str], sold_in: Iterable[str]) -> list[str]:
    """Give the places whose law could apply, the nearest first. A right without territories is in force anywhere."""
    of_office = [OFFICES[office.upper()]] if office.upper() in OFFICES else []
    sold = [*dict.fromkeys(sold_in)]
    everywhere = ["EU"] if not UNION.isdisjoint(sold) else []
    in_force = list(territories) or [*everywhere, *sold]
    return [*of_office, *(place for place in in_force if place in {*sold, *everywhere})]
