from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.apps.outbox.conftest import AT, Time

from touchmark.apps.outbox.handlers import Handler
from touchmark.apps.outbox.models import Attempt, Message, Outcome, State
from touchmark.apps.outbox.schedule import TRIES, WAITS
from touchmark.apps.outbox.work import _claim, work
from touchmark.integrations.answers import Answer, Later, Never

pytestmark = pytest.mark.django_db

Put = Callable[..., Message]


class World:
    """A receiver that does what the test says next, and remembers what it was told."""

    def __init__(self, clock: Time) -> None:
        self.clock = clock
        self.told: list[Message] = []
        self.heard: list[tuple[Any, ...]] = []
        self.next: list[Any] = []
        self.takes = timedelta()

    def carry(self, message: Message, at: datetime) -> Answer:
        assert at == self.clock()
        self.told.append(message)
        self.clock.now += self.takes
        result = self.next.pop(0) if self.next else Answer(200, "ok")
        if isinstance(result, Exception):
            raise result
        return result

    def answered(self, message: Message, answer: Answer, at: datetime) -> None:
        self.heard.append(("answered", message.pk, answer.code, at))

    def given_up(self, message: Message, reason: str, at: datetime) -> None:
        self.heard.append(("given up", message.pk, reason, at))

    def pass_over(self, owner: str = "w1", **options: Any) -> int:
        handler = Handler(carry=self.carry, answered=self.answered, given_up=self.given_up)
        return work(**{"handlers": {"webhook": handler}, "clock": self.clock, "owner": owner, **options})

    @property
    def names(self) -> list[str]:
        return [message.payload["name"] for message in self.told]


@pytest.fixture
def world(clock: Time) -> World:
    return World(clock)


def attempts(message: Message) -> list[tuple[int, str]]:
    return list(Attempt.objects.filter(message=message).order_by("number").values_list("number", "outcome"))


def test_a_message_is_carried_its_try_written_down_and_the_room_told(put: Put, world: World, clock: Time) -> None:
    message, world.takes = put(name="a"), timedelta(seconds=3)
    assert world.pass_over() == 1
    message.refresh_from_db()
    assert (message.state, message.attempts, message.lease_until, message.lease_owner) == ("carried", 1, None, "")
    attempt = Attempt.objects.get()
    assert (attempt.number, attempt.at, attempt.finished_at) == (1, AT, AT + timedelta(seconds=3))
    assert (attempt.outcome, attempt.answer_code, attempt.answer_excerpt) == (Outcome.CARRIED, 200, "ok")
    assert world.heard == [("answered", message.pk, 200, clock())]
    assert world.pass_over() == 0


def test_what_fails_is_tried_by_the_schedule_under_the_same_id(put: Put, world: World, clock: Time) -> None:
    message = put(name="a")
    world.next = [Later("The receiver answered 500.", answer=Answer(500, "no")), Answer(200)]
    world.pass_over()
    message.refresh_from_db()
    assert message.state == State.WAITING
    assert WAITS[0] <= message.due_at - AT <= WAITS[0] * 1.1
    clock.passes(seconds=4)
    assert world.pass_over() == 0
    clock.passes(seconds=2)
    assert world.pass_over() == 1
    assert [told.pk for told in world.told] == [message.pk, message.pk]
    assert attempts(message) == [(1, "later"), (2, "carried")]
    assert Attempt.objects.get(number=1).error == "The receiver answered 500."


def test_a_receiver_that_never_answers_is_given_up_and_the_room_told(put: Put, world: World, clock: Time) -> None:
    message = put(name="a")
    world.next = [Later(f"no {n}") for n in range(1, 99)]
    for _ in range(TRIES):
        assert world.pass_over() == 1
        clock.passes(hours=27)
    assert world.pass_over() == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.GIVEN_UP, TRIES)
    assert [told[:3] for told in world.heard] == [("given up", message.pk, f"no {TRIES}")]


def test_the_tries_are_spread_over_three_days(put: Put, world: World, clock: Time) -> None:
    message = put(name="a")
    world.next = [Later("no")] * TRIES
    while Message.objects.get().state == State.WAITING:
        clock.now = Message.objects.get().due_at
        world.pass_over()
    assert timedelta(days=3) < clock() - AT < timedelta(days=3.5)
    assert len(attempts(message)) == TRIES


