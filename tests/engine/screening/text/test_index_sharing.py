"""Two views of the same marks share their entries, and each finds what it would find alone."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from touchmark.engine.screening.text.fold import Fold
from touchmark.engine.screening.text.index import SHARED, Index
from touchmark.engine.screening.text.read_forms import Lettered, ReadForms

WORDS = st.lists(st.text("abIl1o0.- чехол", min_size=1, max_size=6), min_size=0, max_size=8)


def entries(index: Index) -> list[tuple[int, int, list[int], list[int]]]:
    """What an index holds of its own, in its order."""
    spelled = [
        (int(index.hashes[e]), int(index.form[e]), *(part[slice(*index.bounds[e : e + 2])].tolist() for part in parts))
        for parts in [(index.letters, index.joints)]
        for e in np.flatnonzero(index.own)
    ]
    return [(hashed, form, letters, joints) for hashed, form, letters, joints in spelled]


def read(words: list[str]) -> ReadForms:
    return ReadForms.of(pa.array(words, pa.string()), np.ones(len(words), np.bool_))


@given(WORDS)
@settings(max_examples=60)
def test_each_view_holds_what_it_would_hold_alone(words: list[str]) -> None:
    forms = read(words)
    for shared, lettered in zip(forms.indexes(), (forms.plain, forms.visual), strict=True):
        alone = lettered.index(forms.usable)
        assert entries(shared) == entries(alone)
        for name in ("starts", "wholes", "firsts"):
            assert np.array_equal(getattr(shared, name), getattr(alone, name))


def test_what_is_spelled_alike_in_both_is_kept_once() -> None:
    plain, visual = read(["gucci", "чехол", "zara"]).indexes()
    assert all(getattr(plain, name) is getattr(visual, name) for name in SHARED)
    assert plain.own.sum() == 3
    assert len(plain) < 2 * 3


def test_a_register_without_words_has_none_in_either_view() -> None:
    assert [len(index) for index in read([]).indexes()] == [0, 0]


def test_a_mark_that_one_view_cannot_read_is_of_the_other_alone() -> None:
    letters, joints = np.array([97, 98, 99], np.uint32), np.zeros(3, np.uint8)
    some, none = Lettered(letters, joints, np.array([3])), Lettered(letters[:0], joints[:0], np.array([0]))
    forms = ReadForms(none, some, np.array([True]), np.zeros(1, np.uint8), [], read([]).latin)
    plain, visual = forms.indexes()
    assert (plain.own.tolist(), visual.own.tolist()) == ([False], [True])
    assert {Fold.PLAIN: len(entries(plain)), Fold.VISUAL: len(entries(visual))} == {Fold.PLAIN: 0, Fold.VISUAL: 1}
