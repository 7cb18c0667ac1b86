"""
What follows for a seller from the decisions that stand: ladders of points and of strikes, dated, as data. Pure.

Amounts are recomputed from the breaches that count at a moment, so that a decision that is reversed takes with it what
it counted for, and that alone: serious ones within three days of one another count once, and if the first is reversed
the others still do. Neither waiting nor a reversal ever makes an amount larger.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from touchmark.engine.errors import TouchmarkError


class UnusableConsequences(TouchmarkError):
    """The file lacks a source, mixes shapes, or has steps that do not go up; or no such ladder is in force."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A decision that stands against a seller: what it is, how grave, and since when it counts."""

    ref: str
    gravity: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from an amount on; ``days`` is how long, where that is limited."""

    amount: int
    consequence: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """One way of counting. ``daily_cap`` limits the points of a day; ``merge_days`` makes occasions of breaches."""

    id: str
    points: Mapping[str, int]
    life: timedelta
    steps: tuple[Step, ...]
    daily_cap: int | None = None
    merge: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The tracks that count side by side, from a day on."""

    id: str
    in_force_from: date
    source: str
    verified: bool
    tracks: tuple[Track, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """
    Where a seller stands on a track: the amount, the breaches behind it with their last moments, the steps reached.

    ``less_at`` is when the first of them expires; None where there are none.
    """

    track: str
    amount: int
    behind: tuple[tuple[Breach, datetime], ...]
    reached: tuple[Step, ...]

    @property
    def less_at(self) -> datetime | None:
        """When the first of the breaches expires."""
        return self.behind[0][1] if self.behind else None


def amounts(breaches: Iterable[Breach], *, ladder: Ladder, at: datetime, zone: ZoneInfo) -> Mapping[str, Amount]:
    """
    Give where a seller stands at a moment on each track of a ladder.

    :param zone: where the days of a daily cap are counted
    """
    found = list(breaches)
    return {track.id: _amount(found, track, at, zone) for track in ladder.tracks}


def _amount(breaches: Sequence[Breach], track: Track, at: datetime, zone: ZoneInfo) -> Amount:
    alive = [one for one in breaches if one.gravity in track.points and one.since <= at < one.since + track.life]
    alive.sort(key=lambda one: (one.since, one.ref))
    amount = _points(alive, track, zone) if track.merge is None else _occasions(alive, track.merge)
    reached = tuple(step for step in track.steps if step.amount <= amount)
    return Amount(track.id, amount, tuple((one, one.since + track.life) for one in alive), reached)


def _points(alive: Sequence[Breach], track: Track, zone: ZoneInfo) -> int:
    days: Counter[date] = Counter()
    for one in alive:
        days[one.since.astimezone(zone).date()] += track.points[one.gravity]
    return sum(points if track.daily_cap is None else min(points, track.daily_cap) for points in days.values())


def _occasions(alive: Sequence[Breach], merge: timedelta) -> int:
    """Give the least number of spans of that length that hold all: those of each begin with its first breach."""
    found, end = 0, None
    for one in alive:
        if end is None or one.since >= end:
            found, end = found + 1, one.since + merge
    return found


def ladder(id_: str, *, on: date) -> Ladder:
    """
    Give the ladder of that name that is in force on a day.

    :raises UnusableConsequences: if there is none
    """
    found = [one for one in _ladders() if one.id == id_ and one.in_force_from <= on]
    if not found:
        raise UnusableConsequences(f"No ladder '{id_}' is in force on {on.isoformat()}.")
    return max(found, key=lambda one: one.in_force_from)


def names(*, on: date) -> tuple[str, ...]:
    """Give the names of the ladders that are in force on a day."""
    return tuple(dict.fromkeys(one.id for one in _ladders() if one.in_force_from <= on))


@cache
def _ladders() -> tuple[Ladder, ...]:
    text = (resources.files("touchmark.engine.penalties") / "consequences.toml").read_text(encoding="utf-8")
    return tuple(consequences_of(row) for row in tomllib.loads(text)["ladder"])


def consequences_of(row: Mapping[str, Any]) -> Ladder:
    """
    Build one ladder from the file.

    :raises UnusableConsequences: if it names no source, a track has a daily cap and merges, or its steps do not go up
    """
    tracks = tuple(_track(track) for track in row["track"])
    for track in tracks:
        needed = [step.amount for step in track.steps]
        mixed = track.daily_cap is not None and track.merge is not None
        if not row["source"] or mixed or not needed or needed != sorted(set(needed)) or needed[0] < 1:
            raise UnusableConsequences(f"{row['id']}: name the source, one shape for each track, and steps that go up.")
    return Ladder(row["id"], row["in_force_from"], row["source"], row["verified"], tracks)


def _track(row: Mapping[str, Any]) -> Track:
    return Track(
        id=row["id"],
        points=row["points"],
        life=timedelta(days=row["life_days"]),
        steps=tuple(Step(step["from"], step["consequence"], step.get("days")) for step in row["steps"]),
        daily_cap=row.get("daily_cap"),
        merge=timedelta(days=row["merge_days"]) if "merge_days" in row else None,
    )
