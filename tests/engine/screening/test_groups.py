"""Rows that agree have one number."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.screening.text.groups import among, numbered

NUMBERS = st.one_of(st.integers(-2, 3), st.sampled_from([2**63 - 1, -(2**63)]))


@given(st.lists(st.tuples(NUMBERS, st.integers(0, 2), NUMBERS), max_size=40))
def test_rows_are_numbered_by_first_appearance(rows: list[tuple[int, int, int]]) -> None:
    columns = [np.array([row[at] for row in rows], kind) for at, kind in enumerate((np.int64, np.int8, np.int64))]
    group, many = numbered(*columns)
    first = {row: number for number, row in enumerate(dict.fromkeys(rows))}
    assert group.tolist() == [first[row] for row in rows]
    assert many == len(first)


@given(st.lists(NUMBERS, max_size=20), st.lists(NUMBERS, max_size=20))
def test_numbers_among_others(column: list[int], others: list[int]) -> None:
    found = among(np.array(column, np.int64), np.array(others, np.int64))
    assert found.tolist() == [number in others for number in column]
