"""One decision on many: each as it was seen, what changed left out and named, all undone as a whole."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import accounts, catalog, decisions, registry
from tests.factories.decisions import LATER, Desk, acting
from tests.factories.pictures import Folder, drawn
from touchmark.apps.audit.models import Event
from touchmark.apps.decisions import queue
from touchmark.apps.decisions.actions import Choice, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.desk import alike, bulk, holds
from touchmark.apps.desk.bulk import NoSuchBulk, NotUndone, SeenOne, TooMany
from touchmark.apps.desk.kinds import Alike
from touchmark.apps.desk.models import Bulk, BulkItem
from touchmark.apps.inbox.models import Letter
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screened
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role
from touchmark.flows import decide_many

EVERYWHERE = Actor(None, None, frozenset({Role.REVIEWER}))
NAMES = [f"plain-{number}" for number in range(5)]
SOON = LATER + timedelta(minutes=5)


@pytest.fixture
def made(db: None, settings: Any, tmp_path: Path) -> Desk:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = (tmp_path / name for name in ("blobs", "snaps", "shards"))
    made = decisions.desk()
    for name in NAMES:  # the Cyrillic А, Е and О hide the mark
        said = {"title": f"АLDЕRМООR bag, {name}", "price": 20.0, "currency": "EUR", "seller_id": "blue-crate"}
        made.listings[name] = catalog.listing(listing_id=f"L-{name}", of=registry.organisation_of(made.sam), **said)
    screening.screen_catalogue(at=decisions.AT)
    return made


def choice(made: Desk, **changes: Any) -> Choice:
    said = Choice(
        kind=DecisionKind.REMOVE,
        facts="The title uses the mark for bags that its owner did not make.",
        request_key=uuid4(),
        right=made.mark,
        ground=Ground.LAW,
        ground_reference="Regulation (EU) 2017/1001, art. 9(2)",
        ground_explanation="The sign is used for goods that the mark protects.",
    )
    return replace(said, **changes)


def seen(made: Desk, *names: str) -> list[SeenOne]:
    found = []
    for name in names:
        listing = made[name]
        listing.refresh_from_db()
        assessment = screened.current(listing)
        waits = assessment is not None and assessment.settled_at is None
        found.append(SeenOne(listing.pk, listing.digest, assessment.pk if assessment and waits else None))
    return found


def asked(made: Desk, *names: str, **changes: Any) -> Bulk:
    return bulk.ask(
        alike=Alike.SELLER, choice=choice(made, **changes), seen=seen(made, *names), actor=acting(made.rita), at=LATER
    )


def carried(made: Desk, one: Bulk) -> dict[str, tuple[str, str]]:
    decide_many.carry_out(bulk=one, actor=acting(made.rita), at=LATER)
    return outcomes(one)


def outcomes(one: Bulk) -> dict[str, tuple[str, str]]:
    return {item.listing.listing_id: (item.outcome, item.why) for item in bulk.items_of(one, EVERYWHERE)}


def test_each_listing_has_its_own_decision_and_statement(made: Desk) -> None:
    one = asked(made, *NAMES)
    assert set(carried(made, one).values()) == {("decided", "")}
    taken = Decision.objects.filter(bulk_item__bulk=one)
    assert taken.count() == 5
    assert {decision.statement.content["facts"] for decision in taken} == {choice(made).facts}
    assert {decision.snapshot.content["title"] for decision in taken} == {f"АLDЕRМООR bag, {name}" for name in NAMES}
    waits = set(queue.all_waiting().values_list("listing__listing_id", flat=True))
    assert waits.isdisjoint(f"L-{name}" for name in NAMES)
    one.refresh_from_db()
    assert one.finished_at == LATER


def test_what_has_changed_meanwhile_is_left_out_and_named_and_nothing_is_lost(made: Desk) -> None:
    one = asked(made, *NAMES, "reported")
    catalog.listing(listing_id="L-plain-0", title="АLDЕRМООR bag, now in red", price=20.0, seller_id="blue-crate")
    decisions.restriction(made, "plain-1", by=made.ravi)
    holds.hold(listing=made["plain-2"], actor=acting(made.ravi), at=LATER)
    assert carried(made, one) == {
        "L-plain-0": ("left_out", "changed"),
        "L-plain-1": ("left_out", "decided"),
        "L-plain-2": ("left_out", "held"),
        "L-plain-3": ("decided", ""),
        "L-plain-4": ("decided", ""),
        "L-reported": ("left_out", "reported"),
    }
    waits = set(queue.all_waiting().values_list("listing__listing_id", flat=True))
    assert {"L-plain-0", "L-plain-2", "L-reported"} <= waits


def test_a_listing_that_does_not_use_the_right_is_left_out(made: Desk) -> None:
    one = asked(made, "plain-0", "other")
    assert carried(made, one) == {"L-plain-0": ("decided", ""), "L-other": ("left_out", "other_right")}


def test_cut_short_it_goes_on_and_doubles_nothing(made: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one, rita = asked(made, *NAMES), acting(made.rita)
    whole, done = decide_many._decide_on, []

    def cut(key: int, **said: Any) -> BulkItem:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(key)
        return whole(key, **said)

    monkeypatch.setattr(decide_many, "_decide_on", cut)
    with pytest.raises(KeyboardInterrupt):
        decide_many.carry_out(bulk=one, actor=rita, at=LATER)
    monkeypatch.undo()
    assert bulk.counts(one, EVERYWHERE) == {"decided": 2, "waits": 3}
    decide_many.carry_out(bulk=one, actor=rita, at=LATER)
    decide_many.carry_out(bulk=one, actor=rita, at=LATER)
    assert bulk.counts(one, EVERYWHERE) == {"decided": 5}
    assert Decision.objects.count() == 5


def test_the_same_form_sent_twice_is_one(made: Desk) -> None:
    said = choice(made)
    asks = {"alike": Alike.SELLER, "choice": said, "actor": acting(made.rita), "at": LATER}
    assert bulk.ask(seen=seen(made, *NAMES), **asks) == bulk.ask(seen=seen(made, "plain-0"), **asks)  # type: ignore[arg-type]
    assert BulkItem.objects.count() == 5


def test_undone_everything_is_as_it_was_and_sellers_are_told(made: Desk) -> None:
    one = asked(made, *NAMES)
    before = set(queue.all_waiting().values_list("listing_id", flat=True))
    carried(made, one)
    decide_many.undo(bulk=one, actor=acting(made.rita), at=SOON)
    assert set(outcomes(one).values()) == {("undone", "")}
    assert {decision.status for decision in Decision.objects.all()} == {"reversed"}
    assert set(queue.all_waiting().values_list("listing_id", flat=True)) == before
    assert Letter.objects.filter(kind="decision_taken_back").count() == 5


def test_dismissals_are_undone_too_and_nobody_is_told(made: Desk) -> None:
    one = asked(made, *NAMES, kind=DecisionKind.NONE, right=None, ground=None)
    before = set(queue.all_waiting().values_list("listing_id", flat=True))
    assert set(carried(made, one).values()) == {("decided", "")}
    decide_many.undo(bulk=one, actor=acting(made.rita), at=SOON)
    assert {decision.status for decision in Decision.objects.all()} == {"reopened"}
    assert set(queue.all_waiting().values_list("listing_id", flat=True)) == before
    assert not Letter.objects.filter(kind="decision_taken_back").exists()
    screening.screen_catalogue(at=SOON)
    assert set(queue.all_waiting().values_list("listing_id", flat=True)) == before


def test_what_was_appealed_or_changed_since_stays_and_is_named(made: Desk) -> None:
    one = asked(made, *NAMES[:2])
    carried(made, one)
    decisions.appeal(made, Decision.objects.get(listing=made["plain-0"]))
    decide_many.undo(bulk=one, actor=acting(made.rita), at=SOON)
    assert outcomes(one) == {"L-plain-0": ("stays", ""), "L-plain-1": ("undone", "")}


def test_the_time_to_undo_runs_out_and_it_is_the_authors_alone(made: Desk) -> None:
    one = asked(made, *NAMES[:2])
    carried(made, one)
    with pytest.raises(NotYours):
        decide_many.undo(bulk=one, actor=acting(made.ravi), at=SOON)
    with pytest.raises(NotUndone, match="over"):
        decide_many.undo(bulk=one, actor=acting(made.rita), at=LATER + bulk.UNDO + timedelta(seconds=1))
    decide_many.undo(bulk=one, actor=acting(made.rita), at=LATER + bulk.UNDO)
    with pytest.raises(NotUndone, match="already"):
        decide_many.undo(bulk=one, actor=acting(made.rita), at=SOON)
    assert Event.objects.filter(stream=f"bulk:{one.ref}").count() == 2


def test_nobody_decides_on_too_many_on_none_or_without_saying_why(made: Desk) -> None:
    rita = acting(made.rita)
    for many in ([], seen(made, "plain-0") * 1 + [SeenOne(n, "x", None) for n in range(alike.AT_MOST)]):
        with pytest.raises(TooMany):
            bulk.ask(alike="picked", choice=choice(made), seen=many, actor=rita, at=LATER)
    with pytest.raises(IncompleteDecision):
        bulk.ask(alike="picked", choice=choice(made, facts=" "), seen=seen(made, "plain-0"), actor=rita, at=LATER)
    with pytest.raises(NotYours):
        bulk.ask(alike="picked", choice=choice(made), seen=seen(made, "plain-0"), actor=acting(made.paul), at=LATER)
    with pytest.raises(NoSuchBulk):
        bulk.bulk_for(made.vera, asked(made, "plain-0").ref)


def test_a_choice_comes_back_as_it_was(made: Desk) -> None:
    said = choice(made, kind=DecisionKind.DISABLE, territories=("DE", "FR"), ends_at=LATER + timedelta(days=30))
    one = bulk.ask(alike="picked", choice=said, seen=seen(made, "plain-0"), actor=acting(made.rita), at=LATER)
    item = bulk.items_of(one, EVERYWHERE).get()
    assert bulk.choice_for(item) == replace(said, request_key=item.request_key)


def test_listings_are_alike_by_photo_text_and_seller(made: Desk) -> None:
    rita = acting(made.rita)
    like = {
        way: set(alike.waiting_like(made["plain-0"], way, rita).values_list("listing__listing_id", flat=True))
        for way in Alike.values
    }
    assert like["seller"] >= {"L-plain-1", "L-disguised"}
    assert "L-other" not in like["seller"]
    assert (like["photo"], like["text"], like["picked"]) == (set(), set(), set())
    made.listings["twin"] = catalog.listing(listing_id="twin", title="аLDЕRМООR  BAG,  plain-0", price=2.0)
    screening.screen_catalogue(at=LATER)
    assert set(alike.waiting_like(made["plain-0"], "text", rita).values_list("listing__listing_id", flat=True)) == {
        "twin"
    }
    assert set(alike.waiting_like(made["reported"], "photo", rita).values_list("listing__listing_id", flat=True)) == {
        "L-copied"
    }
    decisions.restriction(made, "copied")
    photos = list(made["reported"].images.values_list("blob_id", flat=True))
    like = alike.decided_like(made["reported"], rita, alike.showing(photos))
    (before,) = [d for d in like if d.listing == made["copied"]]
    assert before.status == "in_force"


def test_the_same_photo_is_taken_off_each_by_whatever_name_it_has_there(made: Desk) -> None:
    own = made.photo.image_id
    twin = {"title": "Brown bag", "images": ["cover.jpg"], "price": 2.0, "currency": "EUR", "seller_id": "blue-crate"}
    shop = registry.organisation_of(made.sam)
    pictures = Folder({"cover.jpg": drawn(7, (640, 480), "JPEG", quality=90)})
    made.listings["twin"] = catalog.listing(listing_id="L-twin", of=shop, pictures=pictures, **twin)
    screening.screen_catalogue(at=LATER)
    said: dict[str, Any] = {"kind": DecisionKind.PICTURES, "pictures": (own,), "right": made.photo}
    about: dict[str, Any] = {"choice": choice(made, **said), "actor": acting(made.rita), "at": LATER}
    one = bulk.ask(alike=Alike.PHOTO, seen=seen(made, "copied", "twin"), **about)
    decide_many.carry_out(bulk=one, actor=acting(made.rita), at=LATER)
    taken = Decision.objects.filter(kind="pictures").order_by("listing__listing_id")
    assert [(d.listing.listing_id if d.listing else "", d.pictures) for d in taken] == [
        ("L-copied", ["own.jpg"]),
        ("L-twin", ["cover.jpg"]),
    ]
    decide_many.undo(bulk=one, actor=acting(made.rita), at=SOON)
    assert {d.status for d in Decision.objects.filter(kind="pictures")} == {"reversed"}


def test_the_page_offers_a_photo_where_the_same_is_shown_and_nowhere_else(made: Desk) -> None:
    rita = accounts.signed_in(made.rita)
    same = rita.get("/desk/alike/bazaar/L-copied/?alike=photo").context["form"]
    assert ("pictures", "Take pictures off it") in [(key, str(said)) for key, said in same.fields["kind"].choices]
    assert [key for key, _ in same.fields["pictures"].choices][1] == made.photo.image_id
    other = rita.get("/desk/alike/bazaar/L-copied/?alike=seller").context["form"]
    assert "pictures" not in [key for key, _ in other.fields["kind"].choices]
