"""Copied pictures in a batch: found through what sellers do to them, and nothing else found."""

from io import BytesIO

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image, ImageEnhance
from tests.engine.screening.image.drawing import encoded, photo, with_exif
from tests.engine.screening.image.test_compile import faint, folder

from touchmark.engine.screening.hits import FIELDS, WAYS
from touchmark.engine.screening.image.compile import compile_images, no_references
from touchmark.engine.screening.image.match import SAME_BYTES, match_images
from touchmark.engine.screening.image.references import ImageReferences
from touchmark.engine.screening.schemas import TEXTS
from touchmark.engine.terms import Way

ORIGINAL = photo(1, (1000, 750))


def batch(*images: list[str | None] | None) -> pa.Table:
    return pa.table({"images": pa.array(images, TEXTS)})


def references_of(**files: bytes) -> ImageReferences:
    """Compile pictures; the right of each is its place."""
    return compile_images(list(enumerate(files)), folder(**files))[0]


def resized(share: float) -> Image.Image:
    return ORIGINAL.resize((round(1000 * share), round(750 * share)), Image.Resampling.LANCZOS)


@pytest.mark.parametrize(
    ("copy", "most"),
    [
        (encoded(ORIGINAL), SAME_BYTES),
        (encoded(ORIGINAL, quality=75), 8),
        (encoded(ORIGINAL, quality=30), 12),
        (encoded(ORIGINAL, "PNG"), 8),
        (encoded(ORIGINAL, "WEBP", quality=60), 12),
        (encoded(resized(0.25)), 12),
        (encoded(resized(1.7)), 12),
        (encoded(ImageEnhance.Brightness(ORIGINAL).enhance(1.15)), 20),
        (encoded(ImageEnhance.Color(ORIGINAL).enhance(0)), 12),  # made grey
        (with_exif(ORIGINAL.rotate(90, expand=True), 6), 12),  # stored on its side, shown upright
    ],
    ids=["same", "q75", "q30", "png", "webp", "quarter", "larger", "brighter", "grey", "exif"],
)
def test_finds_copies(copy: bytes, most: int) -> None:
    hits, unreadable = match_images(
        batch(["other", "copy"]), folder(copy=copy, other=encoded(photo(99))), references_of(a=encoded(ORIGINAL))
    )
    assert len(unreadable) == 0
    assert len(hits) == 1
    assert (hits.listing[0], hits.right[0], hits.image[0]) == (0, 0, 1)
    assert SAME_BYTES <= hits.distance[0] <= most
    assert WAYS[hits.way[0]] is Way.COPIED_IMAGE
    assert FIELDS[hits.field[0]] == "images"
    with Image.open(BytesIO(copy)) as image:
        shown = image.size if image.getexif().get(0x0112, 1) == 1 else image.size[::-1]
    assert hits.box[0].tolist() == [0, 0, *shown]
    assert (hits.start[0], hits.end[0], hits.form[0]) == (-1, -1, -1)


def test_other_pictures_are_not_found() -> None:
    files = {f"p{seed}": encoded(photo(seed)) for seed in range(100, 160)}
    references = references_of(**{f"r{seed}": encoded(photo(seed)) for seed in range(40)})
    hits, _ = match_images(batch(*([name] for name in files)), folder(**files), references)
    assert len(hits) == 0


def test_blank_pictures_resemble_nothing() -> None:
    blank, pale = encoded(Image.new("RGB", (500, 400), "white")), encoded(Image.new("RGB", (500, 400), "#fefefe"))
    files = {"blank": blank, "pale": pale, "dot": encoded(Image.new("RGB", (1, 1), "white"), "PNG")}
    references = references_of(a=blank, b=pale, c=faint(), d=encoded(photo(1)), e=files["dot"])
    hits, unreadable = match_images(batch(["blank", "pale", "dot"]), folder(**files), references)
    assert (len(hits), len(unreadable)) == (0, 0)


def test_a_faint_picture_is_found_as_the_very_same_file_only() -> None:
    again = encoded(Image.open(BytesIO(faint())).convert("RGB"), "PNG")
    hits, _ = match_images(batch(["same"], ["again"]), folder(same=faint(), again=again), references_of(a=faint()))
    assert hits.listing.tolist() == [0]
    assert hits.distance.tolist() == [SAME_BYTES]


