"""
Two workers that sweep for due clocks, with everything that can go wrong: both read the same rows before either acts,
one is killed before or after it commits, and for a week none runs.
"""

import heapq
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import numpy as np

from benchmarks.year.cases import MOVES, Case, Clock
from benchmarks.year.people import YEAR, Deed, Draws, begin, do, next_deeds
from touchmark.engine.lifecycle.table import IllegalMove

SWEEP = timedelta(minutes=30)
END = YEAR + timedelta(days=730)  # what began in the year comes to its end
OUTAGE = (YEAR + timedelta(days=215), YEAR + timedelta(days=222))


@dataclass(slots=True)
class Told:
    """What came of the faults."""

    sweeps: int = 0
    kills: int = 0
    repeats: int = 0  # a worker came to a clock that another had seen to
    by_people: int = 0  # fell due, and was seen to when somebody acted before a worker came
    too_late: int = 0  # somebody acted after the clock had


class Year:
    """The year as it happens: people's deeds and workers' sweeps in the order of time."""

    def __init__(self, started: list[tuple[Case, datetime, Draws]], *, seed: int, faults: bool, careful: bool = True):
        self.rng = np.random.default_rng((seed, 7))
        self.faults, self.careful = faults, careful
        self.told = Told()
        self.acts: list[str] = []  # every time that a clock acted, by its key
        self._people: list[tuple[datetime, int, str, Case, Draws, Deed | None]] = []
        self._due: list[tuple[datetime, int, Case, Clock]] = []
        self._indexed: set[tuple[str, datetime]] = set()
        self._order = count()
        self._draws: dict[int, Draws] = {}
        self.cases = [case for case, _, _ in started]
        for case, at, draws in started:
            heapq.heappush(self._people, (at, next(self._order), "begin", case, draws, None))

    def run(self) -> None:
        """Let it all happen."""
        at = YEAR
        while at < END and (self._people or self._due):
            at += SWEEP if self.faults else SWEEP / 30
            self._deeds(until=at)
            if not (self.faults and OUTAGE[0] <= at < OUTAGE[1]):
                self._sweep(at)

    def _deeds(self, *, until: datetime) -> None:
        while self._people and self._people[0][0] < until:
            at, _, what, case, draws, deed = heapq.heappop(self._people)
            before = {clock.key for clock in case.every_clock() if clock.acted}
            if what == "look":
                self._look(case, draws, at)
                continue
            if what == "begin":
                begin(case, at, draws)
            elif deed is not None and not self._done(case, deed):
                continue
            fired = [clock.key for clock in case.every_clock() if clock.acted and clock.key not in before]
            self.acts += fired
            self.told.by_people += len(fired)
            self._follow(case, draws)

    def _look(self, case: Case, draws: Draws, at: datetime) -> None:
        """Somebody looks at the case, and sees what fell due: that no worker has come yet keeps nobody from acting."""
        for deed in next_deeds(case.seen(at), draws):
            self._plan(case, draws, deed)

    def _done(self, case: Case, deed: Deed) -> bool:
        if not self.careful:  # as if what fell due were not seen to first
            try:
                case._move(deed.life, deed.event, deed.role, deed.at)
            except IllegalMove:
                return False
            return True
        try:
            do(case, deed)
        except IllegalMove:
            self.told.too_late += 1
            return True  # what fell due was seen to all the same
        return True

    def _follow(self, case: Case, draws: Draws) -> None:
        for deed in next_deeds(case, draws):
            self._plan(case, draws, deed)
        self._index(case, draws)

    def _plan(self, case: Case, draws: Draws, deed: Deed) -> None:
        mark = (f"{case.number}:{deed.life}:{deed.event}", deed.at)
        if mark not in self._indexed:
            self._indexed.add(mark)
            heapq.heappush(self._people, (deed.at, next(self._order), "deed", case, draws, deed))

    def _index(self, case: Case, draws: Draws) -> None:
        for clock in case.clocks.values():
            if clock.due_at is not None and not clock.acted and (clock.key, clock.due_at) not in self._indexed:
                self._indexed.add((clock.key, clock.due_at))
                heapq.heappush(self._due, (clock.due_at, next(self._order), case, clock))
                if clock.rule.then in MOVES:
                    seen_at = clock.due_at + timedelta(seconds=1)
                    heapq.heappush(self._people, (seen_at, next(self._order), "look", case, draws, None))
        self._draws[case.number] = draws

    def _sweep(self, at: datetime) -> None:
        self.told.sweeps += 1
        rows = []
        while self._due and self._due[0][0] < at:
            rows.append(heapq.heappop(self._due))
        order = list(self.rng.permutation(len(rows))) if self.faults else range(len(rows))
        for place in order:
            self._attempt(rows[place], at)
            if self.faults and self.rng.random() < 0.3:
                self._attempt(rows[place], at)  # the other worker had read the same row

    def _attempt(self, row: tuple[datetime, int, Case, Clock], at: datetime) -> None:
        if self.faults and self.rng.random() < 0.01:
            self.told.kills += 1
            if self.rng.random() < 0.5:  # before it committed: nothing has happened, and the row is still there
                heapq.heappush(self._due, (row[0], next(self._order), row[2], row[3]))
                return
        self._claim(row[2], row[3], at)

    def _claim(self, case: Case, clock: Clock, at: datetime) -> None:
        """Act if the clock is still open by what happened until now: the conditional update."""
        if clock.due_at is None or (self.careful and not clock.open_at(at)):
            self.told.repeats += clock.acted
            return
        before = {one.key for one in case.every_clock() if one.acted}
        if self.careful:
            case.settle(at)
        else:
            case.fire(clock)
            before.discard(clock.key)
        self.acts += [one.key for one in case.every_clock() if one.acted and one.key not in before]
        self._follow(case, self._draws[case.number])
