"""Reads a life written as a table: which move is open, to whom, from where. Pure; callers decide what to make of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Role


class IllegalMove(TouchmarkError):
    """The event cannot happen from the status that the thing has now."""


class AlreadyThere(IllegalMove):
    """The event would lead to where the thing already is: somebody was first, or it was said twice."""


class NotYours(TouchmarkError):
    """The event could happen, but not at the hand of this actor."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a life: ``event``, at the hand of a role in ``by``, leads from any of ``origin`` to ``to``."""

    event: str
    origin: frozenset[StrEnum]
    to: StrEnum
    by: frozenset[Role]


def move(event: str, origin: Iterable[StrEnum] | StrEnum, to: StrEnum, by: Iterable[Role] | Role) -> Move:
    """Write one row of a table."""
    origins = {origin} if isinstance(origin, StrEnum) else set(origin)
    roles = {by} if isinstance(by, Role) else set(by)
    return Move(event, frozenset(origins), to, frozenset(roles))


class Lifecycle:
    """
    A life as a table. ``start`` is the status of a thing of which nothing is recorded yet; ``clocks`` names, for each
    status that waits for a time, the clocks of ``engine.policy`` that run in it, and ``still`` those that stand still
    there, where the rule in force lets them. A clock that does neither in a status is over.

    :raises ValueError: at import, if two rows answer the same event from the same status, or a clock runs in none
    """

    def __init__(
        self,
        name: str,
        *,
        start: StrEnum,
        rows: Iterable[Move],
        clocks: Mapping[StrEnum, tuple[str, ...]] | None = None,
        still: Mapping[StrEnum, tuple[str, ...]] | None = None,
    ) -> None:
        self.name = name
        self.start = start
        self.rows = tuple(rows)
        self.clocks = dict(clocks or {})
        self.still = dict(still or {})
        if unknown := (self.clocks.keys() | self.still.keys()) - self.statuses:
            raise ValueError(f"{name}: clocks run in {', '.join(sorted(unknown))}, which is no status of it")
        self._by_event: dict[tuple[StrEnum, str], Move] = {}
        for row in self.rows:
            for status in row.origin:
                if (status, row.event) in self._by_event:
                    raise ValueError(f"{name}: two moves for {row.event!r} from {status!r}")
                self._by_event[status, row.event] = row

    @property
    def statuses(self) -> frozenset[StrEnum]:
        """Every status that the table names."""
        return frozenset({self.start}.union(*(row.origin | {row.to} for row in self.rows)))

    @property
    def events(self) -> frozenset[str]:
        """Every event that the table names."""
        return frozenset(row.event for row in self.rows)

    def clocks_in(self, status: StrEnum) -> tuple[str, ...]:
        """Give the names of the clocks that run in a status."""
        return self.clocks.get(status, ())

    def still_in(self, status: StrEnum) -> tuple[str, ...]:
        """Give the names of the clocks that stand still in a status."""
        return self.still.get(status, ())

    def moves_from(self, status: StrEnum, *, roles: Iterable[Role]) -> Iterator[Move]:
        """Give the moves that these roles have from here: the buttons that a page may show."""
        held = frozenset(roles)
        return (row for row in self.rows if status in row.origin and row.by & held)

    def step(self, status: StrEnum, event: str, *, roles: Iterable[Role]) -> Move:
        """
        Give the move that ``event`` is from ``status``.

        :raises AlreadyThere: if the event leads to where the thing already is
        :raises IllegalMove: if the event cannot happen from here
        :raises NotYours: if none of the roles may do it
        """
        found = self._by_event.get((status, event))
        if found is None:
            raise self._refusal(status, event)
        if found.by.isdisjoint(roles):
            raise NotYours(f"This {self.name} can be moved by '{event}', but only by: {', '.join(sorted(found.by))}.")
        return found

    def folded(self, events: Iterable[str]) -> StrEnum:
        """
        Give the status that recorded events lead to, whoever did them.

        :raises IllegalMove: if the events do not follow from one another
        """
        status = self.start
        for event in events:
            status = self.after(status, event)
        return status

    def after(self, status: StrEnum, event: str) -> StrEnum:
        """
        Give the status that ``event`` leads to from ``status``, whoever does it.

        :raises IllegalMove: if the event cannot happen from here
        """
        found = self._by_event.get((status, event))
        if found is None:
            raise self._refusal(status, event)
        return found.to

    def _refusal(self, status: StrEnum, event: str) -> IllegalMove:
        if any(row.event == event and row.to == status for row in self.rows):
            return AlreadyThere(f"This {self.name} is {status} already.")
        return IllegalMove(f"This {self.name} is {status}: '{event}' is not possible any more, or not yet.")
