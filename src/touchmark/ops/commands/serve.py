"""``touchmark serve``: the site, by gunicorn. TLS ends at the proxy in front."""

import argparse
import atexit
import os
import shutil
import tempfile
from typing import Any

from touchmark.ops.django_setup import require_tables, setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where to listen and with how many hands."""
    parser.add_argument("--listen", default="127.0.0.1:8000", metavar="HOST:PORT", help="where to listen")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="server processes (1)")
    parser.add_argument("--threads", type=int, default=8, metavar="N", help="requests at a time in each (8)")


def run(options: argparse.Namespace) -> int:
    """Collect the static files and serve until told to stop. Pending migrations are refused, not made."""
    if options.processes > 1:
        _count_together()
    setup()
    from django.core.management import call_command

    require_tables()
    call_command("collectstatic", interactive=False, verbosity=0)
    server = _server(
        {
            "bind": options.listen,
            "workers": options.processes,
            "threads": options.threads,
            "worker_class": "gthread",
            "control_socket_disable": True,
        }
    )
    server.run()
    return 0


def _count_together() -> None:
    """Let the numbers of ``/metrics`` be those of all processes; it must be said before the first is counted."""
    folder = tempfile.mkdtemp(prefix="touchmark-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _server(settings: dict[str, Any]) -> Any:
    """Give gunicorn as a program of ours: it reads its settings from here, not from the command line."""
    from gunicorn.app.base import BaseApplication

    class Site(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            from touchmark.ops.wsgi import application

            return application()

    return Site()
