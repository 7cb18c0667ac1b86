"""
Whether a page of a document is one that was sent before: scanned again, photographed on a table, or edited.

Documents look alike: invoices on one form differ in a few words. So a page is first cut out of what it lies on, those
nearest by the code of the whole are laid over it, and then both are compared block by block where either has ink. What
counts is the share of such blocks that are the same. Of pages that were photographed or in which words were changed it
is over eight in ten; of other pages on the same form, two thirds and less, unless there is little but the form.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.image.code import LEAST_QUALITY, image_code
from touchmark.engine.screening.image.decode import detailed_gray

#: A page is compared with its longer side so long, in pixels, and cut out of a picture of this size.
SIDE, CUT_SIDE = 1200, 600
#: A page takes up at least this share of its picture; else the whole picture counts.
LEAST_PAGE = 0.25
#: Corners described of a page, how much nearer the best of two must be, and how many must agree on where it lies.
CORNERS, NEARER, LEAST_AGREEING = 3000, 0.85, 12
#: A block of so many pixels, looked for so many pixels around its place, is the same from this correlation on.
BLOCK, AROUND, SAME = 32, 5, 0.84
#: Where the darkness varies by less than this there is no ink; by less than the second, nothing at all.
INK, NOTHING = 6.0, 2.0
#: A page so much the same is shown to a reviewer.
LEAST_SHARE = 0.74

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page as it is compared: grey, its corners with what is around them, and its ink."""

    gray: Pixels
    corners: Any
    described: Any
    ink: Reals


def code_of(data: bytes) -> bytes | None:
    """
    Give the code of the page in a picture, cut out of what it lies on; None for one that is nearly blank.

    :raises UnreadableImage: if the picture cannot be decoded
    """
    code, quality = image_code(_cut_out(_sized(data, CUT_SIDE)))
    return code.tobytes() if quality >= LEAST_QUALITY else None


def page_of(data: bytes) -> Page:
    """
    Give a page to be compared.

    :raises UnreadableImage: if the picture cannot be decoded
    """
    import cv2

    gray = _sized(data, SIDE)
    corners, described = cv2.ORB_create(CORNERS, 1.2, 6, fastThreshold=8).detectAndCompute(gray, None)  # type: ignore[attr-defined]
    return Page(gray, corners, described, _ink(gray))


def share_of(page: Page, earlier: Page) -> float:
    """Give the share of an earlier page's ink, and of this one's over it, that is the same; 0 where it does not fit."""
    import cv2

    found = _laid_over(page, earlier)
    if found is None:
        return 0.0
    height, width = earlier.gray.shape
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpPerspective(page.gray, found, (width, height), flags=flags, borderValue=255)
    return _same(_ink(np.asarray(moved, np.uint8)), earlier.ink)


def _sized(data: bytes, side: int) -> Pixels:
    import cv2

    pixels = detailed_gray(data, side).pixels
    scale = side / max(pixels.shape)
    size = (max(round(pixels.shape[1] * scale), 1), max(round(pixels.shape[0] * scale), 1))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _cut_out(gray: Pixels) -> Pixels:
    """Give the largest bright part, straightened, where it can be a page; else all."""
    import cv2

    blurred = cv2.GaussianBlur(gray, (0, 0), 5)
    _, bright = cv2.threshold(blurred, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return gray
    outline = max(outlines, key=cv2.contourArea)
    if cv2.contourArea(outline) < LEAST_PAGE * gray.size:
        return gray
    corners = cv2.boxPoints(cv2.minAreaRect(outline))
    sums, differences = corners.sum(axis=1), np.diff(corners, axis=1)[:, 0]
    ordered = corners[[sums.argmin(), differences.argmin(), sums.argmax(), differences.argmax()]].astype(np.float32)
    wide, high = (max(round(float(np.hypot(*(ordered[a] - ordered[b])))), 16) for a, b in ((0, 1), (0, 3)))
    into = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    return np.asarray(cv2.warpPerspective(gray, cv2.getPerspectiveTransform(ordered, into), (wide, high)), np.uint8)


def _ink(gray: Pixels) -> Reals:
    """Give how much darker each pixel is than the paper around it: light and shadow on a page fall away."""
    import cv2

    small = cv2.resize(gray, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(small, 21), (gray.shape[1], gray.shape[0])).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(np.clip(paper - gray, 0, 255), (0, 0), 1.0), np.float32)


def _laid_over(page: Page, earlier: Page) -> NDArray[np.float64] | None:
    """Give how the earlier page lies in this one's picture, if enough corners agree on it and it is a sane view."""
    import cv2

    if page.described is None or earlier.described is None or len(page.described) < 2:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(earlier.described, page.described, k=2)
    near = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < NEARER * pair[1].distance]
    if len(near) < LEAST_AGREEING:
        return None
    here = np.array([earlier.corners[one.queryIdx].pt for one in near], np.float32)
    there = np.array([page.corners[one.trainIdx].pt for one in near], np.float32)
    found, agree = cv2.findHomography(here, there, cv2.RANSAC, 4.0)
    if found is None or int(agree.sum()) < LEAST_AGREEING:
        return None
    matrix = np.asarray(found, np.float64)
    return matrix if _sane(matrix, page.gray, earlier.gray) else None


def _sane(matrix: NDArray[np.float64], picture: Pixels, page: Pixels) -> bool:
    """Whether a page seen so is a page: not turned inside out, and a good part of the picture."""
    import cv2

    high, wide = page.shape
    corners = np.array([[[0, 0], [wide, 0], [wide, high], [0, high]]], np.float32)
    seen = cv2.perspectiveTransform(corners, matrix)[0].astype(np.float32)
    return bool(cv2.isContourConvex(seen)) and cv2.contourArea(seen) >= 0.1 * picture.size


def _same(moved: Reals, held: Reals) -> float:
    import cv2

    inked = same = 0
    height, width = held.shape
    for y in range(AROUND, height - BLOCK - AROUND, BLOCK):
        for x in range(AROUND, width - BLOCK - AROUND, BLOCK):
            block = held[y : y + BLOCK, x : x + BLOCK]
            varies = block.std()
            if varies < INK and moved[y : y + BLOCK, x : x + BLOCK].std() < INK:
                continue
            inked += 1
            if varies >= NOTHING:
                field = moved[y - AROUND : y + BLOCK + AROUND, x - AROUND : x + BLOCK + AROUND]
                same += bool(cv2.matchTemplate(field, block, cv2.TM_CCOEFF_NORMED).max() > SAME)
    return same / inked if inked else 0.0
