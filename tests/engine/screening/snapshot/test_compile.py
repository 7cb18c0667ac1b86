"""A register compiled: named by its content, sorted by its ids, with everything unusable said."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.snapshot.small_register import PICTURES, ROWS, image_bytes, table

from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import COLUMNS
from touchmark.engine.screening.text.rule import Rule


def id_of(*rows: dict[str, object]) -> str:
    return compile_register(table(*rows), image_bytes)[0].id


def test_rights_are_sorted_by_the_bytes_of_their_id() -> None:
    snapshot, problems = compile_register(table(*ROWS), image_bytes)
    assert snapshot.rights.schema == COLUMNS
    assert snapshot.rights["right_id"].to_pylist() == ["Z", "r1", "r10", "r2", "é"]
    assert problems == []
    given = (snapshot.marks.rule & (Rule.FOREIGN | Rule.HEARD)) == 0
    assert snapshot.marks.right[given].tolist() == [1, 3, 3, 3]
    assert sorted(snapshot.images.layers[0].right.tolist()) == [2, 4]  # a patent's picture is not looked for


@settings(max_examples=20)
@given(st.permutations(ROWS))
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, object]]) -> None:
    assert id_of(*rows) == id_of(*ROWS)


def test_how_arrow_holds_the_rows_does_not_matter() -> None:
    whole = table(*ROWS)
    chunked = pa.concat_tables([whole.slice(0, 2), whole.slice(2)])
    assert compile_register(chunked, image_bytes)[0].id == compile_register(whole, image_bytes)[0].id


def test_the_id_is_the_same_on_every_machine() -> None:
    """It changes with the fold, the layout or ``FORMAT``; kept snapshots are then refused and compiled anew."""
    assert compile_register(table(ROWS[0], ROWS[2]), None)[0].id == "28bcd4f8db8fa6fef3ca89cb"


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Gucci2"},
        {"aliases": ["古驰"]},
        {"aliases": ["古", "驰GG"]},  # the same letters, cut otherwise
        {"aliases": None},
        {"owner": ""},
        {"brand": "x"},
        {"nice_classes": [1]},
        {"nice_classes": []},
        {"territories": ["EU"]},
        {"status": "applied"},
        {"registered_on": date(2020, 1, 1)},
        {"expires_on": date(2020, 1, 1)},
        {"image": "a.jpg"},
        {"reference_price": 0.0},
        {"authorised_sellers": ["s"]},
        {"right_id": "r3"},
    ],
)
def test_whatever_changes_changes_the_id(change: dict[str, object]) -> None:
    assert id_of(ROWS[0] | change, *ROWS[1:]) != id_of(*ROWS)


def test_another_picture_of_the_same_name_changes_the_id() -> None:
    other = compile_register(table(*ROWS), lambda name: PICTURES["b.jpg"])[0].id
    assert other != id_of(*ROWS)


def test_what_cannot_be_used_is_said_and_costs_only_itself() -> None:
    rows = [
        {"right_id": "a", "kind": "word_mark", "text": "★"},
        {"right_id": "b", "kind": "figurative_mark", "text": "Gucci", "image": "gone.jpg"},
        {"right_id": "a", "kind": "word_mark", "text": "Twice"},
    ]
    snapshot, problems = compile_register(table(*rows), image_bytes)
    assert [(p.row, p.column, p.value, p.severity) for p in problems] == [
        (1, "text", "★", "warning"),
        (2, "image", "gone.jpg", "warning"),
        (3, "right_id", "a", "refused"),
    ]
    assert snapshot.rights["text"].to_pylist() == ["★", "Gucci"]


@pytest.mark.parametrize(
    ("kind", "looked_for"),
    [
        ("figurative_mark", True),
        ("copyright", True),
        ("design", True),
        (
            "word_mark",
            False,
        ),  # the picture at the office is of letters; whoever writes the same words has not copied it
        ("patent", False),
        ("utility_model", False),
        ("geographical_indication", False),
    ],
)
def test_whose_pictures_are_looked_for(kind: str, looked_for: bool) -> None:
    asked = []

    def image_bytes(name: str, /) -> bytes:
        asked.append(name)
        return PICTURES[name]

    snapshot, problems = compile_register(
        table({"right_id": "a", "kind": kind, "text": "Gucci", "image": "a.jpg"}), image_bytes
    )
    assert (len(snapshot.images), set(asked), problems) == ((1, {"a.jpg"}, []) if looked_for else (0, set(), []))


def test_a_word_mark_given_by_its_picture_alone_is_said() -> None:
    _, problems = compile_register(table({"right_id": "a", "kind": "word_mark", "image": "a.jpg"}), image_bytes)
    assert [(p.row, p.column, p.severity) for p in problems] == [(1, "text", "warning")]


def test_a_register_may_be_empty() -> None:
    snapshot, problems = compile_register(table(), None)
    assert (len(snapshot), len(snapshot.marks), len(snapshot.images), problems) == (0, 0, 0, [])


def test_as_of_a_day() -> None:
    snapshot, _ = compile_register(table(*ROWS), None)
    assert snapshot.in_force.rights.tolist() == [False, True, True, True, True]
    later = snapshot.as_of(date(2031, 1, 1))
    assert later.in_force.rights.tolist() == [False, True, True, True, False]
    assert later.id == snapshot.id


def test_pictures_of_an_earlier_snapshot_are_taken_over_and_others_may_be_looked_at_elsewhere() -> None:
    asked: list[str] = []

    def spread(fn, names):
        names = list(names)
        asked.extend(names)
        return map(fn, names)

    before, _ = compile_register(table(*ROWS), image_bytes)
    after, problems = compile_register(table(*ROWS), image_bytes, known=before, spread=spread)
    assert (after.id, asked, problems) == (before.id, [], [])
    fresh, _ = compile_register(table(*ROWS), image_bytes, spread=spread)
    assert fresh.id == before.id
    assert len(asked) == len(fresh.images)
