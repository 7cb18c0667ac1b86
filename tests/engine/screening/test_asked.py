"""Of which listings the pictures are looked at more closely."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.engine.screening.image.drawing import encoded, photo
from tests.engine.screening.scene import listings, sellers

from touchmark.engine.screening import asked as asking
from touchmark.engine.screening.asked import Asked
from touchmark.engine.screening.compare.context import Context
from touchmark.engine.screening.evidence import Known
from touchmark.engine.screening.looks import Looks, When
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.schemas import RIGHTS
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.changes import with_changes
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.engine.screening.text.match import match_text
from touchmark.engine.screening.uses import Uses

ON = date(2026, 3, 1)
PICTURE = encoded(photo(3))


def register(*rights: dict[str, Any]) -> Snapshot:
    rows = [{"row": n, "kind": "word_mark", **right} for n, right in enumerate(rights)]
    return compile_register(pa.Table.from_pylist(rows, schema=RIGHTS), lambda name: PICTURE)[0].as_of(ON)


VELMORA = {"right_id": "v", "text": "Velmora", "owner": "v", "reference_price": 500.0, "currency": "EUR"}
PHOTO = {"right_id": "p", "kind": "copyright", "image": "p.jpg", "owner": "v"}
OTHER = {"right_id": "o", "text": "Kestrane", "owner": "k"}
REGISTER = register(VELMORA, PHOTO, OTHER)


@pytest.fixture(autouse=True)
def no_register_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SMALL_REGISTER", 0)


class Nothing:
    """A reader that reads nothing."""

    version = "nothing"

    def __call__(self, data: bytes, /) -> list[Any]:
        return []


def asked(
    row: dict[str, Any], looks: Looks | None = None, register: Snapshot = REGISTER, known: Known | None = None
) -> tuple[bool, bool]:
    """Whether the pictures of an offer are looked at more closely, and read."""
    batch = listings({"listing_id": "", "title": "bag", "images": ["a.jpg"]} | row)
    uses = Uses.of(match_text(batch, register.marks), batch, register, Model.default(), 0.5)
    told = Asked.of(batch, uses.hits, uses.sure, register, known or Known(on=ON), looks or Looks(reader=Nothing()))
    return bool(told.closer[0]), bool(told.reading[0])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, (False, False)),
        ({"title": "bag V3lm0ra"}, (True, True)),  # a disguised mark
        ({"title": "bag Velmora"}, (True, False)),  # the brand has registered pictures
        ({"title": "bag Kestrane"}, (False, False)),  # this one has not
        ({"title": "bag Velmora", "price": 20.0, "currency": "EUR"}, (True, True)),  # far below the reference price
        ({"title": "bag Kestrane, replica"}, (True, True)),  # words that say what it is
        ({"title": "bag V3lm0ra", "images": []}, (True, False)),  # nothing to look at anyway
        ({"seller_id": "bad"}, (True, True)),
        ({"seller_id": "young"}, (True, True)),
        ({"seller_id": "good"}, (False, False)),
        ({"images": ["many.jpg"]}, (True, True)),  # many sellers show it
    ],
)
def test_what_speaks_against_an_offer_asks_for_a_look(row: dict[str, Any], expected: tuple[bool, bool]) -> None:
    known = Known(
        sellers(
            {"seller_id": "bad", "standing": "suspended", "opened_on": date(2020, 1, 1)},
            {"seller_id": "young", "opened_on": date(2026, 2, 20)},
            {"seller_id": "good", "standing": "good", "opened_on": date(2020, 1, 1)},
        ),
        Context.counted(pa.array(["many.jpg"] * 9), pa.array([str(n) for n in range(9)])),
        ON,
    )
    assert asked(row, known=known) == expected


@pytest.mark.parametrize("when", [When.NEVER, When.ALWAYS])
def test_the_operator_has_the_last_word(when: When) -> None:
    for row in ({}, {"title": "bag V3lm0ra"}):
        assert asked(row, Looks(when, when, Nothing())) == ((True, True) if when is When.ALWAYS else (False, False))


def test_without_a_reader_nothing_is_read() -> None:
    assert asked({}, Looks(When.NEVER, When.ALWAYS)) == (False, False)


def test_against_a_small_register_every_picture_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SMALL_REGISTER", 1)
    assert asked({}) == (True, False)
    assert asked({}, register=register(VELMORA, PHOTO, PHOTO | {"right_id": "q"})) == (False, False)


def test_news_over_a_register_ask_as_if_all_had_been_compiled_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SMALL_REGISTER", 1)
    base = register(VELMORA, PHOTO, PHOTO | {"right_id": "q"})
    changed = with_changes(base, register(OTHER), gone=["q"], sequence="1")
    assert asked({}, register=changed) == (True, False)  # the one that went counts no more


def test_some_are_drawn_and_always_the_same() -> None:
    names = [f"offer {n}" for n in range(600)]
    drawn = [name for name in names if asked({"listing_id": name}) == (True, True)]
    assert 4 <= len(drawn) <= 30
    assert all(asked({"listing_id": name}) == (True, True) for name in drawn[:3])


def test_what_one_listing_asks_for_changes_nothing_for_another_that_shows_the_same_picture() -> None:
    part = encoded(photo(3).crop((100, 80, 560, 420)))
    rows = [{"listing_id": "", "title": title, "images": ["a"]} for title in ("bag", "bag V3lm0ra", "bag")]
    findings, _ = screen(listings(*rows), lambda name: part, REGISTER, Model.default())
    copied = [finding["row"] for finding in findings.to_pylist() if finding["way"] == "copied_image"]
    assert copied == [2]


def test_the_masks_have_one_entry_for_each_listing() -> None:
    batch = listings(*({"images": None} for _ in range(3)))
    uses = Uses.of(match_text(batch, REGISTER.marks), batch, REGISTER, Model.default(), 0.5)
    told = Asked.of(batch, uses.hits, uses.sure, REGISTER, Known(), Looks())
    assert np.stack([told.closer, told.reading]).tolist() == [[False] * 3] * 2
