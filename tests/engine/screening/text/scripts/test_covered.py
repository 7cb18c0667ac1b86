"""Words of other scripts in which a sign covers one character."""

import pytest
from tests.engine.screening.text.scripts.test_sound import heard


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("часы ро*екс", [("Rolex", "ро*екс")]),  # a consonant
        ("часы р○лекс", [("Rolex", "р○лекс")]),  # a vowel
        ("баленсиаг*", [("Balenciaga", "баленсиаг*")]),
        ("*аленсиага", [("Balenciaga", "*аленсиага")]),
        ("티버랜드 팀○랜드 신발", [("Timberland", "팀○랜드")]),  # a syllable
        ("バレンシ○ガ バッグ", [("Balenciaga", "バレンシ○ガ")]),
        ("فيرس*تشي", [("Versace", "فيرس*تشي")]),
        ("โรเล็ก*์ นาฬิกา", [("Rolex", "โรเล็ก*์")]),
        ("новинка* баленсиага", [("Balenciaga", "баленсиага")]),  # an ordinary word, and a footnote
        ("ба**нсиага", []),  # two signs: too much may be covered
        ("размер*42", []),
    ],
)
def test_what_is_covered_may_be_any_sound(title: str, found: list[tuple[str, str]]) -> None:
    assert heard(title) == found
