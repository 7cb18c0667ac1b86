from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from touchmark.engine.screening.text.index import Index, narrowed
from touchmark.engine.screening.text.ragged import gathered, places


@pytest.mark.parametrize("kind", [np.uint8, np.uint32, np.int64])
@given(rows=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=12))
def test_rows_are_gathered_as_by_their_places(kind: type, rows: list[tuple[int, int]]) -> None:
    flat: NDArray[Any] = (np.arange(50) * 7 % 251).astype(kind)
    starts, lengths = (np.array([row[i] for row in rows], np.int64) for i in (0, 1))
    np.testing.assert_array_equal(gathered(flat, starts, lengths), flat[places(starts, lengths)])


def test_letters_beyond_sixteen_bits_are_kept_as_they_are_compared() -> None:
    letters = np.array([ord(letter) for letter in "a香𠮷😀"], np.uint32)
    index = Index.of(letters, np.zeros(4, np.uint8), np.array([4]), np.array([0], np.int32))
    assert index.letters.tolist() == [narrowed(int(letter)) for letter in letters]
