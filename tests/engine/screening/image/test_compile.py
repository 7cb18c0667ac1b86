"""The pictures of rights: kept, told apart, or a problem with a remedy."""

import hashlib

import numpy as np
import pytest
from PIL import Image, ImageDraw
from tests.engine.screening.image.drawing import drawing_of, encoded, photo

from touchmark.engine.screening.image.compile import compile_images, no_references
from touchmark.engine.screening.image.references import ImageReferences
from touchmark.engine.screening.image.unreadable import UnreadableImage


def folder(**files: bytes):
    """Give pictures by name."""

    def image_bytes(name: str) -> bytes:
        if name not in files:
            raise UnreadableImage("missing")
        return files[name]

    return image_bytes


def faint() -> bytes:
    """Draw a small grey spot: some structure, far from enough."""
    image = Image.new("L", (400, 400), 255)
    ImageDraw.Draw(image).rectangle((180, 180, 220, 220), fill=80)
    return encoded(image, "PNG")


def test_keeps_what_can_be_looked_for() -> None:
    shot = encoded(photo(1, (800, 600)))
    mark = drawing_of('<path d="M0 0h50v40H0zM50 40h50v40H50z"/>')
    references, problems = compile_images([(7, "shot"), (9, "mark")], folder(shot=shot, mark=mark))
    assert problems == []
    both = np.arange(2)
    place, right = references.rights_of(both)
    kept = dict(zip(right.tolist(), place.tolist(), strict=True))
    width, height, sha256 = (references.of_column(name, both) for name in ("width", "height", "sha256"))
    assert (width[kept[7]], height[kept[7]]) == (800, 600)
    assert sha256[kept[7]].tobytes() == hashlib.sha256(shot).digest()
    assert sha256[kept[9]].tobytes() == hashlib.sha256(mark).digest()  # of the drawing as it was sent
    assert (references.of_column("quality", both) >= 50).all()
    assert references.thumb(kept[7]).shape == (192, 256)


@pytest.mark.parametrize(
    ("data", "kept", "reason"),
    [
        (None, 0, "no picture of that name"),
        (b"", 0, "empty"),
        (b"junk", 0, "not a JPEG"),
        (encoded(photo(1))[:500], 0, "damaged"),
        (drawing_of("<script/>"), 0, "a script"),
        (encoded(Image.new("RGB", (400, 300), "white")), 0, "nearly blank"),
        (encoded(Image.new("RGB", (1, 1), "black"), "PNG"), 0, "nearly blank"),
        (faint(), 1, "only the very same file"),
    ],
)
def test_what_cannot_be_used_is_a_problem_and_never_a_crash(data: bytes | None, kept: int, reason: str) -> None:
    files = {} if data is None else {"a.jpg": data}
    references, problems = compile_images([(3, "a.jpg")], folder(**files))
    assert len(references) == kept
    (problem,) = problems
    assert (problem.row, problem.column, problem.value, problem.severity) == (3, "image", "a.jpg", "warning")
    assert reason in problem.reason
    assert problem.remedy


def test_order_does_not_depend_on_the_order_given() -> None:
    files = {str(seed): encoded(photo(seed)) for seed in range(5)} | {"again": encoded(photo(2))}
    names = [(index, name) for index, name in enumerate(files)]
    one, _ = compile_images(names, folder(**files))
    other, _ = compile_images(names[::-1], folder(**files))
    for name, array in one.arrays().items():
        np.testing.assert_array_equal(array, other.arrays()[name])


def test_arrays_go_out_and_come_back() -> None:
    references, _ = compile_images([(0, "a")], folder(a=encoded(photo(1))))
    back = ImageReferences.of(references.arrays())
    assert back.of_column("code", np.arange(1)).dtype == np.uint8
    assert back.of_column("code", np.arange(1)).shape == (1, 32)
    assert len(ImageReferences.of(no_references().arrays())) == 0
