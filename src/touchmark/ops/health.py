"""What ``touchmark doctor`` looks at: each check says what it found, and what to do where that is not well."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from touchmark import __version__
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening.image.reader import installed
from touchmark.ops.django_setup import NoWebPart, changes_to_make, setup
from touchmark.runners.local import usable_cores


class State(StrEnum):
    """How well a thing is. ``LOOK`` is fine on one's own machine and to be thought about before others use it."""

    GOOD = "good"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing looked at."""

    state: State
    about: str
    what: str
    remedy: str = ""


#: What the engine stands on, by the names of the packages.
PACKAGES = ("numpy", "pyarrow", "pillow", "simplejpeg", "resvg-py", "defusedxml", "tqdm")


def everything() -> Iterator[Found]:
    """All that can be looked at, from the engine up; what needs something that is wrong is left out."""
    yield _python()
    yield _packages()
    yield _reader()
    try:
        setup()
    except NoWebPart as refusal:
        yield Found(State.LOOK, "web part", "not installed: screen and compile work, the site does not", str(refusal))
        return
    except TouchmarkError as refusal:
        yield Found(State.WRONG, "settings", str(refusal), "set the variable and run touchmark doctor again")
        return
    yield from (_folder(), _files(), _site(), _letters(), _secrets())
    database = _database()
    yield database
    if database.state is not State.WRONG:
        tables = _migrations()
        yield tables
        if tables.state is not State.WRONG:
            yield sealed()


def _python() -> Found:
    return Found(
        State.GOOD, "touchmark", f"{__version__} on Python {platform.python_version()}, {usable_cores()} cores in use"
    )


def _packages() -> Found:
    found, missing = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return Found(State.WRONG, "packages", f"not installed: {', '.join(missing)}", "install touchmark again")
    return Found(State.GOOD, "packages", ", ".join(found))


def _reader() -> Found:
    found = installed()
    if found is None:
        what = "not installed: words in pictures are not read, everything else works"
        return Found(State.LOOK, "reader", what, "to read them: pip install touchmark[ocr]")
    return Found(State.GOOD, "reader", f"rapidocr {found} reads the words in pictures")


def _folder() -> Found:
    from django.conf import settings

    folder: Path = settings.VAR
    if not os.access(folder if folder.exists() else folder.parent, os.W_OK):
        return Found(State.WRONG, "files", f"{folder} cannot be written", "set TOUCHMARK_VAR to a folder of your own")
    return Found(State.GOOD, "files", f"kept in {folder}")


def _files() -> Found:
    from django.conf import settings

    from touchmark.apps.blobs import store

    try:
        store.here().reach()
    except TouchmarkError as fault:
        remedy = "look at TOUCHMARK_BLOBS, TOUCHMARK_BLOBS_ENDPOINT, …_KEY and …_SECRET (docs/deploy.md)"
        return Found(State.WRONG, "pictures", str(fault), remedy)
    return Found(State.GOOD, "pictures", f"kept in {settings.BLOBS}")


def _site() -> Found:
    from django.conf import settings

    hosts = ", ".join(settings.ALLOWED_HOSTS)
    if settings.HTTPS:
        return Found(State.GOOD, "address", f"{settings.PUBLIC_URL}, answering for {hosts}")
    what = f"{settings.PUBLIC_URL}, without TLS, answering for {hosts}"
    return Found(
        State.LOOK, "address", what, "before others use it: TOUCHMARK_PUBLIC_URL=https://… and TOUCHMARK_HOSTS"
    )


def _letters() -> Found:
    from django.conf import settings

    kind = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if kind == "smtp":
        return Found(State.GOOD, "letters", f"sent through {settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
    where = f"written to {settings.EMAIL_FILE_PATH}" if kind == "filebased" else f"not sent ({kind})"
    return Found(State.LOOK, "letters", where, "to send them: TOUCHMARK_EMAIL=smtp and TOUCHMARK_EMAIL_HOST")


def _secrets() -> Found:
    named = "TOUCHMARK_SECRET_KEY" in os.environ or "TOUCHMARK_SECRET_KEY_FILE" in os.environ
    if named:
        return Found(State.GOOD, "secret key", "given by the environment")
    remedy = "on several machines: give all of them the same TOUCHMARK_SECRET_KEY_FILE"
    return Found(State.LOOK, "secret key", "this machine's own, made at first use", remedy)


def _database() -> Found:
    from django.db import Error, connection

    settings = connection.settings_dict
    where = f"{connection.display_name}, {settings['NAME']}"
    try:
        connection.ensure_connection()
    except Error as fault:
        reason = str(fault).strip().splitlines()[0]
        return Found(State.WRONG, "database", f"{where}: {reason}", "check TOUCHMARK_DATABASE_URL, and that it runs")
    if connection.vendor == "sqlite":
        return Found(State.LOOK, "database", where, "for a real deployment: TOUCHMARK_DATABASE_URL=postgres://…")
    return Found(State.GOOD, "database", where)


def _migrations() -> Found:
    if lacking := changes_to_make():
        return Found(State.WRONG, "tables", f"{lacking} changes not yet made", "run touchmark migrate")
    return Found(State.GOOD, "tables", "as this version wants them")


def sealed() -> Found:
    """Whether the keys of this installation open what is sealed in its database."""
    from touchmark.flows.reseal import reseal

    found = reseal(keep=False)
    lost = [f"{len(one.lost)} of {kind}" for kind, one in found.items() if one.lost]
    if lost:
        remedy = "give the key that they were sealed under in TOUCHMARK_SECRET_KEY_FALLBACKS, then touchmark reseal"
        return Found(State.WRONG, "secrets", f"no key here opens {', '.join(lost)}", remedy)
    return Found(State.GOOD, "secrets", f"{sum(one.good for one in found.values())} sealed, and the key opens them")
