"""
Whether a part of a picture is a reference: lay one over the other and compare the pixels.

Two photos of one room share floor, light and hanger; what tells a copy from another garment in the same place is that
all of what both show agrees, most of all where the reference has its subject. Compared are blocks of the reference's
part that the picture shows: their fine structure, without regard to brightness and contrast, and their brightness
among each other. Letters and stickers make some blocks disagree, and a background that was changed many. Drawings of
two things by one template agree as well as that; but their places lie less exactly where a copy's would, and a
quarter of the blocks agree badly.

The weights were fitted on the tuning part of the benchmark and on drawings; see ``docs/benchmarks.md``.
"""

from dataclasses import dataclass
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.image.align_kernels import compare_blocks
from touchmark.engine.screening.image.local import Places
from touchmark.engine.screening.image.local_kernels import each_others, words

#: The longer side of what is compared, in pixels, and the side of a block.
SIDE, BLOCK = 192, 16
#: How far a block is looked for around its place, and of how many pixels one is looked at, across and down: at first,
#: and once the rough place is put right.
ROUGH, FINE = (5, 2), (1, 1)
#: A block of less structure than this (standard deviation of grey, of 255) says nothing.
STRUCTURE = 2.5
LEAST_BLOCKS = 4
#: Descriptions of one place differ in at most so many bits.
MOST_BITS = 72
LEAST_MATCHES = 5
#: How far a place may lie from where the rest puts it, as a share of the longer side.
TOLERANCE = 0.02
#: A tilted view has more to turn than a level one, and so is always a little nearer: it must be by this share.
NEARER = 0.8
#: More tilted than this nothing is shown.
MOST_TILTED = 0.6
#: A copy is not smaller or larger, nor more drawn out, than this.
SMALLEST, LARGEST, MOST_DRAWN = 0.08, 8.0, 2.2

Gray = NDArray[np.uint8]
Matrix = NDArray[np.float64]
Points = NDArray[np.float64]


