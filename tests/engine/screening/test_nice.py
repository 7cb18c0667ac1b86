"""Which classes goods are in, and whether a right covers them."""

import numpy as np
import pyarrow as pa
import pytest

from touchmark.engine.screening.nice import classes_of_goods, classes_of_rights, names_goods, near


def numbers(classes: np.uint64) -> list[int]:
    return [number for number in range(46) if int(classes) >> number & 1]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("Leather handbag, brown", [18]),
        ("Men's running SHOES size 42", [25]),
        ("女包真皮单肩包", [18]),
        ("スニーカー メンズ", [25]),
        ("кроссовки женские", [25]),
        ("กระเป๋าสตางค์ หนัง", [18]),
        ("watch strap", [14]),
        ("phone case with card holder", [9, 18]),
        ("Kugelschreiber schwarz", [16]),
        ("детская коляска", [12]),
        ("办公椅 黑色", [20]),
        ("something else", []),
        ("", []),
    ],
)
def test_goods_are_told_by_their_words(text: str, classes: list[int]) -> None:
    assert numbers(classes_of_goods(pa.array([text]))[0]) == classes


def test_titles_and_categories_tell_together_and_a_missing_one_tells_nothing() -> None:
    found = classes_of_goods(pa.array(["bag", None]), pa.array(["Watches", "toys"]))
    assert [numbers(each) for each in found] == [[14, 18], [28]]


def test_classes_of_rights() -> None:
    lists = pa.array([[25, 18], None, [], [0, 99, 9], [45]], pa.list_(pa.int16()))
    assert [numbers(each) for each in classes_of_rights(lists)] == [[18, 25], [], [], [9], [45]]


def test_near_goes_both_ways() -> None:
    bit = {number: np.uint64(1 << number) for number in range(46)}
    for number in range(1, 46):
        for other in numbers(near(np.array([bit[number]]))[0]):
            assert number in numbers(near(np.array([bit[other]]))[0])
    assert 18 in numbers(near(np.array([bit[25]]))[0])
    assert 25 not in numbers(near(np.array([bit[9]]))[0])


def test_a_word_of_goods_is_known_as_such_and_a_name_is_not() -> None:
    words = pa.array(["レザー", "فحمات", "Кастрюля", "シャネル", "сhanel", ""])
    assert names_goods(words).tolist() == [True, True, True, False, False, False]
