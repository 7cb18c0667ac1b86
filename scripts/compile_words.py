"""
Compile the translations where they were changed: ``locale/…/django.po`` to the ``django.mo`` beside it.

The compiled files are not kept in the repository. The build of the package makes them (``hatch_build.py``), and so do
``make`` and the tests before they begin.
"""

import io
import os
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def main() -> list[Path]:
    """Compile each language's file that is newer than what was made of it; give all that are there now."""
    made = []
    for path in sorted(ROOT.glob("src/touchmark/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            put(target, compiled(read(path)))
        made.append(target)
    return made


def read(path: Path) -> Catalog:
    """Read a language's file."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parts[-3], charset="utf-8")
    catalog.creation_date = catalog.revision_date = NO_TIME  # the same texts give the same bytes
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """Give what the site reads of a language."""
    made = io.BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def put(target: Path, data: bytes) -> None:
    """Write a file whole or not at all: tests begin side by side."""
    half = target.with_suffix(f".{os.getpid()}")
    half.write_bytes(data)
    half.replace(target)


if __name__ == "__main__":
    main()
