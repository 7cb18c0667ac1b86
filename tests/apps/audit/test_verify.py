"""Each attack as somebody with the database's password would do it, and what the verification says of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.apps.audit.conftest import AT

from touchmark.apps.audit import actions, keys, queries
from touchmark.apps.audit.models import Checkpoint, Event, Leaf, Unsealed
from touchmark.apps.audit.verify import DoesNotHold, Standing, verify
from touchmark.engine.record.checkpoint import Checkpoint as Head
from touchmark.engine.record.checkpoint import NotACheckpoint
from touchmark.engine.record.tree import Frontier, leaf_hash

pytestmark = pytest.mark.django_db(transaction=True)

Attack = Callable[..., None]


@pytest.fixture
def record(append: Callable[..., Event]) -> list[Event]:
    """Six events of two streams under two checkpoints; events 1, 3, 5 of the list are of stream b:1."""
    events = []
    for n in range(6):
        events.append(append("b:1" if n % 2 else "a:1", n=n))
        if n == 3:
            actions.seal(at=AT)
    actions.seal(at=AT + timedelta(minutes=1))
    return events


def test_a_record_that_holds(record: list[Event]) -> None:
    assert verify() == Standing(events=6, sealed=6, checkpoints=2, unsealed=0, unsealed_since=None)


def test_an_empty_record_holds_without_any_key() -> None:
    assert verify() == Standing(0, 0, 0, 0, None)


def test_the_unsealed_tail_is_counted_and_dated(record: list[Event], append: Callable[..., Event]) -> None:
    append("a:1")
    append("c:1")
    standing = verify()
    assert (standing.events, standing.sealed) == (8, 6)
    assert (standing.unsealed, standing.unsealed_since) == (2, AT)


def test_rows_are_counted_as_they_are_seen(append: Callable[..., Event], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("touchmark.apps.audit.verify.CHUNK", 2)
    for _ in range(5):
        append()
    actions.seal(at=AT)
    seen: list[int] = []
    assert verify(seen=seen.append).events == 5
    assert seen == [2, 2, 1, 2, 2, 1]  # the events, then the leaves


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("payload", '{"n": 99}'),
        ("user_id", 8),  # somebody else did it
        ("user_id", None),
        ("organisation_id", 4),
        ("roles", "operator"),
        ("kind", "dismissed"),
        ("at", "2026-11-22 09:00:00.000001+00:00"),
    ],
)
def test_a_changed_event(record: list[Event], attack: Attack, column: str, value: Any) -> None:
    attack(f"UPDATE audit_event SET {column} = %s WHERE id = %s", value, record[2].pk)  # noqa: S608
    with pytest.raises(DoesNotHold, match="Event 2 of stream a:1 is not as it was written"):
        verify()


@pytest.mark.parametrize("event", [2, 5])
def test_a_changed_event_with_a_digest_to_match(record: list[Event], attack: Attack, event: int) -> None:
    forged = Event.objects.get(pk=record[event].pk)
    forged.payload = {"n": 99}
    digest = forged.entry().digest(bytes(forged.salt))
    attack("UPDATE audit_event SET payload = %s, digest = %s WHERE id = %s", '{"n": 99}', digest, forged.pk)
    with pytest.raises(DoesNotHold, match=f"Leaf {event} of the log is not the digest of its event"):
        verify()


def test_a_changed_event_with_digest_and_leaf_to_match(record: list[Event], attack: Attack) -> None:
    forged = Event.objects.get(pk=record[2].pk)
    forged.payload = {"n": 99}
    digest = forged.entry().digest(bytes(forged.salt))
    attack("UPDATE audit_event SET payload = %s, digest = %s WHERE id = %s", '{"n": 99}', digest, forged.pk)
    attack("UPDATE audit_leaf SET digest = %s WHERE event_id = %s", digest, forged.pk)
    with pytest.raises(DoesNotHold, match="The root at 4 is not that of the checkpoint"):
        verify()


def delete(attack: Attack, event: Event, *tables: str) -> None:
    for table in tables:
        attack(f"DELETE FROM audit_{table} WHERE {'id' if table == 'event' else 'event_id'} = %s", event.pk)  # noqa: S608


def test_an_event_taken_out_of_the_middle(record: list[Event], attack: Attack) -> None:
    delete(attack, record[2], "event")
    with pytest.raises(DoesNotHold, match="Event 2 of stream a:1 is missing: 3 follows 1"):
        verify()


def test_the_first_event_of_a_stream_taken_out(record: list[Event], attack: Attack) -> None:
    delete(attack, record[1], "event", "leaf")
    with pytest.raises(DoesNotHold, match="Event 1 of stream b:1 is missing: 2 follows 0"):
        verify()


def test_the_last_event_of_a_stream_taken_out(record: list[Event], attack: Attack) -> None:
    """No gap in its stream tells of it, but its leaf does."""
    delete(attack, record[4], "event")
    with pytest.raises(DoesNotHold, match=r"Leaf 4 of the log stands for an event .* that is missing"):
        verify()


def test_the_last_event_of_a_stream_taken_out_with_its_leaf(record: list[Event], attack: Attack) -> None:
    delete(attack, record[4], "event", "leaf")
    with pytest.raises(DoesNotHold, match="Leaf 4 of the log is missing"):
        verify()


def test_the_last_event_taken_out_and_the_leaves_closed_up(record: list[Event], attack: Attack) -> None:
    delete(attack, record[4], "event", "leaf")
    attack('UPDATE audit_leaf SET "index" = 4 WHERE "index" = 5')
    with pytest.raises(DoesNotHold, match="Leaf 5 of the log is missing"):
        verify()


def test_a_whole_stream_taken_out(record: list[Event], attack: Attack) -> None:
    for event in record[1::2]:
        delete(attack, event, "event")
    with pytest.raises(DoesNotHold, match="Leaf 1 of the log stands for an event"):
        verify()


def test_two_events_swapped(record: list[Event], attack: Attack) -> None:
    """Their content, digests and salts change places; their keys and numbers stay."""
    one, other = record[0], record[2]
    for here, there in ((one, other), (other, one)):
        attack(
            "UPDATE audit_event SET payload = %s, salt = %s, digest = %s WHERE id = %s",
            json.dumps(there.payload),
            there.salt,
            there.digest,
            here.pk,
        )
    with pytest.raises(DoesNotHold, match="Event 1 of stream a:1 is not as it was written"):
        verify()


def test_two_events_swapped_by_their_numbers(record: list[Event], attack: Attack) -> None:
    for number, event in ((99, record[0]), (1, record[2]), (2, record[0])):
        attack("UPDATE audit_event SET number = %s WHERE id = %s", number, event.pk)
    with pytest.raises(DoesNotHold, match="Event 1 of stream a:1 is not as it was written"):
        verify()


def test_two_leaves_swapped(record: list[Event], attack: Attack) -> None:
    """Each leaf is still its event's; the order in which things were sealed is not what was signed."""
    for place, new in ((0, 99), (2, 0), (99, 2)):
        attack('UPDATE audit_leaf SET "index" = %s WHERE "index" = %s', new, place)
    with pytest.raises(DoesNotHold, match="The root at 4"):
        verify()


