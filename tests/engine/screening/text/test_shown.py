"""What a shopper sees where it is not what is stored: markup, stand-ins, and what controls reorder."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.engine.screening.text.places import marks, places, said

from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.shown import Shown, shown


def seen(*texts: str, json: bool = False) -> Shown:
    return shown(Points.of(pa.array(texts, pa.string())), np.full(len(texts), json))


def as_shown(text: str, *, json: bool = False) -> str | None:
    """The text as shown, or None where it is not touched."""
    result = seen(text, json=json)
    return "".join(map(chr, result.sourced.points)) if len(result) else None


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("&#71;ucci", "Gucci"),
        ("&#x47;&#X75;cci", "Gucci"),
        ("&#71ucci", "Gucci"),  # browsers forgive the missing sign
        ("D&amp;G", "D&G"),
        ("&amp;#71;ucci", "Gucci"),  # escaped twice on its way
        ("Louis&nbsp;Vuitton", "Louis\u00a0Vuitton"),
        ("Herm&egrave;s", "Hermès"),
        ("&NotEqualTilde;", "\u2242\u0338"),  # two characters
        ("R&D Nike&Co; &; &# &#; &nosuch; &", "R&D Nike&Co; &; &# &#; &nosuch; &"),
        ("&#0; &#xD800; &#99999999999; ", "\ufffd \ufffd \ufffd "),
        ("Gu<b></b>cci", "Gucci"),
        ("Gu<!-- x -->cci", "Gucci"),
        ("x<B>y</B>", "xy"),
        ("a<br>b</p>c", "a\nb\nc"),
        ("a<b or c>d", "a<b or c>d".replace("<b or c>", "")),  # a browser takes that for a tag, too
        ("a<5 b> <", "a<5 b> <"),
        ("a<" + "x" * 400 + ">b", "a<" + "x" * 400 + ">b"),
        ("plain text", None),
    ],
)
def test_markup(stored: str, expected: str | None) -> None:
    assert as_shown(stored) == expected


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("G%75cci", "Gucci"),
        ("G=75cci", "Gucci"),
        ("Herm%C3%A8s", "Hermès"),
        (r"G\x75cci", "Gucci"),
        (r"G\u0075cci", "Gucci"),
        (r"G\u{75}cci", "Gucci"),
        (r"G\U00000075cci", "Gucci"),
        ("G%2575cci", "Gucci"),  # written in code twice
        (r"C:\new \u12 \x4 \u{} \u{110000}", r"C:\new \u12 \x4 \u{} \u{110000}"),
        ("100%cotton 20%5 50%00 1=1", None),
        ("50%c3z %e4%bd", "50%c3z %e4%bd"),  # half a character
    ],
)
def test_codes_that_people_know(stored: str, expected: str | None) -> None:
    assert as_shown(stored) == expected


def test_letter_in_code_is_a_disguise() -> None:
    assert said(marks("Gucci"), "G%75cci bag") == [("disguised", "G%75cci")]


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (r"\u0047ucci", "Gucci"),
        (r"\ud83d\ude00", "😀"),
        (r"\ud83d \ude00 \u12", "\ufffd \ufffd \\u12"),
        (r"a\"b\/c\\d\ne\tf\qg", 'a"b/c\\d\ne f\\qg'),
        ("\\", None),
    ],
)
def test_escapes_of_json(stored: str, expected: str | None) -> None:
    assert as_shown(stored, json=True) == expected


@pytest.mark.parametrize("stored", [r"a\"b\/c\\d\ne\tf\qg", r"\ud83d \ude00 \u12", "\\"])
def test_elsewhere_a_backslash_is_one(stored: str) -> None:
    assert as_shown(stored) in (None, stored)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("G⭕⭕gle", "Google"),
        ("GU匚匚I ©hanel L❤️uis", "GUccI chanel Louis"),
        ("ro𝐥ex ROL€X", "ro𝐥ex ROLeX"),
        ("匚卄卂几乇ㄥ", "chanel"),  # characters that make no Chinese word
        ("出口 五百 100€ nike口香", None),
        ("出口nike", "出口nike"),
        ("❌ nike", None),
        ("🆎c S∞N", "abc SooN"),
    ],
)
def test_stand_ins(stored: str, expected: str | None) -> None:
    shown_so = as_shown(stored)
    assert shown_so == expected or (expected is None and shown_so == stored)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("\u202eiccuG\u202c bag", "Gucci bag"),
        ("\u202eiccuG", "Gucci"),  # never closed
        ("\u202dGucci\u202c \u2068Nike\u2069", "Gucci Nike"),
        ("\u202eab\u202dGucci\u202c", "Gucciba"),  # an override within an override
        ("\u2067\u2066cci\u2069\u2066Gu\u2069\u2069", "Gucci"),  # isolates
        ("\u202bcci\u200fGu\u202c", "Gu\u200fcci"),  # pieces parted by a mark of direction
        ("\u202e12 ab\u202c", "ba 21"),
        ("\u202babc 12\u202c", "abc 12"),
        ("\u2067א 12 ב\u2069", "ב 12 א"),
        ("\u202eab\ncd", "ba\ncd"),  # a paragraph ends what was opened
        ("\u202c\u2069\u202c", ""),
        ("שלום gucci", None),  # no control
    ],
)
def test_what_controls_reorder(stored: str, expected: str | None) -> None:
    assert as_shown(stored) == expected


MARKS = marks("Gucci", "Louis Vuitton", "Google", "D&G", "Hermès")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"title": "a \u202eiccuG\u202c bag"}, ("disguised", "title", "iccuG")),
        ({"title": "&#71;ucci bag"}, ("disguised", "title", "&#71;ucci")),
        ({"title": "Louis&nbsp;Vuitton bag"}, ("plain", "title", "Louis&nbsp;Vuitton")),
        ({"title": "a D&amp;G belt"}, ("plain", "title", "D&amp;G")),
        ({"description": "Gu<b></b>cci"}, ("disguised", "description", "Gu<b></b>cci")),
        ({"description": "<b>G</b>ucci"}, ("plain", "description", "G</b>ucci")),
        ({"title": "G⭕⭕gle"}, ("disguised", "title", "G⭕⭕gle")),
        ({"attributes": '{"a": "Herm\\u00e8s"}'}, ("plain", "attributes", "Herm\\u00e8s")),
        ({"attributes": '{"a": "\\u0047ucci"}'}, ("disguised", "attributes", "\\u0047ucci")),
        ({"title": "❌Gucci❌"}, ("plain", "title", "Gucci")),  # what is stored counts too
    ],
)
def test_places_are_of_the_text_as_stored(row: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert [(place.way, place.field, place.surface) for place in places(MARKS, row)] == [expected]


_SIGNS = st.sampled_from("ab G\n&;#x4<>/b!-\\u0\u202e\u202d\u202b\u202a\u202c\u2066\u2067\u2068\u2069א1⭕匚口€\ufe0f")


@example(["\\0", "<aא>"], True)  # markup in one text is no reason to read it in another
@given(st.lists(st.one_of(st.text(_SIGNS, max_size=40), st.text(max_size=20)), max_size=6), st.booleans())
def test_whatever_is_shown_comes_from_what_is_stored(texts: list[str], json: bool) -> None:
    result = seen(*texts, json=json)
    together = {int(i): k for k, i in enumerate(result.text)}
    for i, text in enumerate(texts):
        alone = seen(text, json=json)
        assert len(alone) == (i in together)
        if i in together:
            low, high = result.sourced.bounds[together[i]], result.sourced.bounds[together[i] + 1]
            for name in ("points", "start", "end", "trick"):
                np.testing.assert_array_equal(getattr(result.sourced, name)[low:high], getattr(alone.sourced, name))
            assert ((alone.sourced.start >= 0) & (alone.sourced.start < alone.sourced.end)).all()
            assert (alone.sourced.end <= len(text)).all()


@given(st.text(st.sampled_from("abG ג1\u200f"), max_size=30))
@example("ג ג ג")
@example("ג\u200fג ג")
def test_an_override_turns_everything(text: str) -> None:
    """But for what nobody sees: letters of Hebrew that stand apart are put together, turned or not."""
    unseen = str.maketrans("", "", " \u200f")
    assert as_shown(f"\u202e{text}\u202c").translate(unseen) == text[::-1].translate(unseen)


@pytest.mark.parametrize("control", ["\u202e", "\u2067", "\u202a\u202e", "&#71;", "<b>", "a<", "&", "⭕a", "\u202ea"])
def test_a_million_controls(control: str) -> None:
    text = control * (1_000_000 // len(control))
    assert len(seen(text)) in (0, 1)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("🆕 Balance sneakers", [("disguised", "🆕 Balance")]),
        ("New ⚖️ sneakers", [("disguised", "New ⚖️")]),
        ("Off-⚪ hoodie", [("disguised", "Off-⚪")]),
        ("🦊stead charger", [("disguised", "🦊stead")]),
        ("🔥New Balance🔥", [("plain", "New Balance")]),
        ("🔥 hot sneakers", []),  # an emoji alone is decoration
    ],
)
def test_emoji_for_words(title: str, expected: list[tuple[str, str]]) -> None:
    assert said(marks("New Balance", "Off-White", "Foxstead", "Fire"), title) == expected
