"""Spellings that hide a mark: found, told by their trick, exactly where they stand; and words that only look so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.scene import listings
from tests.engine.screening.text.places import marks, places

from touchmark.engine.screening.hits import FIELDS, Hits, Trick
from touchmark.engine.screening.text.match import match_text
from touchmark.engine.screening.text.spellings.weigh import HINT

BRANDS = (
    "Gucci",
    "Louis Vuitton",
    "Nike",
    "Chanel",
    "Adidas",
    "Tommy Hilfiger",
    "Stone Island",
    "Ralph Lauren",
    "Bvlgari",
    "Balenciaga",
    "Tory Burch",
    "Samsung",
    "Casio",
    "Dior",
    "Hugo Boss",
    "Carrier",
    "Coach",
)
MARKS = marks(*BRANDS)


def told(*rows: dict[str, object]) -> list[tuple[str, str, str]]:
    """Trick, mark and surface of every disguised place."""
    batch = listings(*rows)
    hits, texts = match_text(batch, MARKS), batch.to_pylist()
    found = []
    for i in np.flatnonzero(hits.trick != Trick.NONE).tolist():
        text = texts[hits.listing[i]][FIELDS[hits.field[i]]]
        surface = text[hits.start[i] : hits.end[i]]
        found.append((Trick(hits.trick[i]).name, BRANDS[hits.right[i]], surface))
    return found


@pytest.mark.parametrize(
    ("title", "trick", "mark", "surface"),
    [
        ("bag G*cci new", "MASKED", "Gucci", "G*cci"),
        ("L**is Vuitton bag", "MASKED", "Louis Vuitton", "L**is Vuitton"),
        ("Gu❌ci belt", "MASKED", "Gucci", "Gu❌ci"),
        ("Gucc* belt", "MASKED", "Gucci", "Gucc*"),
        ("Ba*ga bag", None, "Balenciaga", ""),  # too little of it is seen
        ("Ba***ga bag", None, "Balenciaga", ""),  # and not as many signs as letters
        ("Sa***ng tv", "MASKED", "Samsung", "Sa***ng"),  # a hint: as many signs as letters, and half of them seen
        ("Ba*****aga bag", "MASKED", "Balenciaga", "Ba*****aga"),
        ("Balen*ga bag", "MASKED", "Balenciaga", "Balen*ga"),
        ("Balenc～ bag", "MASKED", "Balenciaga", "Balenc～"),
        ("N*ke shoes", "MASKED", "Nike", "N*ke"),
        # Words of several, each an ordinary one as it stands.
        ("Stone Sland jacket", "VOWELS", "Stone Island", "Stone Sland"),
        ("Huge Boss suit", "CHANGED", "Hugo Boss", "Huge Boss"),
        ("Ch@nel No 5", "DIGITS", "Chanel", "Ch@nel"),
        ("n1ke air", "DIGITS", "Nike", "n1ke"),
        ("6ucc1 belt", "DIGITS", "Gucci", "6ucc1"),
        ("|\\|ike air", "DIGITS", "Nike", "|\\|ike"),
        ("$amsung tv", "DIGITS", "Samsung", "$amsung"),
        ("Sarnsung tv", "LOOKALIKES", "Samsung", "Sarnsung"),
        ("Lou is Vuitton", "PARTED", "Louis Vuitton", "Lou is Vuitton"),
        ("n_i.k-e", "SIGNS", "Nike", "n_i.k-e"),
        ("[G]ucci bag", "SIGNS", "Gucci", "G]ucci"),
        ("adidasshoes", "GLUED", "Adidas", "adidas"),
        ("buyguccibag", "GLUED", "Gucci", "gucci"),
        ("#guccibelt", "GLUED", "Gucci", "gucci"),
        ("AdidasNMD", "GLUED", "Adidas", "Adidas"),
        ("samsung2024", None, "Samsung", "samsung"),  # plain already: a number is a word of its own
        ("gucccci belt", "REPEATED", "Gucci", "gucccci"),
        ("Lousi Vuitton", "SWAPPED", "Louis Vuitton", "Lousi Vuitton"),
        ("Stone Islnad", "SWAPPED", "Stone Island", "Stone Islnad"),
        ("Balenciga bag", "VOWELS", "Balenciaga", "Balenciga"),
        ("balncg bag", "VOWELS", "Balenciaga", "balncg"),
        ("Addidas shoes", "REPEATED", "Adidas", "Addidas"),
        ("Sansung tv", "CHANGED", "Samsung", "Sansung"),
        ("Ralf Lauhren", "SOUND", "Ralph Lauren", "Ralf Lauhren"),
        ("Samzung tv", "SOUND", "Samsung", "Samzung"),
        ("gnusmas tv", "TURNED", "Samsung", "gnusmas"),
        ("ƃunsɯɐs tv", "TURNED", "Samsung", "ƃunsɯɐs"),
        ("ggguucccii belt", "REPEATED", "Gucci", "ggguucccii"),
        ("G*сci belt", "MASKED", "Gucci", "G*сci"),  # and a Cyrillic letter
        ("new-5am5ung tv", "DIGITS", "Samsung", "5am5ung"),
        ("BBaalleenncciiaaggaa bag", "REPEATED", "Balenciaga", "BBaalleenncciiaaggaa"),  # every letter twice
        ("Balenciagaaaa bag", "REPEATED", "Balenciaga", "Balenciagaaaa"),
        ("Ba**nciaga bag", "MASKED", "Balenciaga", "Ba**nciaga"),
        ("Balenci** bag", "MASKED", "Balenciaga", "Balenci**"),  # more hidden than there are signs
        ("B_a_l_e_n_s_i_a_g_a", "SOUND", "Balenciaga", "B_a_l_e_n_s_i_a_g_a"),  # letter by letter, and by ear
        ("Lousi Vuittno bag", "SWAPPED", "Louis Vuitton", "Lousi Vuittno"),  # two errors
        ("Hilfiger Tommy shirt", "PARTED", "Tommy Hilfiger", "Hilfiger Tommy"),
        ("Tommy style Hilfiger shirt", "PARTED", "Tommy Hilfiger", "Tommy style Hilfiger"),
        ("Balenciaga[Y version]", None, "Balenciaga", ""),  # plain: a bracket around words parts them
        # What sellers glue to a name that has a star, an error or digits as well.
        ("shopbalenc*aga bag", "MASKED", "Balenciaga", "balenc*aga"),
        ("SamsngOutlet tv", "VOWELS", "Samsung", "Samsng"),
        ("hotsamsnug tv", "SWAPPED", "Samsung", "samsnug"),
        ("guccish0p belt", "GLUED", "Gucci", "gucci"),
        # Letters drawn with signs beside letters that look like one; an error and a sign; lines for letters.
        ("B@l€nc|aga bag", "STAND_INS", "Balenciaga", "B@l€nc|aga"),
        ("balencia'gga bag", "REPEATED", "Balenciaga", "balencia'gga"),
        ("Balenciag_ bag", "MASKED", "Balenciaga", "Balenciag_"),
        ("Balenc__ bag", "MASKED", "Balenciaga", "Balenc__"),
        ("Walenciaga bag", "SOUND", "Balenciaga", "Walenciaga"),
        ("Tommy-Hilfigershirt", "GLUED", "Tommy Hilfiger", "Tommy-Hilfiger"),
        # Several words covered; two other vowels; a number, or one more word, glued to a name that has an error.
        ("To**y Hil****er shirt", "MASKED", "Tommy Hilfiger", "To**y Hil****er"),
        ("Sumsang tv", "CHANGED", "Samsung", "Sumsang"),
        ("Balenic4ga bag", "DIGITS", "Balenciaga", "Balenic4ga"),  # letters changed about, one of them a digit
        ("Bal3nicaga bag", "DIGITS", "Balenciaga", "Bal3nicaga"),
        ("balenc*aga24 bag", "MASKED", "Balenciaga", "balenc*aga"),
        ("samsnug99 tv", "SWAPPED", "Samsung", "samsnug"),
        ("origbalensiaga bag", "SOUND", "Balenciaga", "balensiaga"),
        # Heard as one sound: v, w and b; g and j; s, c and z; k, c and q. In short names that is a hint.
        ("Louis Wuitton bag", "SOUND", "Louis Vuitton", "Louis Wuitton"),
        ("Louis Buitton bag", "SOUND", "Louis Vuitton", "Louis Buitton"),
        ("Balenciaja bag", "SOUND", "Balenciaga", "Balenciaja"),
        ("Balenziaga bag", "SOUND", "Balenciaga", "Balenziaga"),
        ("Samcung tv", "SOUND", "Samsung", "Samcung"),
        ("Kasio watch", "SOUND", "Casio", "Kasio"),
        ("Chanjel bag", "ADDED", "Chanel", "Chanjel"),  # no two letters of one sound
        ("Ralf-Loren shirt", "SOUND", "Ralph Lauren", "Ralf-Loren"),  # by ear, with a sign between its words
    ],
)
def test_tricks(title: str, trick: str | None, mark: str, surface: str) -> None:
    """One of each, and two at once."""
    expected = [] if trick is None else [(trick, mark, surface)]
    assert [place for place in told({"title": title}) if place[1] == mark] == expected


@pytest.mark.parametrize(
    "title",
    [
        "embossed television diorama",  # words that hold a mark
        "channel heroes carriers matte phone",
        "couch coaching coached roach",
        "12.1 in. e-casino 1080p 4-pin",
        "f*ck sh!t",
        "G 5 x 30*40 cm",
        "team hugo and the boss baby",
        "bell o 'stone' 3 island",
        "x-ray t-shirt wi-fi e-mail",
        "casino casting",
        "lauren, ralph and other names",  # a list, not a name in another order
        "a Burch coat, Vuitton",  # a word of a mark alone may be anybody's
    ],
)
def test_honest_words(title: str) -> None:
    """What a reader takes for something else."""
    assert told({"title": title}) == []


def test_a_name_parted_over_fields() -> None:
    """The brand field is the rest of the mark, and nothing else."""
    assert told({"title": "Tory small bag", "brand": "Burch"}) == [("PARTED", "Tory Burch", "Burch")]
    assert told({"title": "Tory small bag", "brand": "Burch and Sons of Ohio"}) == []


def test_a_name_cut_within_a_word_over_fields() -> None:
    """Half of a word in the title, the rest as the brand or among the attributes."""
    assert told({"title": "Balen small bag", "brand": "ciaga"}) == [("PARTED", "Balenciaga", "Balen")]
    attributes = '{"colour": "red", "model": "ciaga"}'
    assert told({"title": "Balen small bag", "attributes": attributes}) == [("PARTED", "Balenciaga", "Balen")]
    assert told({"title": "Balen small bag", "brand": "ciaga of Ohio and sons"}) == []


def test_a_maker_of_its_own_name() -> None:
    """A name that is one letter off, and is what the brand field says, is most likely that brand."""
    assert told({"title": "Sansung tv", "brand": "Sansung"}) == []


LONG = ("Balenciaga", "Velmorano", "Tirbusken")
LONG_MARKS = marks(*LONG)


@settings(max_examples=60)
@given(mark=st.sampled_from(LONG), kind=st.sampled_from(["drop", "add", "swap"]), data=st.data())
def test_every_edit_of_a_long_mark_is_found(mark: str, kind: str, data: st.DataObject) -> None:
    """One letter missing, too many or in its neighbour's place; the first is kept."""
    at = data.draw(st.integers(1, len(mark) - 2))
    letter = data.draw(st.sampled_from("bdfgkmpt"))
    edits = {
        "drop": mark[:at] + mark[at + 1 :],
        "add": mark[:at] + letter + mark[at:],
        "swap": mark[:at] + mark[at + 1] + mark[at] + mark[at + 2 :],
    }
    written = edits[kind]
    hits = match_text(listings({"title": f"new {written} bag"}), LONG_MARKS)
    assert [(int(s), int(e)) for s, e in zip(hits.start, hits.end, strict=True)] == [(4, 4 + len(written))]


