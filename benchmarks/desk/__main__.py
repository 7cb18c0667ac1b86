"""Fill the database, measure, say how long."""

import argparse
import os
import sys
import tempfile
from importlib import import_module

from benchmarks.desk.errands import settle
from benchmarks.desk.filling import fill, timed
from benchmarks.desk.measuring import measure


def main() -> None:
    asked = arguments()
    ready(asked.database)
    if not asked.keep:
        timed("filled", lambda: fill(asked.assessments, asked.waiting))
        timed("what is settled", lambda: settle(asked.errands))
    measure(asked.requests, only=asked.only)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk")
    parser.add_argument("--database", required=True)
    parser.add_argument("--assessments", type=int, default=1_000_000)
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--errands", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--only", default="")
    return parser.parse_args()


def ready(database: str) -> None:
    """Set Django up on the database, with files in a folder that goes away."""
    os.environ.update(
        TOUCHMARK_DATABASE_URL=database,
        TOUCHMARK_VAR=tempfile.mkdtemp(prefix="touchmark-desk-"),
        DJANGO_SETTINGS_MODULE="touchmark.site.settings",
        TOUCHMARK_PUBLIC_URL="http://127.0.0.1",
    )
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    if connection.vendor != "postgresql":
        sys.exit("The desk is measured on PostgreSQL: give --database postgres://…")
    call_command("migrate", verbosity=0, interactive=False)
    import_module("touchmark.site.wsgi")  # as a server loads it


if __name__ == "__main__":
    main()
