"""From the pictures of rights to references that a batch is compared with."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import simplejpeg
from numpy.typing import NDArray

from touchmark.engine.screening.image.code import BYTES, LEAST_QUALITY
from touchmark.engine.screening.image.decode import Gray, shrunk
from touchmark.engine.screening.image.index import CodeIndex
from touchmark.engine.screening.image.parts import Codes
from touchmark.engine.screening.image.picture import digest, look
from touchmark.engine.screening.image.references import ImageReferences, Layer
from touchmark.engine.screening.image.svg import looks_like_svg, rasterise
from touchmark.engine.screening.image.unreadable import ImageBytes, UnreadableImage
from touchmark.engine.screening.problems import Problem

#: The longer side of the small grey picture that is kept of a reference, in pixels, and its quality as a JPEG.
THUMB_SIDE, THUMB_QUALITY = 256, 85


class Seen(NamedTuple):
    """What is kept of one file: all that a layer holds of it."""

    sha256: bytes
    code: NDArray[np.uint8]
    quality: int
    width: int
    height: int
    thumb: bytes
    codes: Codes


def compile_images(names: Sequence[tuple[int, str]], image_bytes: ImageBytes) -> tuple[ImageReferences, list[Problem]]:
    """
    Look at the picture of each right, given as (index of the right, name of the picture). SVG is drawn first.

    What cannot be used is a problem, a warning in column ``image``, never an error; its ``row`` is the index of the
    right as given here, for the caller to translate. A nearly blank picture is left out; one with too little structure
    is kept for finding the very same file only. A file that several rights show is looked at once.
    """
    seen: dict[bytes, Seen] = {}
    rights, problems = [], []
    for right, name in names:
        try:
            data = image_bytes(name)
            sha = digest(data)
            picture = seen[sha] if sha in seen else _seen(sha, data)
        except UnreadableImage as error:
            problems.append(Problem(right, "image", name, error.sentence, error.remedy))
            continue
        seen[sha] = picture
        problems += _weakness(right, name, picture)
        if picture.quality > 0:
            rights.append((sha, right))
    return _references(rights, seen), problems


def no_references() -> ImageReferences:
    """No pictures at all."""
    return _references([], {})


def _seen(sha: bytes, data: bytes) -> Seen:
    picture = look(rasterise(data) if looks_like_svg(data) else data)
    thumb = _thumb(picture.gray)
    return Seen(sha, picture.code, picture.quality, picture.width, picture.height, thumb, picture.held())


def _thumb(gray: Gray) -> bytes:
    pixels = shrunk(gray.pixels, THUMB_SIDE)
    encoded: bytes = simplejpeg.encode_jpeg(pixels[:, :, None], THUMB_QUALITY, "GRAY", "gray")
    return encoded


def _references(rights: list[tuple[bytes, int]], seen: dict[bytes, Seen]) -> ImageReferences:
    """Put together what was seen of the files that some right shows."""
    rights = sorted(set(rights))
    shown = sorted({sha for sha, _ in rights})
    kept = [seen[sha] for sha in shown]
    number = {sha: place for place, sha in enumerate(shown)}
    codes = [one.codes for one in kept]
    held, index = _held(codes)
    layer = Layer(
        sha256=np.frombuffer(b"".join(shown), np.uint8).reshape(-1, BYTES),
        code=np.array([one.code for one in kept], np.uint8).reshape(-1, BYTES),
        quality=np.array([one.quality for one in kept], np.uint8),
        width=np.array([one.width for one in kept], np.int32),
        height=np.array([one.height for one in kept], np.int32),
        right_first=np.searchsorted([number[sha] for sha, _ in rights], np.arange(len(kept) + 1)).astype(np.int64),
        right=np.array([right for _, right in rights], np.int32),
        thumb_first=np.cumsum([0, *(len(one.thumb) for one in kept)], dtype=np.int64),
        thumb=np.frombuffer(b"".join(one.thumb for one in kept), np.uint8),
        **held,
        index=index,
    )
    return ImageReferences((layer,))


def _held(codes: list[Codes]) -> tuple[dict[str, NDArray[Any]], CodeIndex]:
    """Give the distinct codes and who holds each."""
    code = np.concatenate([one.code for one in codes] or [np.empty((0, BYTES), np.uint8)])
    variant = np.concatenate([one.variant for one in codes] or [np.empty(0, np.uint8)])
    rect = np.concatenate([one.rect for one in codes] or [np.empty((0, 4), np.uint16)])
    reference = np.repeat(np.arange(len(codes), dtype=np.int32), [len(one.code) for one in codes])
    distinct, of = np.unique(code.view(f"V{BYTES}").reshape(-1), return_inverse=True)
    order = np.argsort(of, kind="stable")
    held: dict[str, NDArray[Any]] = {
        "held_first": np.searchsorted(of[order], np.arange(len(distinct) + 1)).astype(np.int64),
        "held_reference": reference[order],
        "held_variant": variant[order],
        "held_rect": rect[order],
    }
    return held, CodeIndex.of_codes(distinct.view(np.uint8).reshape(-1, BYTES))


def _weakness(right: int, name: str, picture: Seen) -> list[Problem]:
    if picture.quality >= LEAST_QUALITY:
        return []
    if picture.quality > 0:
        reason = "The picture has so little structure that only the very same file will be found."
    else:
        reason = "The picture is nearly blank, and is not looked for."
    return [Problem(right, "image", name, reason, "Give a picture with more in it, cut close.")]
