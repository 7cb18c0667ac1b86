"""What a regime says, as frozen data: clocks, and the elements that a document must have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from touchmark.engine.errors import TouchmarkError


class UnknownRule(TouchmarkError):
    """No rule of that name is in force on that day under that regime."""


@dataclass(frozen=True, slots=True)
class ClockRule:
    """
    How long something may take: ``length`` in ``unit`` from the event ``starts_on``, ending with a day in ``zone``.

    ``verified`` is false where no primary source was read; pages say so.
    """

    id: str
    clock: str
    starts_on: str
    length: int
    unit: str
    zone: ZoneInfo
    in_force_from: date
    in_force_to: date | None
    source: str
    url: str
    verified: bool
    note: str

    def in_force(self, on: date) -> bool:
        """Whether the rule governs what starts on this day."""
        return self.in_force_from <= on and (self.in_force_to is None or on < self.in_force_to)


@dataclass(frozen=True, slots=True)
class Element:
    """One element that a document must have, ``always`` or only when the named fact holds."""

    document: str
    name: str
    asked_when: str
    asks: str
    source: str


@dataclass(frozen=True, slots=True)
class Regime:
    """One body of law or policy, as far as we follow it."""

    id: str
    name: str
    clocks: tuple[ClockRule, ...]
    elements: tuple[Element, ...]
    texts: Mapping[str, str]

    def clock(self, name: str, *, on: date) -> ClockRule:
        """
        Give the rule of this clock for what starts on this day.

        :raises UnknownRule: if none is in force then
        """
        for rule in self.clocks:
            if rule.clock == name and rule.in_force(on):
                return rule
        raise UnknownRule(f"{self.name}: no rule for the clock '{name}' is in force on {on.isoformat()}.")

    def document(self, name: str) -> tuple[Element, ...]:
        """Give the elements that this document must have, in the order of the law."""
        return tuple(element for element in self.elements if element.document == name)
