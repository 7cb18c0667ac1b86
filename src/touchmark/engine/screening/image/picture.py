"""What is kept of a picture once it has been looked at: a small grey one, its code, its size."""

import hashlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.image.code import Spectra
from touchmark.engine.screening.image.decode import Gray, reduced_gray
from touchmark.engine.screening.image.parts import Codes, asked_codes, held_codes, whole


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One picture, upright; ``width`` and ``height`` are those of the full picture, in pixels."""

    code: NDArray[np.uint8]  # 32 bytes: of the whole, in the standard form
    quality: int  # 0 flat to 100
    width: int
    height: int
    gray: Gray = field(repr=False)  # reduced: what its codes are taken from, and what pixels are compared in
    spectrum: Spectra = field(repr=False)

    def asked(self) -> Codes:
        """Give the codes under which references are looked for: parts and orientations; none of too low a quality."""
        return asked_codes(self.gray, self.spectrum)

    def held(self) -> Codes:
        """Give the codes under which this picture is found as a reference."""
        return held_codes(self.gray, self.spectrum)


def digest(data: bytes) -> bytes:
    """Give the SHA-256 of a file, 32 bytes: equal for the same bytes, whatever the name."""
    return hashlib.sha256(data).digest()


def look(data: bytes) -> Picture:
    """
    Decode a picture once, small, and take its code.

    :raises UnreadableImage: if it must not or cannot be decoded
    """
    gray = reduced_gray(data)
    seen = whole(gray)
    code = seen.codes(np.zeros(1, np.int64), np.zeros(1, np.int64))[0]
    if not seen.quality[0]:
        code = np.zeros_like(code)
    return Picture(code, int(seen.quality[0]), gray.full_width, gray.full_height, gray, seen)
