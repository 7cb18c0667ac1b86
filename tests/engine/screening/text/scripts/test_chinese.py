"""Chinese names with other characters than registered, and words of Chinese that only look like one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.scene import listings
from tests.engine.screening.text.places import marks, places, said

from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.marks import Marks
from touchmark.engine.screening.text.match import match_text
from touchmark.engine.screening.text.scripts.make_tables import han as made
from touchmark.engine.screening.text.scripts.tables import han

NAMES = ("香奈儿", "阿迪达斯", "路易威登", "爱马仕", "欧米茄", "百达翡丽", "李宁", "耐克", "三星", "特步")
MARKS = marks(*NAMES)


def tricks(title: str) -> list[tuple[str, str]]:
    """Trick and surface of every disguised place in a title."""
    return tricks_of(title, MARKS)


def tricks_of(title: str, of: Marks) -> list[tuple[str, str]]:
    """The same, of other marks."""
    hits = match_text(listings({"title": title}), of)
    shown = [(Trick(hits.trick[i]).name, title[hits.start[i] : hits.end[i]]) for i in range(len(hits))]
    return [place for place in shown if place[0] != "NONE"]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("正品香奈尔包包", [("HOMOPHONE", "香奈尔")]),
        ("阿迪斯达运动鞋", [("SWAPPED", "阿迪斯达")]),  # two of four changed about
        ("百达丽 腕表", [("SHORTENED", "百达丽")]),  # one of four left out
        ("达翡丽 腕表", []),  # but not its first
        ("阿迪达思运动鞋", [("HOMOPHONE", "阿迪达思")]),
        ("露意威登老花", [("HOMOPHONE", "露意威登")]),
        ("阿di达斯男鞋", [("HOMOPHONE", "阿di达斯")]),
        ("路yi威登", [("HOMOPHONE", "路yi威登")]),
        ("香柰儿真皮", [("HOMOPHONE", "香柰儿")]),  # looks and sounds alike: the sound is said
        ("香机儿真皮", []),  # neither of like sound nor of like look
        ("阿油达斯", [("HAN_LOOKALIKE", "阿油达斯")]),  # 迪 and 油 share 由
        ("禾日奈儿包", [("HAN_LOOKALIKE", "禾日奈儿")]),  # taken apart
        ("木子宁跑鞋", [("HAN_LOOKALIKE", "木子宁")]),
        ("香*儿包", [("MASKED", "香*儿")]),
        ("香奈* 包", [("MASKED", "香奈*")]),
        ("阿迪*新款鞋", [("MASKED", "阿迪*")]),  # the mask stands for the rest
        ("香～ 新款包包", [("MASKED", "香～")]),  # one character, among goods
        ("香* 你好", []),
        ("2024新款香*女包", [("MASKED", "香*")]),  # between words of an offer and of goods
        ("香*佩女包", []),  # goes on with another character
        ("2024新款香奈女包", [("SHORTENED", "香奈")]),  # two of three characters, among goods
        ("香奈你好", []),
        ("香奈柏女包", []),  # another name
        ("香.奈.尔", [("HOMOPHONE", "香.奈.尔")]),
        ("愛馬士手提包", [("HOMOPHONE", "愛馬士")]),  # traditional characters
        ("想拿儿子的", []),
        ("想那儿 很香", []),
        ("像马士一样", []),
        ("nai nai xiang", []),
        ("x香x x儿", []),
        # Two characters, one of them another.
        ("礼宁跑鞋", [("HOMOPHONE", "礼宁")]),
        ("耐ke运动鞋", [("HOMOPHONE", "耐ke")]),
        ("特布 运动鞋", [("HOMOPHONE", "特布")]),
        ("新款三皇手机", []),  # too unlike
        ("三型号手机", []),  # a word
        ("全五星好评", []),  # a word of the segmenter's
        ("耐了 耐可以", []),  # grammar
        # As they are drawn, without a part in common that tells.
        ("阿迪过斯", [("HAN_LOOKALIKE", "阿迪过斯")]),
        ("路易咸登", [("HAN_LOOKALIKE", "路易咸登")]),
        # Signs of any kind for a character, and for all but the first.
        ("香🌸儿包", [("MASKED", "香🌸儿")]),
        ("香_儿包", [("MASKED", "香_儿")]),
        ("香*新款包", [("MASKED", "香*")]),
        ("香家 包包", [("MASKED", "香家")]),
        ("大家的包", []),
        ("香？ 包包", []),
        ("450三* 包", []),  # after a number
        # The first letter of a sound for a character.
        ("路易威D 包包", [("MASKED", "路易威D")]),
        ("正品路Y威登老花", [("MASKED", "路Y威登")]),
        ("香奈E 香水", [("MASKED", "香奈E")]),  # a letter that is a syllable, too
        ("香N儿包", [("MASKED", "香N儿")]),
        ("爱马S丝巾", []),  # 爱马 is a word
        ("香奈E金", []),  # the letter is the metal's
        ("耐K 运动鞋", [("MASKED", "耐K")]),  # of two characters: a hint, among goods
        ("耐K 你好", []),
        ("香奈T 香水", []),  # no sound of 儿
        ("香奈S90 香水", []),  # a number
        ("三X 手机", []),
        # All of it in Latin letters.
        ("xiangnaier bag", [("HOMOPHONE", "xiangnaier")]),
        ("bag Xiang Nai Er new", [("HOMOPHONE", "Xiang Nai Er")]),
        ("lu yi wei deng", [("HOMOPHONE", "lu yi wei deng")]),
        ("nai ke", []),  # two syllables are too many words
    ],
)
def test_disguised_names(title: str, found: list[tuple[str, str]]) -> None:
    assert tricks(title) == found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("忍耐克服困难", []),
        ("三星级酒店", []),
        ("十三星座", []),
        ("耐克运动鞋", ["耐克"]),
        ("买了耐克鞋", ["耐克"]),  # goods may be one word with a name
        ("特步鞋 三星手机", ["三星", "特步"]),
        ("正品耐克男鞋", ["耐克"]),
        ("耐克", ["耐克"]),
    ],
)
def test_names_begin_and_end_where_words_do(title: str, found: list[str]) -> None:
    assert sorted(surface for _, surface in said(MARKS, title)) == sorted(found)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("H家 包包 新款", ["H家"]),
        ("正品H家手提包", ["H家"]),
        ("我家h家包", ["h家"]),
        ("H家具 柜子", []),  # furniture
        ("NH家 包", []),
        ("大家的包", []),
    ],
)
def test_a_letter_and_house_given_as_a_name(title: str, found: list[str]) -> None:
    assert [surface for _, surface in said(marks("Hermosa", "H家"), title)] == found


@pytest.mark.parametrize("title", ["太阳S 手机壳", "苹果X手机", "纯棉T恤 女", "春夏女T恤", "维C 泡腾片"])
def test_a_word_and_a_letter_are_no_name(title: str) -> None:
    assert tricks_of(title, marks("太阳神", "苹果心", "纯棉堂", "春夏女童", "维创")) == []


def test_the_forms_of_several_layers_are_told_apart() -> None:
    other = MARKS.with_layer(marks("范思哲"))
    assert [place.right for place in places(other, "范思者 香奈尔")] == [0, len(NAMES)]


def test_the_committed_tables_are_what_the_generator_writes() -> None:
    for name, array in made().items():
        np.testing.assert_array_equal(array, getattr(han(), name), err_msg=f"{name}: run make_tables")


@pytest.mark.parametrize("titles", [("阿*达斯", "*佩"), ("包 香奈E", "金")])
def test_what_follows_in_another_text_says_nothing(titles: tuple[str, str]) -> None:
    """A sign or a letter at the end of a title, and the beginning of the next."""
    assert places(MARKS, *titles) == places(MARKS, titles[0])
    assert places(MARKS, titles[0])


_PIECES = st.sampled_from([*"".join(NAMES), *"尔柰*～. xiangnaidi禾日a", " "])


@settings(max_examples=50)
@given(st.lists(st.text(_PIECES, max_size=16), min_size=1, max_size=5))
def test_titles_are_matched_each_by_itself(titles: list[str]) -> None:
    together = places(MARKS, *titles)
    alone = [place._replace(listing=i) for i, title in enumerate(titles) for place in places(MARKS, title)]
    assert together == alone


@pytest.mark.parametrize("text", ["香*", "香奈", "阿di", "*", "香", "di", "好" * 7 + " "])
def test_a_long_text(text: str) -> None:
    match_text(listings({"title": text * (200_000 // len(text))}), MARKS)