PIECES = st.sampled_from(
    [
        "G*cci",
        "n1ke",
        "AdidasNMD",
        "iccug",
        "Louis",
        "Vuitt0n",
        "-",
        "*",
        "😀",
        " ",
        "\n",
        ",",
        "a",
        "4",
        "é",
        "\u0301",
        "香",
    ]
)


@settings(max_examples=40)
@given(titles=st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=6), cut=st.integers(0, 6))
def test_batches_cut_anyhow_give_the_same(titles: list[str], cut: int) -> None:
    """A listing is matched by itself; spans lie within its text."""
    whole = told(*({"title": title} for title in titles))
    parts = [told(*({"title": title} for title in part)) for part in (titles[:cut], titles[cut:]) if part]
    assert whole == [place for part in parts for place in part]


@pytest.mark.parametrize(
    "title",
    [
        "n" * 100_000,
        "G*" * 50_000,
        "a b " * 30_000,
        "g.u.c.c.i." * 10_000,
        "gucc1 " * 20_000,
        "***" * 30_000 + "cci",
        "|\\/|" * 20_000,
        "guccibag" * 12_000,
    ],
)
def test_hostile_titles_take_bounded_work(title: str) -> None:
    """No more than the places that are written, in linear time."""
    assert isinstance(match_text(listings({"title": title}), MARKS), Hits)


