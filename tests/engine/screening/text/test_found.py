"""What is kept of places that overlap, and of places that are too many."""

from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.screening.text.found import MOST_PER_FIELD, Found, not_too_many, without_overlaps


class One(NamedTuple):
    """A place."""

    text: int
    right: int
    start: int
    end: int
    form: int = 0
    distance: int = 0
    plain: bool = True
    trick: int = 0
    strength: float = 1.0


KINDS = (*[np.int64] * 6, np.bool_, np.int8, np.float32)


def found(*ones: One) -> Found:
    columns = list(zip(*ones, strict=True)) if ones else [()] * len(One._fields)
    return Found(*(np.array(column, kind) for column, kind in zip(columns, KINDS, strict=True)))


def ones(places: Found) -> list[One]:
    return [One(*(getattr(places, name)[i].item() for name in One._fields)) for i in range(len(places))]


def test_the_longer_the_plainer_the_first() -> None:
    kept = without_overlaps(
        found(
            One(0, 0, 4, 9),
            One(0, 0, 0, 9),  # longer than the one before, which lies within it
            One(0, 0, 12, 15, plain=False),
            One(0, 0, 12, 15, plain=True),  # the same place, plainer
            One(0, 0, 14, 18),  # begins within that one
            One(0, 1, 4, 9),  # another right
            One(1, 0, 4, 9),  # another text
        )
    )
    assert [(one.text, one.right, one.start, one.end, one.plain) for one in ones(kept)] == [
        (0, 0, 0, 9, True),
        (0, 0, 12, 15, True),
        (0, 1, 4, 9, True),
        (1, 0, 4, 9, True),
    ]


def test_of_the_same_place_the_stronger() -> None:
    weak, strong = One(0, 0, 0, 4, 0, 1, False, 4, 0.5), One(0, 0, 0, 4, 1, 1, False, 5, 0.75)
    assert ones(without_overlaps(found(weak, strong))) == [strong]
    assert ones(without_overlaps(found(weak, strong._replace(distance=2)))) == [weak]


def slowly(places: list[One]) -> list[One]:
    """One after another: without those within another, each that does not overlap the last one kept."""
    places = sorted(
        places, key=lambda o: (o.text, o.right, o.start, -o.end, not o.plain, o.distance, -o.strength, o.trick, o.form)
    )
    outer: list[One] = []
    for one in places:
        if not any((o.text, o.right) == (one.text, one.right) and one.end <= o.end for o in outer):
            outer.append(one)
    kept: list[One] = []
    for one in outer:
        last = kept[-1] if kept and kept[-1][:2] == one[:2] else None
        if last is None or one.start >= last.end:
            kept.append(one)
    return kept


SPANS = st.builds(
    lambda text, right, start, size, form, plain, trick, strength: One(
        text, right, start, start + size, form, 0, plain, trick, strength
    ),
    *(st.integers(0, most) for most in (1, 1, 12)),
    st.integers(1, 6),
    st.integers(0, 2),
    st.booleans(),
    st.integers(0, 2),
    st.sampled_from([0.5, 1.0]),
)


@given(st.lists(SPANS, max_size=25))
def test_it_does_what_the_slow_way_does(places: list[One]) -> None:
    assert ones(without_overlaps(found(*places))) == slowly(places)


def test_the_first_twenty_but_references_last() -> None:
    places = found(*(One(0, 0, i, i + 1) for i in range(30)), One(0, 1, 0, 1), One(1, 0, 0, 1))
    referential = np.array([i < 15 for i in range(32)])
    kept = not_too_many(places, referential)
    assert kept.sum() == MOST_PER_FIELD + 2
    assert kept[15:].all()
    assert kept[:5].all()
    assert not kept[5:15].any()