def test_a_refusal_for_good_is_not_tried_again(put: Put, world: World) -> None:
    message = put(name="a")
    world.next = [Never("The receiver answered 410.", answer=Answer(410))]
    world.pass_over()
    message.refresh_from_db()
    assert message.state == State.GIVEN_UP
    assert attempts(message) == [(1, "never")]
    assert world.heard[0][0] == "given up"


def test_a_receiver_that_asks_for_time_gets_it(put: Put, world: World) -> None:
    message = put(name="a")
    world.next = [Later("429", after=timedelta(hours=1))]
    world.pass_over()
    message.refresh_from_db()
    assert message.due_at == AT + timedelta(hours=1)


def test_a_fault_of_ours_is_written_down_and_tried_again(
    put: Put, world: World, clock: Time, caplog: pytest.LogCaptureFixture
) -> None:
    message = put(name="a")
    world.next = [KeyError("secret\x00")]
    world.pass_over()
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.error) == (Outcome.FAILED, r"KeyError: 'secret\x00'")
    assert "KeyError" in caplog.text
    clock.passes(seconds=6)
    world.pass_over()
    assert attempts(message) == [(1, "failed"), (2, "carried")]


def test_a_room_that_cannot_hear_now_is_told_again(
    put: Put, world: World, clock: Time, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is half recorded: the message is not carried until the room has heard so."""
    message = put(name="a")
    faults = [ValueError("the decision is locked")]

    def answered(message: Message, answer: Answer, at: datetime) -> None:
        Message.objects.filter(pk=message.pk).update(payload={"touched": True})
        if faults:
            raise faults.pop()

    handlers = {"webhook": Handler(carry=world.carry, answered=answered)}
    work(handlers=handlers, clock=clock, owner="w1")
    message.refresh_from_db()
    assert (message.state, message.payload) == (State.WAITING, {"name": "a"})
    assert attempts(message) == [(1, "failed")]
    assert "ValueError: the decision is locked" in Attempt.objects.get().error
    clock.passes(seconds=6)
    work(handlers=handlers, clock=clock, owner="w1")
    assert attempts(message) == [(1, "failed"), (2, "carried")]


def test_messages_about_one_subject_go_in_the_order_put(put: Put, world: World, clock: Time) -> None:
    """A restriction that fails holds back the restoration that follows it, and nothing else."""
    put("listing:1", name="restrict 1")
    clock.passes(seconds=1)
    put("listing:1", name="restore 1")
    put("listing:2", name="restrict 2", to="bazaar")
    clock.passes(seconds=1)
    put("listing:1", name="restrict 1 there", to="bazaar")
    world.next = [Later("500")]
    world.pass_over()
    assert world.names == ["restrict 1", "restrict 2", "restrict 1 there"]
    clock.passes(seconds=6)
    world.pass_over()
    assert world.names[3:] == ["restrict 1", "restore 1"]


def test_one_given_up_lets_the_next_go(put: Put, world: World) -> None:
    put("listing:1", name="restrict")
    put("listing:1", name="restore")
    world.next = [Never("410")]
    world.pass_over()
    assert world.names == ["restrict"]  # the receiver failed in this pass
    world.pass_over()
    assert world.names == ["restrict", "restore"]


def test_a_receiver_that_fails_does_not_hold_up_the_others(put: Put, world: World, clock: Time) -> None:
    for n in range(3):
        put(name=f"agora {n}")
        clock.passes(seconds=1)
        put(name=f"bazaar {n}", to="bazaar")
    world.next = [Later("timed out"), *[Answer(200)] * 9]
    world.pass_over()
    assert world.names == ["agora 0", "bazaar 0", "bazaar 1", "bazaar 2"]


def test_where_all_goes_through_one_server_a_failure_stops_the_pass(put: Put, world: World, clock: Time) -> None:
    put(name="a", to="a@x.example")
    put(name="b", to="b@y.example")
    world.next = [Later("no mail server")]
    handlers = {"webhook": Handler(carry=world.carry, one_channel=True)}
    work(handlers=handlers, clock=clock, owner="w1")
    assert len(world.told) == 1


def test_oldest_first_and_no_more_than_asked(put: Put, world: World, clock: Time) -> None:
    for n in range(4):
        put(name=n)
        clock.passes(seconds=1)
    assert world.pass_over(limit=3) == 3
    assert world.names == [0, 1, 2]


def test_it_stops_between_two_messages(put: Put, world: World) -> None:
    put(name="a")
    put(name="b")
    assert world.pass_over(stop=lambda: len(world.told) == 1) == 1
    assert len(world.told) == 1


def test_a_kind_that_nobody_handles_here_is_left_for_who_does(put: Put, world: World) -> None:
    message = put(kind="fax")
    assert world.pass_over() == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.WAITING, 0)


def claim(world: World, owner: str) -> tuple[Message, Attempt] | None:
    from django.db.models import Q

    return _claim({"webhook": Handler(carry=world.carry)}, world.clock(), owner, Q(pk__in=[]))


def test_what_one_worker_holds_no_other_takes(put: Put, world: World) -> None:
    put(name="a")
    assert claim(world, "w1") is not None
    assert claim(world, "w2") is None
    assert world.pass_over(owner="w2") == 0


def test_a_dead_worker_s_message_is_taken_up_when_its_lease_has_run_out(put: Put, world: World, clock: Time) -> None:
    message = put(name="a")
    claim(world, "dead")
    clock.passes(seconds=119)
    assert world.pass_over(owner="w2") == 0
    clock.passes(seconds=1)
    assert world.pass_over(owner="w2") == 1
    assert attempts(message) == [(1, "broken_off"), (2, "carried")]
    assert [told.pk for told in world.told] == [message.pk]


def test_a_worker_that_comes_back_too_late_changes_nothing(put: Put, world: World, clock: Time) -> None:
    """It slept through its lease; another carried the message meanwhile. Its own answer stays with its try."""
    message = put(name="a")

    def slow(told: Message, at: datetime) -> Answer:
        clock.passes(minutes=3)
        world.pass_over(owner="w2")
        raise Later("The receiver answered 500.")

    work(handlers={"webhook": Handler(carry=slow)}, clock=clock, owner="w1", limit=1)
    message.refresh_from_db()
    assert (message.state, len(world.heard)) == (State.CARRIED, 1)
    assert attempts(message) == [(1, "later"), (2, "carried")]


def test_a_message_that_kills_its_workers_comes_to_an_end(put: Put, world: World, clock: Time) -> None:
    message = put(name="a")
    for n in range(TRIES):
        assert claim(world, f"victim {n}") is not None
        clock.passes(minutes=3)
    world.pass_over()
    message.refresh_from_db()
    assert message.state == State.GIVEN_UP
    assert not world.told
    assert attempts(message)[-2:] == [(TRIES, "broken_off"), (TRIES + 1, "never")]
    assert world.heard[0][2] == "every try has been spent, the last broke off"


def test_one_put_back_starts_the_schedule_anew_and_its_tries_go_on_counting(
    put: Put, world: World, clock: Time
) -> None:
    from tests.apps.outbox.conftest import OPERATOR

    from touchmark.apps.outbox import actions

    message = put(name="a")
    world.next = [Never("410"), Later("500"), Answer(200)]
    world.pass_over()
    actions.put_back(message_id=message.pk, actor=OPERATOR, at=clock())
    world.pass_over()
    message.refresh_from_db()
    assert message.attempts == 1
    assert WAITS[0] <= message.due_at - clock() <= WAITS[0] * 1.1
    clock.passes(seconds=6)
    world.pass_over()
    assert attempts(message) == [(1, "never"), (2, "later"), (3, "carried")]


def test_a_letter_is_not_kept_once_it_has_been_carried(put: Put, world: World, clock: Time) -> None:
    letter = put(name="a link that lets somebody in", kind="email")
    clock.passes(seconds=1)
    order = put(name="an order")
    handlers = {"email": Handler(carry=world.carry, forgotten=True), "webhook": Handler(carry=world.carry)}
    world.next = [Later("not now")]
    work(handlers=handlers, clock=clock, owner="w1")
    letter.refresh_from_db()
    assert letter.payload == {"name": "a link that lets somebody in"}  # it is still to be told
    clock.passes(hours=1)
    work(handlers=handlers, clock=clock, owner="w1")
    letter.refresh_from_db()
    order.refresh_from_db()
    assert (letter.payload, order.payload) == ({}, {"name": "an order"})
