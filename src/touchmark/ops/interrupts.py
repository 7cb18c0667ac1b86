"""Ctrl-C between two steps of a work, never within one: what is told as done is what was done."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def asked_to_stop(*signs: signal.Signals) -> Iterator[threading.Event]:
    """
    While it lasts, these signals only set the event; a second SIGINT interrupts at once, as it does everywhere else.

    Only of use in the main thread, which is the one that Python hands signals to.
    """
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {sign: signal.signal(sign, stop) for sign in {signal.SIGINT, *signs}}
    try:
        yield stopping
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
