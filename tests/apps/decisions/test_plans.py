"""Each order of the queue is an index that PostgreSQL goes into at the place where the last page ended."""

from typing import Any

import pytest
from django.db import connection
from tests.factories import accounts

from touchmark.apps.decisions import queue
from touchmark.apps.decisions.wanted import ORDERS, Place, Wanted
from touchmark.apps.screening.models import Waiting
from touchmark.engine.terms import Role

pytestmark = [pytest.mark.django_db, pytest.mark.plans]
INDEXES = {
    "": "waiting_most_urgent_first",
    "risk": "waiting_by_risk",
    "due": "waiting_first_due",
    "age": "waiting_longest_first",
    "views": "waiting_by_views",
    "sold": "waiting_by_sales",
}
FIRST = {"rank": 1, "doubt": 0.5, "due_at": Waiting.NEVER, "since": accounts.AT, "views": 1, "sold": 1, "id": 1}


def plan(rows: Any) -> str:
    """Give how the rows would be found in a table that is long: reading or sorting all of one costs too much."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return str(rows.explain())


@pytest.mark.parametrize("order", ORDERS)
def test_a_page_of_the_queue_is_found_by_the_index_of_its_order(order: str) -> None:
    place = Place(tuple(FIRST[column] for column in ORDERS[order].columns))
    actor = accounts.actor(Role.REVIEWER)
    for rows in (queue.waiting(actor, Wanted(order=order)), queue.behind(actor, Wanted(order=order), place)):
        said = plan(rows[:50])
        assert INDEXES[order] in said
        assert "Sort" not in said
    assert "Index Cond: (ROW(" in said


def test_a_page_of_the_queue_does_not_read_all_decisions_in_force() -> None:
    """What is in force grows for years; a page asks of its own rows alone."""
    said = str(queue.waiting(accounts.actor(Role.REVIEWER))[:50].explain())
    assert "decisions_decision" in said
    assert "hashed" not in said
