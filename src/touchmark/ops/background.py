"""
One pass over the background work: due clocks, what must be told, listings to screen, written rules, the sealing.

``touchmark worker`` makes passes until it is stopped, ``touchmark tick`` makes one. Several may run at once, on one
machine or many. A part that fails does not keep the others from being done.
"""

import logging
import os
import secrets
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from importlib import import_module

from django.conf import settings

from touchmark.apps.audit.actions import seal
from touchmark.apps.outbox.handlers import Handlers
from touchmark.apps.outbox.work import work
from touchmark.ops import clock

log = logging.getLogger(__name__)

#: Looks for what fell due by a moment, acts on it, and gives how many there were.
DueClock = Callable[[datetime], int]


@dataclass(frozen=True, slots=True)
class Done:
    """What a pass did; ``failed`` names the parts that failed, whose faults have been logged."""

    lapsed: int = 0
    told: int = 0
    screened: int = 0
    ruled: int = 0
    sealed: int = 0
    failed: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether there was nothing to do."""
        return not (self.lapsed or self.told or self.screened or self.ruled or self.sealed)

    def __str__(self) -> str:
        return (
            f"{self.lapsed} clocks fell due, {self.told} messages tried, {self.screened} listings screened, "
            f"{self.ruled} looked at by rules, {self.sealed} events sealed"
        )


@dataclass(slots=True)
class Background:
    """Passes by one worker, under a name that no other bears."""

    handlers: Handlers
    due_clocks: Sequence[DueClock]
    keep_up: DueClock = lambda at: 0
    by_rules: DueClock = lambda at: 0
    stop: Callable[[], bool] = lambda: False
    owner: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}")

    def make_pass(self, *, sealing: bool = True) -> Done:
        """Do what there is to do now, up to a batch of messages; ``sealing`` False leaves the record for later."""
        counts = {"lapsed": 0, "told": 0, "screened": 0, "ruled": 0, "sealed": 0}
        failed = []
        for name, part in self._parts(sealing=sealing):
            try:
                counts[name] += part()
            except Exception:
                log.exception("background work failed: %s", name)
                failed.append(name)
        return Done(**counts, failed=tuple(dict.fromkeys(failed)))

    def _parts(self, *, sealing: bool) -> Iterator[tuple[str, Callable[[], int]]]:
        for due in self.due_clocks:
            yield "lapsed", partial(_looked, due)
        yield "told", lambda: work(handlers=self.handlers, clock=clock.now, owner=self.owner, stop=self.stop)
        if not self.stop():
            yield "screened", lambda: self.keep_up(clock.now())
        if not self.stop():
            yield "ruled", lambda: self.by_rules(clock.now())
        if sealing:
            yield "sealed", self._seal

    def _seal(self) -> int:
        count = 0
        while not self.stop() and (batch := seal(at=clock.now()).events):
            count += batch
        return count


def _looked(due: DueClock) -> int:
    return due(clock.now())


def wired(stop: Callable[[], bool] = lambda: False) -> Background:
    """
    Give the background work of this installation, by the module that ``settings.TOUCHMARK_WIRING`` names.

    The module has ``handlers()``, and may have ``due_clocks()``, what to look at for clocks that fell due, and
    ``keep_up(at)``, which screens a batch of what has not been screened as it is, and ``by_rules(at)``, which lets
    written rules act.
    """
    wiring = import_module(settings.TOUCHMARK_WIRING)
    due_clocks = wiring.due_clocks() if hasattr(wiring, "due_clocks") else ()
    keep_up = getattr(wiring, "keep_up", lambda at: 0)
    by_rules = getattr(wiring, "by_rules", lambda at: 0)
    return Background(handlers=wiring.handlers(), due_clocks=due_clocks, keep_up=keep_up, by_rules=by_rules, stop=stop)
