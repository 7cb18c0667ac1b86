"""``python -m touchmark.integrations.standin_shop PORT``: the shop, on this machine only."""

import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings

from touchmark.integrations.standin_shop.shop import from_environment


class Server(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread: browsers open connections that they use later."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Handles requests without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: whoever runs the shop sees its pages."""


def main() -> None:
    """Serve until told to stop. Its templates need nothing of a site's settings."""
    settings.configure(USE_I18N=False)
    with make_server(
        "127.0.0.1", int(sys.argv[1]), from_environment(), server_class=Server, handler_class=Quiet
    ) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
