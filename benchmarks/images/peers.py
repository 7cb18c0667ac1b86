"""What others find with: the codes of PDQ and of a perceptual hash of 64 bits."""

from io import BytesIO

import numpy as np
from PIL import Image


def pdq(data: bytes) -> np.ndarray:
    """PDQ as its authors' library makes it, of the whole picture: 32 bytes."""
    import pdqhash  # built from its source, so that only those have it who compare

    bits, _ = pdqhash.compute(np.asarray(Image.open(BytesIO(data)).convert("RGB")))
    return np.packbits(bits.astype(bool))


def phash(data: bytes) -> np.ndarray:
    """The usual perceptual hash: the lowest 8 x 8 frequencies of 32 x 32 pixels against their median, 8 bytes."""
    small = np.asarray(Image.open(BytesIO(data)).convert("L").resize((32, 32), Image.Resampling.LANCZOS), np.float64)
    places = np.arange(32)
    cosines = np.cos(np.pi * np.outer(np.arange(8), 2 * places + 1) / 64)
    spectrum = cosines @ small @ cosines.T
    return np.packbits(spectrum > np.median(spectrum))
