"""What is learnt of words, and what a person's word for it does."""

from pathlib import Path

import pyarrow as pa
import pytest
from tests.engine.screening.scene import listings
from tests.engine.screening.test_use import register

from touchmark.engine.learning.words import COLUMNS, Seen, with_words
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot import store
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.engine.screening.snapshot.words import KINDS, Words

MARKS = register({"text": "Coach"}, {"text": "Velmora"}, {"text": "Box"}, {"text": "Zorphix"})


def said(*rows: tuple[str, str | None, str | None]) -> Words:
    names = ("word", "kind", "mark")
    return Words.of(
        pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], schema=Words.none().table.schema)
    )


def found(snapshot: Snapshot, **row: str) -> set[str]:
    findings, _ = screen(listings(row), None, snapshot, Model.default())
    texts = dict(zip(snapshot.rights["right_id"].to_pylist(), snapshot.rights["text"].to_pylist(), strict=True))
    return {texts[finding["right_id"]] for finding in findings.to_pylist()}


def catalogue(titles: dict[str, str | None], sellers: int = 8) -> Seen:
    seen = Seen()
    for number in range(sellers):
        rows = [
            {"title": title, "brand": brand, "seller_id": f"s{number}", "listing_id": f"{number}-{title}"}
            for title, brand in titles.items()
        ]
        seen.read(listings(*rows), MARKS)
    return seen


def test_words_of_the_trade_are_proposed_as_ordinary_and_brands_as_names() -> None:
    seen = catalogue({"gift box for cards": "Acme", "Velmora bag": "Velmora", "large box Box": "Acme"})
    rows = {row["mark"]: row for row in seen.table().to_pylist()}
    assert rows["Box"]["proposed"] == "ordinary"
    assert (rows["Box"]["sellers"], rows["Box"]["listings"], rows["Box"]["with_brand"]) == (8, 16, 16)
    assert (rows["Velmora"]["proposed"], rows["Velmora"]["as_brand"]) == ("name", 8)
    assert all(row["kind"] is None for row in rows.values())  # nothing promotes itself


def test_a_name_beside_other_brands_is_not_proposed_as_a_word() -> None:
    (row,) = catalogue({"case for Velmora 15": "Acme"}).table().to_pylist()
    assert row["proposed"] is None


def test_spellings_near_a_mark_are_told_apart_and_nothing_is_proposed_of_them() -> None:
    rows = catalogue({"Velmorra bag": None}).table().to_pylist()
    assert [(row["word"], row["written"], row["proposed"]) for row in rows] == [("velmorra", "near it", None)]


def test_words_of_few_sellers_are_left_out() -> None:
    assert catalogue({"gift box": "Acme"}, sellers=4).table().num_rows == 0
    assert Seen().table().schema.equals(COLUMNS)


def test_an_ordinary_word_needs_company_from_then_on() -> None:
    assert found(MARKS, title="blue zorphix cable") == {"Zorphix"}
    changed = with_words(MARKS, said(("zorphix", "ordinary", None)))
    assert found(changed, title="blue zorphix cable") == set()
    assert found(changed, title="blue cable", brand="Zorphix") == {"Zorphix"}


def test_a_name_needs_none() -> None:
    assert found(MARKS, title="lamp for the coach") == set()
    assert found(with_words(MARKS, said(("Coach", "name", None))), title="leather coach") == {"Coach"}


@pytest.mark.parametrize(("mark", "left"), [(None, set()), ("Velmora", set()), ("Coach", {"Velmora"})])
def test_a_phrase_means_something_else(mark: str | None, left: set[str]) -> None:
    changed = with_words(MARKS, said(("velmora beach", "phrase", mark)))
    assert found(MARKS, title="hotel at Velmora beach") == {"Velmora"}
    assert found(changed, title="hotel at Velmora beach") == left
    assert found(changed, title="Velmora bag for the beach") == {"Velmora"}


def test_common_phrases_come_along() -> None:
    marks = register({"text": "Nike"}, {"text": "小米"}, {"text": "Nike of Samothrace"})
    assert found(marks, title="Nike of Samothrace statue") == {"Nike of Samothrace"}  # the whole phrase is the mark
    assert found(marks, title="有机小米粥 500g") == set()
    assert found(marks, title="Nike shoes") == {"Nike"}


def test_rows_without_a_kind_say_nothing_and_the_order_of_rows_neither() -> None:
    assert with_words(MARKS, said(("box", None, None), ("coach", "", None))) is MARKS
    rows = [("zorphix", KINDS[0], None), ("coach", KINDS[1], None), ("coach trip", KINDS[2], "Coach")]
    assert with_words(MARKS, said(*rows)).id == with_words(MARKS, said(*reversed(rows), rows[0])).id != MARKS.id


def test_a_snapshot_keeps_what_was_said(tmp_path: Path) -> None:
    changed = with_words(MARKS, said(("zorphix", "ordinary", None), ("velmora beach", "phrase", None)))
    store.save(changed, tmp_path / "snapshot")
    opened = store.open(tmp_path / "snapshot")
    assert opened.words.table.equals(changed.words.table)
    assert found(opened, title="blue zorphix cable, Velmora beach") == set()
