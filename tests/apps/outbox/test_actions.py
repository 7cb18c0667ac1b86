from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.apps.outbox.conftest import AT, OPERATOR, Time

from touchmark.apps.audit import queries as audit
from touchmark.apps.outbox import access, actions, queries
from touchmark.apps.outbox.models import Attempt, Message, Outcome, State
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db

Put = Callable[..., Message]


def test_a_message_waits_from_the_moment_it_is_put(put: Put) -> None:
    message = Message.objects.get(pk=put("listing:1", type="listing.restricted").pk)
    assert (message.kind, message.to, message.subject, message.sequence) == ("webhook", "agora", "listing:1", 1)
    assert message.payload == {"type": "listing.restricted"}
    assert (message.state, message.created_at, message.due_at, message.attempts) == (State.WAITING, AT, AT, 0)


def test_it_is_kept_with_what_it_tells_of_or_not_at_all() -> None:
    def fail() -> None:
        with transaction.atomic():
            actions.put(kind="webhook", to="agora", payload={}, at=AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_belongs_in_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        actions.put(kind="webhook", to="agora", payload={}, at=AT)


def test_messages_are_numbered_per_kind_receiver_and_subject(put: Put) -> None:
    assert [put("listing:1").sequence, put("listing:1").sequence, put("listing:2").sequence] == [1, 2, 1]
    assert put("listing:1", to="bazaar").sequence == 1
    assert put("listing:1", kind="other").sequence == 1
    assert [put().sequence, put().sequence] == [0, 0]


def test_the_database_refuses_a_number_twice(put: Put) -> None:
    message = put("listing:1")
    message.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        message.save(force_insert=True)


def give_up(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(state=State.GIVEN_UP, attempts=10)


def test_a_message_given_up_can_be_put_back(put: Put, clock: Time) -> None:
    message = put("listing:1")
    give_up(message)
    back = actions.put_back(message_id=message.pk, actor=OPERATOR, at=clock.passes(days=4))
    assert (back.pk, back.state, back.attempts, back.due_at) == (message.pk, State.WAITING, 0, clock())
    (event,) = audit.events_of(f"message:{message.pk}")
    assert (event.kind, event.user_id) == ("put_back", 1)


def test_only_what_was_given_up_can_be_put_back(put: Put) -> None:
    with pytest.raises(actions.NotGivenUp):
        actions.put_back(message_id=put().pk, actor=OPERATOR, at=AT)


def test_an_older_message_is_not_put_back_over_a_later_one(put: Put) -> None:
    """The restriction was never delivered, the restoration was: the listing must not vanish now."""
    restriction = put("listing:1")
    give_up(restriction)
    put("listing:1")
    with pytest.raises(actions.LaterOneFollowed):
        actions.put_back(message_id=restriction.pk, actor=OPERATOR, at=AT)


def test_messages_without_a_subject_do_not_follow_each_other(put: Put) -> None:
    letter = put(kind="email")
    give_up(letter)
    put(kind="email")
    assert actions.put_back(message_id=letter.pk, actor=OPERATOR, at=AT).state == State.WAITING


@pytest.mark.parametrize("role", [role for role in Role if role not in access.MAY_SEE])
def test_nobody_else_sees_or_sends_again(put: Put, role: Role) -> None:
    message = put()
    give_up(message)
    actor = Actor(user_id=2, organisation_id=2, roles=frozenset({role}))
    assert not access.deliveries_for(actor).exists()
    with pytest.raises(access.NoSuchMessage):
        actions.put_back(message_id=message.pk, actor=actor, at=AT)


def test_what_is_shown_of_a_delivery_is_how_it_goes_not_what_it_says(put: Put, clock: Time) -> None:
    message = put("listing:1", secret="of another holder")
    Attempt.objects.create(
        message=message, number=1, at=AT, outcome=Outcome.LATER, answer_code=500, error="The receiver answered 500."
    )
    (shown,) = access.deliveries_for(OPERATOR)
    assert (shown["to"], shown["state"], shown["last_code"]) == ("agora", "waiting", 500)
    assert shown["last_error"] == "The receiver answered 500."
    assert "secret" not in str(shown)
    assert list(queries.deliveries_about(subject="listing:1")) == [shown]
    assert not queries.deliveries_about(subject="listing:2")


def test_how_the_outbox_stands(put: Put, clock: Time) -> None:
    assert queries.standing(at=clock()) == queries.Standing(0, None, 0)
    give_up(put())
    put()
    Message.objects.filter(pk=put().pk).update(state=State.CARRIED)
    assert queries.standing(at=AT) == queries.Standing(waiting=1, overdue_since=None, given_up=1)
    assert queries.standing(at=clock.passes(minutes=1)).overdue_since == AT