def test_events_renumbered_to_hide_a_gap(record: list[Event], attack: Attack) -> None:
    delete(attack, record[2], "event", "leaf")
    attack("UPDATE audit_event SET number = 2 WHERE id = %s", record[4].pk)
    with pytest.raises(DoesNotHold, match="Event 2 of stream a:1 is not as it was written"):
        verify()


def test_an_event_moved_to_another_stream(record: list[Event], attack: Attack) -> None:
    attack("UPDATE audit_event SET stream = 'b:1', number = 4 WHERE id = %s", record[4].pk)
    with pytest.raises(DoesNotHold, match="Event 4 of stream b:1 is not as it was written"):
        verify()


def test_a_number_that_cannot_be(record: list[Event], attack: Attack) -> None:
    attack("UPDATE audit_event SET number = 0 WHERE id = %s", record[0].pk)
    with pytest.raises(DoesNotHold, match="Event 0 of stream a:1 bears a number that cannot be"):
        verify()


def test_an_event_pushed_in(record: list[Event], attack: Attack, append: Callable[..., Event]) -> None:
    """Written beside the actions: no leaf, no mark that it waits."""
    pushed = append("a:1")
    attack("DELETE FROM audit_unsealed WHERE event_id = %s", pushed.pk)
    with pytest.raises(DoesNotHold, match="Event 4 of stream a:1 is neither in the log nor waiting"):
        verify()


