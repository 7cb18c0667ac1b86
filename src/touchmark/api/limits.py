"""
How often a program may ask: so many requests a minute, counted in a small file that all processes of a machine share.

A file, because a database would be written to at every read and the cache cannot count without losing some: two calls
to the kernel, some ten microseconds. Several machines count each for itself.
"""

import fcntl
import os
import struct
import threading
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from touchmark.api.problems import Refused

WINDOW = 60
_SLOT = struct.Struct("<qq")  # when the minute began, in seconds, and how many came in it


@dataclass(frozen=True, slots=True)
class Rate:
    """A limit of its own: ``place`` in the file, ``setting`` that says how many a minute."""

    name: str
    place: int
    setting: str

    @property
    def most(self) -> int:
        """How many requests a minute."""
        return int(getattr(settings, self.setting))


GENERAL = Rate("general", 0, "TOUCHMARK_API_RATE")
SCREENINGS = Rate("screenings", 1, "TOUCHMARK_SCREENINGS_RATE")
_RATES = 2


@dataclass(frozen=True, slots=True)
class Left:
    """What a program has left of a minute, and in how many seconds the next one begins."""

    rate: Rate
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        """Say it in the headers of the IETF's draft, in the form that most programs read."""
        return {
            "RateLimit-Limit": str(self.rate.most),
            "RateLimit-Remaining": str(max(0, self.remaining)),
            "RateLimit-Reset": str(self.reset),
            "RateLimit-Policy": f"{self.rate.most};w={WINDOW}",
        }


class Counter:
    """Counts by slot, across threads (a lock) and processes (a lock on the slot's bytes)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file: tuple[Path, int, int] | None = None

    def count(self, slot: int, now: int, most: int) -> tuple[int, int]:
        """
        Count one request, unless there were ``most`` in its minute; give how many are left, and when it began.

        One that is refused is not counted, and leaves -1.
        """
        with self._lock:
            file = self._opened()
            where = slot * _SLOT.size
            fcntl.lockf(file, fcntl.LOCK_EX, _SLOT.size, where)
            try:
                began, seen = _SLOT.unpack(os.pread(file, _SLOT.size, where).ljust(_SLOT.size, b"\0"))
                if not 0 <= now - began < WINDOW:
                    began, seen = now, 0
                if seen < most:
                    os.pwrite(file, _SLOT.pack(began, seen + 1), where)
                return most - seen - 1, began
            finally:
                fcntl.lockf(file, fcntl.LOCK_UN, _SLOT.size, where)

    def _opened(self) -> int:
        path = Path(settings.TOUCHMARK_LIMITS)
        if self._file is None or self._file[:2] != (path, os.getpid()):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = (path, os.getpid(), os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        return self._file[2]


_counter = Counter()


def spend(request: HttpRequest, client: int, rate: Rate, at: datetime) -> None:
    """
    Count a request of a program, and note what is left for ``tell``.

    :raises Refused: if it came too often
    """
    now = int(at.timestamp())
    remaining, began = _counter.count(client * _RATES + rate.place, now, rate.most)
    left = Left(rate, remaining, max(1, began + WINDOW - now))
    request.left = left  # type: ignore[attr-defined]
    if remaining < 0:
        detail = f"This token may ask {rate.most} times a minute. Ask again in {left.reset} seconds."
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, detail, {"Retry-After": str(left.reset)})


def tell(request: HttpRequest, response: HttpResponseBase) -> None:
    """Say in the answer's headers what is left."""
    left: Left | None = getattr(request, "left", None)
    if left is not None:
        for name, value in left.headers().items():
            response.headers[name] = value
