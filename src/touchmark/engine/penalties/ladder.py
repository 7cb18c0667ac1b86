"""Strikes with their days of expiry, and the standing that they make. Pure."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from touchmark.engine.errors import TouchmarkError


class UnusableLadder(TouchmarkError):
    """The file of ladders lacks something, or its steps do not go up."""


class Standing(StrEnum):
    """Where a seller is on the ladder."""

    GOOD = "good"
    NOTED = "noted"
    WARNED = "warned"
    AT_RISK = "at_risk"


@dataclass(frozen=True, slots=True)
class Against:
    """A decision that stands against a seller: what it is, and since when it counts."""

    ref: str
    kind: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Strike:
    """What a decision counts for, until it expires."""

    ref: str
    since: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Ladder:
    """One ladder: which kinds count, for how long, and from how many strikes on which standing follows."""

    id: str
    in_force_from: date
    source: str
    kinds: frozenset[str]
    life: timedelta
    steps: Sequence[tuple[int, Standing]]


@dataclass(frozen=True, slots=True)
class Record:
    """The standing on a moment, with the strikes behind it, the one that expires first on top."""

    standing: Standing
    strikes: Sequence[Strike]

    @property
    def better_on(self) -> datetime | None:
        """When the next strike expires; None where there is none."""
        return self.strikes[0].expires if self.strikes else None


def record(against: Iterable[Against], *, at: datetime) -> Record:
    """
    Give the standing that these decisions make at a moment: each counts by the ladder in force when it began to count.

    More time without a decision never makes it worse.
    """
    found = [strike for one in against if (strike := _strike(one)) and strike.since <= at < strike.expires]
    strikes = sorted(found, key=lambda strike: (strike.expires, strike.ref))
    steps = in_force(at.date()).steps
    standing = [standing for needed, standing in steps if needed <= len(strikes)][-1]
    return Record(standing, tuple(strikes))


def _strike(one: Against) -> Strike | None:
    ladder = in_force(one.since.date())
    return Strike(one.ref, one.since, one.since + ladder.life) if one.kind in ladder.kinds else None


def in_force(on: date) -> Ladder:
    """
    Give the ladder of a day.

    :raises UnusableLadder: if none is in force then
    """
    for ladder in reversed(ladders()):
        if ladder.in_force_from <= on:
            return ladder
    raise UnusableLadder(f"No ladder is in force on {on.isoformat()}.")


@cache
def ladders() -> tuple[Ladder, ...]:
    """
    Give every ladder, in the order of their days.

    :raises UnusableLadder: if one cannot be used
    """
    text = (resources.files("touchmark.engine.penalties") / "ladder.toml").read_text(encoding="utf-8")
    found = [ladder_of(row) for row in tomllib.loads(text)["ladder"]]
    return tuple(sorted(found, key=lambda ladder: ladder.in_force_from))


def ladder_of(row: Mapping[str, Any]) -> Ladder:
    """
    Build one ladder from the file.

    :raises UnusableLadder: if it names no source, or its steps do not begin at none and go up
    """
    steps = [(step["strikes"], Standing(step["standing"])) for step in row["step"]]
    counts = [needed for needed, _ in steps]
    if not row["source"] or counts[:1] != [0] or counts != sorted(set(counts)):
        raise UnusableLadder(f"{row['id']}: name the source, and let the steps begin at 0 and go up.")
    life = timedelta(days=row["life_days"])
    return Ladder(row["id"], row["in_force_from"], row["source"], frozenset(row["kinds"]), life, tuple(steps))
