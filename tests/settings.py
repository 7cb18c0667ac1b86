"""
The site's settings as tests use them: every process in a folder of its own, nothing slow on purpose.

The database is a file on SQLite too, so that tests can open a second connection to it.
"""

import atexit
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

OWN = Path(tempfile.mkdtemp(prefix="touchmark-tests-"))
(OWN / "static").mkdir()  # empty: the files are served from the source
atexit.register(shutil.rmtree, OWN, ignore_errors=True)
os.environ["TOUCHMARK_VAR"] = str(OWN)
os.environ["TOUCHMARK_EMAIL"] = "locmem"
os.environ["TOUCHMARK_SAMPLE"] = "0"  # nothing by chance; what draws is tested by itself
os.environ["TOUCHMARK_SECOND_LOOKS"] = "0"
# The browser's driver keeps a loop running in the main thread for as long as there is a browser; queries wait there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from touchmark.site.settings import *  # noqa: E402, F403  the environment comes first
from touchmark.site.settings import DATABASES, LOGGING, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(OWN / "test.sqlite3")}
    # Nobody needs this file after a power cut, nor any other: nothing waits for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
os.fsync = lambda handle: None
# The hashed names of static files are made when the site starts; tests serve them under their plain ones.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Argon2 takes its second on purpose, and a test makes a dozen people.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class ToWhereErrorsGoNow(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to the capture of the test that runs; one that ended is closed, and each try would print where it was."""

    stream = property(lambda self: sys.stderr, lambda self, _: None)  # type: ignore[assignment]


LOGGING["handlers"]["console"]["class"] = "tests.settings.ToWhereErrorsGoNow"