def test_an_event_in_the_log_that_is_to_be_sealed_again(record: list[Event], attack: Attack) -> None:
    attack("INSERT INTO audit_unsealed (event_id) VALUES (%s)", record[2].pk)
    with pytest.raises(DoesNotHold, match="is in the log at 2 and waits to be sealed all the same"):
        verify()


def test_a_waiting_event_taken_out(record: list[Event], attack: Attack, append: Callable[..., Event]) -> None:
    attack("DELETE FROM audit_event WHERE id = %s", append("c:1").pk)
    with pytest.raises(DoesNotHold, match="that waits to be sealed is missing"):
        verify()


def cut_the_end(attack: Attack, events: list[Event]) -> None:
    """The last two events, their leaves and their checkpoint: nothing within the database tells of it."""
    attack("DELETE FROM audit_checkpoint WHERE size = 6")
    attack('DELETE FROM audit_leaf WHERE "index" >= 4')
    for event in events[4:]:
        delete(attack, event, "event")


def test_the_end_cut_off_but_not_the_checkpoint(record: list[Event], attack: Attack) -> None:
    attack('DELETE FROM audit_leaf WHERE "index" >= 4')
    for event in record[4:]:
        delete(attack, event, "event")
    with pytest.raises(DoesNotHold, match="Leaf 4 of the log is missing"):
        verify()


def test_the_end_cut_off_with_its_checkpoint_is_found_by_one_kept_elsewhere(
    record: list[Event], attack: Attack
) -> None:
    kept = queries.last_checkpoint()
    cut_the_end(attack, record)
    assert verify().sealed == 4  # within the database, all is well
    with pytest.raises(DoesNotHold, match="given from outside counts 6 events, the log has 4: cut short"):
        verify(trusted=kept)


def test_the_end_cut_off_and_grown_again_is_found_by_a_checkpoint_kept_elsewhere(
    record: list[Event], attack: Attack, append: Callable[..., Event]
) -> None:
    """By somebody who has the signing key too: another history of the same length and more, duly signed."""
    kept = queries.last_checkpoint()
    cut_the_end(attack, record)
    for _ in range(3):
        append("a:1")
    actions.seal(at=AT)
    assert verify().sealed == 7
    with pytest.raises(DoesNotHold, match="The root at 6 is not that of the checkpoint given from outside"):
        verify(trusted=kept)


def test_everything_gone_is_found_by_a_checkpoint_kept_elsewhere(record: list[Event], attack: Attack) -> None:
    kept = queries.last_checkpoint()
    for table in ("checkpoint", "leaf", "event"):
        attack(f"DELETE FROM audit_{table}")  # noqa: S608
    with pytest.raises(DoesNotHold, match="the log has 0"):
        verify(trusted=kept)


def test_only_the_log_thrown_away(record: list[Event], attack: Attack) -> None:
    for table in ("checkpoint", "leaf"):
        attack(f"DELETE FROM audit_{table}")  # noqa: S608
    with pytest.raises(DoesNotHold, match="Event 1 of stream a:1 is neither in the log nor waiting"):
        verify()


def test_only_the_last_checkpoint_thrown_away(record: list[Event], attack: Attack) -> None:
    attack("DELETE FROM audit_checkpoint WHERE size = 6")
    with pytest.raises(DoesNotHold, match="No checkpoint vouches for leaf 4"):
        verify()


def test_a_checkpoint_kept_elsewhere_agrees_with_the_log_long_after(
    record: list[Event], append: Callable[..., Event]
) -> None:
    kept = queries.last_checkpoint()
    append("a:1")
    actions.seal(at=AT)
    assert verify(trusted=kept).sealed == 7


