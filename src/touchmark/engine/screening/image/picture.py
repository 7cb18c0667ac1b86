"""What is kept of a picture once it has been looked at: the digest of its bytes, its code, its size."""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.image.code import image_code
from touchmark.engine.screening.image.decode import reduced_gray


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One picture, upright; ``width`` and ``height`` are those of the full picture, in pixels."""

    code: NDArray[np.uint8]  # 32 bytes
    quality: int  # 0 flat to 100
    width: int
    height: int


def digest(data: bytes) -> bytes:
    """Give the SHA-256 of a file, 32 bytes: equal for the same bytes, whatever the name."""
    return hashlib.sha256(data).digest()


def look(data: bytes) -> Picture:
    """
    Decode a picture once, small, and take its code.

    :raises UnreadableImage: if it must not or cannot be decoded
    """
    gray = reduced_gray(data)
    code, quality = image_code(gray.pixels, (gray.full_height, gray.full_width), gray.step)
    return Picture(code, quality, gray.full_width, gray.full_height)
