"""Names drawn with characters that may be several letters: forwards, backwards, mirrored, upside down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.screening.text.places import listings, marks, match_text, places, said

from touchmark.engine.screening.hits import Trick

MARKS = marks("Nikon", "Asics", "Canada Goose", "Reserved", "Halyk Bank", "Versace", "Ameriabank", "Klirer", "Hopa")


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Nikфи ice", "Nikфи"),  # one letter is n here and u elsewhere
        ("Дmэяiдьдиk Gecko", "Дmэяiдьдиk"),
        ("ᚴᛚᛁᚱeᚱ bag", "ᚴᛚᛁᚱeᚱ"),
        ("卂丂工匚丂 shoes", "卂丂工匚丂"),
        ("CաոաDա զօօտE Toile", "CաոաDա զօօտE"),
        ("new ⲛⲓⲕⲟⲛ case", "ⲛⲓⲕⲟⲛ"),
        ("ɿɘƨɘɿvɘb Calf", "ɿɘƨɘɿvɘb"),  # mirrored in their places
        ("bɘvɿɘƨɘɿ Calf", "bɘvɿɘƨɘɿ"),  # a mirrored line
        ("ʞnɒd ʞγ|ɒʜ Plain", "ʞnɒd ʞγ|ɒʜ"),
        ("ʌǝɹsɐɔǝ bag", "ʌǝɹsɐɔǝ"),  # letters turned in their places
        ("adanac esoog bag", "adanac esoog"),  # each word by itself
        ("esoog adanac bag", "esoog adanac"),  # all of it
        ("🄴🅂🄾🄾🄶 🄰🄳🄰🄽🄰🄲 bag", "🄴🅂🄾🄾🄶 🄰🄳🄰🄽🄰🄲"),
        ("ǫɿɘdƨɘƨ", None),  # no name
    ],
)
def test_names(title: str, found: str | None) -> None:
    assert said(MARKS, title) == ([("disguised", found)] if found else [])


@pytest.mark.parametrize(
    "title",
    [
        "кипа и нота",  # Russian: its own words, though "нора" looks like Hopa
        "глубокая нора лисы",
        "出口丂工",  # characters of Chinese that go on
        "adanac bag",  # one word of several
        "no kin",  # two words, of which one name of one word would be made backwards
        "Ñora ó bag Norá",
    ],
)
def test_other_words(title: str) -> None:
    assert [place for place in places(MARKS, title) if place.way == "disguised"] == []


def test_a_name_that_goes_on_in_another_script_is_a_hint_at_most() -> None:
    hits = match_text(listings({"title": "asicsко"}), MARKS)
    assert set(hits.trick.tolist()) <= {Trick.GLUED}
    assert (hits.strength < 0.5).all()


@given(st.text(st.sampled_from("niкоиωɿɘ| -卂丂a\u200b\n"), max_size=40))
def test_places_lie_in_their_text(title: str) -> None:
    assert all(0 <= place.start < place.end <= len(title) for place in places(MARKS, title))


def test_a_long_text_takes_no_long_time() -> None:
    assert len(places(MARKS, "ɿɘƨɘɿ " * 20_000)) <= 20
