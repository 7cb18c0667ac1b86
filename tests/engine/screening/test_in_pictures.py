"""Marks among the words of pictures; what a picture says is given, so that no reader is needed."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from tests.engine.screening.scene import listings

from touchmark.engine.screening.image.lines import Line
from touchmark.engine.screening.image.unreadable import ImageBytes, UnreadableImage
from touchmark.engine.screening.in_pictures import MOST_READ
from touchmark.engine.screening.looks import Looks, When
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.schemas import RIGHTS
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.text.found import MOST_PER_FIELD


class Says:
    """A reader for whom a file says what its bytes say: lines, and how sure each is."""

    version = "says 1"

    def __init__(self, sure: float = 0.99) -> None:
        self.sure, self.asked = sure, 0

    def __call__(self, data: bytes, /) -> Sequence[Line]:
        self.asked += 1
        if data == b"broken":
            raise UnreadableImage("words_unread")
        return [self.line(text, 20.0 + 50 * number) for number, text in enumerate(data.decode().splitlines())]

    def line(self, text: str, top: float) -> Line:
        return Line(text, self.sure, ((10.0, top), (210.0, top), (210.0, top + 40), (10.0, top + 40)))


def register(*rights: dict[str, Any]) -> Any:
    rows = [{"row": i, "right_id": f"r{i}", "kind": "word_mark", **right} for i, right in enumerate(rights)]
    return compile_register(pa.Table.from_pylist(rows, schema=RIGHTS), None)[0]


VELMORA = register({"text": "Velmora"}, {"text": "Coach", "nice_classes": [18]})


def found(
    rows: Sequence[dict[str, Any]],
    says: dict[str, str],
    reader: Says | None = None,
    when: When = When.ALWAYS,
    snapshot: Any = VELMORA,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    def image_bytes(name: str) -> bytes:
        return says[name].encode()

    given: ImageBytes = image_bytes
    looks = Looks(When.NEVER, when, reader or Says())
    findings, assessments = screen(listings(*rows), given, snapshot, Model.default(), looks=looks)
    return findings.to_pylist(), assessments.to_pylist()


def test_a_mark_in_a_picture_is_found_with_its_picture_its_box_and_the_words_as_read() -> None:
    (finding,), _ = found([{"title": "nice bag", "images": ["a", "b"]}], {"a": "sale", "b": "VELMORA\nnew"})
    place = {name: finding[name] for name in ("right_id", "way", "field", "start", "end", "surface", "image", "box")}
    assert place == {
        "right_id": "r0",
        "way": "plain",
        "field": "images",
        "start": None,
        "end": None,
        "surface": "VELMORA",
        "image": "b",
        "box": [10, 20, 210, 60],
    }
    assert finding["confidence"] > 0.9
    assert "read_in_picture" in {reason["feature"] for reason in finding["reasons"]}
    assert "later_field" not in {reason["feature"] for reason in finding["reasons"]}


def test_the_less_sure_the_reader_the_less_sure_the_finding() -> None:
    rows, says = [{"images": ["a"]}], {"a": "Velmora"}
    sure = [found(rows, says, Says(sure))[0][0]["confidence"] for sure in (0.999, 0.9, 0.7)]
    assert sure == sorted(sure, reverse=True)
    assert sure[0] - sure[-1] > 0.02


def test_a_letter_misread_is_no_trick_and_no_ground_to_act() -> None:
    rows = [{"images": ["a"], "price": 1.0, "currency": "EUR"}]
    register_ = register({"text": "Velmora", "reference_price": 900.0, "currency": "EUR"})
    (finding,), (assessment,) = found(rows, {"a": "Ve1mora"}, snapshot=register_)
    assert (finding["way"], finding["surface"]) == ("disguised", "Ve1mora")
    assert {reason["value"] for reason in finding["reasons"] if reason["feature"] == "trick"} == {"misread"}
    assert assessment["verdict"] != "act"


def test_an_ordinary_word_in_a_picture_needs_company() -> None:
    says = {"a": "coach tour to rome"}
    assert found([{"title": "trip", "images": ["a"]}], says)[0] == []
    (finding, *_), _ = found(
        [{"title": "handbag", "category": "handbags", "brand": "Coach", "images": ["b"]}], {"b": "COACH"}
    )
    assert finding["right_id"] == "r1"


def test_what_a_picture_says_a_thing_fits_is_a_reference() -> None:
    ((finding,), _) = found([{"title": "strap", "images": ["a"]}], {"a": "compatible with Velmora"})
    assert finding["way"] == "referential"


def test_pictures_are_read_only_where_it_is_asked_for() -> None:
    rows = [
        {"listing_id": "", "title": "bag", "images": ["a"]},
        {"listing_id": "", "title": "V3lmora bag", "images": ["a"]},
    ]
    findings, _ = found(rows, {"a": "Velmora"}, when=When.ASKED)
    assert {finding["row"] for finding in findings if finding["field"] == "images"} == {2}
    assert {f["row"] for f in found(rows, {"a": "Velmora"}, when=When.NEVER)[0] if f["field"] == "images"} == set()


def test_only_the_first_pictures_of_a_listing_are_read() -> None:
    reader = Says()
    names = [f"p{n}" for n in range(MOST_READ + 5)]
    found([{"images": names}], dict.fromkeys(names, "Velmora"), reader)
    assert reader.asked == MOST_READ


def test_a_picture_full_of_a_mark_gives_only_so_many_findings() -> None:
    names = [f"p{n}" for n in range(3)]
    findings, _ = found([{"images": names}], dict.fromkeys(names, "\n".join(["Velmora"] * 15)))
    assert len(findings) == MOST_PER_FIELD


def test_words_that_could_not_be_read_are_told_and_go_to_review() -> None:
    _, (assessment,) = found([{"images": ["a"]}], {"a": "broken"})
    assert assessment["verdict"] == "review"
    assert [(r["feature"], r["value"]) for r in assessment["reasons"]] == [
        ("unreadable_image", "not_an_image"),
        ("unreadable_image", "words_unread"),
    ]


def test_listings_do_not_depend_on_each_other() -> None:
    rows = [{"title": f"bag {n}", "images": ["a", "b"][: n % 3]} for n in range(7)]
    says = {"a": "Velmora bag", "b": "for Velmora"}
    together, _ = found(rows, says)
    alone = [
        finding
        for row in range(7)
        for finding in found([{**rows[row], "row": row + 1, "listing_id": f"l{row}"}], says)[0]
    ]
    assert together == alone


def test_rights_that_share_a_word_are_one_brand_in_a_picture_and_two_words_are_two() -> None:
    shared = register({"text": "Velmora", "owner": "a"}, {"text": "Velmora", "owner": "b"})
    _, (one,) = found([{"images": ["a"]}], {"a": "Velmora"}, snapshot=shared)
    several = register(*({"text": text, "owner": text} for text in ("Velmora", "Kestrane", "Ombrelia", "Dravonne")))
    _, (four,) = found([{"images": ["a"]}], {"a": "Velmora\nKestrane\nOmbrelia\nDravonne"}, snapshot=several)
    assert "several_marks" not in {reason["feature"] for reason in one["reasons"]}
    assert "several_marks" in {reason["feature"] for reason in four["reasons"]}
