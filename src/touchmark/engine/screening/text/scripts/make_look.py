"""
Write ``data/look.npz``: how Chinese characters look, as a few numbers each, so that like ones have like numbers.

``python -m touchmark.engine.screening.text.scripts.make_look FONT [FONT ...]``: fonts of simplified Chinese, as files
that Pillow reads, ``file.ttc:2`` for the third face of a collection. Written with Noto Sans CJK SC and Noto Serif CJK
SC (SIL Open Font Licence): what is kept are likenesses that were measured, no outlines. No test writes it anew, for
that takes the fonts.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from touchmark.engine.screening.text.make_fold import plain
from touchmark.engine.screening.text.scripts.tables import FIRST, LAST, LOOK_SIZE

DATA = Path(__file__).parent / "data"
#: Characters are drawn at this size, blurred, and laid over a grid of so many fields a side.
DRAWN, BLUR, FIELDS = 48, 2.0, 16
#: How much of the mean character is taken off each: what all share tells nothing.
SHARED = 0.7
#: Ideographs from here on are in every font of Chinese.
COMMON = (0x4E00, 0x9FA5)

Amounts = NDArray[np.float32]


def looks(fonts: list[str]) -> NDArray[np.int8]:
    """Compute ``han``: a row of ``LOOK_SIZE`` numbers per character from ``FIRST`` on, nothing for those not drawn."""
    points = [point for point in range(COMMON[0], COMMON[1] + 1) if plain(chr(point)) == chr(point)]
    drawn = np.concatenate([_drawn(font, points) for font in fonts], axis=1) / np.sqrt(len(fonts))
    # The directions in which characters differ most; products of what is left are nearly those of the drawings.
    _, axes = np.linalg.eigh(drawn.T @ drawn)
    few = drawn @ axes[:, -LOOK_SIZE:]
    few /= np.linalg.norm(few, axis=1, keepdims=True)
    rows = np.zeros((LAST + 1 - FIRST, LOOK_SIZE), np.int8)
    rows[np.array(points) - FIRST] = np.round(few * 127).astype(np.int8)
    return rows


def _drawn(font: str, points: list[int]) -> Amounts:
    path, _, face = font.partition(":")
    pen = ImageFont.truetype(path, DRAWN, index=int(face or 0))
    pictures = [_picture(chr(point), pen) for point in points]
    ink = np.max(np.stack([np.asarray(picture) for picture in pictures]), axis=0) > 30
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    grids = [p.crop(box).resize((FIELDS, FIELDS), Image.Resampling.BOX) for p in pictures]
    cells: Amounts = np.stack([np.asarray(grid, np.float32).ravel() for grid in grids])
    cells -= SHARED * cells.mean(axis=0)
    cells -= cells.mean(axis=1, keepdims=True)
    cells /= np.linalg.norm(cells, axis=1, keepdims=True)
    return cells


def _picture(char: str, pen: ImageFont.FreeTypeFont) -> Image.Image:
    picture = Image.new("L", (DRAWN + 8, DRAWN + 16), 0)
    ImageDraw.Draw(picture).text((4, 0), char, font=pen, fill=255)
    return picture.filter(ImageFilter.GaussianBlur(BLUR))


if __name__ == "__main__":
    np.savez_compressed(DATA / "look.npz", han=looks(sys.argv[1:]))
