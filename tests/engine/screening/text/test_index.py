"""The table of spellings: what is in it is found, and little else is proposed."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.text.places import marks

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.index import STARTS, WHOLE
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.tokens import units_of
from touchmark.engine.screening.text.windows import MOST_PER_TEXT, windows

WORDS = st.lists(st.text("abcdef", min_size=3, max_size=7), min_size=1, max_size=8, unique=True)


@settings(deadline=None)
@given(WORDS)
def test_every_spelling_and_every_start_is_flagged(words: list[str]) -> None:
    index = marks(*words).views["plain"]
    for word in words:
        for size in range(1, len(word) + 1):
            letters = np.array([ord(c) for c in word[:size]], np.uint32)
            value = hashing.runs(letters, np.array([0]), np.array([size]))
            assert index.flags(value)[0] & (WHOLE if size == len(word) else STARTS)
            first, many = index.entries(value)
            assert many[0] == words.count(word[:size])
            if many[0]:
                assert words[index.form[first[0]]] == word[:size]


@settings(deadline=None)
@given(st.lists(st.text("abc", min_size=1, max_size=5), min_size=2, max_size=2))
def test_the_hash_of_two_runs_follows_from_both(pair: list[str]) -> None:
    letters = np.array([ord(c) for c in "".join(pair)], np.uint32)
    cut, end = np.array([len(pair[0])]), np.array([len(letters)])
    zero = np.array([0])
    first, second = hashing.runs(letters, zero, cut), hashing.runs(letters, cut, end)
    assert hashing.longer(first, cut, second) == hashing.runs(letters, zero, end)


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
