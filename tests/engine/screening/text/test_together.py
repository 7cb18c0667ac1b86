"""Names in scripts other than Latin whose characters signs or spaces part."""

import unicodedata

import pytest
from tests.engine.screening.text.places import marks, said
from tests.engine.screening.text.test_shown import as_shown


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("高级感香.奈.儿皮带", "高级感香奈儿皮带"),  # within other Chinese
        ("夏季【匡】【威】凉鞋", "夏季匡威凉鞋"),
        ("莎❤佩❤塔", "莎佩塔"),
        ("罗 技快充", "罗技快充"),
        ("黑色 大众", None),  # words, not characters
        ("新品 フ.ェ.ン.デ.ィ トート", "新品 フェンディ トート"),
        ("신상 케 이 트 크로스백", "신상 케이트 크로스백"),
        ("신상 보.스 크로스백", "신상 보스 크로스백"),
        ("집 앞 마당", None),  # two words of one syllable
        ("เ*อ*ส*ิ*ค*ส*์ ใหม่", "เอสิคส์ ใหม่"),
        ("нов П·у·м·а. новая", "нов Пума. новая"),
        ("В ТЦ и у дома", None),
        ("タ・ン・ヴェ・ロ 新品", "タンヴェロ 新品"),  # a small kana is no character of its own
        ("куртка Тан.вело новая", "куртка Танвело новая"),  # signs alone between two pieces
        ("도로/카.미 이어폰", "도로카미 이어폰"),
        ("куртка Тан вело", None),  # a space: words
        ("мужские/женские", None),  # two long words
        ("ド丨ロ丨カ丨ミ", "ドロカミ"),  # a stroke that nobody writes as a word
        ("Д丨о丨р丨о丨ка", "Дорока"),
        ("G.u.c.c.i", None),  # Latin is told by other means
        (unicodedata.normalize("NFD", "구찌 갭"), "구찌 갭"),
        ("ㄱㅜㅉㅣ ㄱㅐㅂ", "구찌 갭"),
        ("ㅋㅋㅋ ㅠㅠ", None),
        ("S\u115fK\u115f\u115fECHERS", "SKECHERS"),
        ("\u3164나이키\u3164\u3164신발", None),
    ],
)
def test_put_together(stored: str, expected: str | None) -> None:
    assert as_shown(stored) in (expected, stored if expected is None else expected)


def test_signs_are_a_disguise_and_spaces_are_none() -> None:
    compiled = marks("香奈儿")
    assert said(compiled, "新款香/奈/儿包") == [("disguised", "香/奈/儿")]
    assert said(compiled, "新款 香 奈 儿 包") == [("plain", "香 奈 儿")]


def test_place_is_where_it_is_stored() -> None:
    compiled = marks("Балтика")
    assert said(compiled, "пиво Б.а.л.т.и.к.а светлое") == [("disguised", "Б.а.л.т.и.к.а")]