class Fit(NamedTuple):
    """Where a reference lies: a homography from its points to the picture's, and how many places bear it out."""

    matrix: Matrix  # (3, 3), in shares of the longer sides
    agreeing: int
    apart: float  # how far agreeing places lie from where the rest puts them, the median, as a share of the longer side


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the comparison of pixels saw; ``box`` is in shares of the longer side of the picture."""

    fit: Fit
    in_the_middle: float  # mean correlation of blocks by their structure, most where the reference has its middle
    worst_quarter: float  # the correlation that three in four blocks of structure exceed
    brightness: float  # correlation of the blocks' mean brightness
    box: tuple[float, float, float, float]

    def strength(self) -> float:
        """Give the probability that the picture shows the reference."""
        places = np.log(self.fit.agreeing), np.log(self.fit.apart + EXACT)
        terms = (1.0, *places, self.in_the_middle, self.worst_quarter, self.brightness)
        return float(1 / (1 + np.exp(-np.dot(WEIGHTS, terms))))


#: What is nearer than this is as near as described places can tell.
EXACT = 0.001
#: In log-odds: where the sum starts, and what is added for agreeing places and how far apart they are (logarithms),
#: for the pixels of the middle and of the worst quarter, and for brightness.
WEIGHTS = (-24.25, 1.86, -2.46, 1.5, 5.57, 2.63)


def fit(asked: Places, held: Places) -> Fit | None:
    """Find where the places of a reference lie in a picture, or nothing."""
    import cv2

    source, target = _matched(asked, held)
    if len(source) < LEAST_MATCHES:
        return None
    affine, inner = cv2.estimateAffine2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=TOLERANCE, maxIters=1000, confidence=0.995
    )
    if affine is None or (agreeing := int(inner.sum())) < LEAST_MATCHES:
        return None
    within = inner.ravel() > 0
    matrix, apart = _nearest(np.vstack([affine, [0, 0, 1]]), source[within], target[within])
    return Fit(matrix, agreeing, apart) if _sane(matrix) else None


def _nearest(matrix: Matrix, source: Points, target: Points) -> tuple[Matrix, float]:
    """Give the matrix that puts agreeing places nearest: the one found, or a tilted one if that is nearer by far."""
    import cv2

    apart = _apart(matrix, source, target)
    if len(source) < 2 * LEAST_MATCHES:
        return matrix, apart
    even, _ = cv2.estimateAffine2D(source, target, method=cv2.LMEDS)
    tilted, _ = cv2.findHomography(source, target, cv2.LMEDS)
    if even is not None:
        level = np.vstack([even, [0, 0, 1]])
        matrix, apart = min((matrix, apart), (level, _apart(level, source, target)), key=lambda one: one[1])
    if tilted is None or np.abs(tilted[2, :2]).max() >= MOST_TILTED:
        return matrix, apart
    nearer = _apart(cast(Matrix, tilted), source, target)
    return (cast(Matrix, tilted), nearer) if nearer < NEARER * apart else (matrix, apart)


def _apart(matrix: Matrix, source: Points, target: Points) -> float:
    """Give the median distance of places from where the matrix puts them."""
    return float(np.median(np.hypot(*(_through(matrix, source) - target).T)))


def agreement(found: Fit, picture: Gray, reference: Gray) -> Agreement | None:
    """Compare the pixels of a picture with those of a reference that lies in it; nothing where too little is shown."""
    to_picture = _scaled(max(picture.shape)) @ found.matrix @ _scaled(1 / max(reference.shape))
    frame = _frame(to_picture, picture.shape, reference.shape)
    if frame is None:
        return None
    scale, size = frame
    held = _fine(_moved(reference, scale, size))
    blocks = _blocks(held, picture, scale @ np.linalg.inv(to_picture), size, ROUGH)
    if len(blocks.x) < LEAST_BLOCKS:
        return None
    to_picture = _put_right(blocks, to_picture, scale)
    if not _sane(to_picture):
        return None
    blocks = _blocks(held, picture, scale @ np.linalg.inv(to_picture), size, FINE)
    if len(blocks.x) < LEAST_BLOCKS:
        return None
    bright = _moved(reference, scale, size), _moved(picture, scale @ np.linalg.inv(to_picture), size)
    return _judged(found, blocks, bright, scale, reference.shape, _box(to_picture, picture.shape, reference.shape))


class _Blocks(NamedTuple):
    """Blocks that both show: where, how much structure the reference has there, how alike, how far moved."""

    x: NDArray[np.int64]
    y: NDArray[np.int64]
    structure: NDArray[np.float64]
    likeness: NDArray[np.float64]
    moved: Points  # (n, 2)


def _matched(asked: Places, held: Places) -> tuple[Points, Points]:
    """Give the points of the reference and of the picture that are each other's nearest, and turned as most are."""
    best, back = np.zeros(len(asked.codes), np.int64), np.zeros(len(held.codes), np.int64)
    bits, bits_back = np.full(len(best), MOST_BITS + 1), np.full(len(back), MOST_BITS + 1)
    each_others(words(asked.codes), words(held.codes), best, back, bits, bits_back)
    at = np.flatnonzero(bits <= MOST_BITS)
    at = at[back[best[at]] == at]
    near = best[at]
    turn = (asked.turn[at] - held.turn[near]).astype(np.int64) // 16
    counts = np.bincount(turn, minlength=16)
    most = int(np.argmax(counts + np.roll(counts, 1)))  # a direction and the one before it
    alike = (turn == most) | (turn == (most - 1) % 16)
    return _points(held)[near[alike]], _points(asked)[at[alike]]


def _points(places: Places) -> Points:
    return np.stack([places.x, places.y], 1).astype(np.float64)


def _sane(matrix: Matrix) -> bool:
    if not np.isfinite(matrix).all() or abs(matrix[2, 2]) < 1e-9:
        return False
    large, small = np.linalg.svd(matrix[:2, :2] / matrix[2, 2], compute_uv=False)
    return bool(small > SMALLEST and large < LARGEST and large < MOST_DRAWN * small)


def _scaled(by: float) -> Matrix:
    return np.diag([by, by, 1.0])


def _frame(
    to_picture: Matrix, picture: tuple[int, ...], reference: tuple[int, ...]
) -> tuple[Matrix, tuple[int, int]] | None:
    """Give the part of the reference that the picture shows: how it is moved and scaled, and its size."""
    corners = _corners(np.linalg.inv(to_picture).astype(np.float64), picture)
    left, top = np.maximum(corners.min(axis=0), 0)
    right, bottom = np.minimum(corners.max(axis=0), (reference[1], reference[0]))
    if not (right - left > BLOCK and bottom - top > BLOCK):
        return None
    by = min(SIDE / max(right - left, bottom - top), 2.0)
    size = (round((right - left) * by), round((bottom - top) * by))
    return np.array([(by, 0, -left * by), (0, by, -top * by), (0, 0, 1)]), size


def _corners(matrix: Matrix, shape: tuple[int, ...]) -> Points:
    height, width = shape
    return _through(matrix, np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64))


def _through(matrix: Matrix, points: Points) -> Points:
    moved = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    depth = np.where(np.abs(moved[:, 2:]) < 1e-6, 1e-6, moved[:, 2:])
    return moved[:, :2] / depth


