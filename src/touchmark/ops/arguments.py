"""Kinds of arguments that several commands take, each refused in words that say what to write."""

import argparse
from datetime import date
from pathlib import Path

from touchmark.engine.errors import TouchmarkError


class UnusableArguments(TouchmarkError):
    """Arguments that are each well written do not go together."""


def day(text: str) -> date:
    """A date as year, month and day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write year, month and day: 2026-03-31") from None


def probability(text: str) -> float:
    """A number from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1; write one like 0.5")
    return value


def workers(text: str) -> int:
    """A number of processes."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes; write 1 or more")
    return int(text)


def positive(text: str) -> int:
    """A number of things, one or more."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number; write 1 or more")
    return int(text)


def existing_folder(text: str) -> Path:
    """A folder that is there."""
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} is not a folder that is there; check the path")
    return path
