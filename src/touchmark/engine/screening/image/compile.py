"""From the pictures of rights to references that a batch is compared with."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import simplejpeg
from numpy.typing import NDArray

from touchmark.engine.screening.image.code import BYTES, LEAST_QUALITY
from touchmark.engine.screening.image.decode import Gray, detailed_gray, shrunk
from touchmark.engine.screening.image.index import CodeIndex
from touchmark.engine.screening.image.local import MOST_SIDE, describe
from touchmark.engine.screening.image.local_index import LocalIndex
from touchmark.engine.screening.image.parts import Codes
from touchmark.engine.screening.image.picture import digest, look
from touchmark.engine.screening.image.references import MOST_HOLDERS, ImageReferences, Layer, Seen
from touchmark.engine.screening.image.regions import Region, variant_of
from touchmark.engine.screening.image.svg import looks_like_svg, rasterise
from touchmark.engine.screening.image.unreadable import ImageBytes, UnreadableImage
from touchmark.engine.screening.problems import Problem

#: The longer side of the small grey picture that is kept of a reference, in pixels, and its quality as a JPEG.
THUMB_SIDE, THUMB_QUALITY = 256, 85
#: So many places of a reference are described.
MOST_PLACES = 500
#: One file stands for at most so many rights.
MOST_RIGHTS = 256


class Refused(NamedTuple):
    """Why a file cannot be used, and what to do about it."""

    sentence: str
    remedy: str


#: Maps a function over names, in order: ``map``, or a runner's, over several processes.
Spread = Callable[[Callable[[str], Seen | Refused], Iterable[str]], Iterable[Seen | Refused]]


class _Shown(NamedTuple):
    """A right and the file that shows it."""

    sha256: bytes
    right: int
    name: str


def compile_images(
    names: Sequence[tuple[int, str]],
    image_bytes: ImageBytes,
    known: ImageReferences | None = None,
    spread: Spread = map,
) -> tuple[ImageReferences, list[Problem]]:
    """
    Look at the picture of each right, given as (index of the right, name of the picture). SVG is drawn first.

    What cannot be used is a problem, a warning in column ``image``, never an error; its ``row`` is the index of the
    right as given here, for the caller to translate. A nearly blank picture is left out; one with too little structure
    is kept for finding the very same file only.

    A file that several rights show is looked at once, and not at all if it is among the ``known``, which must have been
    compiled in the same format. ``spread`` may look at files in several processes; ``image_bytes`` must then be
    picklable. The outcome is the same.
    """
    shown, problems = _digests(names, image_bytes)
    seen: dict[bytes, Seen | Refused] = {}
    if known is not None:
        seen |= known.seen({one.sha256 for one in shown})
    fresh = {one.sha256: one.name for one in shown if one.sha256 not in seen}
    seen |= zip(fresh, spread(partial(_looked, image_bytes), fresh.values()), strict=True)
    kept = []
    for one in shown:
        picture = seen[one.sha256]
        unfit = _unfit(picture)
        problems += [Problem(one.right, "image", one.name, *unfit)] if unfit else []
        if isinstance(picture, Seen) and picture.quality > 0:
            kept.append(one)
    kept, left_out = _at_most(kept)
    references = _references(kept, seen)
    return references, problems + left_out + _too_common(kept, references)


def no_references() -> ImageReferences:
    """No pictures at all."""
    return _references([], {})


def _digests(names: Sequence[tuple[int, str]], image_bytes: ImageBytes) -> tuple[list[_Shown], list[Problem]]:
    shown, problems = [], []
    for right, name in names:
        try:
            shown.append(_Shown(digest(image_bytes(name)), right, name))
        except UnreadableImage as error:
            problems.append(Problem(right, "image", name, error.sentence, error.remedy))
    return shown, problems


def _looked(image_bytes: ImageBytes, name: str) -> Seen | Refused:
    try:
        data = image_bytes(name)
        data = rasterise(data) if looks_like_svg(data) else data
        picture, detailed = look(data), detailed_gray(data, MOST_SIDE)
    except UnreadableImage as error:
        return Refused(error.sentence, error.remedy)
    return Seen(
        code=picture.code,
        quality=picture.quality,
        width=picture.width,
        height=picture.height,
        thumb=_thumb(detailed),
        codes=picture.held(),
        places=describe(detailed.pixels, MOST_PLACES)[0],
    )


def _thumb(gray: Gray) -> bytes:
    pixels = shrunk(gray.pixels, THUMB_SIDE)
    encoded: bytes = simplejpeg.encode_jpeg(pixels[:, :, None], THUMB_QUALITY, "GRAY", "gray")
    return encoded


def _unfit(picture: Seen | Refused) -> tuple[str, str] | None:
    remedy = "Give a picture with more in it, cut close."
    if isinstance(picture, Refused):
        return picture
    if picture.quality == 0:
        return "The picture is nearly blank, and is not looked for.", remedy
    if picture.quality < LEAST_QUALITY:
        return "The picture has so little structure that only the very same file will be found.", remedy
    return None


def _at_most(shown: list[_Shown]) -> tuple[list[_Shown], list[Problem]]:
    """Sort, and leave out the rights of a file beyond the most that one file may stand for."""
    shown = sorted(set(shown))
    over = [place >= MOST_RIGHTS and shown[place - MOST_RIGHTS].sha256 == one.sha256 for place, one in enumerate(shown)]
    reason = f"More than {MOST_RIGHTS} rights show this very file; it is looked for on behalf of the first of them."
    problems = [
        Problem(one.right, "image", one.name, reason, "Give each right its own picture.")
        for one, out in zip(shown, over, strict=True)
        if out
    ]
    return [one for one, out in zip(shown, over, strict=True) if not out], problems


def _references(shown: list[_Shown], seen: dict[bytes, Seen | Refused]) -> ImageReferences:
    """Put together what was seen of the files that some right shows, sorted."""
    files = sorted({one.sha256 for one in shown})
    kept = [picture for sha in files if isinstance(picture := seen[sha], Seen)]
    number = {sha: place for place, sha in enumerate(files)}
    of_right = np.array([number[one.sha256] for one in shown], np.int64)
    layer = Layer(
        sha256=np.frombuffer(b"".join(files), np.uint8).reshape(-1, BYTES),
        code=np.array([one.code for one in kept], np.uint8).reshape(-1, BYTES),
        quality=np.array([one.quality for one in kept], np.uint8),
        width=np.array([one.width for one in kept], np.int32),
        height=np.array([one.height for one in kept], np.int32),
        right_first=np.searchsorted(of_right, np.arange(len(kept) + 1)).astype(np.int64),
        right=np.array([one.right for one in shown], np.int32),
        thumb_first=np.cumsum([0, *(len(one.thumb) for one in kept)], dtype=np.int64),
        thumb=np.frombuffer(b"".join(one.thumb for one in kept), np.uint8),
        **_held([one.codes for one in kept]),
        places=LocalIndex.of_places([one.places for one in kept]),
    )
    return ImageReferences((layer,))


def _held(codes: list[Codes]) -> dict[str, Any]:
    """Give the index of the distinct codes and who holds each, in order of code, reference, variant."""
    nothing = Codes(np.empty((0, BYTES), np.uint8), np.empty(0, np.uint8), np.empty((0, 4), np.uint16))
    columns: list[NDArray[Any]] = [np.concatenate(column) for column in zip(nothing, *codes, strict=True)]
    code, variant, rect = columns
    reference = np.repeat(np.arange(len(codes), dtype=np.int32), [len(one.code) for one in codes])
    distinct, of = np.unique(np.ascontiguousarray(code).view(f"V{BYTES}").reshape(-1), return_inverse=True)
    order = np.lexsort((variant, reference, of))
    return {
        "held_first": np.searchsorted(of[order], np.arange(len(distinct) + 1)).astype(np.int64),
        "held_reference": reference[order],
        "held_variant": variant[order],
        "held_rect": rect[order],
        "index": CodeIndex.of_codes(distinct.view(np.uint8).reshape(-1, BYTES)),
    }


def _too_common(shown: list[_Shown], references: ImageReferences) -> list[Problem]:
    """Say which rights' pictures have a code that too many files have for it to be looked for."""
    (layer,) = references.layers
    common = np.diff(layer.held_first) > MOST_HOLDERS
    holder = np.repeat(common, np.diff(layer.held_first)) & (layer.held_variant == variant_of(Region.WHOLE))
    files = {layer.sha256[reference].tobytes() for reference in layer.held_reference[holder]}
    reason = f"More than {MOST_HOLDERS} pictures look the same as this one; only the very same file will be found."
    remedy = "Give one picture of each kind."
    return [Problem(one.right, "image", one.name, reason, remedy) for one in shown if one.sha256 in files]
