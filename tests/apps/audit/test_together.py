"""Transactions at the same time, which only PostgreSQL has. Each thread has a connection, as each process would."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import Any

import pytest
from django.db import connection, transaction
from tests.apps.audit.conftest import AT, RITA

from touchmark.apps.audit import actions, queries
from touchmark.apps.audit.actions import Sealed
from touchmark.apps.audit.models import Leaf
from touchmark.apps.audit.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)


class Elsewhere:
    """Runs things in other threads, and closes their connections."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(4)

    def __call__(self, do: Callable[[], Any]) -> Future[Any]:
        def run() -> Any:
            try:
                return do()
            finally:
                connection.close()

        return self._pool.submit(run)

    def end(self) -> None:
        self._pool.shutdown()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    elsewhere = Elsewhere()
    yield elsewhere
    elsewhere.end()


def append(stream: str) -> int:
    with transaction.atomic():
        return actions.append(stream=stream, kind="k", actor=RITA, at=AT, payload={}).number


class Held:
    """An append whose transaction stays open until it is let go."""

    def __init__(self, elsewhere: Elsewhere, stream: str, *, keep: bool = True) -> None:
        self.written, self.let_go = threading.Event(), threading.Event()
        self.keep = keep
        self.number = elsewhere(lambda: self._append(stream))
        assert self.written.wait(10)

    def _append(self, stream: str) -> int:
        with transaction.atomic():
            number = append(stream)
            self.written.set()
            assert self.let_go.wait(10)
            transaction.set_rollback(not self.keep)
            return number


@pytest.mark.parametrize(("keep", "number"), [(True, 2), (False, 1)])
def test_two_that_append_to_one_stream_take_turns(elsewhere: Elsewhere, keep: bool, number: int) -> None:
    first = Held(elsewhere, "a:1", keep=keep)
    second = elsewhere(lambda: append("a:1"))
    with pytest.raises(NotYet):
        second.result(0.3)
    first.let_go.set()
    assert second.result(10) == number
    assert [event.number for event in queries.events_of("a:1")] == list(range(1, number + 1))


def test_streams_do_not_wait_for_each_other(elsewhere: Elsewhere) -> None:
    first = Held(elsewhere, "a:1")
    assert elsewhere(lambda: append("b:1")).result(10) == 1
    first.let_go.set()


def test_what_is_committed_late_under_a_low_key_is_sealed_all_the_same(elsewhere: Elsewhere) -> None:
    slow = Held(elsewhere, "slow:1")
    append("quick:1")
    assert actions.seal(at=AT) == Sealed(events=1, size=1)
    slow.let_go.set()
    assert slow.number.result(10) == 1
    assert actions.seal(at=AT) == Sealed(events=1, size=2)
    leaves = Leaf.objects.select_related("event").order_by("index")
    assert [leaf.event.stream for leaf in leaves] == ["quick:1", "slow:1"]
    assert leaves[0].event_id > leaves[1].event_id
    assert verify().sealed == 2


class HeldSealing:
    """A sealing that stands still before its checkpoint is written, until it is let go."""

    def __init__(self, elsewhere: Elsewhere) -> None:
        self.there, self.let_go = threading.Event(), threading.Event()
        self.sealed = elsewhere(self._seal)
        assert self.there.wait(10)

    def _seal(self) -> Sealed:
        with connection.execute_wrapper(self._watch):
            return actions.seal(at=AT)

    def _watch(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "audit_checkpoint"'):
            self.there.set()
            assert self.let_go.wait(10)
        return execute(sql, *rest)


def test_of_two_sealers_one_does_the_work(elsewhere: Elsewhere) -> None:
    append("a:1")
    first = HeldSealing(elsewhere)
    second = elsewhere(lambda: actions.seal(at=AT))
    with pytest.raises(NotYet):
        second.result(0.3)
    first.let_go.set()
    assert first.sealed.result(10) == Sealed(events=1, size=1)
    assert second.result(10) == Sealed(events=0, size=1)
    assert verify().sealed == 1


def test_writers_do_not_wait_for_a_sealer(elsewhere: Elsewhere) -> None:
    append("a:1")
    sealing = HeldSealing(elsewhere)
    assert elsewhere(lambda: append("a:1")).result(10) == 2
    assert elsewhere(lambda: append("b:1")).result(10) == 1
    sealing.let_go.set()
    assert sealing.sealed.result(10) == Sealed(events=1, size=1)
    assert actions.seal(at=AT) == Sealed(events=2, size=3)
    assert verify().sealed == 3
