"""What the clock does to many things, each in a transaction of its own: a fault with one keeps no other waiting."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Key = TypeVar("Key")


def each(keys: Iterable[Key], act: Callable[[Key], bool]) -> int:
    """
    Act on each, and give on how many something was done.

    Whoever could bring about a fault in one thing of theirs would else stop the clocks of everybody whose turn comes
    after it, at every pass anew.

    :raises ExceptionGroup: once all have had their turn, if there were faults
    """
    done, faults = 0, []
    for key in keys:
        try:
            done += act(key)
        except Exception as fault:
            fault.add_note(f"with {key}")
            faults.append(fault)
    if faults:
        raise ExceptionGroup(f"{len(faults)} could not be acted on, {done} were", faults)
    return done
