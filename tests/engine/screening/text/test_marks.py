"""What is compiled of the words of a register, and what cannot be looked for."""

import numpy as np
import pytest
from tests.engine.screening.scene import listings, register
from tests.engine.screening.text.places import marks, places, places_in

from touchmark.engine.screening.problems import Problem
from touchmark.engine.screening.text.marks import Marks, compile_marks


def spellings(**right: object) -> list[str]:
    return register(right).marks.text.to_pylist()


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ({"text": "Gucci", "aliases": ["古驰", "GUCCI"]}, ["Gucci", "古驰", "GUCCI"]),
        ({"text": "Gucci", "aliases": ["Gucci", "", "  "]}, ["Gucci"]),
        ({"text": None, "aliases": ["Gucci"]}, ["Gucci"]),
        ({"text": "Marks & Spencer"}, ["Marks & Spencer", "Marks and Spencer"]),
        ({"text": "H&M"}, ["H&M"]),  # letters are not written out
        ({"text": "THE NORTH FACE"}, ["THE NORTH FACE", "NORTH FACE"]),
        ({"text": "La Roche-Posay"}, ["La Roche-Posay", "Roche-Posay"]),
        ({"text": "THE ORDINARY"}, ["THE ORDINARY"]),  # one word alone may be any word
        ({"text": "Swoosh", "kind": "figurative_mark"}, ["Swoosh"]),  # its words, if any, are part of it
        ({"text": "Chair", "kind": "design"}, []),  # a title is nobody's
        ({"text": "Swan Lake", "kind": "copyright"}, []),
        ({"text": "Pump", "kind": "patent"}, []),
    ],
)
def test_spellings(right: dict[str, object], expected: list[str]) -> None:
    assert spellings(**right) == expected


def test_what_cannot_be_looked_for_is_said() -> None:
    table = register({"text": "★"}, {"text": "Gucci", "aliases": ["!!", "g" * 129]}, {"text": "a" * 128}).rights
    compiled, problems = compile_marks(table)
    assert [(p.row, p.column, (p.value or "")[:3], p.severity) for p in problems] == [
        (1, "text", "★", "warning"),
        (2, "aliases", "!!", "warning"),
        (2, "aliases", "ggg", "warning"),
    ]
    assert all(isinstance(problem, Problem) and problem.remedy for problem in problems)
    assert [p.right for p in places_in(compiled, listings({"title": f"★ gucci {'a' * 128}"}))] == [1, 2]


def test_arrays_give_the_same_marks_again() -> None:
    before = marks("Gucci", "H&M", "耐克", {"text": "Levi's", "aliases": ["リーバイス"]})
    after = Marks.of(before.arrays(), before.text)
    titles = ("gucci, h&m, 耐克", "リーバイス Gu-cci", "nothing")
    assert places(after, *titles) == places(before, *titles) != []


def test_rights_of_one_brand_or_else_owner_have_one_holder() -> None:
    compiled = register(
        {"text": "A1", "brand": "Alpha", "owner": "Group"},
        {"text": "A2", "brand": "ALPHA", "owner": "Other"},
        {"text": "B1", "brand": None, "owner": "Group"},
        {"text": "B2", "brand": None, "owner": "Group"},
        {"text": "C1", "brand": None, "owner": None},
        {"text": "C2", "brand": None, "owner": None},
    ).marks
    _, holder = np.unique(compiled.holder, return_inverse=True)
    assert [holder.tolist().index(number) for number in holder] == [0, 0, 2, 2, 4, 5]
