from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from tests.apps.audit.conftest import AT, RITA

from touchmark.apps.audit import actions, queries
from touchmark.apps.audit.models import Checkpoint, Event, Leaf, Unsealed
from touchmark.engine.record.canonical import NotCanonical
from touchmark.engine.record.tree import leaf_hash, root_of
from touchmark.engine.terms import Actor

pytestmark = pytest.mark.django_db


def test_an_event_keeps_who_what_and_when_and_its_own_digest(append: Callable[..., Event]) -> None:
    event = Event.objects.get(pk=append(kind="restricted", ground="trade mark", risk=0.93).pk)
    assert (event.stream, event.number, event.kind, event.at) == ("decision:D-1", 1, "restricted", AT)
    assert (event.user_id, event.organisation_id, event.roles) == (7, 3, "policy_owner reviewer")
    assert event.payload == {"ground": "trade mark", "risk": 0.93}
    assert bytes(event.digest) == event.entry().digest(bytes(event.salt))


def test_the_same_thing_twice_has_two_digests(append: Callable[..., Event]) -> None:
    assert append("a:1").digest != append("b:1").digest


def test_each_stream_is_numbered_from_one(append: Callable[..., Event]) -> None:
    assert [append("a:1").number, append("b:1").number, append("a:1").number] == [1, 1, 2]
    assert [event.number for event in queries.events_of("a:1")] == [1, 2]


def test_a_number_is_not_spent_by_what_is_rolled_back(append: Callable[..., Event]) -> None:
    def fail() -> None:
        with transaction.atomic():
            actions.append(stream="a:1", kind="lost", actor=RITA, at=AT, payload={})
            raise ZeroDivisionError

    append("a:1")
    with pytest.raises(ZeroDivisionError):
        fail()
    assert append("a:1").number == 2


@pytest.mark.django_db(transaction=True)
def test_it_belongs_in_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        actions.append(stream="a:1", kind="k", actor=Actor.system(), at=AT, payload={})


def test_what_could_not_be_digested_again_is_refused_and_nothing_is_written(append: Callable[..., Event]) -> None:
    with pytest.raises(NotCanonical):
        append(title="x\x00")
    assert not Event.objects.exists()
    assert append().number == 1


@pytest.mark.parametrize("payload", [{"risk": 1.0}, {"risk": 1e-7}, {"n": 2**53 - 1}, {"text": "İ 假 \U0001f600 \x7f"}])
def test_what_the_database_gives_back_has_the_same_digest(
    append: Callable[..., Event], payload: dict[str, Any]
) -> None:
    event = Event.objects.get(pk=append(**payload).pk)
    assert event.entry().digest(bytes(event.salt)) == bytes(event.digest)


def test_sealing_puts_what_waits_into_the_log_under_a_signed_head(append: Callable[..., Event]) -> None:
    events = [append("a:1"), append("b:1"), append("a:1")]
    assert actions.seal(at=AT) == actions.Sealed(events=3, size=3)
    assert [leaf.event for leaf in Leaf.objects.order_by("index")] == events
    assert not Unsealed.objects.exists()
    head = Checkpoint.objects.get()
    assert bytes(head.root) == root_of([leaf_hash(event.digest) for event in events])
    assert queries.last_checkpoint() == head.note


def test_the_log_grows_from_its_last_head(append: Callable[..., Event]) -> None:
    events = []
    for _ in range(5):
        events += [append("a:1"), append("b:1")]
        actions.seal(at=AT)
    roots = {c.size: bytes(c.root) for c in Checkpoint.objects.all()}
    assert roots == {n: root_of([leaf_hash(event.digest) for event in events[:n]]) for n in (2, 4, 6, 8, 10)}


def test_there_is_no_empty_sealing(append: Callable[..., Event]) -> None:
    assert actions.seal(at=AT) == actions.Sealed(0, 0)
    append()
    actions.seal(at=AT)
    assert actions.seal(at=AT) == actions.Sealed(0, 1)
    assert Checkpoint.objects.count() == 1


def test_a_batch_has_an_end(append: Callable[..., Event], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    for _ in range(3):
        append()
    assert [actions.seal(at=AT).events for _ in range(3)] == [2, 1, 0]


def test_an_event_that_commits_late_under_a_low_key_is_sealed_all_the_same(append: Callable[..., Event]) -> None:
    """As PostgreSQL shows it: key 1 was given out first and is committed last."""
    late = append("slow:1")
    Unsealed.objects.filter(event=late).delete()  # not committed yet, for the sealer
    append("quick:1")
    assert actions.seal(at=AT).events == 1
    Unsealed.objects.create(event=late)
    assert actions.seal(at=AT).events == 1
    assert Leaf.objects.get(event=late).index == 1


def test_a_head_that_does_not_agree_with_itself_is_not_built_upon(
    append: Callable[..., Event], attack: Callable[..., None]
) -> None:
    append()
    actions.seal(at=AT)
    attack("UPDATE audit_checkpoint SET frontier = %s", '["' + "00" * 32 + '"]')
    append()
    with pytest.raises(actions.RecordDamaged):
        actions.seal(at=AT)