def test_a_checkpoint_forged_with_another_key(record: list[Event], attack: Attack, settings: Any) -> None:
    """The whole log rewritten, with roots to match: everything but our key."""
    forged = Event.objects.get(pk=record[5].pk)
    forged.payload = {"n": 99}
    digest = forged.entry().digest(bytes(forged.salt))
    attack("UPDATE audit_event SET payload = %s, digest = %s WHERE id = %s", '{"n": 99}', digest, forged.pk)
    attack("UPDATE audit_leaf SET digest = %s WHERE event_id = %s", digest, forged.pk)
    digests = [leaf_hash(bytes(leaf.digest)) for leaf in Leaf.objects.order_by("index")]
    name = keys.signer().name
    stranger = keys._new(name)
    made = Head(name, 6, Frontier().grown(digests).root(), AT)
    sql = "UPDATE audit_checkpoint SET root = %s, note = %s, at = %s WHERE size = 6"
    attack(sql, made.root, made.signed(stranger), AT)
    with pytest.raises(DoesNotHold, match="Checkpoint 6: No key that is trusted here"):
        verify()


@pytest.mark.parametrize(
    ("column", "value"),
    [("root", b"\x00" * 32), ("at", "2026-11-21 09:00:00+00:00")],  # an earlier time than it was signed at
)
def test_a_checkpoint_s_row_that_says_another_thing(
    record: list[Event], attack: Attack, column: str, value: Any
) -> None:
    attack(f"UPDATE audit_checkpoint SET {column} = %s WHERE size = 6", value)  # noqa: S608
    with pytest.raises(DoesNotHold, match="Checkpoint 6: the row says another thing than its signed text"):
        verify()


def test_a_checkpoint_s_text_changed(record: list[Event], attack: Attack) -> None:
    attack("UPDATE audit_checkpoint SET note = replace(note, '09:01:00', '09:02:00') WHERE size = 6")
    with pytest.raises(DoesNotHold, match=r"Checkpoint 6: The signature by .* does not hold"):
        verify()


def test_a_log_signed_by_keys_that_are_not_believed(record: list[Event]) -> None:
    with pytest.raises(DoesNotHold, match="Checkpoint 4: No key that is trusted here"):
        verify(believed=[keys._new("touchmark/other").verifier()])


def test_a_checkpoint_from_outside_of_another_log(record: list[Event]) -> None:
    stranger = keys._new("touchmark/other")
    with pytest.raises(DoesNotHold, match="given from outside: No key that is trusted here"):
        verify(trusted=Head("touchmark/other", 1, b"r" * 32, AT).signed(stranger))


def test_what_is_no_checkpoint_is_said_to_be_none(record: list[Event]) -> None:
    with pytest.raises(NotACheckpoint):
        verify(trusted="-----BEGIN CERTIFICATE-----\n")


def test_a_key_that_was_changed_in_between_is_no_fault(
    record: list[Event], record_key: Any, append: Callable[..., Event]
) -> None:
    record_key.unlink()
    append("a:1")
    actions.seal(at=AT)
    assert len(set(Checkpoint.objects.values_list("key_id", flat=True))) == 2
    assert verify().checkpoints == 3


def test_forgetting_a_person_breaks_nothing(record: list[Event]) -> None:
    """Events name people by bare numbers: there is no row of theirs that an event hangs on."""
    fields = {f.name: f for f in Event._meta.get_fields()}
    assert not fields["user_id"].is_relation
    assert not fields["organisation_id"].is_relation
    assert not Unsealed.objects.exists()


def test_a_column_that_no_longer_holds_what_it_promises(record: list[Event], attack: Attack) -> None:
    """SQLite keeps what it is given; a date that is none comes back as nothing at all."""
    column, value = ("payload", '"text"') if connection.vendor == "postgresql" else ("at", "yesterday")
    attack(f"UPDATE audit_event SET {column} = %s WHERE id = %s", value, record[2].pk)  # noqa: S608
    with pytest.raises(DoesNotHold, match="Event 2 of stream a:1 is not as it was written"):
        verify()
