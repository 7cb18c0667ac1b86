"""Settings from the environment, failing loudly with the variable's name; ``X_FILE`` names a file that holds X."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """
    Give the variable ``name``, or the content of the file that ``name_FILE`` points to.

    :raises ImproperlyConfigured: if neither is set and there is no default
    """
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set: give it, or {name}_FILE with a path.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """
    Give the variable ``name`` as yes or no.

    :raises ImproperlyConfigured: if it is neither
    """
    value = os.environ.get(name, "").lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return value in ("1", "true", "yes", "on") if value else default
    raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")


def words(name: str, default: str = "") -> list[str]:
    """Give the variable ``name`` as a list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, default: str, *others: str) -> str:
    """
    Give the variable ``name`` as one of several words.

    :raises ImproperlyConfigured: if it is none of them
    """
    value = text(name, default)
    if value in (default, *others):
        return value
    raise ImproperlyConfigured(f"{name} is {value!r}: write {', '.join((default, *others))}.")


def share(name: str, default: float) -> float:
    """
    Give the variable ``name`` as a share.

    :raises ImproperlyConfigured: if it is no number from 0 to 1
    """
    value = text(name, str(default))
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ImproperlyConfigured(f"{name} is {value!r}: write a number from 0 to 1, as 0.02.")
    return number
