"""Which kind of file a path names, and the refusal of a file that cannot be used at all."""

from enum import StrEnum
from pathlib import Path

from touchmark.engine.errors import TouchmarkError


class UnusableFile(TouchmarkError):
    """A file, or a place to write one, that cannot be used: one line saying what, where and what to do."""


class Format(StrEnum):
    """The kinds of file that are read and written."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"


SUFFIXES = {
    ".csv": Format.CSV,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".parquet": Format.PARQUET,
}


def format_of(path: Path) -> Format:
    """
    The format that a path's suffix names.

    :raises UnusableFile: if the suffix is none of ours
    """
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise UnusableFile(f"{path}: the name must end in one of {', '.join(SUFFIXES)}") from None


def require_file(path: Path) -> None:
    """
    Make sure that something readable stands at the path.

    :raises UnusableFile: if there is nothing, no plain file, or no permission
    """
    if not path.exists():
        raise UnusableFile(f"{path}: there is no such file; check the path")
    if not path.is_file():
        raise UnusableFile(f"{path}: this is not a file; name a file that ends in {', '.join(SUFFIXES)}")
    try:
        with path.open("rb"):
            pass
    except OSError as refusal:
        raise UnusableFile(f"{path}: cannot be opened ({refusal.strerror}); check its permissions") from None
