from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from tests.factories import pictures, registry
from tests.factories.accounts import AT

from touchmark.apps.blobs import actions as blobs
from touchmark.apps.registry import queries
from touchmark.engine.screening.schemas import RIGHTS
from touchmark.engine.terms import OfficeStatus, RightKind

pytestmark = pytest.mark.django_db


def test_what_is_verified_comes_as_the_engine_wants_it() -> None:
    logo = blobs.keep(pictures.drawn(), at=AT)
    registry.verified(
        text="ALDERMOOR",
        aliases=("Alder Moor",),
        brand="Aldermoor",
        nice_classes=(8, 21),
        office_status=OfficeStatus.REGISTERED,
        expires_on=date(2030, 1, 1),
        image=logo.sha256,
        image_name="logo.png",
        reference_price=Decimal("89.90"),
        currency="EUR",
    )
    registry.right(text="WAITING")
    table = queries.verified_table()
    assert table.schema.equals(RIGHTS)
    (row,) = table.to_pylist()
    assert (row["row"], row["text"], row["aliases"], row["brand"]) == (1, "ALDERMOOR", ["Alder Moor"], "Aldermoor")
    assert (row["nice_classes"], row["expires_on"], row["status"]) == ([8, 21], date(2030, 1, 1), "registered")
    assert (row["image"], row["reference_price"]) == (logo.sha256, 89.9)
    # blank is missing, not an empty word
    assert (row["owner"], row["territories"], row["authorised_sellers"]) == (None, None, None)


def test_an_empty_register_is_a_table_without_rows() -> None:
    assert queries.verified_table().equals(pa.Table.from_batches([], RIGHTS))
    assert queries.version() == "0"


def test_a_mark_whose_picture_never_came_is_nothing_to_look_for() -> None:
    registry.verified(kind=RightKind.FIGURATIVE_MARK, text="", image_name="logo.png")
    registry.verified(text="WORD", image_name="logo.png")
    assert [(row["text"], row["image"]) for row in queries.verified_table().to_pylist()] == [("WORD", None)]


def test_rows_are_numbered_through_all_chunks_in_the_order_of_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "CHUNK", 2)
    vera = registry.holder()
    for number in range(5):
        registry.verified(vera, text=f"MARK {number}")
    table = queries.verified_table()
    assert table["row"].to_pylist() == [1, 2, 3, 4, 5]
    assert table["right_id"].to_pylist() == sorted(table["right_id"].to_pylist())


def test_the_longest_waiting_comes_first(django_assert_num_queries: Any) -> None:
    second = registry.right(text="SECOND", at=AT.replace(day=3))
    first = registry.right(text="FIRST", at=AT.replace(day=2))
    registry.verified(text="DONE")
    expected = [(right.ref, right.holder.name) for right in (first, second)]
    with django_assert_num_queries(1):
        assert [(right.ref, right.holder.name) for right in queries.waiting()] == expected
