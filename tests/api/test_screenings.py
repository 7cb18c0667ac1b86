"""``POST /api/v1/screenings``: what the catalogue's screening finds, at once, for those who hold a token for it."""

import base64
import itertools
import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import catalog, pictures, registry
from tests.factories.accounts import AT
from touchmark.api import clock
from touchmark.api.v1 import api
from touchmark.apps import lately
from touchmark.apps.blobs import actions as blobs
from touchmark.apps.clients import actions as clients
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.screening import actions
from touchmark.apps.screening.models import Assessment, Finding
from touchmark.engine.terms import Actor, RightKind

#: As long as what was looked up counts in a running site.
MOMENT = lately.COUNTS
#: When each test that lets it count begins: hours after the one before, whose register and tokens it must not be given.
BEGINNINGS = itertools.count(start=1e9, step=10_000.0)


@pytest.fixture(autouse=True)
def own_folders(db: None, settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"
    settings.SHARDS = tmp_path / "shards"


def token(*scopes: Scope) -> str:
    catalog.marketplace()
    return clients.issue(marketplace="bazaar", name="shop", scopes=scopes, actor=Actor.system(), at=AT)


def asked(body: object, secret: str | None) -> Any:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return Client().post("/api/v1/screenings", data, content_type="application/json", headers=headers)


def test_it_reads_the_database_and_takes_no_lock_of_it() -> None:
    """A transaction would take SQLite's only writer at every offer, and let the others wait for it."""
    secret = token(Scope.SCREEN)
    registry.verified(text="ALDERMOOR")
    offer = {"listing": {"title": "an aldermoor bag"}}
    assert asked(offer, secret).status_code == 200  # compiles the register
    with CaptureQueriesContext(connection) as queries:
        assert asked(offer, secret).status_code == 200
    assert queries.captured_queries
    assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}


def test_it_finds_what_the_catalogue_screening_finds_and_keeps_nothing() -> None:
    secret = token(Scope.SCREEN)
    registry.verified(text="ALDERMOOR")
    photo = pictures.drawn(1)
    registry.verified(kind=RightKind.COPYRIGHT, text="", image=blobs.keep(photo, at=AT).sha256)
    offer = {"title": "A𝐋DERMOOR bag", "description": "an aldermoor bag", "price": 9.5, "currency": "EUR"}
    answer = asked({"listing": offer, "image": {"base64": base64.b64encode(photo).decode()}}, secret)
    assert answer.status_code == 200
    found = answer.json()
    assert not Assessment.objects.exists()
    shown = pictures.Folder({"image": photo})
    catalog.listing(listing_id="same", images=["image"], pictures=shown, **offer)
    actions.screen_catalogue(at=AT)
    kept = Assessment.objects.get()
    assert (found["assessment"]["risk"], found["assessment"]["verdict"]) == (kept.risk, kept.verdict)
    columns = ("way", "confidence", "reasons", "field", "start", "end")
    stored = [{name: getattr(finding, name) for name in columns} for finding in Finding.objects.order_by("id")]
    assert [{name: one[name] for name in columns} for one in found["findings"]] == stored
    assert {one["way"] for one in found["findings"]} >= {"plain", "disguised", "copied_image"}
    (picture,) = (one for one in found["findings"] if one["way"] == "copied_image")
    assert picture["image"] == "image"
    assert (found["snapshot_id"], found["model_version"]) == (kept.run.snapshot_id, kept.run.model_version)


def test_a_right_registered_a_moment_ago_is_found() -> None:
    secret = token(Scope.SCREEN)
    offer = {"listing": {"title": "NORRVIK kettle"}}
    assert asked(offer, secret).json()["findings"] == []
    registry.verified(text="NORRVIK")
    assert [one["surface"] for one in asked(offer, secret).json()["findings"]] == ["NORRVIK"]


