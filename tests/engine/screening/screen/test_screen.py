"""The whole of screening: a batch in, findings and assessments out, to the contract."""

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.image.drawing import encoded, photo
from tests.engine.screening.scene import listings, sellers
from tests.engine.screening.snapshot.small_register import table

from touchmark.engine.screening.hits import FIELDS
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.schemas import ASSESSMENTS, FINDINGS, LISTINGS
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import Snapshot

PICTURES = {"right.jpg": encoded(photo(1)), "other.jpg": encoded(photo(2)), "broken.jpg": b"\xff\xd8\xff"}


def image_bytes(name: str, /) -> bytes:
    if name not in PICTURES:
        raise UnreadableImage("missing")
    return PICTURES[name]


def compiled() -> Snapshot:
    rights = table(
        {"right_id": "word-2", "kind": "word_mark", "text": "Velmora", "brand": "Velmora", "territories": ["EU"]},
        {"right_id": "word-1", "kind": "word_mark", "text": "Velmora", "brand": "Velmora"},
        {"right_id": "photo", "kind": "copyright", "brand": "Velmora", "image": "right.jpg"},
        {"right_id": "old", "kind": "word_mark", "text": "Orovia", "expires_on": date(2026, 1, 1)},
        {"right_id": "asked", "kind": "word_mark", "text": "Orovia", "status": "applied"},
        {"right_id": "case", "kind": "word_mark", "text": "iPhone", "reference_price": 900.0, "currency": "EUR"},
    )
    return compile_register(rights, image_bytes)[0].as_of(date(2026, 3, 31))


SNAPSHOT, MODEL = compiled(), Model.default()


def screened(*rows: dict[str, Any], **options: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    findings, assessments = screen(listings(*rows), image_bytes, SNAPSHOT, MODEL, **options)
    findings.validate(full=True)
    assessments.validate(full=True)
    assert findings.schema.equals(FINDINGS)
    assert assessments.schema.equals(ASSESSMENTS)
    return findings.to_pylist(), assessments.to_pylist()


def test_a_finding_in_words() -> None:
    findings, assessments = screened({"title": "🎀 VELMORA tote", "marketplace": "bazarette", "row": 7})
    assert [finding["right_id"] for finding in findings] == ["word-1", "word-2"]
    first = findings[0]
    assert first.pop("confidence") > 0.5
    assert {reason["feature"] for reason in first.pop("reasons")} >= {"plain_use"}
    assert first == {
        "row": 7,
        "listing_id": "l0",
        "marketplace": "bazarette",
        "right_id": "word-1",
        "way": "plain",
        "field": "title",
        "start": 2,
        "end": 9,
        "surface": "VELMORA",
        "image": None,
        "box": None,
        "snapshot_id": SNAPSHOT.id,
        "model_version": MODEL.version,
    }
    assert [(row["row"], row["findings"]) for row in assessments] == [(7, 2)]


def test_a_finding_in_a_picture() -> None:
    findings, _ = screened({"title": "tote", "images": ["other.jpg", "right.jpg"]})
    (finding,) = findings
    assert (finding["way"], finding["right_id"], finding["field"]) == ("copied_image", "photo", "images")
    assert (finding["image"], finding["box"]) == ("right.jpg", [0, 0, 640, 480])
    assert (finding["start"], finding["end"], finding["surface"]) == (None, None, None)


def test_the_order_is_row_right_field_start() -> None:
    rows = [
        {
            "row": 9,
            "title": "Velmora Velmora iPhone",
            "images": ["right.jpg"],
            "brand": "Velmora",
            "description": "Velmora",
        },
        {"row": 3, "title": "Velmora"},
    ]
    findings, assessments = screened(*rows)
    keys = [(f["row"], f["right_id"], FIELDS.index(f["field"]), f["start"] or 0) for f in findings]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys) == 12
    assert [row["row"] for row in assessments] == [9, 3]  # assessments stand as the listings do


def test_a_right_that_is_not_in_force_grounds_nothing() -> None:
    findings, assessments = screened({"title": "Orovia watch"})
    assert findings == []
    assert [row["verdict"] for row in assessments] == ["clear"]
    before = SNAPSHOT.as_of(date(2025, 12, 31))
    found, _ = screen(listings({"title": "Orovia watch"}), None, before, MODEL)
    assert found["right_id"].to_pylist() == ["old"]


@pytest.mark.parametrize(
    ("offered_in", "rights"),
    [
        (None, ["word-1", "word-2"]),
        (["FR"], ["word-1", "word-2"]),
        (["US"], ["word-1"]),
        (["US", "DE"], ["word-1", "word-2"]),
    ],
)
def test_a_right_grounds_nothing_where_it_is_not_in_force(offered_in: list[str] | None, rights: list[str]) -> None:
    findings, _ = screened({"title": "Velmora", "offered_in": offered_in})
    assert [finding["right_id"] for finding in findings] == rights


def test_a_lawful_reference_is_written_and_clear() -> None:
    findings, assessments = screened({"title": "Case for iPhone 15", "price": 9.0, "currency": "EUR"})
    assert [finding["way"] for finding in findings] == ["referential"]
    assert [(row["verdict"], row["findings"]) for row in assessments] == [("clear", 1)]


def test_what_is_less_sure_is_not_written() -> None:
    findings, _ = screened({"title": "Velmora", "description": "velmora"})
    sure = sorted({finding["confidence"] for finding in findings})
    assert len(sure) == 2
    findings, assessments = screened({"title": "Velmora", "description": "velmora"}, min_confidence=sure[1])
    assert {finding["field"] for finding in findings} == {"title"}
    assert assessments[0]["findings"] == len(findings) == 2
    findings, assessments = screened({"title": "Velmora"}, min_confidence=1.0)
    assert findings == []
    assert assessments[0]["findings"] == 0


