from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from touchmark.engine.record.canonical import NotCanonical
from touchmark.engine.record.entry import Entry

SALT = bytes(range(16))
ENTRY = Entry(
    stream="decision:D-1",
    number=1,
    kind="restricted",
    at=datetime(2026, 11, 22, 6, 9, 36, 120000, tzinfo=UTC),
    user=7,
    organisation=None,
    roles="reviewer",
    payload={"ground": "trade mark", "risk": 0.5},
)


def test_the_bytes_are_pinned() -> None:
    """A digest made by one release must be made again by the next: this line never changes."""
    assert ENTRY.canonical().decode() == (
        '{"at":"2026-11-22T06:09:36.120000Z","kind":"restricted","number":1,"organisation":null,'
        '"payload":{"ground":"trade mark","risk":0.5},"roles":"reviewer","stream":"decision:D-1","user":7}'
    )
    assert ENTRY.digest(SALT).hex() == "663fd36a8bf96ee36519bfcb364ff5ba4e1863c07c2de4ab3056523c0e2819a6"


@pytest.mark.parametrize(
    "change",
    [
        {"stream": "decision:D-2"},
        {"number": 2},
        {"kind": "restored"},
        {"at": ENTRY.at + timedelta(microseconds=1)},
        {"user": 8},
        {"user": None},
        {"organisation": 7},  # the same key as the user's, in the other place
        {"roles": "policy_owner reviewer"},
        {"payload": {"ground": "trade mark", "risk": 0.6}},
        {"payload": {}},
    ],
)
def test_any_change_changes_the_digest(change: dict[str, object]) -> None:
    assert replace(ENTRY, **change).digest(SALT) != ENTRY.digest(SALT)


def test_the_digest_depends_on_the_salt() -> None:
    assert ENTRY.digest(SALT) != ENTRY.digest(SALT[::-1])


def test_a_moment_is_one_moment_in_every_zone() -> None:
    elsewhere = replace(ENTRY, at=ENTRY.at.astimezone(timezone(timedelta(hours=8))))
    assert elsewhere.digest(SALT) == ENTRY.digest(SALT)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NotCanonical, match="no time zone"):
        replace(ENTRY, at=datetime(2026, 1, 1)).digest(SALT)  # noqa: DTZ001  # the point of the test
