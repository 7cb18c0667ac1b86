"""Folding: what each character becomes, and where it came from."""

import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.screening.text.fold import (
    TOP,
    Fold,
    _committed,
    fold,
    fold_version,
    lookalikes,
    only_turned,
    thin,
    turned,
)
from touchmark.engine.screening.text.make_fold import tables
from touchmark.engine.screening.text.points import Points


def folded(text: str, how: Fold) -> str:
    return "".join(map(chr, fold(Points.of(pa.array([text])), how).text.points))


def sources(text: str, how: Fold) -> list[int]:
    return fold(Points.of(pa.array([text])), how).source.tolist()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("GUCCI", "gucci"),  # case
        ("ＧＵＣＣＩ", "gucci"),  # full width
        ("ｶﾞｯｷ", "カ\u3099ッキ"),  # half-width kana, its voice mark a character of its own
        ("ガ", "カ\u3099"),  # a voiced kana is that letter and its mark, never the letter alone
        ("Hermès", "hermes"),  # an accent, composed
        ("Herme\u0300s", "hermes"),  # and combining
        ("LONGİNES", "longines"),  # a capital with a dot folds to two characters
        ("Straße", "strasse"),  # one to two
        ("ﬁt", "fit"),  # a ligature
        ("Ørsted Łódź", "orsted lodz"),  # strokes that keyboards leave out
        ("a\u00a0b\u2003c\td", "a b c d"),  # every kind of space
        ("a\r\nb", "a\n\nb"),
        ("co\u00adop", "coop"),  # a soft hyphen is no letter
        ("gu\u200bcci", "gu\u200bcci"),  # what nobody sees parts words
        ("gu\u0000cci\ufeff", "gu\u200bcci\u200b"),
        ("Levi’s Levi`s", "levi's levi's"),
        ("a‑b–c", "a-b-c"),  # hyphens and dashes
        ("𝐆ucci", "𝐆ucci"),  # a font is no matter of case
        ("Νіке", "νіке"),  # nor is another alphabet
        ("สวัสดี", "สวัสดี"),  # vowels of Thai are letters
        ("हिन्दी", "हिन्दी"),  # and those of Hindi
        ("مُحَمَّد", "محمد"),  # vowel marks of Arabic are left out as people do
        ("ﻢﺤﻣﺩ", "محمد"),  # forms of letters within a word
        ("한국", "한국"),
        ("愛馬仕 香奈兒 寶璣", "爱马仕 香奈儿 宝玑"),  # Taiwan, Hong Kong
        ("広沢 国", "广泽 国"),  # and Japan
        ("", ""),
    ],
)
def test_plain_fold(text: str, plain: str) -> None:
    assert folded(text, Fold.PLAIN) == plain


@pytest.mark.parametrize(
    ("text", "visual"),
    [
        ("Νіке", "nike"),  # Greek capital by its look, not by its small letter ν
        ("ν", "v"),
        ("кутюр", "kytiop"),  # small letters that UTS #39 does not equate
        ("ROLЕХ", "rolex"),
        ("ᏀᏌᏟᏟᎥ", "gucci"),  # Cherokee
        ("𝐆𝓊𝕔𝖈𝙞", "gucci"),  # fonts of mathematics
        ("Ⓖⓤ🄲🅲🇮", "gucci"),  # circles, squares, flags
        ("ɢᴜᴄᴄɪ", "gucci"),  # small capitals
        ("⒢⒰⒞⒞⒤", "gucci"),
        ("ƓυϲϲΙ", "gucci"),
        ("gu\u200bc\u00adc\u2060i", "gucci"),  # what nobody sees is left out
        ("ᴺᴵᴷᴱ", "nike"),
        ("Ⅸ", "ix"),
        ("Nike™", "nike™"),  # a sign is no part of the word
        ("½", "½"),
        ("ロゴ", "ロコ\u3099"),  # kana looks like itself
        ("אבו", "אבו"),  # and so do letters written right to left
        ("10Il|", "10il|"),  # ASCII stays: that is another view's business
        ("ᗩᗪᓰᗪᗩS ᎮᏬᎷᎯ", "adidas puma"),  # alphabets of "fancy text"
        ("AԀƎꓘꓶꓕ", "apeklt"),  # turned and mirrored
        ("ᴙᴎƧꟻꟼ", "rnsfp"),
        ("ЯOLЄЖ ГЦЭЄ", "rolex ruee"),
        ("ΓΔΞΠΣΦΨΩ", "raeneowo"),
        ("ꮐꮜꮯꮯꭵ", "gucci"),  # small letters of Cherokee are small capitals
        ("出口 五百 ハナ", "出口 五百 ハナ"),  # alone, these are their own language's
        ("❌💲€", "❌💲€"),
    ],
)
def test_visual_fold(text: str, visual: str) -> None:
    assert folded(text, Fold.VISUAL) == visual


@pytest.mark.parametrize(
    ("text", "how", "source"),
    [
        ("aßb", Fold.PLAIN, [0, 1, 1, 2]),
        ("e\u0301\u0302x", Fold.PLAIN, [0, 3]),
        ("\u200b𝐆\u200b", Fold.VISUAL, [1]),  # beyond the first plane a character is still one
        ("ﷺ", Fold.PLAIN, [0] * 18),
    ],
)
def test_source_positions(text: str, how: Fold, source: list[int]) -> None:
    assert sources(text, how) == source


@given(st.lists(st.one_of(st.none(), st.text(max_size=30)), max_size=8), st.sampled_from(list(Fold)))
def test_texts_fold_alone_as_they_fold_together(texts: list[str | None], how: Fold) -> None:
    together = fold(Points.of(pa.array(texts, pa.string())), how).text
    for i, text in enumerate(texts):
        piece = together.points[together.bounds[i] : together.bounds[i + 1]]
        assert "".join(map(chr, piece)) == folded(text or "", how)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    for how in Fold:
        once = folded(text, how)
        assert folded(once, how) == once


def test_folding_any_character_twice_changes_nothing_more() -> None:
    every = np.array([point for point in range(0x110000) if not 0xD800 <= point < 0xE000], np.uint32)
    for how in Fold:
        once = fold(Points(every, np.array([0, len(every)])), how).text
        np.testing.assert_array_equal(fold(once, how).text.points, once.points)


def test_what_is_upside_down() -> None:
    assert "".join(chr(turned()[ord(char)]) for char in reversed("ᴉɔɔnפ")) == "gucci"
    assert only_turned()[ord("ɔ")]
    assert not only_turned()[ord("n")]


def test_nothing_printable_of_ascii_is_a_lookalike() -> None:
    assert not lookalikes()[0x20:0x7F].any()


def test_the_committed_table_is_what_the_generator_writes() -> None:
    committed = _committed()
    if str(committed["unicode"]) != unicodedata.unidata_version:
        pytest.skip(f"the table was written with Unicode {committed['unicode']}")
    fresh = tables()
    assert fresh.keys() == committed.keys()
    for name, array in fresh.items():
        np.testing.assert_array_equal(array, committed[name], err_msg=f"{name}: run make_fold")


def test_the_version_names_the_table() -> None:
    assert len(fold_version()) == 12


def test_tables_of_which_most_is_nothing_are_laid_out_as_they_are() -> None:
    table = np.zeros(TOP, np.bool_)
    table[[0, 0x41, TOP - 1]] = True
    assert np.array_equal(thin(table), table)
