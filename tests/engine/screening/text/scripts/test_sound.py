"""Names in Latin letters written by their sound in other alphabets, and words that only sound a little alike."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.scene import listings
from tests.engine.screening.text.places import marks, places

from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.match import match_text
from touchmark.engine.screening.text.scripts import sound
from touchmark.engine.screening.text.scripts.make_tables import sounds as made
from touchmark.engine.screening.text.scripts.sound import HINT
from touchmark.engine.screening.text.scripts.sounds import MOST_SOUNDS, sounds
from touchmark.engine.screening.text.spellings.memo import Memos

MARKS = marks(
    *("Nike", "Gucci", "Adidas", "Hermès", "Versace", "Rolex", "Louis Vuitton", "Balenciaga", "Prada", "Shell"),
    *("The North Face", "Longines", "Timberland", "Blackberry"),
)
NAMES = MARKS.text.to_pylist()


def heard(title: str) -> list[tuple[str, str]]:
    """Name and surface of every place found by sound in a title."""
    hits = match_text(listings({"title": title}), MARKS)
    by_sound = np.flatnonzero(hits.trick == Trick.SCRIPT)
    return [(NAMES[hits.form[i]], title[hits.start[i] : hits.end[i]]) for i in by_sound]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("кроссовки найк мужские", [("Nike", "найк")]),
        ("сумка гуччи", [("Gucci", "гуччи")]),
        ("гучи кожа", [("Gucci", "гучи")]),
        ("АДИДАС", [("Adidas", "АДИДАС")]),
        ("часы ролекс", [("Rolex", "ролекс")]),
        ("луи виттон", [("Louis Vuitton", "луи виттон")]),
        ("баленсиага", [("Balenciaga", "баленсиага")]),
        ("Ρόλεξ", [("Rolex", "Ρόλεξ")]),
        ("나이키 운동화", [("Nike", "나이키")]),
        ("구찌를", [("Gucci", "구찌")]),  # a particle follows
        ("프라다가방", [("Prada", "프라다")]),  # and a word
        ("ナイキ シューズ", [("Nike", "ナイキ")]),
        ("ロレックス", [("Rolex", "ロレックス")]),
        ("ヴェルサーチェ", [("Versace", "ヴェルサーチェ")]),
        ("أديداس", [("Adidas", "أديداس")]),
        ("فيرساتشي", [("Versace", "فيرساتشي")]),
        ("กุชชี่", [("Gucci", "กุชชี่")]),
        ("नाइकी", [("Nike", "नाइकी")]),
        ("Норт Фейс куртка", [("North Face", "Норт Фейс")]),  # without its article
        ("노스페이스 패딩", [("North Face", "노스페이스")]),
        ("ノースフェイス ダウン", [("North Face", "ノースフェイス")]),
        ("ルイヴィトン財布", [("Louis Vuitton", "ルイヴィトン")]),  # a v within a word
        ("โรเล็กซ์ นาฬิกา", [("Rolex", "โรเล็กซ์")]),  # a letter of the name that is not spoken
        ("หลุยส์วิตตอง กระเป๋า", [("Louis Vuitton", "หลุยส์วิตตอง")]),
        ("론진 손목시계", [("Longines", "론진")]),  # an end that nobody speaks
        ("تمبرلاند", [("Timberland", "تمبرلاند")]),  # two consonants of one sort, a vowel between unwritten
        ("سماعات بلاك بيري", [("Blackberry", "بلاك بيري")]),  # one word as two
        ("שלל שקל", []),  # too little is heard for a name
        ("мужские кроссовки зимние из натуральной кожи", []),
        ("여성 운동화 신상 겨울 패딩", []),
        ("レディース スニーカー ブラック", []),
        ("حذاء رياضي رجالي أسود", []),
        ("รองเท้าผู้หญิงแฟชั่นราคาถูก", []),
        ("шелл", []),  # an ordinary word is no name by sound
    ],
)
def test_names_by_sound(title: str, found: list[tuple[str, str]]) -> None:
    assert heard(title) == found


def test_the_committed_table_is_what_the_generator_writes() -> None:
    tables, fresh = sounds(), made()
    rows = tables.of.reshape(-1, MOST_SOUNDS)
    np.testing.assert_array_equal(rows[fresh["points"]].ravel(), fresh["sounds"], err_msg="run make_tables")


_LETTERS = st.sampled_from("найкгучидсрол 나이키구찌를 ナイキッグ゛ٱديس ไนกี้ชุ -")


@settings(max_examples=50)
@given(st.lists(st.text(_LETTERS, max_size=14), min_size=1, max_size=5))
def test_titles_are_matched_each_by_itself(titles: list[str]) -> None:
    together = places(MARKS, *titles)
    alone = [place._replace(listing=i) for i, title in enumerate(titles) for place in places(MARKS, title)]
    assert together == alone


@pytest.mark.parametrize("text", ["на", "나이키", "ไนกี้", "ナイ", "é", "\u3099", "์", "ة "])
def test_a_long_text(text: str) -> None:
    match_text(listings({"title": text * (60_000 // len(text))}), MARKS)


def test_ordinary_words_hint_at_most() -> None:
    """What is a word of its language, or sounds like a frequent one, takes goods that say the same."""
    compiled = marks("Nike", "Coach")
    for title in ("Νικη", "코치 가방"):
        hits = match_text(listings({"title": title}), compiled)
        assert len(hits)
        assert (hits.strength <= HINT).all()


def test_what_a_word_was_taken_for_in_one_text_does_not_decide_what_it_is_in_another() -> None:
    among_latin, among_its_own = (
        "Leather winter shoes for men, size 42, адитас",
        "мужские зимние ботинки из кожи адитас",
    )
    for titles in ([among_latin], [among_its_own], [among_latin]):  # whatever was screened before
        found = [("Adidas", "адитас")] if titles == [among_latin] else []
        assert heard(titles[0]) == found


def test_what_was_heard_once_is_told_and_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    listened = sound.listen
    monkeypatch.setattr(sound, "listen", lambda *args: compared.append(int((args[20] > 0).sum())) or listened(*args))
    titles, known = ["часы ролекс мужские", "나이키 운동화"], replace(MARKS, memos=Memos())
    first, again = (match_text(listings(*({"title": title} for title in titles)), known) for _ in range(2))
    assert compared[0] > 0
    assert compared[1:] == [0]
    assert len(first) == 2
    assert [getattr(first, f.name).tolist() for f in fields(first)] == [
        getattr(again, f.name).tolist() for f in fields(again)
    ]


@pytest.mark.parametrize(
    ("title", "surface"),
    [
        ("Брелок Лaмбоpгини новый", "Лaмбоpгини"),  # an a and a p of Latin
        ("べるすたっふ ショルダーバッグ", "べるすたっふ"),  # hiragana by itself
        ("これはべるすたっふです", ""),  # and among words
        ("Брелок Лambорgини новый", ""),  # letters of Latin that look like none of Russian
    ],
)
def test_letters_of_two_scripts_and_hiragana_are_heard(title: str, surface: str) -> None:
    both = marks("Lamborghini", "Belstaff")
    found = [place.surface for place in places(both, title) if place.way == "disguised"]
    assert found == ([surface] if surface else [])
