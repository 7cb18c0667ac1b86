"""Copies that were cropped, framed, pasted or turned: found, in the right box; other things in one place are not."""

from collections.abc import Callable, Sequence
from io import BytesIO

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image, ImageDraw, ImageOps
from tests.engine.screening.image.drawing import encoded, photo, with_exif

from touchmark.engine.screening.image.closer import LEAST_STRENGTH, compared
from touchmark.engine.screening.image.compile import compile_images
from touchmark.engine.screening.image.match import BY_PIXELS, match_images
from touchmark.engine.screening.image.picture import look
from touchmark.engine.screening.image.references import ImageReferences
from touchmark.engine.screening.image.shown import MOST_PICTURES

THE_COPY = 3


@pytest.fixture(scope="module")
def references() -> ImageReferences:
    files = {str(seed): encoded(photo(seed)) for seed in range(6)}
    compiled, problems = compile_images([(seed, str(seed)) for seed in range(6)], files.__getitem__)
    assert not problems
    return compiled


def found(references: ImageReferences, *pictures: bytes) -> list[tuple[int, list[int], float]]:
    """Give right and box of each hit, each picture in a listing of its own."""
    names = [[str(i)] for i in range(len(pictures))]
    batch = pa.table({"images": pa.array(names, pa.list_(pa.string()))})
    hits, unreadable = match_images(batch, lambda name: pictures[int(name)], references)
    assert len(unreadable) == 0
    assert set(hits.distance) <= {BY_PIXELS}
    return list(zip(hits.right.tolist(), hits.box.tolist(), hits.strength.tolist(), strict=True))


def pasted(copy: Image.Image) -> Image.Image:
    ground = photo(40, (900, 900))
    ground.paste(copy.resize((360, 270)), (300, 500))
    return ground


EDITS: list[tuple[str, Callable[[Image.Image], Image.Image], list[int]]] = [
    ("crop", lambda image: image.crop((100, 80, 500, 400)), [0, 0, 400, 320]),
    ("mirrored crop", lambda image: ImageOps.mirror(image.crop((100, 80, 500, 400))), [0, 0, 400, 320]),
    ("border", lambda image: ImageOps.expand(image, 80, "white"), [80, 80, 720, 560]),
    ("pasted", pasted, [300, 500, 660, 770]),
    ("pasted, mirrored", lambda image: ImageOps.mirror(pasted(image)), [240, 500, 600, 770]),
    ("turned", lambda image: image.rotate(15, expand=True, fillcolor="white"), [0, 0, 744, 630]),
    (
        "gray, in a frame",
        lambda image: ImageOps.expand(image.convert("L").convert("RGB"), 100, "red"),
        [100, 100, 740, 580],
    ),
]


@pytest.mark.parametrize(("edit", "box"), [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS])
def test_an_edited_copy_is_found_with_its_box(
    edit: Callable[[Image.Image], Image.Image], box: list[int], references: ImageReferences
) -> None:
    ((right, place, strength),) = found(references, encoded(edit(photo(THE_COPY))))
    assert right == THE_COPY
    assert strength >= LEAST_STRENGTH
    assert np.abs(np.subtract(place, box)).max() <= 12


def test_a_box_counts_in_the_picture_as_it_is_shown(references: ImageReferences) -> None:
    lying = pasted(photo(THE_COPY)).transpose(Image.Transpose.ROTATE_90)
    ((right, box, _),) = found(references, with_exif(lying, 6))  # shown turned back
    assert right == THE_COPY
    assert np.abs(np.subtract(box, [300, 500, 660, 770])).max() <= 12


def scene(garment: int) -> Image.Image:
    """The same floor and light, another thing on it."""
    floor = photo(70)
    thing = photo(garment, (360, 400))
    mask = Image.new("L", thing.size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, 360, 400), 60, fill=255)
    floor.paste(thing, (140, 40), mask)
    return floor


def test_another_thing_in_the_same_scene_is_no_copy() -> None:
    held, _ = compile_images([(0, "r")], lambda name: encoded(scene(71)))
    other = encoded(scene(72).crop((20, 20, 620, 460)))
    assert found(held, other) == []
    seen = compared(other, look(other), held)
    assert seen, "the floor must be recognised for this to mean anything"
    same = encoded(scene(71).crop((20, 20, 620, 460)))
    assert [right for right, _, _ in found(held, same)] == [0]


