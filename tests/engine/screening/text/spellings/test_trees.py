"""Trees: each row goes its way; what speaks against a disguise never makes it surer."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from touchmark.engine.screening.text.spellings.features import COLUMNS, Of
from touchmark.engine.screening.text.spellings.trees import Trees, trees


def known(**columns: int) -> np.ndarray:
    """One row, all else 0."""
    row = np.zeros((1, COLUMNS), np.int16)
    for name, value in columns.items():
        row[0, Of[name]] = value
    return row


def test_each_row_goes_its_way() -> None:
    """One tree: whether the size is at most five; a leaf on either side."""
    one = Trees(
        column=np.array([Of.SIZE, -1, -1], np.int16),
        most=np.array([5, 0, 0], np.int16),
        yes=np.array([1, 0, 0], np.int16),
        no=np.array([2, 0, 0], np.int16),
        part=np.array([0.0, -2.0, 2.0]),
        roots=np.array([0], np.int64),
        bias=np.array([0.0]),
    )
    rows = np.concatenate([known(SIZE=5), known(SIZE=6)])
    assert one.probabilities(rows).tolist() == [0.119203, 0.880797]
    assert one.probabilities(rows[:0]).tolist() == []


@settings(max_examples=100)
@given(data=st.data())
def test_an_ordinary_word_nearby_never_makes_it_surer(data: st.DataObject) -> None:
    """What is looked up last can only take away, so that it need not be looked up where there is no hope."""
    values = data.draw(st.lists(st.integers(0, 12), min_size=COLUMNS, max_size=COLUMNS))
    row = np.array([values], np.int16)
    for column, best, worse in ((Of.NEAR, 0, 50), (Of.WHOLE, 0, 50), (Of.LEFT, 99, 0), (Of.RIGHT, 99, 0)):
        row[0, column] = best
        before = trees().probabilities(row)[0]
        row[0, column] = worse
        assert trees().probabilities(row)[0] <= before
