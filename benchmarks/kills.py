"""
Killed at random, again and again: ``python -m benchmarks.kills --kills 200 [--database postgres://… of an empty one]``.

An installation of its own with some thousand suspicious listings, and a marketplace that hears orders. In turn an
import, a reviewer who decides as fast as the machine goes, and the worker (screening, deliveries, sealing) begin to
work and are killed without warning at a random moment. In the end all three are let finish, and everything is counted:
each listing is there once and as its last file says; each decision has one statement, one restriction and one event,
and no listing has two in force; each order was carried out by the marketplace once; the record holds.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

#: The marketplace: carries an order out once for each id, and writes down what it did.
MARKETPLACE = """
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
known, done = set(), open(sys.argv[1], "a", buffering=1)
class Shop(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        name = self.headers["webhook-id"]
        if name not in known:
            known.add(name)
            done.write(name + "\\n")
        self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def handle(self):
        try:
            super().handle()
        except ConnectionError:  # whoever spoke has been killed
            pass
    def log_message(self, *_):
        pass
server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
print(server.server_port, flush=True)
server.serve_forever()
"""
RITA = "rita@platform.example"


def main() -> None:
    """Kill, let finish, count and print."""
    options = _options()
    with TemporaryDirectory() as name:
        folder = Path(name)
        marketplace = _started(folder / "done.txt")
        try:
            _prepare(folder, options, int(marketplace.stdout.readline()))  # type: ignore[union-attr]
            killed = _kill(folder, options)
            _finish(folder)
            faults = _faults(folder, options)
        finally:
            marketplace.kill()
            marketplace.wait()
    print(f"killed: {', '.join(f'{many} times {what}' for what, many in sorted(killed.items()))}")
    print(json.dumps(_there(), indent=1))
    print("\n".join(faults) if faults else "nothing lost, nothing doubled")
    sys.exit(1 if faults else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--listings", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database", default="", help="postgres://… of an empty database; it is filled and left so")
    return parser.parse_args()


def _started(done: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", MARKETPLACE, str(done)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _prepare(folder: Path, options: argparse.Namespace, port: int) -> None:
    """Set the installation up, with a reviewer, a verified right, a marketplace, and two versions of its listings."""
    settings = {"DJANGO_SETTINGS_MODULE": "touchmark.site.settings", "TOUCHMARK_VAR": str(folder / "var")}
    url = options.database or f"sqlite:///{folder}/var/touchmark.sqlite3"
    os.environ |= settings | {"TOUCHMARK_DATABASE_URL": url, "TOUCHMARK_WEBHOOKS_TO_LOOPBACK": "1"}
    for version in range(2):
        rows = [f"L-{n},V.e.l.m.o.r.a bag number {n},{10 + version}.50,EUR" for n in range(options.listings)]
        (folder / f"{version}.csv").write_text("\n".join(["listing_id,title,price,currency", *rows]), encoding="utf-8")
    (folder / "rights.csv").write_text(
        "right_id,kind,text,reference_price,currency\nvelmora,word_mark,Velmora,900,EUR\n"
    )
    _touchmark("migrate")
    _touchmark("open-marketplace", "bazaar", "--regime", "eu", "--webhook", f"http://127.0.0.1:{port}/")
    _reviewer()
    _touchmark("import", "rights", str(folder / "rights.csv"), "--vouched-by", RITA)
    _touchmark("import", "listings", str(folder / "0.csv"), "--marketplace", "bazaar")
    _touchmark("worker", "--once")


def _touchmark(*command: str) -> int:
    """Run a command in this process, without its words."""
    from contextlib import redirect_stderr, redirect_stdout

    from touchmark.ops.cli import main as touchmark

    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        return touchmark(list(command))


def _reviewer() -> None:
    from touchmark.apps.accounts import demo
    from touchmark.engine.terms import Role
    from touchmark.ops import clock

    demo.seal_as_demo(at=clock.now())
    platform = demo.found_demo_organisation(kind="platform", name="The platform", country="NL", at=clock.now())
    demo.enrol_demo_person(email=RITA, name="Rita", organisation_id=platform.pk, roles=[Role.REVIEWER], at=clock.now())


def _kill(folder: Path, options: argparse.Namespace) -> Counter[str]:
    chance, killed, turn = random.Random(options.seed), Counter[str](), 0  # noqa: S311  # no secret is drawn
    while killed.total() < options.kills:
        file = str(folder / f"{(turn // 3) % 2}.csv")
        works: Mapping[str, Callable[[], Any]] = {
            "importing": lambda file=file: _touchmark("import", "listings", file, "--marketplace", "bazaar"),  # type: ignore[misc]
            "deciding": _decide_on_and_on,
            "the worker": lambda: _touchmark("worker"),
        }
        what = list(works)[turn % 3]
        killed[what] += _killed(works[what], after=chance.uniform(0.02, 1.5))
        turn += 1
    return killed


def _killed(work: Callable[[], Any], *, after: float) -> bool:
    """Let a process of its own begin the work, kill it after some seconds, and say whether it was still at work."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _decide_on_and_on() -> None:
    """Take listings off sale one after the other, as they wait; what was overtaken meanwhile is left."""
    from touchmark.apps.accounts import access, queries
    from touchmark.engine.errors import TouchmarkError

    person = queries.person_at(RITA)
    assert person is not None
    actor = access.actor_for(person, None)
    while True:
        try:
            _decide(actor)
        except TouchmarkError:
            time.sleep(0.01)


def _decide(actor: Any) -> None:
    from uuid import uuid4

    from touchmark.apps.decisions.actions import Choice
    from touchmark.apps.decisions.kinds import DecisionKind, Ground
    from touchmark.apps.registry.models import Right
    from touchmark.apps.screening.models import Assessment
    from touchmark.flows.decide import Seen, decide
    from touchmark.ops import clock

    waiting = (
        Assessment.objects.filter(superseded_at=None, settled_at=None).select_related("listing").order_by("?").first()
    )
    if waiting is None:
        time.sleep(0.05)
        return
    choice = Choice(
        kind=DecisionKind.REMOVE,
        facts="The name stands in the title, with dots in it.",
        request_key=uuid4(),
        right=Right.objects.get(),
        ground=Ground.LAW,
        ground_reference="Regulation (EU) 2017/1001, art. 9(2)",
        ground_explanation="The sign is used for goods that the mark protects.",
    )
    seen = Seen(waiting.listing.digest, waiting.pk, frozenset())
    about = {"marketplace": "bazaar", "listing_id": waiting.listing.listing_id}
    decide(**about, choice=choice, seen=seen, answers={}, actor=actor, at=clock.now())


def _finish(folder: Path) -> None:
    """Let each go on to its end; what a killed worker had in hand is free again at once, not after its two minutes."""
    from touchmark.apps.outbox.models import Message

    assert _touchmark("import", "listings", str(folder / "1.csv"), "--marketplace", "bazaar") == 0
    Message.objects.filter(lease_until__isnull=False).update(lease_until="2026-01-01T00:00:00Z")
    assert _touchmark("worker", "--once") == 0


def _there() -> dict[str, int]:
    from django.apps import apps

    names = ("catalog.Listing", "screening.Assessment", "decisions.Decision", "decisions.Restriction", "audit.Event")
    return {name: apps.get_model(name).objects.count() for name in names}


def _faults(folder: Path, options: argparse.Namespace) -> list[str]:
    from django.db.models import Count

    from touchmark.apps.audit.models import Event
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.models import Decision, Restriction, Statement
    from touchmark.apps.outbox.models import Message

    decided, orders = Decision.objects.count(), Message.objects.filter(kind="webhook")
    events = Event.objects.filter(stream__startswith="decision:")
    done = Counter((folder / "done.txt").read_text(encoding="utf-8").split())
    twice = Listing.objects.filter(decisions__status="in_force").annotate(many=Count("decisions")).filter(many__gt=1)
    must = {
        "listings": (Listing.objects.filter(price="11.50").count(), options.listings),
        "statements": (Statement.objects.count(), decided),
        "restrictions": (Restriction.objects.exclude(confirmed_at=None).count(), decided),
        "streams of decisions": (events.values("stream").distinct().count(), decided),
        "events said twice": (events.values("stream", "kind").annotate(many=Count("id")).filter(many__gt=1).count(), 0),
        "orders": (orders.filter(state="carried").count(), decided),
        "orders carried out": (len(done), decided),
        "orders carried out twice": (sum(done.values()) - len(done), 0),
        "listings with two decisions in force": (twice.count(), 0),
        "what verify-audit gave": (_touchmark("verify-audit"), 0),
    }
    return [f"{what}: {there}, and not {wanted}" for what, (there, wanted) in must.items() if there != wanted]


if __name__ == "__main__":
    main()