def _box(matrix: Matrix, picture: tuple[int, ...], reference: tuple[int, ...]) -> tuple[float, float, float, float]:
    corners = _corners(matrix, reference)
    left, top = np.clip(corners.min(axis=0), 0, (picture[1], picture[0])) / max(picture)
    right, bottom = np.clip(corners.max(axis=0), 0, (picture[1], picture[0])) / max(picture)
    return float(left), float(top), float(right), float(bottom)


def _moved(gray: Gray, matrix: Matrix, size: tuple[int, int]) -> Gray:
    import cv2

    scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2] / matrix[2, 2]))))
    if scale < BLOCK / 23:  # else small structures would come out as others
        gray = cast(Gray, cv2.GaussianBlur(gray, (0, 0), 0.45 / scale))
    return cast(Gray, cv2.warpPerspective(gray, matrix, size, borderMode=cv2.BORDER_REPLICATE))


def _fine(gray: Gray) -> NDArray[np.float32]:
    """Give the fine structure alone: light and shadow are taken off."""
    import cv2

    pixels = gray.astype(np.float32)
    return cast("NDArray[np.float32]", pixels - cv2.GaussianBlur(pixels, (0, 0), 6))


def _blocks(
    held: NDArray[np.float32], picture: Gray, matrix: Matrix, size: tuple[int, int], how: tuple[int, int]
) -> _Blocks:
    """Compare every block of the reference with what the picture has there, or a few pixels off."""
    import cv2

    asked = _fine(_moved(picture, matrix, size))
    inside = cv2.warpPerspective(np.full(picture.shape, 255, np.uint8), matrix, size, flags=cv2.INTER_NEAREST)
    most = (size[0] // BLOCK) * (size[1] // BLOCK) + 1
    place, (structure, likeness, right, below) = np.zeros(most, np.int32), np.zeros((4, most))
    flat = (held.reshape(-1), asked.reshape(-1), np.ascontiguousarray(inside, np.uint8).reshape(-1))
    count = compare_blocks(*flat, size[0], BLOCK, *how, place, structure, likeness, right, below)
    y, x = np.divmod(place[:count].astype(np.int64), size[0])
    return _Blocks(x, y, structure[:count], likeness[:count], np.stack([right[:count], below[:count]], 1))


def _put_right(blocks: _Blocks, to_picture: Matrix, scale: Matrix) -> Matrix:
    """Follow the blocks that were found a little off."""
    import cv2

    sure = (blocks.likeness > 0.6) & (blocks.structure > 2)
    if sure.sum() < 6:
        return to_picture
    middle = np.stack([blocks.x, blocks.y], 1)[sure] + BLOCK / 2
    moved, inner = cv2.estimateAffine2D(
        middle, middle + blocks.moved[sure], method=cv2.RANSAC, ransacReprojThreshold=1.0, maxIters=300
    )
    if moved is None or inner.sum() < 5:
        return to_picture
    matrix = to_picture @ np.linalg.inv(scale) @ np.vstack([moved, [0, 0, 1]]) @ scale
    return cast(Matrix, matrix / matrix[2, 2])


def _judged(
    found: Fit,
    blocks: _Blocks,
    bright: tuple[Gray, Gray],
    scale: Matrix,
    reference: tuple[int, ...],
    box: tuple[float, float, float, float],
) -> Agreement:
    weight = np.minimum(blocks.structure, 15) * (blocks.structure > STRUCTURE)
    worst = float(np.quantile(blocks.likeness[weight > 0], 0.25)) if weight.any() else 0.0
    # How far each block lies from the middle of the reference, in shares of its sides.
    across = ((blocks.x + BLOCK / 2 - scale[0, 2]) / scale[0, 0] / reference[1] - 0.5) ** 2
    down = ((blocks.y + BLOCK / 2 - scale[1, 2]) / scale[0, 0] / reference[0] - 0.5) ** 2
    weight = weight * np.exp(-(across + down) / 0.08)
    likeness = float(weight @ blocks.likeness / max(weight.sum(), 1e-6))
    return Agreement(found, likeness, worst, _brightness(blocks, *bright), box)


def _brightness(blocks: _Blocks, reference: Gray, picture: Gray) -> float:
    """Correlate the mean brightness of blocks, whether they have structure or not."""
    means = [
        np.array([image[y : y + BLOCK, x : x + BLOCK].mean() for x, y in zip(blocks.x, blocks.y, strict=True)])
        for image in (reference, picture)
    ]
    if min(part.std() for part in means) < 2:
        return 0.0
    return float(np.corrcoef(means[0], means[1])[0, 1])
