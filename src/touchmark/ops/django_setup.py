"""Django for the commands that need the installation; the others run where it is not installed."""

import os
from importlib.util import find_spec

from touchmark.engine.errors import TouchmarkError


class NoWebPart(TouchmarkError):
    """The command needs the installation's database and pages, whose packages are not installed."""


def setup() -> None:
    """
    Make Django ready, with ``DJANGO_SETTINGS_MODULE`` or the site's own settings.

    :raises NoWebPart: if Django is not installed
    """
    if find_spec("django") is None:
        raise NoWebPart("this command needs the web part; install touchmark[web]")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchmark.site.settings")
    import django

    django.setup()
