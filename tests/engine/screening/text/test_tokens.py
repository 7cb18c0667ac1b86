"""Units: where words begin and end, and what stands between them."""

import pyarrow as pa
import pytest

from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.letters import Kind, bits_of
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.tokens import Units, units_of


def units(*texts: str | None) -> Units:
    return units_of(fold(Points.of(pa.array(texts, pa.string())), Fold.PLAIN))


def words(found: Units) -> list[str]:
    points = found.folded.text.points
    return ["".join(map(chr, points[a:b])) for a, b in zip(found.start, found.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gucci bag", ["gucci", "bag"]),
        ("nike2024", ["nike", "2024"]),  # digits end a word
        ("nike运动鞋", ["nike", "运", "动", "鞋"]),  # Chinese has no spaces: every character is a unit
        ("ナイキー靴", ["ナ", "イ", "キ", "ー", "靴"]),
        ("나이키 에어", ["나", "이", "키", "에", "어"]),
        ("ไนกี้", ["ไ", "น", "ก", "ี", "้"]),
        ("हिन्दी", ["हिन्दी"]),
        ("Levi's", ["levi", "s"]),
        ("cafe\u0301s", ["cafes"]),
        ("ναός", ["ναοσ"]),
        ("★☆ 🎀", []),
        ("", []),
    ],
)
def test_units(text: str, expected: list[str]) -> None:
    assert words(units(text)) == expected


def test_units_do_not_cross_texts() -> None:
    found = units("nike", None, "", "air max", "x")
    assert words(found) == ["nike", "air", "max", "x"]
    assert found.text.tolist() == [0, 3, 3, 4]
    assert found.opens.tolist() == [True, True, False, True]
    assert found.closes.tolist() == [True, False, True, True]
    assert found.gap.tolist() == [0, 0, 1, 0]


def test_what_stands_between() -> None:
    found = units("a - b,c\u200bd'e\nf&g")
    expected = [
        0,
        bits_of(Kind.SPACE, Kind.JOINER),
        bits_of(Kind.BREAK),
        bits_of(Kind.INVISIBLE),
        bits_of(Kind.APOSTROPHE),
        bits_of(Kind.NEWLINE),
        bits_of(Kind.AND),
    ]
    assert found.bits.tolist() == expected


def test_far_apart() -> None:
    found = units("louis    vuitton", "louis ★★ vuitton", "louis ★★★ vuitton")
    assert found.apart.tolist() == [True, False, True, False, True, True]  # spaces alone never part
