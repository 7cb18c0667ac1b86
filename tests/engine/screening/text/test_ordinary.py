import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.make_ordinary import Known, tables
from touchmark.engine.screening.text.ordinary import (
    EVERYWHERE,
    FREQUENT,
    LANGUAGES,
    english_levels,
    keys,
    languages,
    levels,
)
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import offsets
from touchmark.engine.screening.text.tokens import Units, units_of


def read(words: list[str]) -> Units:
    return units_of(fold(Points.of(pa.array(words, pa.string())), Fold.PLAIN))


def level(word: str) -> int:
    """How ordinary a word is, whatever its script: the hash of all its letters."""
    units = read([word])
    return int(levels(hashing.runs(units.letters, *(np.array([end]) for end in (0, len(units.letters)))))[0])


@pytest.mark.parametrize(
    "word",
    [
        *("box", "FREE", "Black", "one", "easy", "gap", "shell", "coach", "orange", "apple", "target", "top", "style"),
        *("für", "casa", "noir", "juego", "große", "kleur", "czarny", "чёрный", "чорний", "siyah", "hitam", "musta"),
        *("苹果", "手机", "ケース", "케이스", "สำหรับ", "حقيبة", "के", "černá", "fekete", "negru", "μαύρο", "svart"),
    ],
)
def test_words_of_every_language_are_ordinary(word):
    assert level(word) > 30


@pytest.mark.parametrize(
    "name",
    [
        *("Nike", "Gucci", "iPhone", "Sony", "Samsung", "adidas", "Burberry", "Louboutin", "Xiaomi", "Balenciaga"),
        *(
            "Prada",
            "Rolex",
            "IKEA",
            "Bershka",
            "Honda",
            "Zara",
            "Dior",
            "耐克",
            "香奈儿",
            "华为",
            "ナイキ",
            "삼성",
            "найк",
        ),
    ],
)
def test_names_that_are_no_words_are_not_known_however_frequent(name):
    assert level(name) == 0


def test_more_frequent_words_have_higher_levels():
    assert level("one") > level("black") > level("mini") > level("timberland") > 0
    assert level("black") > FREQUENT > level("puma")


def test_levels_are_those_of_the_units_of_a_text():
    units = read(["Mini Box von Burberry"])
    assert (levels(units.hashes) > 0).tolist() == [True, True, True, False]


def test_of_no_words_there_are_no_levels():
    assert len(levels(np.empty(0, np.uint64))) == 0


@given(st.lists(st.integers(0, 2**64 - 1), max_size=200))
def test_any_hashes_give_levels_and_few_are_known_by_chance(hashes):
    given_hashes = np.array(hashes, np.uint64)
    assert levels(given_hashes).dtype == np.uint8
    assert len(levels(given_hashes)) == len(hashes)


def test_of_random_hashes_one_in_thousands_is_known():
    random = np.random.default_rng(4).integers(0, 2**64, 200_000, np.uint64)
    assert (levels(random) > 0).mean() < 5e-4


def test_a_table_keeps_the_highest_level_of_words_that_fold_alike_and_leaves_out_what_is_no_word():
    words = {
        "für": (6.5, 0.0, 64),
        "fur": (4.0, 4.0, 1),
        "a-b": (5.0, 5.0, 1),
        "x": (6.0, 0.0, 2),
        "纸巾": (4.24, 0.0, 2),
    }
    found = tables({word: Known(*known) for word, known in words.items()} | {"": Known(3.0, 0.0, 4)})
    key = np.cumsum(found["steps"], dtype=np.uint32)
    assert len(key) == 2
    units = read(["fur", "纸巾"])
    bounds = offsets(np.array([3, 2]))
    expected = dict(
        zip(["fur", "纸巾"], keys(hashing.runs(units.letters, bounds[:-1], bounds[1:])).tolist(), strict=True)
    )
    order = [key.tolist().index(expected[word]) for word in ("fur", "纸巾")]
    assert found["levels"][order].tolist() == [65, 42]
    assert found["english"][order].tolist() == [40, 0]
    assert found["languages"][order].tolist() == [65, 2]


def whole(word: str) -> np.ndarray:
    units = read([word])
    return hashing.runs(units.letters, *(np.array([end]) for end in (0, len(units.letters))))


def test_a_word_is_ordinary_in_its_languages():
    spoken = {word: int(languages(whole(word))[0]) for word in ("kurtka", "black", "zorphone", "melissa")}
    assert spoken["kurtka"] >> LANGUAGES.index("pl") & 1
    assert not spoken["kurtka"] & 1
    assert english_levels(whole("kurtka"))[0] == 0
    assert spoken["black"] & 1
    assert english_levels(whole("black"))[0] == level("black")
    assert spoken["zorphone"] == 0
    assert spoken["melissa"] == EVERYWHERE  # a name of people
