"""``Idempotency-Key``: sent again, a request is not done again, and is answered as it was."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from tests.factories import clients
from tests.factories.at_once import at_once
from tests.factories.clients import Program
from tests.flows.world import World, built
from touchmark.api import clock, notices
from touchmark.apps.clients import answers
from touchmark.apps.clients.models import Answered
from touchmark.apps.notices.models import NoticeItem


@pytest.fixture
def world(db: None) -> World:
    return built()


def notice(world: World, **changes: object) -> dict[str, object]:
    return {
        "right": world.right.ref,
        "marketplace": "bazaar",
        "listing_id": world.listing.listing_id,
        "reason": "suspected_fake",
        "statement": "This is not ours.",
        "good_faith": True,
    } | changes


def test_the_same_request_again_gets_the_same_answer_and_nothing_new(world: World) -> None:
    vera = clients.with_every_scope(world.vera)
    first = vera.post("/notices", notice(world), key="k-1")
    again = vera.post("/notices", notice(world), key="k-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"
    assert NoticeItem.objects.count() == 1


def test_the_key_with_another_request_is_refused(world: World) -> None:
    vera = clients.with_every_scope(world.vera)
    vera.post("/notices", notice(world), key="k-1")
    for other in (
        vera.post("/notices", notice(world, statement="Look again."), key="k-1"),
        vera.post("/rights", {"kind": "word_mark", "text": "MADEUP"}, key="k-1"),
    ):
        assert other.status_code == 422
        assert "another request" in other.json()["detail"]
    assert NoticeItem.objects.count() == 1


def test_a_key_is_each_programs_own(world: World) -> None:
    vera, nils = clients.with_every_scope(world.vera), clients.with_every_scope(world.nils)
    assert vera.post("/rights", {"kind": "word_mark", "text": "ONE"}, key="k").json()["text"] == "ONE"
    assert nils.post("/rights", {"kind": "word_mark", "text": "TWO"}, key="k").json()["text"] == "TWO"


def test_a_refusal_is_an_answer_too(world: World) -> None:
    """What was refused then is answered so again, whatever has changed meanwhile."""
    vera = clients.with_every_scope(world.vera)
    assert vera.post("/notices", notice(world)).status_code == 201
    refused = vera.post("/notices", notice(world), key="k-1")
    NoticeItem.objects.all().delete()
    again = vera.post("/notices", notice(world), key="k-1")
    assert (refused.status_code, again.status_code) == (409, 409)
    assert refused.content == again.content
    assert again["Content-Type"] == "application/problem+json"


def test_what_does_not_have_the_form_takes_no_key(world: World) -> None:
    vera = clients.with_every_scope(world.vera)
    assert vera.post("/notices", notice(world, reason="price"), key="k-1").status_code == 422
    assert vera.post("/notices", notice(world), key="k-1").status_code == 201


def test_a_fault_of_ours_is_not_kept_and_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    vera = clients.with_every_scope(world.vera)

    def broken(*said: Any) -> None:
        raise RuntimeError("the answer cannot be kept")

    with monkeypatch.context() as patched:
        patched.setattr(answers, "keep", broken)
        with pytest.raises(RuntimeError):
            vera.post("/notices", notice(world), key="k-1")
    assert not NoticeItem.objects.exists()  # done and answered, or neither
    assert vera.post("/notices", notice(world), key="k-1").status_code == 201


@pytest.mark.parametrize("key", ["", "k" * 256, "with space", "ümlaut"])
def test_a_key_that_is_none_is_refused(world: World, key: str) -> None:
    vera = clients.with_every_scope(world.vera)
    answer = vera.send("POST", "/rights", {"kind": "word_mark", "text": "ONE"}, key=key or " ")
    assert answer.status_code == 422


def test_an_answer_is_kept_for_a_day(world: World) -> None:
    vera = clients.with_every_scope(world.vera)
    vera.post("/rights", {"kind": "word_mark", "text": "ONE"}, key="k-1")
    Answered.objects.update(begun_at=clock.now() - answers.KEPT)
    assert vera.post("/rights", {"kind": "word_mark", "text": "TWO"}, key="k-1").json()["text"] == "TWO"
    assert answers.forget(at=clock.now() + answers.KEPT) == 1


def test_one_at_work_is_waited_for_and_one_that_died_is_taken_over(world: World) -> None:
    vera = clients.with_every_scope(world.vera)
    body = {"kind": "word_mark", "text": "ONE"}
    vera.post("/rights", body, key="k-1")
    Answered.objects.update(code=None)
    waits = vera.post("/rights", body, key="k-1")
    assert (waits.status_code, "being carried out" in waits.json()["detail"]) == (409, True)
    Answered.objects.update(begun_at=clock.now() - answers.LEASE - timedelta(seconds=1))
    assert vera.post("/rights", body, key="k-1").status_code == 201


def test_one_that_was_held_for_dead_and_comes_to_its_end_does_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slower than the lease: its program sent it again, and that one is at work."""
    taken_over: list[object] = []

    def slowly(**about: Any) -> Any:
        if not taken_over:
            long_ago = clock.now() - answers.LEASE - timedelta(seconds=1)
            Answered.objects.update(begun_at=long_ago)
            row = Answered.objects.get()
            said = {"client": row.client, "key": row.key, "digest": row.digest, "at": clock.now()}
            taken_over.append(answers.claim(**said))
        return report_all(**about)

    report_all = notices.report_all
    monkeypatch.setattr(notices, "report_all", slowly)
    vera = clients.with_every_scope(world.vera)
    assert vera.post("/notices", notice(world), key="k-1").status_code == 409
    assert not NoticeItem.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_done(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the first is at work the second is told so; it gets the first one's answer once there is one."""
    world = built()
    vera = clients.with_every_scope(world.vera)
    claimed = threading.Barrier(2)
    claim = answers.claim

    def claimed_together(**said: Any) -> Any:
        claimed.wait(timeout=30)
        return claim(**said)

    monkeypatch.setattr(answers, "claim", claimed_together)
    both = at_once(*[lambda: vera.post("/notices", notice(world), key="k-1")] * 2)
    statuses = sorted(answer.status_code for answer in both)
    assert statuses in ([201, 201], [201, 409])
    assert NoticeItem.objects.count() == 1


def test_rows_sent_again_under_their_key_are_not_taken_in_again(world: World) -> None:
    shop = clients.of_marketplace()
    rows = [{"listing_id": f"K-{n}", "title": "A teapot"} for n in range(3)]
    first = shop.lines("/listings", rows, key="k-1")
    again = shop.lines("/listings", rows, key="k-1")
    assert first.json()["new"] == again.json()["new"] == 3
    assert shop.lines("/listings", rows).json()["unchanged"] == 3
    assert shop.lines("/listings", rows[:2], key="k-1").status_code == 422


def test_a_screening_takes_a_key_and_needs_none(world: World) -> None:
    shop: Program = clients.of_marketplace()
    offer = {"listing": {"title": "An ALDERMOOR bag"}}
    assert shop.post("/screenings", offer, key="s").content == shop.post("/screenings", offer, key="s").content


def test_a_long_answer_is_kept_packed_and_told_as_it_was(db: None) -> None:
    shop = clients.of_marketplace()
    rows = [{"listing_id": f"L-{number}", "seller_id": "s-1", "title": ""} for number in range(400)]
    first = shop.lines("/listings", rows, key="k-1")
    kept = Answered.objects.get(key="k-1")
    assert len(first.content) > 10_000
    assert len(kept.body) < len(first.content) / 5
    again = shop.lines("/listings", rows, key="k-1")
    assert again["Idempotent-Replayed"] == "true"
    assert again.content == first.content


def test_an_answer_that_was_kept_as_it_is_is_told_too(db: None) -> None:
    shop = clients.of_marketplace()
    first = shop.lines("/listings", [{"listing_id": "L-1", "title": "A teapot"}], key="k-1")
    Answered.objects.filter(key="k-1").update(body=first.content + b" " * 5_000)
    assert shop.lines("/listings", [{"listing_id": "L-1", "title": "A teapot"}], key="k-1").json() == first.json()
