import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.record.canonical import LARGEST, NotCanonical, canonical


@pytest.mark.parametrize(
    ("value", "spelt"),
    [
        (None, "null"),
        (True, "true"),
        ({}, "{}"),
        ([1, "a", [None]], '[1,"a",[null]]'),
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),  # keys are sorted
        # RFC 8785 §3.2.3: sorted as UTF-16, so an emoji (a surrogate pair) comes before U+FB33
        ({"\ufb33": 1, "\U0001f600": 2, "\u20ac": 3}, '{"\u20ac":3,"\U0001f600":2,"\ufb33":1}'),
        ('a"b\\c\n\x0f\u20ac/', '"a\\"b\\\\c\\n\\u000f\u20ac/"'),  # RFC 8785 §3.2.2.2: what is escaped, and what is not
        (1.0, "1"),  # a whole number has one spelling, whichever type carried it
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e-05, "0.00001"),  # Python would write 1e-05
        (-1.5e-05, "-0.000015"),
        (0.000001, "0.000001"),
        (1e-07, "1e-7"),
        (1.25e-10, "1.25e-10"),
        (5e-324, "5e-324"),  # RFC 8785, appendix B
        (333333333.33333329, "333333333.3333333"),  # RFC 8785, §3.2.2.3
        (4.50, "4.5"),
        (2e-3, "0.002"),
        (LARGEST, "9007199254740991"),
    ],
)
def test_each_value_has_one_spelling(value: object, spelt: str) -> None:
    assert canonical(value) == spelt.encode()


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (float("nan"), "payload is nan"),
        ({"a": [float("inf")]}, "payload.a[0] is inf"),
        (LARGEST + 1, "payload is 9007199254740992"),  # no JavaScript reader would get it back
        (1e16, "payload is 1e+16"),  # PostgreSQL would give a whole number back
        ({"a": "x\x00"}, "payload.a holds a NUL"),  # PostgreSQL refuses it
        ("\ud800", "half a surrogate pair"),
        ({1: "a"}, "payload has the key 1"),
        ({"a": b"bytes"}, "payload.a is a bytes"),
        ({"a": {1, 2}}, "payload.a is a set"),
    ],
)
def test_what_no_database_gives_back_is_refused_with_its_place(value: object, place: str) -> None:
    with pytest.raises(NotCanonical) as refusal:
        canonical(value)
    assert place in str(refusal.value)


numbers = st.integers(-LARGEST, LARGEST) | st.floats(-(2.0**53) + 1, 2.0**53 - 1)
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)))
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_reading_it_back_and_spelling_again_changes_nothing(value: object) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(values)
def test_the_spelling_means_the_value(value: object) -> None:
    assert json.loads(canonical(value)) == value
