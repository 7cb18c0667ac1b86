"""How far long work has come: a bar on a terminal, a plain line now and then elsewhere."""

import sys
import time
from types import TracebackType
from typing import Any, Self, TextIO

#: Seconds between two plain lines.
EVERY = 10.0


class Progress:
    """
    Count, rate and time left, on standard error.

    As a context: ``advance`` after each piece of work; at the end one line says what was done, also after an interrupt.
    """

    def __init__(self, doing: str, unit: str, *, stream: TextIO | None = None) -> None:
        self._doing, self._unit = doing, unit
        self._stream = stream or sys.stderr
        self._count = 0
        self._begun = self._told = time.monotonic()
        self._bar = self._new_bar() if self._stream.isatty() else None

    def _new_bar(self) -> Any:
        from tqdm import tqdm

        return tqdm(desc=self._doing, unit=f" {self._unit}", file=self._stream, dynamic_ncols=True, leave=False)

    def advance(self, count: int, share: float | None = None) -> None:
        """``count`` more are done; with them ``share`` of all the work, 0 to 1, if that is known."""
        self._count += count
        if self._bar is not None:
            self._bar.total = round(self._count / share) if share else None
            self._bar.update(count)
        elif time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            self._line(self._so_far(share))

    def say(self, line: str) -> None:
        """A line of its own, above the bar if there is one."""
        if self._bar is not None:
            self._bar.write(line, file=self._stream)
        else:
            self._line(line)

    def _so_far(self, share: float | None) -> str:
        seconds = self._told - self._begun
        text = f"{self._doing}: {self._count:,} {self._unit}, {self._count / seconds:,.0f}/s"
        return f"{text}, about {duration(seconds * (1 - share) / share)} left" if share else text

    def _line(self, text: str) -> None:
        print(text, file=self._stream, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()
        seconds = max(time.monotonic() - self._begun, 1e-9)
        until = "" if kind is None else ", then stopped"
        rate = f"{self._count / seconds:,.0f}/s"
        self._line(f"{self._doing}: {self._count:,} {self._unit} in {duration(seconds)}, {rate}{until}")


def duration(seconds: float) -> str:
    """A length of time as people say it: 0.4 s, 12 s, 3 min 20 s, 2 h 5 min."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
