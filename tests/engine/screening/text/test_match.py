"""Which spellings of a mark are found, in which way, and exactly where."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.scene import listings
from tests.engine.screening.text.places import Place, marks, places, places_in, said

from touchmark.engine.screening.hits import Hits
from touchmark.engine.screening.text.match import match_text

P, D = "plain", "disguised"
BRANDS = (
    "Gucci",
    "Nike",
    "Levi's",
    "Coca-Cola",
    "Louis Vuitton",
    "Coach",
    "Apple",
    "BMW",
    "PlayStation",
    "G2000",
    "Marks & Spencer",
    "H&M",
    "Citroën",
    "Montblanc",
    "Johnnie Walker",
    "Hermès",
)
MARKS = marks(*BRANDS)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("GUCCI bag", [(P, "GUCCI")]),  # case
        ("bag by ｇｕｃｃｉ", [(P, "ｇｕｃｃｉ")]),  # width
        ("citroen, Citroën, Citroe\u0308n", [(P, "citroen"), (P, "Citroën"), (P, "Citroe\u0308n")]),  # accents
        ("HERMES Hermés", [(P, "HERMES"), (P, "Hermés")]),  # another accent is an accent
        (
            "Coca-Cola CocaCola coca cola",
            [(P, "Coca-Cola"), (P, "CocaCola"), (P, "coca cola")],
        ),  # the mark's own hyphen
        ("coca‐cola coca–cola coca - cola", [(P, "coca‐cola"), (P, "coca–cola"), (P, "coca - cola")]),  # in any form
        ("Levis Levi’s LEVI`S", [(P, "Levis"), (P, "Levi’s"), (P, "LEVI`S")]),
        ("louisvuitton Louis  Vuitton", [(P, "louisvuitton"), (P, "Louis  Vuitton")]),
        ("louis\nvuitton", [(P, "louis\nvuitton")]),  # a browser shows a space
        ("Play Station 5", [(P, "Play Station")]),  # a capital within the mark is a joint of it
        ("g-2000 G 2000", [(P, "g-2000"), (P, "G 2000")]),  # so is a number
        ("marks and spencer, Marks&Spencer", [(P, "marks and spencer"), (P, "Marks&Spencer")]),
        ("Gucci's new", [(P, "Gucci")]),
        ("nike2024 nike运动鞋 #nike @nike nike_air", [(P, "nike")] * 5),  # what ends a word
        ("Ni-ke", [(D, "Ni-ke")]),  # a joint that is not the mark's
        ("G.U.C.C.I", [(D, "G.U.C.C.I")]),
        ("gu*cci Gu★cci", [(D, "gu*cci"), (D, "Gu★cci")]),
        ("G-ucci g-u-c-c-i", [(D, "G-ucci"), (D, "g-u-c-c-i")]),
        ("G u c c i", [(P, "G u c c i")]),  # white space alone, wherever it stands, is spacing
        ("Mont blanc MONT  BLANC", [(P, "Mont blanc"), (P, "MONT  BLANC")]),
        (
            "Mont\u00a0blanc Mont\u2009blanc Mont\tblanc Mont\u3000blanc",
            [(P, f"Mont{s}blanc") for s in "\u00a0\u2009\t\u3000"],
        ),
        ("Louis Vuit ton, lou isvuitton", [(P, "Louis Vuit ton"), (P, "lou isvuitton")]),
        ("G u-c c i, G u c.c i", [(D, "G u-c c i"), (D, "G u c.c i")]),  # one sign among the spaces
        ("Mont-blanc Mont - blanc", [(D, "Mont-blanc"), (D, "Mont - blanc")]),
        ("Mont \u200bblanc", [(D, "Mont \u200bblanc")]),  # what nobody sees is no spacing
        ("G u c c і", [(D, "G u c c і")]),  # nor is the last letter Latin
        ("Louis ★ Vuit ton", [(D, "Louis ★ Vuit ton")]),
        ("Louis|Vuitton Louis★Vuitton", [(D, "Louis|Vuitton"), (D, "Louis★Vuitton")]),
        ("Νіке", [(D, "Νіке")]),  # no Latin letter at all
        ("Gucсi", [(D, "Gucсi")]),  # one Cyrillic letter
        ("𝐆𝐮𝐜𝐜𝐢", [(D, "𝐆𝐮𝐜𝐜𝐢")]),
        ("🅝🅘🅚🅔 🇳🇮🇰🇪", [(D, "🅝🅘🅚🅔"), (D, "🇳🇮🇰🇪")]),
        ("Gu\u200bcci Guc\u2060ci", [(D, "Gu\u200bcci"), (D, "Guc\u2060ci")]),  # what nobody sees
        ("Nike\u200bshoes", [(P, "Nike")]),  # between words it is a space
        ("coca\u200bcola", [(P, "coca\u200bcola")]),  # where the mark has a joint too
        ("ВМW", [(D, "ВМW")]),  # three letters, two of them Cyrillic
        ("H & M, h&m", [(P, "H & M"), (P, "h&m")]),
    ],
)
def test_spellings(title: str, found: list[tuple[str, str]]) -> None:
    assert said(MARKS, title) == found


@pytest.mark.parametrize(
    "title",
    [
        "coaching applesauce Nikes",  # within a word
        "pineapple",
        "co ach ni ke",  # words that happen to stand together
        "louis, vuitton",  # two phrases
        "louis ★ ★ ★ vuitton",
        "ni\nke",
        "b m w",  # three letters are spelled out with signs, or in capitals
        "A.B.M.W",  # and not with other letters beside them
        "BMẄ",  # nor do they take accents
        "HM h m h-m",  # without its & too short
        "сосать кока и кола для всех",
        "apple\u0338sauce",
        "",
        "   ",
        "★★★ 🎀",
    ],
)
def test_honest_words(title: str) -> None:
    assert said(MARKS, title) == []


def test_dictionary_words_are_still_found() -> None:
    """A mark that is a common word takes a dictionary to tell; its place is in ``gates``."""
    assert said(MARKS, "apple pie, coach seat") == [(P, "coach"), (P, "apple")]


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        ("🎀🎀 Gucci", 3, 8),  # a character beyond the first plane counts once
        ("e\u0301e\u0301 Gucci", 5, 10),  # combining marks count by themselves
        ("Gu\u0301cci\u0301\u0302 x", 0, 8),  # and belong to the letter before them
        ("חולצה Gucci חדשה", 6, 11),  # right to left, in the order of the text
        ("ﷺ Gucci", 2, 7),  # one character that folds to eighteen
        ("ßß Gucci", 3, 8),
        ("\u200bGucci\u200b", 1, 6),  # what nobody sees stays outside
        ("【Gucci】", 1, 6),
        ("x" * 290 + " Gucci", 291, 296),  # at the end of a long title
        ("\x00Gucci\x00", 1, 6),
    ],
)
def test_spans_are_code_points_of_the_original(title: str, start: int, end: int) -> None:
    (place,) = places(MARKS, title)
    assert (place.start, place.end) == (start, end)
    assert place.surface == title[start:end]


ASIAN = marks("耐克", "ナイキ", "나이키", "สตาร์บัคส์", "구찌", "ダイソー", "優衣庫", "コスモ", "โซนี่")


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("男款耐克运动鞋", [(P, "耐克")]),  # anywhere in a run of Chinese
        ("nike耐克 2024", [(P, "耐克")]),
        ("耐·克", [(D, "耐·克")]),
        ("忍耐克服", []),  # the middle of other words
        ("ナイキシューズ", [(P, "ナイキ")]),  # a run of katakana begins with the mark
        ("ﾅｲｷ スニーカー", [(P, "ﾅｲｷ")]),
        ("ナイキの靴", [(P, "ナイキ")]),
        ("나이키운동화 나이키는", [(P, "나이키"), (P, "나이키")]),
        ("구찌를 구찌", [(P, "구찌"), (P, "구찌")]),  # particles
        ("แก้วสตาร์บัคส์สีเขียว", [(P, "สตาร์บัคส์")]),
        ("優衣庫,优衣库", [(P, "優衣庫"), (P, "优衣库")]),  # simplified forms are like case
    ],
)
def test_scripts_without_spaces(title: str, found: list[tuple[str, str]]) -> None:
    assert said(ASIAN, title) == found


@pytest.mark.parametrize(
    "title",
    [
        "耐 克服",
        "スナイキン",  # inside a run of katakana
        "ナイギ",  # a voice mark makes another letter
        "구찌뽕나무",  # two syllables that go on are another word
        "새구찌",  # a word begins before
        "โซนี่ย์"[:-2] + "\u0e39",  # a syllable goes on
        "แโซนี่",
    ],
)
def test_parts_of_other_words(title: str) -> None:
    assert said(ASIAN, title) == []


@pytest.mark.parametrize(
    ("text", "row", "fields"),
    [
        ("3M", {"title": "3m cable", "brand": None}, []),  # one or two letters
        ("3M", {"title": "tape", "brand": "3M"}, ["brand"]),
        ("3M", {"title": "tape", "brand": "3M Company"}, []),
        ("LV", {"title": "LV bag, lv bag, Lv", "description": "LV"}, ["title"]),  # initials: in titles, in capitals
        ("LV", {"title": "LV55 2LV ŁV", "attributes": "LV"}, []),
        ("H&M", {"title": "x", "brand": "HM"}, ["brand"]),
        ("361°", {"title": "361 pieces", "brand": "361"}, ["brand"]),  # nothing but a number
        ("家", {"title": "家具", "brand": "家"}, ["brand"]),  # one character of Chinese
        ("かつや", {"title": "トンかつやさん", "brand": None}, []),  # three of hiragana: grammar is made of them
        ("VOI", {"title": "voi, VOI với bạn đó"}, ["title", "title"]),  # a word of Vietnamese is not that mark
        ("Nike", {"title": "Nịke Nịke và bạn"}, []),
    ],
)
def test_short_marks(text: str, row: dict[str, Any], fields: list[str]) -> None:
    assert [place.field for place in places(marks(text), row)] == fields


@pytest.mark.parametrize(
    ("title", "ways"),
    [
        ("Новая куртка СОАСН для всех", []),  # Cyrillic among Cyrillic: a word of that language
        ("New jacket СОАСН leather", [D]),
        ("СОАСН", [D]),
        ("Куртка СОAСН новая", [D]),  # one Latin letter within gives it away
    ],
)
def test_words_of_other_alphabets(title: str, ways: list[str]) -> None:
    assert [way for way, _ in said(MARKS, title)] == ways


def test_all_fields_are_read() -> None:
    row = {
        "title": "a Gucci",
        "brand": "Gucci",
        "description": "x\nGucci",
        "attributes": '{"brand": "Gucci", "colour": "nike-blue"}',
    }
    assert places(MARKS, row) == [
        Place(0, 0, P, "title", 2, 7, "Gucci"),
        Place(0, 0, P, "brand", 0, 5, "Gucci"),
        Place(0, 0, P, "description", 2, 7, "Gucci"),
        Place(0, 0, P, "attributes", 11, 16, "Gucci"),
        Place(0, 1, P, "attributes", 30, 34, "nike"),
    ]


def test_rights_that_share_a_text_are_each_found() -> None:
    shared = marks("Rolex", "ROLEX", {"text": "Other", "aliases": ["rolex"]})
    assert [place.right for place in places(shared, "Rolex watch")] == [0, 1, 2]


def test_one_place_per_right_where_its_spellings_overlap() -> None:
    mark = marks({"text": "Louis Vuitton", "aliases": ["Louis", "LOUIS VUITTON", "Vuitton Paris", "Louis-Vuitton"]})
    assert [place.surface for place in places(mark, "louis vuitton paris, Louis XIV, Vuitton Paris")] == [
        "louis vuitton",
        "Louis",
        "Vuitton Paris",
    ]


def test_marks_of_different_rights_may_overlap() -> None:
    assert [p.surface for p in places(marks("Apple", "Apple Watch"), "apple watch")] == ["apple", "apple watch"]


def test_at_most_twenty_places_per_right_and_field() -> None:
    row = {"title": "nike " * 60, "description": "gucci nike " * 500}
    found = places(MARKS, row)
    assert [(p.right, p.field) for p in found].count((1, "title")) == 20
    assert [(p.right, p.field) for p in found].count((1, "description")) == 20
    assert [(p.right, p.field) for p in found].count((0, "description")) == 20
    assert [p.start for p in found if p.field == "title"] == list(range(0, 100, 5))


def test_lawful_references_give_way_when_there_are_too_many() -> None:
    row = {"title": "case", "description": "for Apple. " * 25 + "Apple apple"}
    ways = [place.way for place in places(MARKS, row)]
    assert len(ways) == 20
    assert ways.count("plain") == 2


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"title": ""}],
        [{"title": "", "brand": "", "description": None, "attributes": None}] * 3,
        [{"title": "x" * 300}],
    ],
)
def test_nothing_to_find(rows: list[dict[str, Any]]) -> None:
    assert places(MARKS, *rows) == []
    assert len(match_text(listings(*rows), marks())) == 0


@pytest.mark.parametrize(
    "description",
    [
        "\x00" * 1_000_000,
        "a" * 1_000_000,  # one word
        "\u0301" * 1_000_000,  # one accent upon another
        "g u c c i " * 100_000,
        "耐" * 300_000,
        "Gucci " * 170_000,
        "Gucci" + "\u0301" * 500_000,
        "\u200b" * 300_000 + "Gu\u200bcci",
        "for " * 250_000,
        "(" * 500_000 + "Gucci" + ")" * 499_000,
    ],
    ids=lambda text: f"{text[:8]!r}…",
)
def test_a_megabyte_that_means_harm(description: str) -> None:
    found = places(MARKS, {"title": "Gucci", "description": description})
    assert found[0] == Place(0, 0, P, "title", 0, 5, "Gucci")
    assert len(found) <= 21
    for place in found[1:]:
        assert place.surface.replace("\u0301", "").replace("\u200b", "").replace(" ", "").casefold() == "gucci"


WORDS = st.sampled_from(
    [
        "Gucci",
        "gu-cci",
        "Νіке",
        "for",
        "case",
        "bag",
        "Apple",
        "iPhone",
        "and",
        ",",
        ".",
        "15",
        "Levi's",
        "\u200b",
        "耐克",
        "é",
    ]
)
TITLES = st.lists(WORDS, max_size=9).map(" ".join)
ROWS = st.fixed_dictionaries(
    {
        "title": TITLES,
        "brand": st.one_of(st.none(), WORDS),
        "description": st.one_of(st.none(), st.lists(TITLES, max_size=4).map("\n".join)),
    }
)


@settings(max_examples=60)
@given(st.lists(ROWS, max_size=8), st.integers(1, 5))
def test_listings_are_matched_each_by_itself(rows: list[dict[str, Any]], size: int) -> None:
    batch = listings(*rows)
    together = places_in(MARKS, batch)
    apart = [
        place._replace(listing=place.listing + start)
        for start in range(0, len(rows), size)
        for place in places_in(MARKS, batch.slice(start, size))
    ]
    assert together == apart


def test_pieces_of_a_large_batch_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = listings(*({"title": f"{i} Gucci", "description": "nike " * (i % 7)} for i in range(60)))
    whole = match_text(batch, MARKS)
    monkeypatch.setattr("touchmark.engine.screening.text.match.PIECE", 50)
    cut = match_text(batch, MARKS)
    for name in Hits.__dataclass_fields__:
        assert getattr(whole, name).tolist() == getattr(cut, name).tolist()


def test_batches_chunked_and_of_other_string_types_match_alike() -> None:
    batch = listings({"title": "Gucci"}, {"title": "x", "brand": "Nike"})
    chunked = pa.concat_tables([batch.slice(0, 1), batch.slice(1, 1)])
    large = batch.set_column(4, pa.field("title", pa.large_string()), batch["title"].cast(pa.large_string()))
    expected = places_in(MARKS, batch)
    assert expected == places_in(MARKS, chunked) == places_in(MARKS, large)
    assert len(match_text(batch.to_batches()[0], MARKS)) == len(expected)
