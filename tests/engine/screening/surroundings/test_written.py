"""How letters are written, counted in one walk: the same as asking Python of every letter."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.screening.surroundings.written import _Letters
from touchmark.engine.screening.text.points import Points

LETTERS = st.text(st.sampled_from("abXYZ жШé Ａｂ1-. 香") | st.characters(exclude_categories=["Cs"]), max_size=12)


def before(flags: list[bool]) -> list[int]:
    return [0, *np.cumsum(flags, dtype=int).tolist()]


@given(st.lists(LETTERS, min_size=1, max_size=5))
def test_each_sort_is_counted_before_each_point(texts: list[str]) -> None:
    counted = _Letters.of(Points.of(pa.array(texts, pa.string())))
    chars = [chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in "".join(texts)]
    cased = [ord(char) < 0x530 for char in chars]
    assert counted.large.tolist() == before([low and char.isupper() for low, char in zip(cased, chars, strict=True)])
    word = (np.diff(counted.words) > 0).tolist()
    opens = {sum(map(len, texts[:n])) for n in range(len(texts))}
    starts = [here and (at in opens or not word[at - 1]) for at, here in enumerate(word)]
    small = [start and low and char.islower() for start, low, char in zip(starts, cased, chars, strict=True)]
    assert counted.small.tolist() == before(small)
    goes_on = [at + 1 < len(chars) and at + 1 not in opens and word[at + 1] for at in range(len(chars))]
    first = {next((at for at in range(at, at + len(text)) if starts[at]), -1) for at, text in _placed(texts)}
    capital = [
        starts[at] and goes_on[at] and cased[at] and chars[at].isupper() and at not in first for at in range(len(chars))
    ]
    assert counted.capitals.tolist() == before(capital)


def _placed(texts: list[str]) -> list[tuple[int, str]]:
    return [(sum(map(len, texts[:n])), text) for n, text in enumerate(texts)]