def test_each_picture_is_read_once_and_counts_wherever_it_is_shown() -> None:
    files = {"a": encoded(ORIGINAL), "b": encoded(photo(2)), "a-again": encoded(ORIGINAL)}
    asked: list[str] = []

    def image_bytes(name: str) -> bytes:
        asked.append(name)
        return files[name]

    listings = batch(["b", "a"], [], ["a"], None, ["a-again", None, "a"])
    hits, _ = match_images(listings, image_bytes, references_of(r=files["a"]))
    assert sorted(asked) == ["a", "a-again", "b", "b"]  # b once more, for a closer look
    assert list(zip(hits.listing.tolist(), hits.image.tolist(), strict=True)) == [(0, 1), (2, 0), (4, 0), (4, 2)]


def test_rights_that_share_a_picture_are_all_found() -> None:
    shared = encoded(ORIGINAL)
    hits, _ = match_images(
        batch(["x"]), folder(x=shared), references_of(a=shared, b=encoded(photo(5)), c=shared, d=encoded(resized(0.5)))
    )
    assert hits.right.tolist() == [0, 2, 3]
    assert hits.distance.tolist()[:2] == [SAME_BYTES, SAME_BYTES]


def test_splitting_a_batch_changes_nothing() -> None:
    files = {str(seed): encoded(photo(seed, (300, 250)), quality=60) for seed in range(8)}
    references = references_of(**{f"r{seed}": encoded(photo(seed, (300, 250))) for seed in range(0, 8, 2)})
    names = [[str(i % 8), str(i * 3 % 8), "gone"] for i in range(12)]
    whole, gone = match_images(batch(*names), folder(**files), references)
    parts = [match_images(batch(*names[i : i + 5]), folder(**files), references) for i in (0, 5, 10)]
    listing = np.concatenate([part.listing + i for (part, _), i in zip(parts, (0, 5, 10), strict=True)])
    np.testing.assert_array_equal(whole.listing, listing)
    np.testing.assert_array_equal(whole.right, np.concatenate([part.right for part, _ in parts]))
    np.testing.assert_array_equal(whole.distance, np.concatenate([part.distance for part, _ in parts]))
    assert len(gone) == 12


def test_a_slice_of_a_batch_counts_from_its_own_start() -> None:
    files = {"a": encoded(ORIGINAL), "b": encoded(photo(2))}
    part = batch(["a"], ["b"], ["b", "a"]).to_batches()[0].slice(1)
    hits, _ = match_images(part, folder(**files), references_of(r=files["a"]))
    assert (hits.listing.tolist(), hits.image.tolist()) == ([1], [1])


def test_what_cannot_be_read_is_said_and_the_rest_is_looked_at() -> None:
    files = {"a": encoded(ORIGINAL), "cut": encoded(ORIGINAL)[:2000], "page": b"<html>"}
    hits, unreadable = match_images(
        batch(["cut", "a"], ["gone"], ["page", "cut"]), folder(**files), references_of(r=files["a"])
    )
    assert hits.listing.tolist() == [0]
    assert unreadable.listing.tolist() == [0, 1, 2, 2]
    assert unreadable.image.to_pylist() == ["cut", "gone", "page", "cut"]
    assert unreadable.code.to_pylist() == ["broken", "missing", "not_an_image", "broken"]
    assert unreadable.sentence.to_pylist()[1] == "There is no picture of that name."


@pytest.mark.parametrize("references", [no_references(), references_of(r=encoded(ORIGINAL))])
def test_nothing_to_look_at(references: ImageReferences) -> None:
    hits, unreadable = match_images(batch([], None), folder(), references)
    assert (len(hits), len(unreadable)) == (0, 0)
    hits, unreadable = match_images(batch(["a"]), None, references)
    assert (len(hits), len(unreadable)) == (0, 0)


def test_without_references_unreadable_pictures_are_still_said() -> None:
    hits, unreadable = match_images(batch(["gone"]), folder(), no_references())
    assert (len(hits), len(unreadable)) == (0, 1)
