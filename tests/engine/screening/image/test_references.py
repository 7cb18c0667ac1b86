"""References in layers: found just as if all had been compiled together; what is common is passed over."""

import numpy as np
import pytest
from tests.engine.screening.image.drawing import encoded, photo
from tests.engine.screening.image.test_compile import folder

from touchmark.engine.screening.image import compile as compiling
from touchmark.engine.screening.image import references as keeping
from touchmark.engine.screening.image.compile import compile_images, no_references
from touchmark.engine.screening.image.picture import look
from touchmark.engine.screening.image.references import ImageReferences, spread

FILES = {f"p{seed}": encoded(photo(seed, (400, 300))) for seed in range(8)}
#: Copies of one picture that differ by a few bits or none.
FILES |= {f"q{quality}": encoded(photo(3, (400, 300)), quality=quality) for quality in (40, 60, 80)}
ASKED = [look(FILES[name]).asked().code for name in ("p3", "p5", "q40")]


def of(*rights: tuple[int, str]) -> ImageReferences:
    return compile_images(list(rights), folder(**FILES))[0]


def found(references: ImageReferences, radius: int = 31) -> set[tuple[object, ...]]:
    """Everything a look-up says, in words that do not depend on how references are numbered."""
    told = set()
    for number, codes in enumerate(ASKED):
        near = references.near(codes, radius)
        at, right = references.rights_of(near.reference)
        sha = references.of_column("sha256", near.reference)
        for place, one in zip(at.tolist(), right.tolist(), strict=True):
            columns = (near.query[place], near.distance[place], near.variant[place])
            told.add((number, *map(int, columns), *near.rect[place].tolist(), sha[place].tobytes(), one))
    return told


@pytest.mark.parametrize("cut", [0, 1, 4, 11])
def test_layers_are_found_as_if_compiled_together(cut: int) -> None:
    rights = list(enumerate([*FILES, "p3", "p5"]))
    whole, base = of(*rights), of(*rights[:cut])
    # The layer counts its rights from nought.
    added = of(*((right - cut, name) for right, name in rights[cut:]))
    assert found(base.with_layer(added, cut)) == found(whole)
    assert len(found(whole)) > 6


def test_three_layers() -> None:
    parts = [of((0, "p3"), (1, "p0")), of((0, "q40"), (1, "p3")), of((0, "p5"))]
    layered = parts[0].with_layer(parts[1], 2).with_layer(parts[2], 4)
    assert found(layered) == found(of((0, "p3"), (1, "p0"), (2, "q40"), (3, "p3"), (4, "p5")))
    reference = np.arange(len(layered))
    sha = layered.of_column("sha256", reference)
    query, same = layered.same_bytes(sha)
    assert [(sha[q] == sha[r]).all() for q, r in zip(query, same, strict=True)] == [True] * 7  # p3 is there twice
    assert [layered.thumb(one).shape for one in reference] == [(192, 256)] * 5


def test_a_code_that_too_many_hold_is_passed_over_in_whatever_layers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_HOLDERS", 2)
    same = {f"s{size}": encoded(photo(3, (400, 300)), "PNG", compress_level=size) for size in range(3)}
    names = list(enumerate(same))
    whole, _ = compile_images(names, folder(**same))
    one, _ = compile_images(names[:1], folder(**same))
    rest, _ = compile_images([(right - 1, name) for right, name in names[1:]], folder(**same))
    codes = look(same["s0"]).asked().code[:1]
    assert len(rest.near(codes, 0).query) == 2
    assert len(whole.near(codes, 0).query) == len(one.with_layer(rest, 1).near(codes, 0).query) == 0


def test_pictures_that_too_many_others_look_like_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "MOST_HOLDERS", 2)
    same = {f"s{size}": encoded(photo(3, (400, 300)), "PNG", compress_level=size) for size in range(3)}
    _, problems = compile_images([*enumerate(same), (9, "p1")], folder(**same, p1=FILES["p1"]))
    assert sorted(problem.row for problem in problems) == [0, 1, 2]
    assert "More than 2 pictures look the same" in problems[0].reason


def test_a_file_stands_for_so_many_rights_and_the_rest_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "MOST_RIGHTS", 3)
    references, problems = compile_images([(right, "p1") for right in range(5, 0, -1)], folder(**FILES))
    assert references.rights_of(np.zeros(1, np.int64))[1].tolist() == [1, 2, 3]
    assert [problem.row for problem in problems] == [4, 5]


def test_what_was_compiled_before_is_not_looked_at_again() -> None:
    rights = list(enumerate(FILES))
    asked: list[str] = []

    def spread_over(fn, names):
        names = list(names)
        asked.extend(names)
        return map(fn, names)

    before = of(*rights[:6])
    after, problems = compile_images(rights, folder(**FILES), known=before, spread=spread_over)
    assert problems == []
    assert asked == list(FILES)[6:]
    for name, array in of(*rights).arrays().items():
        np.testing.assert_array_equal(array, after.arrays()[name], err_msg=name)
    layered = of(*rights[:3]).with_layer(of(*rights[3:6]))
    again, _ = compile_images(rights, folder(**FILES), known=layered)
    np.testing.assert_array_equal(again.layers[0].held_rect, after.layers[0].held_rect)


def test_no_references() -> None:
    nothing = no_references()
    assert (len(nothing), found(nothing)) == (0, set())
    assert found(nothing.with_layer(of((0, "p3")))) == found(of((0, "p3")))


def test_spread() -> None:
    which, place = spread(np.array([0, 2, 2, 5]), np.array([2, 0, 1, 2]))
    assert which.tolist() == [0, 0, 0, 1, 1, 3, 3, 3]
    assert place.tolist() == [2, 3, 4, 0, 1, 2, 3, 4]
