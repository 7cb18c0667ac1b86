"""The WSGI application that a server runs."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchmark.site.settings")

application = get_wsgi_application()

# What is loaded by now stays. Collecting garbage among it would keep a request waiting for a fifth of a second.
import_module("touchmark.site.urls")
gc.collect()
gc.freeze()