def test_an_unreadable_picture_leaves_the_rest_screened() -> None:
    findings, assessments = screened({"title": "Velmora", "images": ["gone.jpg", "broken.jpg", "right.jpg"]})
    assert [finding["way"] for finding in findings] == ["copied_image", "plain", "plain"]
    assert assessments[0]["verdict"] in ("review", "act")
    _, assessments = screened({"title": "plain tote", "images": ["broken.jpg"]})
    assert assessments[0]["verdict"] == "review"


def test_a_repeated_listing_is_screened_each_time() -> None:
    findings, assessments = screened({"listing_id": "x", "title": "Velmora"}, {"listing_id": "x", "title": "Velmora"})
    assert [finding["row"] for finding in findings] == [1, 1, 2, 2]
    assert len(assessments) == 2


def test_sellers_are_asked() -> None:
    known = sellers({"seller_id": "s", "standing": "suspended"})
    row = {"title": "Velmora", "seller_id": "s"}
    _, without = screened(row)
    _, with_standing = screened(row, sellers=known)
    assert with_standing[0]["risk"] > without[0]["risk"]


@pytest.mark.parametrize(
    "rows", [[], [{"title": ""}], [{"title": "nothing", "images": []}, {"title": "x", "images": None}]]
)
def test_nothing_found(rows: list[dict[str, Any]]) -> None:
    findings, assessments = screened(*rows)
    assert findings == []
    assert [row["verdict"] for row in assessments] == ["clear"] * len(rows)


def test_an_empty_register() -> None:
    empty = compile_register(table(), None)[0]
    findings, assessments = screen(listings({"title": "Velmora", "images": ["right.jpg"]}), image_bytes, empty, MODEL)
    assert (findings.num_rows, assessments.num_rows) == (0, 1)
    assert findings.schema.equals(FINDINGS)


WORDS = ["Velmora", "velmorа", "V e l m o r a", "for", "iPhone", "and", "bag", ",", "15"]
ROWS = st.fixed_dictionaries(
    {
        "title": st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
        "brand": st.sampled_from([None, "Velmora", "x"]),
        "description": st.one_of(st.none(), st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)),
        "images": st.one_of(st.none(), st.lists(st.sampled_from([*PICTURES, "gone.jpg"]), max_size=3)),
        "offered_in": st.sampled_from([None, [], ["US"], ["FR", "US"]]),
        "price": st.sampled_from([None, 9.0, 900.0]),
        "currency": st.sampled_from([None, "EUR", "USD"]),
        "seller_id": st.sampled_from([None, "s", "t"]),
        "marketplace": st.sampled_from([None, "m"]),
        "unreadable": st.sampled_from([None, ["price"]]),
    }
)
SELLERS = sellers({"seller_id": "s", "standing": "suspended"})


@settings(max_examples=40)
@given(st.lists(ROWS, max_size=7), st.integers(1, 4))
def test_how_rows_come_in_batches_changes_nothing(rows: list[dict[str, Any]], size: int) -> None:
    batch = listings(*rows)
    whole = screen(batch, image_bytes, SNAPSHOT, MODEL, sellers=SELLERS)
    again = screen(batch, image_bytes, SNAPSHOT, MODEL, sellers=SELLERS)
    parts = [
        screen(part, image_bytes, SNAPSHOT, MODEL, sellers=SELLERS)
        for start in range(0, len(rows), size)
        for part in batch.slice(start, size).combine_chunks().to_batches()
    ]
    for i, schema in enumerate((FINDINGS, ASSESSMENTS)):
        assert again[i].equals(whole[i])
        assert pa.concat_tables([schema.empty_table(), *(part[i] for part in parts)]).equals(whole[i])


def test_the_same_from_another_process_of_the_same_snapshot() -> None:
    """Nothing rests on the order of a set or a dict: another compile of shuffled rights says the same."""
    batch = listings({"title": "Velmora for iPhone and iPhone", "images": ["right.jpg"]})
    first = screen(batch, image_bytes, SNAPSHOT, MODEL)
    second = screen(batch, image_bytes, compiled(), MODEL)
    assert first[0].equals(second[0])
    assert first[1].equals(second[1])


def test_a_record_batch_is_as_good_as_a_table() -> None:
    batch = listings({"title": "Velmora", "images": ["right.jpg"]})
    assert LISTINGS.equals(batch.schema)
    (record_batch,) = batch.to_batches()
    assert screen(record_batch, image_bytes, SNAPSHOT, MODEL)[0].equals(screen(batch, image_bytes, SNAPSHOT, MODEL)[0])


def test_a_figurative_mark_within_a_picture_is_a_logo() -> None:
    sign, ground = photo(11, (400, 300)), photo(12, (900, 700))
    ground.paste(sign, (250, 200))
    files = {"sign.png": encoded(sign, "PNG"), "shown.jpg": encoded(ground), "sign.jpg": encoded(sign)}
    rights = table({"right_id": "sign", "kind": "figurative_mark", "brand": "Velmora", "image": "sign.png"})
    snapshot = compile_register(rights, files.__getitem__)[0].as_of(date(2026, 3, 31))
    rows = listings({"images": ["shown.jpg"]}, {"images": ["sign.jpg"]})
    findings = screen(rows, files.__getitem__, snapshot, MODEL)[0].to_pylist()
    assert [(one["row"], one["way"]) for one in findings] == [(1, "logo"), (2, "copied_image")]
    assert all(abs(a - b) <= 20 for a, b in zip(findings[0]["box"], [250, 200, 650, 500], strict=True))
    assert findings[0]["confidence"] > 0.5
