"""Statements against the stand-in, which enforces the Commission's rules field by field."""

from datetime import date
from typing import Any

import httpx
import pytest

from touchmark.engine.reporting.transparency import Told, statement
from touchmark.engine.terms import RightKind
from touchmark.integrations.answers import Later, Never
from touchmark.integrations.standin_transparency.rules import errors_of
from touchmark.integrations.standin_transparency.server import Database
from touchmark.integrations.transparency_db.send import TooMany, send

URL, TOKEN = "https://db.example/api/v1", "secret"


def made(number: int = 0, **changes: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "puid": f"D-2026-{number:04}",
        "acts_as": "remove",
        "by_law": True,
        "ground": "Regulation (EU) 2017/1001, art. 9(2)",
        "explanation": "The sign is used.",
        "facts": "The title shows the mark.",
        "content_on": date(2026, 7, 1),
        "applied_on": date(2026, 8, 1),
        "kind": RightKind.WORD_MARK,
        "territories": ("DE",),
    }
    return statement(Told(**said | changes))


@pytest.fixture
def database() -> Database:
    return Database(TOKEN)


def told(database: Database, rows: list[dict[str, Any]], token: str = TOKEN) -> list[Any]:
    with httpx.Client(transport=httpx.WSGITransport(app=database)) as client:
        return send(rows, url=URL, token=token, client=client)


KINDS = [
    {"acts_as": kind, "by_law": law, "kind": right, "noticed": noticed, "automated": automated, "detected": automated}
    for kind in ("remove", "disable", "hide", "hold", "suspend", "close")
    for law in (True, False)
    for right in (None, *RightKind)
    for noticed in (True, False)
    for automated in (True, False)
]


def test_everything_that_we_make_is_stored(database: Database) -> None:
    rows = [made(number, **kind, ends_on=date(2026, 9, 1)) for number, kind in enumerate(KINDS)]
    for start in range(0, len(rows), 100):
        assert all(result.stored for result in told(database, rows[start : start + 100]))
    assert len(database.stored) == len(KINDS)


def test_a_refused_one_is_shown_with_its_field_and_the_others_are_stored(database: Database) -> None:
    rows = [made(1), made(2) | {"content_date": "yesterday"}, made(3)]
    first, second, third = told(database, rows)
    assert (first.stored, third.stored) == (True, True)
    assert second.errors == {"content_date": ["The field must match the format Y-m-d."]}
    assert set(database.stored) == {"D-2026-0001", "D-2026-0003"}


def test_told_twice_it_is_stored_once(database: Database) -> None:
    told(database, [made(1)])
    again, other = told(database, [made(1), made(2)])
    assert again.stored
    assert other.stored
    assert len(database.stored) == 2


def test_more_than_a_hundred_are_not_sent(database: Database) -> None:
    with pytest.raises(TooMany):
        told(database, [made(number) for number in range(101)])
    assert database.calls == 0


def test_a_wrong_token_is_never_taken_and_a_fault_is_tried_again(database: Database) -> None:
    with pytest.raises(Never):
        told(database, [made()], token="other")

    def down(request: httpx.Request) -> httpx.Response:
        return httpx.Response(503)

    with httpx.Client(transport=httpx.MockTransport(down)) as client, pytest.raises(Later):
        send([made()], url=URL, token=TOKEN, client=client)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"puid": "with space"}, "puid"),
        ({"decision_visibility": []}, "decision_visibility"),
        ({"decision_visibility": ["DECISION_VISIBILITY_OTHER"]}, "decision_visibility_other"),
        ({"decision_ground": "LAW"}, "decision_ground"),
        ({"illegal_content_explanation": "x" * 2_001}, "illegal_content_explanation"),
        ({"decision_facts": "Write to sam@example.test"}, "decision_facts"),
        ({"decision_facts": "x" * 5_001}, "decision_facts"),
        ({"content_type": ["PRODUCT"]}, "content_type"),
        ({"territorial_scope": ["US"]}, "territorial_scope"),
        ({"end_date_visibility_restriction": "2026-01-01"}, "end_date_visibility_restriction"),
        ({"content_id": {"EAN-13": "123"}}, "content_id"),
        ({"source_identity": "Somebody", "source_type": "SOURCE_VOLUNTARY"}, "source_identity"),
        ({"automated_detection": True}, "automated_detection"),
        ({"seller": "Blue Crate"}, "seller"),
    ],
)
def test_the_stand_in_refuses_what_the_commission_does(changes: dict[str, Any], field: str) -> None:
    assert field in errors_of(made() | changes)
    assert errors_of(made()) == {}
