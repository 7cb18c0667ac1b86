"""
One pass over the background work: clocks that fell due, then what must be told, then the sealing of the record.

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
    sealed: int = 0
    failed: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether there was nothing to do."""
        return not (self.lapsed or self.told or self.sealed)

    def __str__(self) -> str:
        return f"{self.lapsed} clocks fell due, {self.told} messages tried, {self.sealed} events sealed"


@dataclass(slots=True)
class Background:
    """Passes by one worker, under a name that no other bears."""

    handlers: Handlers
    due_clocks: Sequence[DueClock]
    stop: Callable[[], bool] = lambda: False
    owner: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}")

    def make_pass(self, *, sealing: bool = True) -> Done:
        """Do what there is to do now, up to a batch of messages; ``sealing`` False leaves the record for later."""
        counts = {"lapsed": 0, "told": 0, "sealed": 0}
        failed = []
        for name, part in self._parts(sealing=sealing):
            try:
                counts[name] = part()
            except Exception:
                log.exception("background work failed: %s", name)
                failed.append(name)
        return Done(**counts, failed=tuple(failed))

    def _parts(self, *, sealing: bool) -> Iterator[tuple[str, Callable[[], int]]]:
        yield "lapsed", lambda: sum(due(clock.now()) for due in self.due_clocks)
        yield "told", lambda: work(handlers=self.handlers, clock=clock.now, owner=self.owner, stop=self.stop)
        if sealing:
            yield "sealed", self._seal

    def _seal(self) -> int:
        count = 0
        while not self.stop() and (batch := seal(at=clock.now()).events):
            count += batch
        return count


def wired(stop: Callable[[], bool] = lambda: False) -> Background:
    """
    Give the background work of this installation, by the module that ``settings.TOUCHMARK_WIRING`` names.

    The module has ``handlers()``, and may have ``due_clocks()``: what to look at for clocks that fell due.
    """
    wiring = import_module(settings.TOUCHMARK_WIRING)
    due_clocks = wiring.due_clocks() if hasattr(wiring, "due_clocks") else ()
    return Background(handlers=wiring.handlers(), due_clocks=due_clocks, stop=stop)
