"""What belongs to an installation, put into a backup and back in place."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from touchmark import __version__
from touchmark.apps.blobs import names, store
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.ops.backup import archive
from touchmark.ops.backup.archive import Counted, UnusableBackup
from touchmark.ops.backup.database import dump, is_empty

FORMAT = 1


class InUse(TouchmarkError):
    """There is an installation where a backup was to be put in place."""


def back_up(path: Path, *, at: datetime, keys: bool, taken: Counted) -> list[str]:
    """
    Write the installation as it stands to a file, while it is in use; give the digests of files that are damaged here.

    The database first: the files that it names were there before it named them.

    :param keys: whether to put in the keys of the record and of the site
    :param taken: is told the bytes of each file
    """
    with archive.Writer(path, _about(at)) as writer, _aside(path.parent) as folder:
        dump().write(folder / "database")
        named = {name: held for name, held in _keys().items() if keys and held.exists()}
        damaged: list[str] = []
        for name, held in chain([("database", folder / "database")], named.items(), _blobs(folder / "file", damaged)):
            digest = writer.add(name, held)
            if name.startswith("blobs/") and not name.endswith(digest):
                damaged.append(Path(name).name)
            taken(held.stat().st_size)
    return damaged


def restore(path: Path, *, taken: Counted) -> dict[str, Any]:
    """
    Put a backup in place of nothing, and give what it says of itself.

    Whole or not at all: the database comes last, and without it all that lies there is nobody's.

    :raises InUse: if the database has tables
    :raises UnusableBackup: if the file is no whole backup, or one of a version or kind that cannot be read here
    """
    if not is_empty():
        raise InUse(
            "the database has tables already; restore into an empty one (TOUCHMARK_DATABASE_URL, TOUCHMARK_VAR), "
            "before touchmark migrate"
        )
    settings.VAR.mkdir(parents=True, exist_ok=True)
    own = _is_own_secret()
    with _aside(settings.VAR) as folder:
        about = archive.unpacked(path, folder, taken)
        _require_readable(path, about)
        for name in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()):
            if name.startswith("blobs/"):
                store.here().take_in(folder / name)
            elif name != "database":
                _put(folder / name, _keys()[name])
        if own:  # what follows, the migrations too, seals and opens under the key that came back
            settings.SECRET_KEY = _secret().read_text(encoding="utf-8")
        dump().read(folder / "database")
    return about


def _is_own_secret() -> bool:
    """Say whether the site's secret is the one that it made here itself, and not one that the environment gives."""
    return _secret().exists() and _secret().read_text(encoding="utf-8") == settings.SECRET_KEY


def _secret() -> Path:
    place: Path = settings.VAR / "secret.key"
    return place


def _put(file: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(file, place)


def _about(at: datetime) -> dict[str, Any]:
    applied = sorted(f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations)
    return {
        "format": FORMAT,
        "touchmark": __version__,
        "made_at": at.isoformat(),
        "database": connection.vendor,
        "migrations": applied,
    }


def _require_readable(path: Path, about: dict[str, Any]) -> None:
    if about.get("format") != FORMAT or not isinstance(about.get("migrations"), list):
        raise UnusableBackup(f"{path}: of a form that this version does not know; use a newer touchmark")
    if about.get("database") != connection.vendor:
        raise UnusableBackup(
            f"{path}: of a {about.get('database')} database, and here is {connection.vendor}; "
            "set TOUCHMARK_DATABASE_URL"
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(about["migrations"]) - known):
        raise UnusableBackup(
            f"{path}: made by touchmark {about.get('touchmark')}, whose tables this one does not know ({unknown[0]}); "
            "use that version or a newer one"
        )


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """Give a folder beside, on the same disk, which is gone at the end."""
    with tempfile.TemporaryDirectory(prefix=".touchmark-", dir=folder) as name:
        yield Path(name)


def _keys() -> dict[str, Path]:
    """Say where the keys lie, by their names in a backup; one that the environment gives lies nowhere here."""
    record: Path = settings.TOUCHMARK_RECORD_KEY_FILE
    return {
        "keys/secret.key": _secret(),
        "keys/record.key": record,
        "keys/record.key.pub": record.with_name(f"{record.name}.pub"),
    }


def _blobs(scratch: Path, damaged: list[str]) -> Iterator[tuple[str, Path]]:
    """
    Give every file by its name in a backup; one from a bucket lies in ``scratch`` until the next is asked for.

    One that the bucket does not give as it was put there is left out, and named among the damaged.
    """
    files = store.here()
    for digest in files.digests():
        try:
            yield f"blobs/{names.of(digest)}", files.copy_out(digest, scratch)
        except UnreadableImage:
            damaged.append(digest)
