"""What a regime says, as frozen data: clocks, and the elements that a document must have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import RightKind


class UnknownRule(TouchmarkError):
    """No rule of that name is in force on that day under that regime."""


class NoClock(UnknownRule):
    """The regime says that this has no last day; ``why`` is its source."""

    def __init__(self, regime: str, clock: str, why: str) -> None:
        self.why = why
        super().__init__(f"{regime}: '{clock}' has no last day ({why}).")


class Unit(StrEnum):
    """
    What a length is counted in. ``docs/clocks.md`` says how.

    Hours never stop; open hours stop on whole days that do not count; working days differ from business days where a
    government moves work to a weekend.
    """

    HOURS = "hours"
    OPEN_HOURS = "open_hours"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class Bound(StrEnum):
    """What the moment is: the last at which something may be done, or the first ("not less than")."""

    LATEST = "latest"
    EARLIEST = "earliest"


class Party(StrEnum):
    """For whom a clock runs: whoever must act before it falls due."""

    NOTIFIER = "notifier"
    HOLDER = "holder"
    SELLER = "seller"
    PLATFORM = "platform"
    MARKETPLACE = "marketplace"
    APPELLANT = "appellant"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Place:
    """Where days are counted: a calendar by id, and a time zone. A marketplace has one."""

    calendar: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """
    How long something may take: ``length`` in ``unit`` from the event ``starts_on``, ending with a day in ``zone``.

    ``waits_for`` must act before it falls due, and ``then`` is the code of what happens when it has: the keys of what
    people are told. ``local`` rules are counted where the marketplace is established, instead of by ``calendar`` and
    ``zone``. A last day that does not count is put off to the next that does where the rule ``rolls``. ``pauses`` may
    stand still for ``pause_at_most`` working days in all, or for any time if that is None. An extended length ends at
    ``at_most``; None is no extension. One of certain ``lanes`` holds for what comes in them, whatever the regime: they
    are the platform's own, and never longer than the law's.

    ``verified`` is false where no primary source was read; ``ours`` is true where the source says "promptly" or
    nothing, and the number is the platform's. Pages say both.
    """

    id: str
    clock: str
    starts_on: str
    length: int
    unit: Unit
    zone: ZoneInfo
    in_force_from: date
    source: str
    waits_for: Party
    then: str
    verified: bool
    in_force_to: date | None = None
    url: str = ""
    note: str = ""
    ours: bool = False
    kinds: frozenset[RightKind] = frozenset()
    lanes: frozenset[str] = frozenset()
    calendar: str = ""
    local: bool = False
    rolls: bool = False
    bound: Bound = Bound.LATEST
    pauses: bool = False
    pause_at_most: int | None = None
    at_most: int | None = None

    def in_force(self, on: date) -> bool:
        """Whether the rule governs what starts on this day."""
        return self.in_force_from <= on and (self.in_force_to is None or on < self.in_force_to)

    def concerns(self, kind: RightKind | None) -> bool:
        """Whether it governs rights of this kind; a rule of no kind governs all."""
        return not self.kinds or kind in self.kinds

    def is_for(self, lane: str) -> bool:
        """Whether it governs what comes in this lane; a rule of no lane governs all."""
        return not self.lanes or lane in self.lanes

    def place(self, marketplace: Place | None) -> Place:
        """Give where its days are counted, for a marketplace that counts its own days there."""
        return marketplace if self.local and marketplace is not None else Place(self.calendar, self.zone)


@dataclass(frozen=True, slots=True)
class NoLimit:
    """That a clock does not run under a regime, for rights of these kinds (none: of all), and why."""

    clock: str
    source: str
    verified: bool
    kinds: frozenset[RightKind] = frozenset()

    def concerns(self, kind: RightKind | None) -> bool:
        """Whether this is said of rights of this kind."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Element:
    """
    One element that a document must have, ``always`` or only when the named fact holds; of some kinds of right, or all.

    ``asks`` names it, ``give`` says how to give it, and ``says`` are the words of a statement that must be confirmed,
    all in English as texts to be translated. ``key`` names it for programs. Of an answer, what is ``forwarded`` goes to
    the holder with it.
    """

    document: str
    name: str
    asked_when: str
    asks: str
    source: str
    key: str = ""
    give: str = ""
    says: str = ""
    verified: bool = True
    kinds: frozenset[RightKind] = frozenset()
    forwarded: bool = True

    def concerns(self, kind: RightKind | None) -> bool:
        """Whether it is asked of rights of this kind."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Regime:
    """One body of law or policy, as far as we follow it. What it does not say, ``base`` says: the platform's policy."""

    id: str
    name: str
    clocks: tuple[ClockRule, ...]
    elements: tuple[Element, ...]
    texts: Mapping[str, str]
    no_limits: tuple[NoLimit, ...] = ()
    base: Self | None = None

    def clock(self, name: str, *, on: date, kind: RightKind | None = None, lane: str = "") -> ClockRule:
        """
        Give the rule of this clock for what starts on this day, about a right of this kind, in a lane.

        :raises NoClock: if the regime says that it has no last day
        :raises UnknownRule: if none is in force then
        """
        for limit in self.no_limits:
            if limit.clock == name and limit.concerns(kind):
                raise NoClock(self.name, name, limit.source)
        for rule in (*self._of_lane(lane), *self.clocks):
            if rule.clock == name and rule.in_force(on) and rule.concerns(kind) and rule.is_for(lane):
                return rule
        if self.base is not None:
            return self.base.clock(name, on=on, kind=kind)
        raise UnknownRule(f"{self.name}: no rule for the clock '{name}' is in force on {on.isoformat()}.")

    def _of_lane(self, lane: str) -> tuple[ClockRule, ...]:
        """Give the platform's own rules of a lane, which come first."""
        of_base = (self.base or self).clocks
        return tuple(rule for rule in of_base if lane in rule.lanes)

    def counters_by_statute(self, kind: RightKind | None = None) -> bool:
        """Whether a holder's mere rejection never stops a listing's return: the law gives it no time to answer in."""
        return any(limit.clock == "holder_answer" and limit.concerns(kind) for limit in self.no_limits)

    def document(self, name: str, *, kind: RightKind | None = None) -> tuple[Element, ...]:
        """Give the elements that this document must have for a right of this kind, in the order of the law."""
        own = tuple(element for element in self.elements if element.document == name and element.concerns(kind))
        return self.base.document(name, kind=kind) if self.base is not None and not own else own
