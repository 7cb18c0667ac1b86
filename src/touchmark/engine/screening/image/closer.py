"""
A closer look at a picture in which the code of the whole found nothing: for copies cropped, framed, pasted, turned.

References that share described places with it, or a code of a part, are candidates; a few of them are laid over the
picture, and their pixels decide. This costs some five times the code of a picture, and is bounded: so many
candidates, each with so many places.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.image.align import Agreement, agreement, fit
from touchmark.engine.screening.image.code import LEAST_QUALITY
from touchmark.engine.screening.image.decode import Gray, detailed_gray
from touchmark.engine.screening.image.local import MOST_SIDE, describe, sized
from touchmark.engine.screening.image.local_index import Candidate
from touchmark.engine.screening.image.picture import Picture
from touchmark.engine.screening.image.references import ImageReferences
from touchmark.engine.screening.image.regions import MIRRORED

#: What is less likely a copy than this is none. Set on the tuning part of the benchmark (``docs/benchmarks.md``).
LEAST_STRENGTH = 0.85
#: Places described of a picture, and references laid over it.
MOST_PLACES, MOST_CANDIDATES = 600, 6
#: With fewer votes a reference is not laid over: nearly half of the pictures of other things have none with as many,
#: and of the copies that are hardest to find two in a hundred have fewer (in the tuning part).
LEAST_VOTES = 6.0
#: Codes of parts at most this many bits apart make a candidate.
PART_RADIUS = 31

Box = tuple[int, int, int, int]


class Copy(NamedTuple):
    """A reference that a picture shows; ``box`` is in pixels of the full picture, upright."""

    reference: int
    strength: float
    box: Box


def copies_in(data: bytes, picture: Picture, references: ImageReferences) -> list[Copy]:
    """
    Give the references of which a picture shows a part that is large enough to compare, surest first.

    :raises UnreadableImage: if the picture cannot be decoded at a larger size
    """
    seen = compared(data, picture, references)
    copies = [Copy(reference, round(strength, 4), box) for reference, strength, box, _ in seen]
    return [copy for copy in copies if copy.strength >= LEAST_STRENGTH]


class Compared(NamedTuple):
    """A candidate and what comparing it came to."""

    reference: int
    strength: float
    box: Box
    agreement: Agreement


def compared(data: bytes, picture: Picture, references: ImageReferences) -> list[Compared]:
    """Compare a picture with every candidate, however unlikely; of each reference the surest way counts."""
    gray = detailed_gray(data, MOST_SIDE)
    pixels = sized(gray.pixels)
    asked = describe(pixels, MOST_PLACES, mirrored=True)
    candidates = references.sharing_places(asked, MOST_CANDIDATES, LEAST_VOTES)
    known = {(one.reference, one.mirrored) for one in candidates}
    candidates += [one for one in _by_parts(picture, references) if (one.reference, one.mirrored) not in known]
    quality = references.of_column("quality", np.array([one.reference for one in candidates], np.int64))
    candidates = [one for one, enough in zip(candidates, quality >= LEAST_QUALITY, strict=True) if enough]
    best: dict[int, Compared] = {}
    for one in candidates:
        found = fit(asked[one.mirrored], references.places(one.reference))
        if found is None:
            continue
        laid_over = np.ascontiguousarray(pixels[:, ::-1]) if one.mirrored else pixels
        judged = agreement(found, laid_over, references.thumb(one.reference))
        if judged is None or (one.reference in best and best[one.reference].strength >= judged.strength()):
            continue
        box = _box(judged.box, gray, one.mirrored)
        best[one.reference] = Compared(one.reference, judged.strength(), box, judged)
    return sorted(best.values(), key=lambda one: (-one.strength, one.reference))


def _by_parts(picture: Picture, references: ImageReferences) -> list[Candidate]:
    """Give the references that have a part in common with the picture, by their codes."""
    codes = picture.asked()
    near = references.near(codes.code, PART_RADIUS)
    mirrored = _is_mirrored(codes.variant[near.query])
    order = np.lexsort((mirrored, near.reference, near.distance))[: 4 * MOST_CANDIDATES]
    found = dict.fromkeys(zip(near.reference[order].tolist(), mirrored[order].tolist(), strict=True))
    return [Candidate(reference, turned, 0.0) for reference, turned in list(found)[:MOST_CANDIDATES]]


def _is_mirrored(variant: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Mirroring once, upside down or with swapped sides, makes a mirrored picture; twice, a turned one."""
    mirrored, over, swapped = variant & MIRRORED, variant >> 1 & 1, variant >> 2 & 1
    return (mirrored ^ over ^ swapped).astype(np.bool_)


def _box(shares: tuple[float, float, float, float], gray: Gray, mirrored: bool) -> Box:
    longer = max(gray.full_width, gray.full_height)
    left, top, right, bottom = (round(share * longer) for share in shares)
    if mirrored:
        left, right = gray.full_width - right, gray.full_width - left
    return max(left, 0), max(top, 0), min(right, gray.full_width), min(bottom, gray.full_height)
