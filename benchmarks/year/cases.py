"""
One listing of one notice: its lives, its clocks and what happened, driven by the tables of the engine.

The one rule that makes faults harmless: before anything is done to a case at a moment, what fell due before that moment
is done first, as of when it fell due. So a worker that comes late changes nothing but when people are told.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from touchmark.engine.lifecycle.counter_notice import CounterStatus, life_of
from touchmark.engine.lifecycle.filing import FILING, FilingStatus
from touchmark.engine.lifecycle.notice_item import NOTICE_ITEM, OPEN, ItemStatus
from touchmark.engine.lifecycle.table import Lifecycle
from touchmark.engine.policy import clocks
from touchmark.engine.policy.clocks import ClockEvent, Happening
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import Bound, ClockRule, Place, UnknownRule
from touchmark.engine.terms import RightKind, Role

#: Which moves a clock makes when it falls due, by the code of what happens then. Others only call somebody.
MOVES: dict[str, tuple[tuple[str, str], ...]] = {
    "notice_lapses": (("filing", "lapse"), ("item", "lapse")),
    "decided_without": (("item", "not_examined"),),
    "counter_lapses": (("counter", "lapse"),),
    "listing_returns": (("counter", "put_back"), ("item", "put_back")),
    "measures_end": (("counter", "put_back"), ("item", "put_back")),
}


@dataclass(slots=True)
class Clock:
    """A run of a clock. ``acted`` is when it did what it does; the ledger of the checks counts by ``key``."""

    key: str
    rule: ClockRule
    place: Place
    events: list[ClockEvent]
    due_at: datetime | None
    acted: bool = False
    stopped: bool = False

    def tell(self, happening: Happening, at: datetime) -> None:
        """Record what happened to it."""
        self.events.append(ClockEvent(happening, at))
        self.due_at = clocks.state(self.rule, self.events, place=self.place).due_at

    def open_at(self, at: datetime) -> bool:
        """Whether it fell due before this moment and has not acted."""
        return not self.acted and not self.stopped and self.due_at is not None and self.due_at < at


@dataclass(slots=True)
class Case:
    """One listing of one notice. ``version`` grows with everything that is done to it: what a worker claims by."""

    number: int
    notice: int
    marketplace: str
    place: Place
    regime: str
    kind: RightKind
    status: dict[str, StrEnum] = field(default_factory=dict)
    since: dict[str, datetime] = field(default_factory=dict)
    clocks: dict[str, Clock] = field(default_factory=dict)
    over: list[Clock] = field(default_factory=list)
    history: list[tuple[datetime, str, str]] = field(default_factory=list)
    version: int = 0

    def __post_init__(self) -> None:
        self.status = self.status or {"filing": FilingStatus.NEW, "item": ItemStatus.NEW, "counter": CounterStatus.NEW}

    @property
    def lives(self) -> dict[str, Lifecycle]:
        """Its lives by name."""
        return {"filing": FILING, "item": NOTICE_ITEM, "counter": life_of(statutory=self.statutory)}

    @property
    def statutory(self) -> bool:
        """Whether the law knows counter-notices."""
        return regimes()[self.regime].counters_by_statute(self.kind)

    def act(self, life: str, event: str, role: Role, at: datetime) -> None:
        """
        Make a move by the table, after everything that fell due before.

        :raises IllegalMove: if it is too late, or was never possible
        """
        self.settle(at)
        self._move(life, event, role, at)
        self.version += 1

    def settle(self, at: datetime) -> None:
        """Do what fell due before a moment, in that order, each as of when it did."""
        while due := [clock for clock in self.clocks.values() if clock.open_at(at)]:
            self.fire(min(due, key=lambda clock: (clock.due_at, clock.key)))

    def seen(self, at: datetime) -> "Case":
        """Give the case as a page shows it at a moment: what fell due is counted in, though no worker has come."""
        view = replace(self, status=dict(self.status), since=dict(self.since), history=list(self.history))
        view.status, view.over = dict(self.status), list(self.over)
        view.clocks = {name: replace(clock, events=list(clock.events)) for name, clock in self.clocks.items()}
        view.settle(at)
        return view

    def fire(self, clock: Clock) -> None:
        """Let a clock do what it does, as of when it fell due."""
        assert clock.due_at is not None
        clock.acted = True
        self.version += 1
        self.history.append((clock.due_at, "clock", clock.rule.id))
        for life, event in MOVES.get(clock.rule.then, ()):
            if any(move.event == event for move in self.lives[life].moves_from(self.status[life], roles={Role.CLOCK})):
                self._move(life, event, Role.CLOCK, clock.due_at)

    def pause(self, name: str, at: datetime, happening: Happening) -> None:
        """Let a clock stand still, or go on."""
        self.settle(at)
        self.clocks[name].tell(happening, at)
        self.version += 1

    def _move(self, life: str, event: str, role: Role, at: datetime) -> None:
        table = self.lives[life]
        before = self.status[life]
        move = table.step(before, event, roles={role})
        self.history.append((at, life, event))
        self.status[life] = move.to
        if move.to != before:
            self.since[life] = at
            if life == "item" and move.to not in OPEN and self.status["filing"] == FilingStatus.COMPLETE:
                self._move("filing", "settle", Role.SYSTEM, at)
            self._clocks(table, move.to, at, before=before)

    def _clocks(self, table: Lifecycle, now: StrEnum, at: datetime, *, before: StrEnum) -> None:
        mine = {name for names in (*table.clocks.values(), *table.still.values()) for name in names}
        for name in [name for name in self.clocks if name in mine]:
            if name not in table.clocks_in(now) and name not in table.still_in(now):
                self._stop(name, at)
        for name in table.clocks_in(now):
            if name not in self.clocks:
                self._start(name, at)
            elif name in table.still_in(before):
                self._still(name, at, Happening.RESUME)
        for name in table.still_in(now):
            self._still(name, at, Happening.PAUSE)

    def _start(self, name: str, at: datetime) -> None:
        try:
            rule = regimes()[self.regime].clock(name, on=at.date(), kind=self.kind)
        except UnknownRule:
            return
        key = f"{self.number}:{rule.id}:{len(self.over) + len(self.clocks)}"
        clock = Clock(key, rule, self.place, [], None)
        clock.tell(Happening.START, at)
        self.clocks[name] = clock

    def _stop(self, name: str, at: datetime) -> None:
        clock = self.clocks.pop(name)
        clock.stopped = True
        clock.events.append(ClockEvent(Happening.STOP, at))
        self.over.append(clock)

    def _still(self, name: str, at: datetime, happening: Happening) -> None:
        if name in self.clocks and self.clocks[name].rule.pauses and not self.clocks[name].acted:
            self.clocks[name].tell(happening, at)

    def every_clock(self) -> list[Clock]:
        """Give every run of a clock that there was."""
        return [*self.over, *self.clocks.values()]


def not_before(clock: Clock) -> bool:
    """Whether a clock is a first day and no last one."""
    return clock.rule.bound == Bound.EARLIEST
