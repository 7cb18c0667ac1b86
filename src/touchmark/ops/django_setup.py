"""Django for the commands that need the installation; the others run where it is not installed."""

import os
from importlib.util import find_spec

from touchmark.engine.errors import TouchmarkError


class Misconfigured(TouchmarkError):
    """A setting of the installation makes no sense; the text names it."""


class NoWebPart(TouchmarkError):
    """The command needs the installation's database and pages, whose packages are not installed."""


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
