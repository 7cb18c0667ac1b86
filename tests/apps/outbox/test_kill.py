"""
Workers killed at every point where it could matter, and the ones that come after them.

Each is the real ``touchmark worker`` in a process of its own, on a database of its own, ended by SIGKILL. What must
hold afterwards is always the same: the receiver, which knows a message by its id, had the effect once; the room that
asked heard once; the record holds. On SQLite, or on PostgreSQL where the tests run on that.
"""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.apps.outbox.databases import MESSAGES, ROOT, Database, environment, make, run

PATIENCE = 60  # seconds; a machine may be busy


@dataclass
class Receiver:
    """A marketplace that does what it is told once per id, and can be made to hold its answers back."""

    url: str = ""
    calls: list[tuple[str, int]] = field(default_factory=list)  # id and number of the message, every call
    done: list[tuple[str, int]] = field(default_factory=list)  # those that had an effect
    answering: threading.Event = field(default_factory=threading.Event)

    def take(self, call: tuple[str, int]) -> None:
        if call not in self.calls:
            self.done.append(call)
        self.calls.append(call)
        self.answering.wait(PATIENCE)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    receiver.answering.set()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            receiver.take((self.headers["webhook-id"], body["n"]))
            try:
                self.send_response(204)
                self.end_headers()
            except OSError:  # who asked has been killed
                pass

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    receiver.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield receiver
    receiver.answering.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = make(tmp_path_factory.mktemp("template"))
    yield database
    database.close()


