"""The demo's programs side by side: the site, the worker, the shop. One stops, all stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

Programs = Mapping[str, Sequence[str]]


def run(programs: Programs, *, environment: Mapping[str, str], ready: Callable[[], None]) -> int:
    """
    Run the programs until one of them ends or this one is told to stop; then stop all of them.

    :param ready: called once they are started
    :returns: 0 if it was told to stop, 1 if a program ended by itself
    """
    running = {
        name: subprocess.Popen(command, env={**os.environ, **environment}, start_new_session=True)  # noqa: S603
        for name, command in programs.items()
    }
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        ready()
        while all(process.poll() is None for process in running.values()):
            time.sleep(0.3)
        ended = next(name for name, process in running.items() if process.poll() is not None)
        print(f"The {ended} ended by itself; stopping the others.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(list(running.values()))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def free(port: int) -> bool:
    """Whether nobody listens on this port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def answers(port: int, *, within: float) -> bool:
    """Whether somebody listens on this port before the seconds are over."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if not free(port):
            return True
        time.sleep(0.1)
    return False
