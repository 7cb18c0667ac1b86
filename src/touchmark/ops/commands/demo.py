"""``touchmark demo``: a whole world on an embedded database, in a browser, with nothing to configure."""

import argparse
import json
import os
import shutil
import sys
from pathlib import Path

from touchmark.engine.errors import TouchmarkError
from touchmark.ops import clock
from touchmark.ops.django_setup import setup


class PortTaken(TouchmarkError):
    """Somebody listens there already."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where the demo lives and listens."""
    parser.add_argument("--folder", type=Path, default=Path("var/demo"), metavar="DIR", help="where it is kept")
    parser.add_argument("--port", type=int, default=8000, help="of the site (8000)")
    parser.add_argument("--shop-port", type=int, default=8001, help="of the stand-in shop (8001)")
    parser.add_argument("--fresh", action="store_true", help="throw an earlier demo away and build it anew")
    parser.add_argument("--build-only", action="store_true", help="build the world and stop; serve nothing")


def run(options: argparse.Namespace) -> int:
    """Build the world unless it stands, then run the site, the worker and the shop until told to stop."""
    from touchmark.ops.demo import processes

    if not options.build_only:
        _require_free(options.port, options.shop_port)
    environment = _environment(options)
    os.environ.update(environment)
    _build(options)
    if options.build_only:
        return 0
    _agree_webhooks(options)
    return processes.run(_programs(options), environment=environment, ready=lambda: _welcome(options))


def _require_free(*ports: int) -> None:
    from touchmark.ops.demo import processes

    for port in ports:
        if not processes.free(port):
            raise PortTaken(f"port {port} is taken; give another with --port or --shop-port")


def _environment(options: argparse.Namespace) -> dict[str, str]:
    """The demo is an installation of its own: whatever else the environment sets up is left alone."""
    folder = options.folder.resolve()
    return {
        "TOUCHMARK_VAR": str(folder),
        "TOUCHMARK_DATABASE_URL": f"sqlite:///{folder}/touchmark.sqlite3",
        "TOUCHMARK_PUBLIC_URL": f"http://127.0.0.1:{options.port}",
        "TOUCHMARK_WEBHOOKS_TO_LOOPBACK": "1",
        "TOUCHMARK_EMAIL": "filebased",
        "TOUCHMARK_SIGN_UP": "1",
        "TOUCHMARK_SHOP": str(folder / "world"),
    }


def _build(options: argparse.Namespace) -> None:
    """
    Build the world, and mark it once it is whole: a demo that was cut short is built anew.

    One that stands is kept, and brought up to what this version keeps: it may be of an earlier one.
    """
    built = options.folder / "built"
    stands = built.exists() and not options.fresh
    if not stands:
        shutil.rmtree(options.folder, ignore_errors=True)
    setup()
    from django.core.management import call_command

    options.folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    if not stands:
        _build_world(options)
        built.touch()


def _build_world(options: argparse.Namespace) -> None:
    from touchmark.ops.demo.build import build

    world = options.folder / "world"
    build(
        world,
        shop=f"http://127.0.0.1:{options.shop_port}",
        at=clock.now(),
        say=lambda line: print(line, file=sys.stderr, flush=True),
    )


def _agree_webhooks(options: argparse.Namespace) -> None:
    """Tell the site and the shop of each other: the shop may listen elsewhere than the last time."""
    from touchmark.ops.demo import offers, people

    secrets = people.agree_webhooks(offers.world(), port=options.shop_port, at=clock.now())
    (options.folder / "world" / "secrets.json").write_text(json.dumps(secrets), encoding="utf-8")


def _programs(options: argparse.Namespace) -> dict[str, list[str]]:
    touchmark = [sys.executable, "-m", "touchmark.ops.cli"]
    shop = [sys.executable, "-m", "touchmark.integrations.standin_shop", str(options.shop_port)]
    return {
        "site": [*touchmark, "serve", "--listen", f"127.0.0.1:{options.port}"],
        "worker": [*touchmark, "worker"],
        "shop": shop,
    }


def _welcome(options: argparse.Namespace) -> None:
    """Wait for the doors to open, then say where they are and who can come in."""
    from touchmark.ops.demo import offers, people, processes

    base = f"http://127.0.0.1:{options.port}"
    processes.answers(options.port, within=60)
    processes.answers(options.shop_port, within=60)
    links = people.links(offers.world(), base=base, at=clock.now())
    width = max(len(who) for who, _ in links)
    print(f"\nTouchmark   {base}\nThe shop    http://127.0.0.1:{options.shop_port}\n")
    print("Sign in as (each link works once; start the demo again for new ones):")
    for who, address in links:
        print(f"  {who:<{width}}  {address}")
    print(f"\nLetters go to no mailbox: read them at {base}/demo/letters/")
    print("\nCtrl-C stops it; the world stays. make demo ARGS=--fresh builds it anew.", flush=True)