class Installation:
    """A database with five messages that wait, its workers, and what became of it."""

    def __init__(self, database: Database, folder: Path, receiver: Receiver) -> None:
        self.database, self.folder, self.receiver = database, folder, receiver
        self.url = database.fresh(folder)
        self.workers: list[subprocess.Popen[bytes]] = []

    def start(self, stand_still_at: str = "") -> subprocess.Popen[bytes]:
        own = {"RECEIVER": self.receiver.url, "STAND_STILL_AT": stand_still_at, "REACHED": str(self.reached)}
        with (self.folder / f"worker-{len(self.workers)}").open("wb") as said:
            worker = subprocess.Popen(
                [sys.executable, "-m", "touchmark.ops.cli", "worker"],
                env=environment(self.url, self.folder) | own,
                cwd=ROOT,
                stderr=said,
            )
        self.workers.append(worker)
        return worker

    @property
    def begun(self) -> bool:
        """Whether every worker that was started hears when it is told to stop."""
        return all(b"begins" in (self.folder / f"worker-{n}").read_bytes() for n in range(len(self.workers)))

    @property
    def reached(self) -> Path:
        return self.folder / "reached"

    def rows(self, sql: str) -> list[Any]:
        return [row[0] if len(row) == 1 else tuple(row) for row in self.database.rows(self.url, sql)]

    def count(self, what: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {what}")[0])  # noqa: S608

    @property
    def states(self) -> list[str]:
        return sorted(self.rows("SELECT state FROM outbox_message"))

    @property
    def tries(self) -> list[str]:
        return sorted(self.rows("SELECT outcome FROM outbox_attempt"))

    def let_leases_run_out(self) -> None:
        """Two minutes pass."""
        self.rows("UPDATE outbox_message SET lease_until = '2026-01-01 00:00:00+00:00' WHERE lease_until IS NOT NULL")

    def finish(self) -> None:
        """A worker does what is left."""
        self.let_leases_run_out()
        worker = self.start()
        until(lambda: self.states == ["carried"] * MESSAGES and self.count("audit_leaf") >= MESSAGES)
        worker.terminate()
        assert worker.wait(PATIENCE) == 0

    def end(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()


@pytest.fixture
def installation(database: Database, tmp_path: Path, receiver: Receiver) -> Iterator[Installation]:
    installation = Installation(database, tmp_path, receiver)
    yield installation
    installation.end()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def kill(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    assert worker.wait() == -signal.SIGKILL


def require_once_in_effect(installation: Installation) -> None:
    """Every message had its effect once, in its order; the room that asked heard once; the record holds."""
    done, ids = installation.receiver.done, installation.rows("SELECT id FROM outbox_message")
    assert len(done) == len({id for id, _ in done}) == len(ids) == MESSAGES
    order = [number for _, number in done]
    assert order.index(0) < order.index(1)  # about one listing: what was put later did not overtake
    heard = installation.rows("SELECT stream, count(*) FROM audit_event WHERE kind = 'obeyed' GROUP BY stream")
    assert len(heard) == MESSAGES
    assert {count for _, count in heard} == {1}
    run("touchmark.ops.cli", "verify-audit", url=installation.url, var=installation.folder)


#: (where one worker after the other is killed, what became of the tries so far, how often the receiver was called)
CARRYING = [
    ("claiming", [], 0),  # the claim was never kept
    ("claimed, nothing sent", ["in_hand"], 0),
    ("answered, nothing recorded", ["broken_off", "in_hand"], 1),
    ("recording", ["broken_off", "broken_off", "in_hand"], 2),  # the room had heard, in a transaction not kept
]


def test_killed_again_and_again_while_carrying_a_message(installation: Installation) -> None:
    for point, tries, calls in CARRYING:
        worker = installation.start(stand_still_at=point)
        until(installation.reached.exists)
        kill(worker)
        installation.reached.unlink()
        assert installation.tries == tries
        assert len(installation.receiver.calls) == calls
        assert installation.states == ["waiting"] * MESSAGES
        assert installation.count("audit_event") == MESSAGES
        installation.let_leases_run_out()
    installation.finish()
    assert installation.tries == ["broken_off"] * 3 + ["carried"] * MESSAGES
    assert len(installation.receiver.calls) == MESSAGES + 2
    require_once_in_effect(installation)


def test_killed_while_the_receiver_holds_the_request(installation: Installation) -> None:
    receiver = installation.receiver
    receiver.answering.clear()
    worker = installation.start()
    until(lambda: len(receiver.calls) == 1)
    kill(worker)
    receiver.answering.set()
    installation.finish()
    assert installation.tries == ["broken_off"] + ["carried"] * MESSAGES
    assert len(receiver.calls) == MESSAGES + 1
    require_once_in_effect(installation)


SEALING = ["sealing, nothing written", "sealing, leaves written", "sealing, checkpoint written"]


def test_killed_again_and_again_while_sealing(installation: Installation) -> None:
    for point in SEALING:
        worker = installation.start(stand_still_at=point)
        until(installation.reached.exists)
        kill(worker)
        installation.reached.unlink()
        assert installation.count("audit_leaf") == installation.count("audit_checkpoint") == 0
        assert installation.count("audit_unsealed") == installation.count("audit_event") == 2 * MESSAGES
    installation.finish()
    assert installation.count("audit_leaf") == 2 * MESSAGES
    require_once_in_effect(installation)


def test_several_workers_carry_each_message_once(installation: Installation) -> None:
    workers = [installation.start() for _ in range(3)]
    until(lambda: installation.states == ["carried"] * MESSAGES)
    until(lambda: installation.begun)
    for worker in workers:
        worker.terminate()
        assert worker.wait(PATIENCE) == 0
    assert installation.tries == ["carried"] * MESSAGES
    assert len(installation.receiver.calls) == MESSAGES
    require_once_in_effect(installation)


def test_told_to_stop_it_finishes_what_it_has_in_hand(installation: Installation) -> None:
    receiver = installation.receiver
    receiver.answering.clear()
    worker = installation.start()
    until(lambda: len(receiver.calls) == 1)
    worker.terminate()
    time.sleep(0.5)
    assert worker.poll() is None
    receiver.answering.set()
    assert worker.wait(PATIENCE) == 0
    assert installation.states == ["carried", *["waiting"] * (MESSAGES - 1)]
    assert len(receiver.calls) == 1