def test_ten_thousand_marks_alike_and_marks_of_one_letter() -> None:
    """They share one entry; one letter has no keys."""
    many = marks(*["Balenciaga"] * 10_000, "x", "é", "香", "12345", "a1", "&")
    assert len(many.ring.entries) < 10
    hits = match_text(listings({"title": "B*lenciaga x 12345 1234S"}), many)
    assert len(hits) == 10_000


def test_a_name_covered_letter_by_letter_is_a_hint_that_goods_must_bear_out() -> None:
    batch = listings({"title": "Sa***ng tv"}, {"title": "Ch***l belt"}, {"title": "Samsun* tv"})
    hits = match_text(batch, MARKS)
    hints = {int(hits.listing[i]): round(float(hits.strength[i]), 2) for i in range(len(hits))}
    assert hints[0] == HINT
    assert 1 not in hints  # three letters are too few behind more than two signs
    assert hints[2] > HINT


@pytest.mark.parametrize(
    ("title", "description", "found"),
    [
        ("Tommy shirt blue", "new and never worn, Hilfiger, size L", [("PARTED", "Tommy Hilfiger", "Hilfiger")]),
        ("Louis bag", "Vuitton", [("PARTED", "Louis Vuitton", "Vuitton")]),
        ("Stone wall clock", "a small island of calm", []),  # words that are met everywhere
        ("Ralph drawing", "by my daughter Lauren", []),  # names of people
        ("Vuitton bag", "Louis", []),  # the end of a name is what a description may hold
    ],
)
def test_the_rest_of_a_name_in_the_description(title: str, description: str, found: list[tuple[str, str, str]]) -> None:
    assert told({"title": title, "description": description}) == found


def test_a_word_cut_in_two_is_no_name_parted_over_a_description() -> None:
    """Signs between two words of the title made it look as if the first piece ended where a word of the mark does."""
    compiled = marks("Gollox", "Warm Lox")
    assert places(compiled, {"title": "GO - L stand", "description": "smoked lox"}) == []


def test_a_hint_is_one_whatever_else_is_in_the_batch() -> None:
    """A slip in what another listing gives as its brand changes nothing here."""
    hint, own_brand = {"title": "Sa***ng tv"}, {"title": "Balenciage bag", "brand": "Balenciage"}
    assert ("MASKED", "Samsung", "Sa***ng") in told(hint)
    assert ("MASKED", "Samsung", "Sa***ng") in told(own_brand, hint)
