"""The application that a server runs: named in the settings, because this floor does not import the site's."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def application() -> Any:
    """Give the site's WSGI application."""
    return import_string(settings.WSGI_APPLICATION)