@pytest.mark.parametrize(
    ("listing", "pointer"),
    [
        ({}, "/listing/title"),
        ({"title": 3}, "/listing/title"),
        ({"title": "bag", "price": "cheap"}, "/listing/price"),
        ({"title": "bag", "price": -1}, "/listing/price"),
        ({"title": "bag", "quantity": 2**80}, "/listing/quantity"),
        ({"title": "bag", "published_at": "soon"}, "/listing/published_at"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(listing: dict[str, object], pointer: str) -> None:
    answer = asked({"listing": listing}, token(Scope.SCREEN))
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("body", ["", "{", "[]", "null", b"\xff\xfe", '{"listing": {"title": "\\ud800"}}'])
def test_rubbish_is_refused(body: str | bytes) -> None:
    answer = asked(body, token(Scope.SCREEN))
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_a_picture_that_is_none_is_reviewed_and_no_base64_is_refused() -> None:
    secret = token(Scope.SCREEN)
    rubbish = {"listing": {"title": "bag"}, "image": {"base64": base64.b64encode(b"rubbish").decode()}}
    assert asked(rubbish, secret).json()["assessment"]["verdict"] == "review"
    rubbish["image"]["base64"] = "%%%"
    assert asked(rubbish, secret).status_code == 422


def test_who_holds_no_token_or_one_for_something_else_is_turned_away() -> None:
    offer = {"listing": {"title": "bag"}}
    for secret in (None, "tmk_guessed"):
        answer = asked(offer, secret)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert asked(offer, token()).status_code == 403


def test_a_token_that_was_taken_back_opens_nothing() -> None:
    secret = token(Scope.SCREEN)
    assert clients.take_back(whose="bazaar", name="shop", actor=Actor.system(), at=AT) == 1
    assert asked({"listing": {"title": "bag"}}, secret).status_code == 401


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let what was looked up a moment ago count, as it does in a running site; the test says when a moment is over."""
    now, day = [next(BEGINNINGS)], clock.now()
    monkeypatch.setattr(lately, "COUNTS", MOMENT)
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(clock, "now", lambda: day)  # what is in force is looked up anew at midnight
    return now


def test_what_changes_is_in_force_within_two_seconds(moments: list[float]) -> None:
    """A flood of offers asks the database once in a moment who asks and what is in force; a change waits no longer."""
    secret = token(Scope.SCREEN)
    registry.verified(text="ALDERMOOR")
    offer = {"listing": {"title": "ALDERMOOR bag and QUERNSTONE kettle"}}
    assert len(asked(offer, secret).json()["findings"]) == 1
    registry.verified(text="QUERNSTONE")
    clients.take_back(whose="bazaar", name="shop", actor=Actor.system(), at=AT)
    other = clients.issue(marketplace="bazaar", name="new", scopes=[Scope.SCREEN], actor=Actor.system(), at=AT)
    moments[0] += MOMENT
    assert MOMENT < 2
    assert asked(offer, secret).status_code == 401
    assert len(asked(offer, other).json()["findings"]) == 2


def test_a_second_offer_in_a_moment_asks_for_its_seller_and_nothing_else(moments: list[float]) -> None:
    secret = token(Scope.SCREEN)
    registry.verified(text="ALDERMOOR")
    offer = {"listing": {"title": "an aldermoor bag", "seller_id": "s-1"}}
    assert asked(offer, secret).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert asked(offer, secret).status_code == 200
    assert len(queries.captured_queries) == 1


def test_a_token_that_expires_within_a_moment_opens_nothing(moments: list[float], monkeypatch: Any) -> None:
    catalog.marketplace()
    lasts = timedelta(days=36_500)
    secret = clients.issue(
        marketplace="bazaar", name="shop", scopes=[Scope.SCREEN], actor=Actor.system(), at=AT, lasts=lasts
    )
    assert asked({"listing": {"title": "a bag"}}, secret).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: AT + lasts)
    assert asked({"listing": {"title": "a bag"}}, secret).status_code == 401


def test_every_operation_asks_for_a_token() -> None:
    document = api.get_openapi_schema()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert operations
    assert all(operation.get("security") for operation in operations)


def test_the_document_is_served() -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/screenings" in document["paths"]
