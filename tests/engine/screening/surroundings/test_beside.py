"""Two characters beside a place tell where a pattern is worth asking: what is found is what asking everywhere finds."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.screening.scene import hits, listings, use

from touchmark.engine.screening.surroundings import beside
from touchmark.engine.screening.surroundings.beside import Where, stands
from touchmark.engine.screening.surroundings.texts import Texts

#: Every word of the patterns, their ends, capitals, other scripts, and what may stand between.
WORDS = sorted({word for _, words in beside._EDGES.values() for word in words.split("|")})
PIECES = [*WORDS, *(word[1:] for word in WORDS), *(word.upper() for word in WORDS), "Nike", "(R)", "™", "®", "4", "x"]
SIGNS = ["", " ", "  ", "\n", "\v", "-", "/", ": ", ' "', "'", "：", "!", "=", "("]
BEHIND = {beside.SIGNED, beside.GRAMMAR, beside.NUMBER_BEHIND}


NAMES = ("BRAND_IS", "OWN", "SIGNED", "GRAMMAR", "NUMBER_BEFORE", "NUMBER_BEHIND")


@pytest.mark.parametrize("name", NAMES)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SIGNS)), min_size=1, max_size=6), st.data())
def test_a_pattern_is_found_wherever_it_stands(name: str, pieces: list[tuple[str, str]], data: st.DataObject) -> None:
    title, pattern = "".join(word + sign for word, sign in pieces), getattr(beside, name)
    start = data.draw(st.integers(0, len(title)))
    found = hits(use(0, 0, start=start) | {"end": data.draw(st.integers(start, len(title)))})
    texts, where = Texts.of(found, listings({"title": title})), Where.BEHIND if pattern in BEHIND else Where.BEFORE
    asked = stands(found, texts, np.ones(1, np.bool_), where, pattern)
    with patch.object(beside, "_EDGES", {}):
        assert asked.tolist() == stands(found, texts, np.ones(1, np.bool_), where, pattern).tolist()


def test_every_pattern_that_is_asked_for_seldom_is_tested() -> None:
    assert {getattr(beside, name) for name in NAMES} == set(beside._EDGES)
