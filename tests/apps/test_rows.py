"""The first of many rows are sorted by their keys alone, and only those are read with what they are joined to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.worlds import restricted

from touchmark.apps.decisions import access
from touchmark.apps.rows import first_rows

pytestmark = pytest.mark.django_db


def test_the_first_rows_are_sorted_narrow_and_read_whole() -> None:
    case = restricted()
    for _ in range(2):
        restricted(seller=(case.seller, case.seller_actor, case.shop))
    seen = access.decisions_for(case.seller_actor)
    with CaptureQueriesContext(connection) as asked:
        found = first_rows(seen, 2)
        assert [decision.statement.decision_id for decision in found] == [decision.pk for decision in found]
    narrow, whole = (query["sql"] for query in asked.captured_queries)
    assert "LIMIT 2" in narrow
    assert "content" not in narrow
    assert "LIMIT" not in whole
    assert found == list(seen[:2])
