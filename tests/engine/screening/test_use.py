"""When a word is a mark: what keeps it company, and what takes it away."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.scene import listings

from touchmark.engine.screening.hits import Hits
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.schemas import RIGHTS
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import Snapshot


def register(*rights: dict[str, Any]) -> Snapshot:
    rows = [
        {"row": n, "right_id": f"r{n:02}", "kind": "word_mark", "status": "registered", "brand": right["text"]} | right
        for n, right in enumerate(rights)
    ]
    return compile_register(pa.Table.from_pylist(rows, schema=RIGHTS), None)[0]


WORDS = register(
    {"text": "Coach", "nice_classes": [18, 25], "brand": "Coach"},
    {"text": "Gap"},
    {"text": "Shell", "nice_classes": [4, 37], "brand": "Shell"},
    {"text": "Black"},
    {"text": "Velmora", "nice_classes": [18, 25]},
    {"text": "Apple", "nice_classes": [9], "brand": "Apple"},
    {"text": "Zorphone", "nice_classes": [9], "brand": "Apple"},
    {"text": "The North Face"},
    {"text": "New Style"},
    {"text": "Target", "nice_classes": [36], "brand": "Target"},
    {"text": "苹果"},
    {"text": "Kurtka"},
    {"text": "Louis Vermand", "aliases": ["LV"], "nice_classes": [18, 25]},
    {"text": "Denarion", "aliases": ["DCM"], "nice_classes": [9]},
)


def found(row: dict[str, Any], snapshot: Snapshot = WORDS) -> dict[str, float]:
    """The surest use of each right in one listing."""
    findings, _ = screen(listings(row), None, snapshot, Model.default())
    texts = dict(zip(snapshot.rights["right_id"].to_pylist(), snapshot.rights["text"].to_pylist(), strict=True))
    surest: dict[str, float] = {}
    for finding in findings.to_pylist():
        name = texts[finding["right_id"]]
        surest[name] = max(surest.get(name, 0), finding["confidence"])
    return surest


@pytest.mark.parametrize(
    "row",
    [
        {"title": "train carriage restaurant coach model"},
        {"title": "mind the gap poster"},
        {"title": "Women's black dress"},
        {"title": "body shell for drone with camera"},
        {"title": "Target practice dart board game"},  # of a right for services
        {"title": "phone case, one apple and a pear"},
        {"title": "Casual Handbag New Style 2024"},
        {"title": "新鲜 苹果 5斤 包邮"},
        {"title": "suitable for black hair"},
        {"title": "ciepła kurtka zimowa dla niej"},
        {"title": "Gap in a fence of wood"},  # a word of grammar follows
        {"title": "LV birthday banner"},
        {"title": "Roman numerals LV dress"},
        {"title": "handbag lv"},
        {"title": "cd player black finish dcm390 with remote control"},
        {"title": "player DCM-290"},
        {"title": "leather bag", "description": "Comes with a coach trip guide in the gap."},
    ],
)
def test_a_word_alone_is_no_mark(row: dict[str, Any]) -> None:
    assert found(row) == {}


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"title": "leather bag brown", "brand": "Coach"}, "Coach"),
        ({"title": "Gap crew neck", "brand": "GAP"}, "Gap"),
        ({"title": "Coach leather handbag brown"}, "Coach"),  # opens the title, among its goods
        ({"title": "handbag Coach Tabby leather"}, "Coach"),
        ({"title": "sim free Apple Zorphone 15"}, "Apple"),  # another mark of its holder
        ({"title": "jacket The North Face"}, "The North Face"),
        ({"title": "tee", "attributes": '{"Brand": "Gap"}'}, "Gap"),
        ({"title": "tee", "description": "Brand: Gap. Size M"}, "Gap"),
        ({"title": "Velmora"}, "Velmora"),
        ({"title": "fridge magnet velmora"}, "Velmora"),  # a name that is no word needs nobody
        ({"title": "new-Gap crew neck"}, "Gap"),  # words of an offer do not count before the head of a title
        ({"title": "2024 Women's Coach handbag"}, "Coach"),
        ({"title": "bag", "description": "Fast delivery. Model by Coach. See all pictures of the bag."}, "Coach"),
        ({"title": "handbag", "description": "Genuine Coach leather with a box"}, "Coach"),
        ({"title": "leather bag Kurtka brown with zip"}, "Kurtka"),  # a word of Polish, in English
    ],
)
def test_in_company_it_is(row: dict[str, Any], name: str) -> None:
    assert found(row)[name] > 0.5


def test_the_same_word_is_surer_in_better_company() -> None:
    alone = found({"title": "Coach leather handbag"})["Coach"]
    named = found({"title": "Coach leather handbag", "brand": "Coach"})["Coach"]
    assert named > alone


def test_other_goods_take_away() -> None:
    assert found({"title": "Velmora handbag"})["Velmora"] > found({"title": "Velmora beer"})["Velmora"] > 0.5
    assert "Coach" in found({"title": "Coach handbag"})
    assert "Coach" not in found({"title": "Coach beer"})


def test_a_word_disguised_on_purpose_is_surer_than_the_word() -> None:
    assert found({"title": "wallet с\u043eасh brown"}).get("Coach", 0) > found({"title": "wallet coach brown"}).get(
        "Coach", 0
    )


def test_a_text_in_fancy_letters_throughout_hides_nothing() -> None:
    fancy = str.maketrans("abcdefghijklmnopqrstuvwxyz", "".join(chr(0x1D41A + n) for n in range(26)))
    assert found({"title": "black dress with a gap for the summer".translate(fancy)}) == {}


def test_fields_that_name_nobody_are_nobody() -> None:
    for nobody in ("No Brand", "unbranded", "OEM", "N/A", "无品牌", "Tidak Ada Merek", "ノーブランド", "без бренда"):
        with_field = found({"title": "Gap crew neck", "brand": nobody})
        assert with_field == found({"title": "Gap crew neck"}), nobody


def test_without_hits_there_is_nothing_to_weigh() -> None:
    findings, _ = screen(listings({"title": "plain cup"}, {"title": ""}), None, WORDS, Model.default())
    assert len(findings) == 0
    assert len(Hits.none()) == 0


PIECES = [*"abk -.:\n", "Coach ", "Gap", "the north face ", "苹果", "𝐜", "\u0301", "for "]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@settings(max_examples=12)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6), st.integers(1, 5))
def test_how_batches_are_cut_changes_nothing(rows: list[tuple[str, str, str]], size: int) -> None:
    batch = listings(*({"title": title, "brand": brand, "description": about} for title, brand, about in rows))
    whole, _ = screen(batch, None, WORDS, Model.default())
    parts = [screen(batch.slice(at, size), None, WORDS, Model.default())[0] for at in range(0, len(rows), size)]
    assert pa.concat_tables(parts).to_pylist() == whole.to_pylist()


NAMES = ["Velmora", "Velmora Home", "Mora", "Coach", "Coach House", "Gap"]


@settings(max_examples=12)
@given(
    st.sets(st.sampled_from(NAMES), min_size=1),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from([*NAMES, "for", "bag", "case"]), max_size=6),
)
def test_adding_a_right_takes_away_no_finding_of_another(held: set[str], added: str, words: list[str]) -> None:
    row = {"title": " ".join(words)}
    before = found(row, register(*({"text": name} for name in sorted(held))))
    after = found(row, register(*({"text": name} for name in sorted(held | {added}))))
    assert set(before) <= set(after)
    assert np.all([after[name] >= before[name] for name in before])


def test_initials_are_a_mark_among_its_goods() -> None:
    assert found({"title": "LV leather handbag brown"})["Louis Vermand"] > 0.5
    assert found({"title": "brown handbag", "brand": "LV"})["Louis Vermand"] > 0.9


def test_a_brand_field_that_is_a_letter_off_is_somebody_elses() -> None:
    alone, own = ({"title": "Velmorra leather handbag", "brand": brand} for brand in (None, "Velmorra"))
    assert found(own).get("Velmora", 0.0) < found(alone)["Velmora"]


def test_full_width_letters_have_capitals() -> None:
    title = "a very long title in small letters with a Ｃｏａｃｈ handbag"
    assert found({"title": title})["Coach"] == found({"title": title.replace("Ｃｏａｃｈ", "Coach")})["Coach"] > 0.5


@pytest.mark.parametrize(("title", "is_found"), [("Ve***ra handbag", True), ("Ve***ra screwdriver", False)])
def test_a_name_covered_letter_by_letter_needs_goods_of_its_own(title: str, is_found: bool) -> None:
    assert (found({"title": title}).get("Velmora", 0) >= 0.5) is is_found


@pytest.mark.parametrize(
    ("title", "is_found"),
    [
        ("Velmra handbag", True),
        ("handbag black Velmra", True),
        ("Rolx watch", True),
        ("Rolx table lamp", False),  # other goods
        ("Role watch", False),  # an ordinary word
    ],
)
def test_a_short_name_with_a_slip_needs_goods_of_its_own(title: str, is_found: bool) -> None:
    snapshot = register({"text": "Velmora", "nice_classes": [18, 25]}, {"text": "Rolex", "nice_classes": [14]})
    assert any(sure >= 0.5 for sure in found({"title": title}, snapshot).values()) is is_found


SPELLED = register({"text": "Rimovela", "nice_classes": [18]}, {"text": "Kasdori", "nice_classes": [14]})


def test_a_slip_among_the_rights_own_goods_is_meant_where_no_brand_is_named() -> None:
    """Sellers who hide a name leave the brand field empty; whoever names another there has another name."""
    title = {"title": "black suitcase Rimowela 55 cm"}
    hidden, other = found(title, SPELLED)["Rimovela"], found(title | {"brand": "Hadley"}, SPELLED).get("Rimovela", 0)
    assert hidden >= 0.9 > other
    assert found(title | {"brand": "No brand"}, SPELLED)["Rimovela"] == hidden
    assert found({"title": "black garden hose Rimowela"}, SPELLED).get("Rimovela", 0) < hidden
