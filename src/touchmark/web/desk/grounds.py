"""
Legal grounds that a reviewer can start from, by what a right is and where it reaches a listing: suggestions, no advice.

The table of which law governs says where: kind of right, its territories, where the listing is offered, the company.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from touchmark.engine.policy.load import BASE
from touchmark.engine.policy.which_law import Law, NoGround, territory_of
from touchmark.engine.territories import single

UNION = "EU"
#: Of the Union, and by its own law: a right of one member state. Where no other place has a law that we know.
MEMBER, ANYWHERE = "member", "*"
#: Places by regimes that are not called like them.
PLACES = {"uk": "GB"}


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
    *, kind: str, office: str, territories: Sequence[str], reached: Sequence[str], on: date
) -> Suggestion | None:
    """
    Give the ground to start from for a right of this kind: of its office, else of where it is good.

    None where it reaches nothing, or where we know no law to offer; the reviewer then names one.

    :param reached: the countries in which the right reaches the listing, the nearest first
    """
    fitting = [ground for ground in known() if kind in ground.kinds and ground.in_force(on)]
    for place in _places(territory_of(office), territories, reached, on):
        for ground in fitting:
            if place in ground.where:
                return ground
    return None


def reached_by(law: Law | NoGround, home: str) -> Sequence[str]:
    """Give where a right reaches a listing by what governs it, nearest first: at home, where that law is, elsewhere."""
    if isinstance(law, NoGround):
        return ()
    if not law.territories:
        return () if law.regime == BASE else (PLACES.get(law.regime, law.regime.upper()),)
    elsewhere = {code for _, where in law.others for code in where}
    return sorted(law.territories, key=lambda code: (code != home.upper(), code in elsewhere, code))


def _places(office: str, territories: Sequence[str], reached: Sequence[str], on: date) -> list[str]:
    """Give the places whose law could apply, the nearest first. A right without territories is good anywhere."""
    members = single([UNION], on)
    whole = {*reached} | ({UNION} if not members.isdisjoint(reached) else set())
    named = [place for place in (office, *(code.strip().upper() for code in territories)) if place in whole]
    of_one = MEMBER if named or office or territories else UNION
    every = [place for code in reached for place in ([code, of_one] if code in members else [code])]
    return [*named, *every, *([ANYWHERE] if reached else [])]
