import pytest
from django.db import IntegrityError, transaction
from tests.apps.audit.conftest import AT, RITA

from touchmark.apps.audit import actions, bulk, queries
from touchmark.apps.audit.bulk import Happened
from touchmark.apps.audit.models import Event, Unsealed
from touchmark.engine.record.canonical import NotCanonical

pytestmark = pytest.mark.django_db


def append_many(*happened: Happened) -> None:
    with transaction.atomic():
        bulk.append_many(happened, actor=RITA, at=AT)


def kinds(stream: str) -> list[tuple[int, str]]:
    return [(event.number, event.kind) for event in queries.events_of(stream)]


def test_many_events_are_what_as_many_single_ones_would_be() -> None:
    with transaction.atomic():
        actions.append(stream="a:1", kind="before", actor=RITA, at=AT, payload={})
    append_many(Happened("a:1", "one", {"n": 1}), Happened("b:1", "first", {}), Happened("a:1", "two", {"text": "假"}))
    assert kinds("a:1") == [(1, "before"), (2, "one"), (3, "two")]
    assert kinds("b:1") == [(1, "first")]
    for event in Event.objects.all():
        assert (event.user_id, event.organisation_id, event.roles) == (7, 3, "policy_owner reviewer")
        assert bytes(event.digest) == event.entry().digest(bytes(event.salt))
    assert len({bytes(event.salt) for event in Event.objects.all()}) == 4


def test_they_wait_to_be_sealed_and_the_record_holds() -> None:
    append_many(*(Happened(f"a:{n}", "k", {"n": n}) for n in range(50)))
    assert Unsealed.objects.count() == 50
    assert actions.seal(at=AT).events == 50


def test_one_that_cannot_be_digested_again_keeps_all_out() -> None:
    with pytest.raises(NotCanonical):
        append_many(Happened("a:1", "k", {}), Happened("a:2", "k", {"title": "x\x00"}))
    assert not Event.objects.exists()


def test_none_is_none() -> None:
    append_many()
    assert not Event.objects.exists()


def test_a_number_that_somebody_took_meanwhile_keeps_all_out(monkeypatch: pytest.MonkeyPatch) -> None:
    append_many(Happened("a:1", "k", {}))
    monkeypatch.setattr(bulk, "_last_numbers", lambda streams: {})  # as they were before the other's transaction
    with pytest.raises(IntegrityError):
        append_many(Happened("b:1", "k", {}), Happened("a:1", "k", {}))
    assert kinds("b:1") == []


@pytest.mark.django_db(transaction=True)
def test_it_belongs_in_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        bulk.append_many([Happened("a:1", "k", {})], actor=RITA, at=AT)
