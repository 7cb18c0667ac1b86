"""Django for the commands that need the installation; the others run where it is not installed."""

import os
from importlib.util import find_spec

from touchmark.engine.errors import TouchmarkError


class Misconfigured(TouchmarkError):
    """A setting of the installation makes no sense; the text names it."""


class NoWebPart(TouchmarkError):
    """The command needs the installation's database and pages, whose packages are not installed."""


class TablesBehind(TouchmarkError):
    """The tables are not as this version wants them."""


def changes_to_make() -> int:
    """Give how many changes the tables lack that this version wants."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def require_tables() -> None:
    """
    Let nothing that goes on for long begin on tables of another version.

    :raises TablesBehind: if they are not as this version wants them
    """
    if lacking := changes_to_make():
        raise TablesBehind(f"the tables lack {lacking} changes that this version wants; run touchmark migrate first")


def setup() -> None:
    """
    Make Django ready, with ``DJANGO_SETTINGS_MODULE`` or the site's own settings.

    :raises NoWebPart: if Django, or what the site builds on, is not installed
    :raises Misconfigured: if a setting makes no sense
    """
    if find_spec("django") is None:
        raise NoWebPart("this command needs the web part; install touchmark[web]")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchmark.site.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as fault:
        raise Misconfigured(str(fault)) from fault
    except ModuleNotFoundError as fault:
        if (fault.name or "").startswith("touchmark"):
            raise
        raise NoWebPart(f"the package {fault.name} is not installed; install touchmark[web]") from fault
