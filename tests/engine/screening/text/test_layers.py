"""Marks put on top of others: what is found is what marks compiled together find."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.scene import register
from tests.engine.screening.text.places import places, said

from touchmark.engine.screening.text.marks import Marks

NAMES = [
    "Gucci",
    "GUCCI",
    "Louis Vuitton",
    "Louis",
    "Vuitton",
    "H&M",
    "香奈儿",
    "G2000",
    "a",
    "Coca-Cola",
    "Gap Kids",
    "Gap",
]
RIGHTS = st.fixed_dictionaries(
    {"text": st.sampled_from(NAMES)},
    optional={"aliases": st.lists(st.sampled_from(NAMES), max_size=2), "brand": st.sampled_from(["B1", "B2"])},
)
PIECES = [*NAMES, "gu-cci", "Gυcci", "for", "case for", "louis", ",", "&", "/", "bag", "gucci " * 70]
TITLES = st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join)


def layered(rights: list[dict[str, Any]], cuts: list[int]) -> Marks:
    """Compile rights in layers."""
    bounds = [0, *sorted(min(cut, len(rights)) for cut in cuts), len(rights)]
    numbered = [{"right_id": f"r{number}"} | right for number, right in enumerate(rights)]
    first, *others = (register(*numbered[a:b]).marks for a, b in pairwise(bounds))
    for other in others:
        first = first.with_layer(other)
    return first


@settings(max_examples=60)
@given(
    st.lists(RIGHTS, min_size=1, max_size=8),
    st.lists(st.integers(0, 8), min_size=1, max_size=2),
    st.lists(TITLES, min_size=1, max_size=4),
)
def test_layers_find_what_marks_compiled_together_find(
    rights: list[dict[str, Any]], cuts: list[int], titles: list[str]
) -> None:
    together, apart = layered(rights, []), layered(rights, cuts)
    listings = [{"title": title, "brand": title.split(" ")[0]} for title in titles]
    assert places(apart, *listings) == places(together, *listings)
    assert apart.text.equals(together.text)
    for name in ("right", "rule", "holder"):
        assert np.array_equal(getattr(apart, name), getattr(together, name))


def test_layers_upon_layers_are_as_many() -> None:
    below, above = layered([{"text": "Gucci"}], []), layered([{"text": "Prada"}, {"text": "Fendi"}], [1])
    marks = below.with_layer(above)
    assert [first for first, _ in marks.layers] == [0, 1, 2]
    assert said(marks, "gucci prada fendi") == [("plain", "gucci"), ("plain", "prada"), ("plain", "fendi")]


@pytest.mark.parametrize("below", [[], [{"text": "Gucci"}]])
def test_a_layer_may_be_empty(below: list[dict[str, Any]]) -> None:
    empty = layered([], [])
    assert said(layered(below, []).with_layer(empty), "gucci") == said(layered(below, []), "gucci")
    assert said(empty.with_layer(layered(below, [])), "gucci") == said(layered(below, []), "gucci")