def test_a_copy_is_laid_where_it_lies(references: ImageReferences) -> None:
    crop = encoded(photo(THE_COPY).crop((100, 80, 500, 400)))
    (best, *_) = compared(crop, look(crop), references)
    # From shares of the reference's longer side to shares of the picture's: 640 pixels are 400, from (100, 80) on.
    there = np.array([(1.6, 0, -0.25), (0, 1.6, -0.2), (0, 0, 1)])
    assert np.abs(best.agreement.fit.matrix - there).max() < 0.03


def test_other_photos_and_drawn_noise_are_no_copies(references: ImageReferences) -> None:
    noise = np.random.default_rng(5).integers(0, 255, (300, 300, 3), np.uint8)
    others = [encoded(photo(seed)) for seed in range(200, 206)] + [encoded(Image.fromarray(noise))]
    assert found(references, *others) == []


def test_the_same_pictures_give_the_same_hits_however_they_come_together(references: ImageReferences) -> None:
    pictures = [encoded(edit(photo(THE_COPY))) for _, edit, _ in EDITS[:4]]
    together = found(references, *pictures)
    assert together == found(references, *pictures)
    assert together == [hit for picture in pictures for hit in found(references, picture)]


def held(seeds: Sequence[int]) -> ImageReferences:
    files = {str(seed): encoded(photo(seed)) for seed in seeds}
    return compile_images([(place, str(seed)) for place, seed in enumerate(seeds)], files.__getitem__)[0]


@pytest.mark.parametrize("news", [(THE_COPY,), (0, 5), (1, 2, THE_COPY, 4)], ids=["the copy", "others", "most"])
def test_pictures_beside_a_base_are_found_as_if_all_had_been_compiled_together(news: tuple[int, ...]) -> None:
    old = [seed for seed in range(6) if seed not in news]
    layered, seeds = held(old).with_layer(held(news), len(old)), [*old, *news]
    pictures = [encoded(edit(photo(THE_COPY))) for _, edit, _ in EDITS] + [encoded(photo(300))]
    together = found(held(range(6)), *pictures)
    assert [(seeds[right], box, strength) for right, box, strength in found(layered, *pictures)] == together
    assert len(together) == len(EDITS)


def test_of_very_many_pictures_the_rest_are_said_not_to_have_been_looked_at(references: ImageReferences) -> None:
    names = [[str(i) for i in range(MOST_PICTURES + 7)], ["again"]]
    asked: list[str] = []

    def image_bytes(name: str) -> bytes:
        asked.append(name)
        return encoded(Image.new("RGB", (40, 40), "white"))

    _, unreadable = match_images(pa.table({"images": pa.array(names)}), image_bytes, references)
    assert unreadable.listing.tolist() == [0] * 7
    assert set(unreadable.code.to_pylist()) == {"too_many"}
    assert len(set(asked)) == MOST_PICTURES + 1


def odd_pictures() -> dict[str, bytes]:
    """Pictures of every odd kind that can be read."""
    image, frames = photo(8), [photo(seed, (200, 150)) for seed in (1, 2, 3)]
    into = BytesIO()
    frames[0].save(into, "GIF", save_all=True, append_images=frames[1:])
    sixteen = Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) << 8)
    clear = image.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    return {
        "one pixel": encoded(Image.new("RGB", (1, 1)), "PNG"),
        "one row": encoded(image.resize((900, 1)), "PNG"),
        "one column": encoded(image.resize((1, 900)), "PNG"),
        "narrow": encoded(image.resize((30, 700))),
        "animated": into.getvalue(),
        "cmyk": encoded(image.convert("CMYK")),
        "sixteen bits": encoded(sixteen, "PNG"),
        "clear": encoded(clear, "PNG"),
        "palette": encoded(image.quantize(7), "PNG"),
    }


def test_odd_pictures_are_looked_at_and_nothing_breaks(references: ImageReferences) -> None:
    pictures = odd_pictures()
    ((right, box, _),) = found(references, *pictures.values())
    assert (right, box[:2]) == (1, [0, 0])  # the first of the animated ones is a copy indeed


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"GIF89a", bytes(range(256)) * 9])
def test_bytes_that_are_no_picture_are_said_to_be_unreadable(data: bytes, references: ImageReferences) -> None:
    hits, unreadable = match_images(pa.table({"images": [["x"]]}), lambda name: data, references)
    assert len(hits) == 0
    assert len(unreadable) == 1
