"""The table of spellings: what is in it is found, and little else is proposed."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.screening.text.places import marks

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.tokens import units_of
from touchmark.engine.screening.text.windows import MOST_PER_TEXT, windows

WORDS = st.lists(st.text("abcdef", min_size=3, max_size=7), min_size=1, max_size=8, unique=True)


@given(WORDS, st.text("abcdef", max_size=5))
def test_what_is_in_it_is_found_however_it_is_parted(words: list[str], other: str) -> None:
    index = marks(*words).views["plain"]
    texts = [form for word in words for form in (word, " ".join(word), f"{word} {other}", word[:-1], word + "x")]
    units = units_of(fold(Points.of(pa.array(texts)), Fold.PLAIN))
    found = windows(units, index)
    seen = {
        (int(units.text[first]), words[index.form[entry]])
        for first, entry in zip(found.first, found.entry, strict=True)
    }
    for number, text in enumerate(texts):
        pieces = text.split()
        runs = ("".join(pieces[a:b]) for a in range(len(pieces)) for b in range(a + 1, len(pieces) + 1))
        assert {word for place, word in seen if place == number} == set(runs) & set(words)


def test_spellings_that_fold_alike_are_all_entries() -> None:
    index = marks("Gucci", "GUCCI", "gucci", "Prada").views["plain"]
    assert sorted(index.form.tolist()) == [0, 1, 2, 3]
    units = units_of(fold(Points.of(pa.array(["gucci prada"])), Fold.PLAIN))
    assert sorted(index.form[windows(units, index).entry].tolist()) == [0, 1, 2, 3]


def test_texts_that_are_not_wanted_are_left_out() -> None:
    units = units_of(fold(Points.of(pa.array(["gucci", "gucci", "a gucci"])), Fold.PLAIN))
    found = windows(units, marks("Gucci").views["plain"], np.array([False, True, True]))
    assert units.text[found.first].tolist() == [1, 2]


@given(st.lists(st.text("abc", min_size=1, max_size=5), min_size=2, max_size=2))
def test_the_hash_of_two_runs_follows_from_both(pair: list[str]) -> None:
    letters = np.array([ord(c) for c in "".join(pair)], np.uint32)
    cut, end = np.array([len(pair[0])]), np.array([len(letters)])
    zero = np.array([0])
    first, second = hashing.runs(letters, zero, cut), hashing.runs(letters, cut, end)
    assert first + second * hashing.powers(5)[cut] == hashing.runs(letters, zero, end)


def proposed(text: str, *texts: str) -> int:
    units = units_of(fold(Points.of(pa.array([text])), Fold.PLAIN))
    return len(windows(units, marks(*texts).views["plain"]))


def test_windows_of_several_units() -> None:
    assert proposed("the g u c c i bag", "Gucci") == 1
    assert proposed("louis vuitton louisvuitton", "Louis Vuitton") == 2
    assert proposed("louis", "Louis Vuitton") == 0


def test_one_word_a_thousand_times_is_not_a_thousand_windows() -> None:
    assert proposed("gucci " * 1000, "Gucci") == MOST_PER_TEXT
    assert proposed("gucci " * 1000, "Gucci", "GUCCI") == 2 * MOST_PER_TEXT
