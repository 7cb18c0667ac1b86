"""
Write ``data/shapes.npz``: for characters beyond ASCII, the letters that each may be taken for, the likeliest first.

``python -m touchmark.engine.screening.text.make_shapes FONT [FONT ...]``: fonts as files that Pillow reads,
``file.ttc:2`` for the third face of a collection. What a character may be is told by the visual fold and by
``lookalikes.toml`` (all its lists), by how it is drawn beside the letters of the same font, upright, mirrored and
turned, and by its sound where alphabets of old are read so (``anyascii``, ISC). Written with DejaVu Sans (its own free
licence), FreeSans, FreeSerif and FreeMono (GPL with the font exception) and Noto Sans CJK SC (SIL Open Font Licence):
likenesses were measured, no outline is kept. No test writes it anew, for that takes the fonts.
"""

import sys
import unicodedata
from collections import defaultdict
from functools import cache
from importlib import import_module
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from touchmark.engine.screening.text.characters import HAN, HANGUL, HIRAGANA, KATAKANA, lists, within
from touchmark.engine.screening.text.drawn.shapes import MOST_SHAPES, TOP_SHAPE
from touchmark.engine.screening.text.make_fold import beside, visual

DATA = Path(__file__).parent / "data"
LETTERS = ascii_uppercase + ascii_lowercase + digits
#: A drawing is blurred, and laid over a grid of so many fields a side.
DRAWN, BLUR, FIELDS = 48, 1.6, 24
#: How alike a drawing is to a letter's, of 1: at least, and so much less than to the likeliest at most.
LEAST, SPREAD = 0.8, 0.12
#: Characters of scripts in use, each of which is a syllable or a word, must be drawn more alike.
IN_USE, LEAST_IN_USE = HAN + HIRAGANA + KATAKANA + HANGUL, 0.88
#: Alphabets whose letters are read by their sound as well.
BY_SOUND = ("CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "GEORGIAN", "RUNIC", "GOTHIC", "OLD ITALIC", "GLAGOLITIC")

Amounts = NDArray[np.float32]


def shapes(fonts: list[str]) -> dict[str, NDArray[Any]]:
    """Compute ``points``, ascending, and ``letters``: a row of ``MOST_SHAPES`` for each, 0 where there are fewer."""
    drawn = _by_drawing(fonts)
    every = (chr(point) for point in range(0x80, TOP_SHAPE))
    rows = {char: found for char in every if (found := _letters(char, drawn.get(char, [])))}
    table = np.zeros((len(rows), MOST_SHAPES), np.uint8)
    for i, found in enumerate(rows.values()):
        table[i, : len(found)] = [ord(letter) for letter in found]
    return {"points": np.array([ord(char) for char in rows], np.uint32), "letters": table}


def _letters(char: str, drawn: list[str]) -> list[str]:
    """What a character may be, by all sources in their order."""
    if unicodedata.category(char) in ("Cn", "Co", "Cs") or unicodedata.category(char)[0] == "M":
        return []
    told = [visual(char), beside().get(char, ""), *_listed().get(char, ()), *drawn]
    told += [lists()["turned"].get(char, ""), _sound(char)]
    one = [letter for letter in dict.fromkeys(told) if len(letter) == 1 and letter.isascii() and letter.isalnum()]
    return one[:MOST_SHAPES]


@cache
def _listed() -> dict[str, list[str]]:
    """What each character is in any alphabet of ``lookalikes.toml``."""
    told = lists()
    found: dict[str, list[str]] = defaultdict(list)
    for alphabets in (told["shapes"]["alphabets"], told["alphabets"]["always"], *told["beside_alphabets"].values()):
        for alphabet in alphabets:
            for letter, char in zip(ascii_lowercase, alphabet, strict=True):
                found[char].append(letter)
    return found


def _sound(char: str) -> str:
    if not unicodedata.name(char, "").startswith(BY_SOUND):
        return ""
    return str(import_module("anyascii").anyascii(char)).lower()[:1]


def _by_drawing(fonts: list[str]) -> dict[str, list[str]]:
    """The letters that characters are drawn like in any font, the likelier first."""
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for font in fonts:
        for char, letter, alike in _compared(font):
            best[char][letter] = max(alike, best[char].get(letter, 0.0))
    return {char: _likeliest(char, found) for char, found in best.items()}


def _likeliest(char: str, found: dict[str, float]) -> list[str]:
    least = LEAST_IN_USE if within(ord(char), IN_USE) else LEAST
    most = max(found.values())
    kept = [letter for letter, alike in found.items() if alike >= max(least, most - SPREAD)]
    return sorted(kept, key=lambda letter: -found[letter])


def _compared(font: str) -> list[tuple[str, str, float]]:
    """Characters of a font, letters, and how alike both are; mirrored and turned letters count a little less."""
    path, _, face = font.partition(":")
    pen = ImageFont.truetype(path, DRAWN, index=int(face or 0))
    missing = {bytes(pen.getmask(char)) for char in ("\U0010fffd", "\uffff")}
    letters = np.stack([cells for char in LETTERS if (cells := _drawing(char, pen)) is not None])
    views = ((letters, 1.0), (letters[:, :, ::-1], 0.97), (letters[:, ::-1, ::-1], 0.97))
    chars = [chr(point) for point in range(0x80, TOP_SHAPE) if unicodedata.category(chr(point))[0] in "LNS"]
    drawings = {char: _drawing(char, pen) for char in chars if bytes(pen.getmask(char)) not in missing}
    known = {char: cells for char, cells in drawings.items() if cells is not None}
    rows = _even(np.stack(list(known.values())))
    found = []
    for view, worth in views:
        alike = rows @ _even(view).T * worth
        at, which = np.nonzero(alike >= LEAST)
        names = list(known)
        found += [(names[i], LETTERS[k].lower(), float(alike[i, k])) for i, k in zip(at, which, strict=True)]
    return found


def _drawing(char: str, pen: ImageFont.FreeTypeFont) -> Amounts | None:
    """A character as large as fits, in the middle; nothing for blanks and dots."""
    picture = Image.new("L", (2 * DRAWN, 2 * DRAWN + 14), 0)
    ImageDraw.Draw(picture).text((DRAWN / 2, DRAWN / 2), char, font=pen, fill=255)
    box = picture.getbbox()
    if box is None or max(box[2] - box[0], box[3] - box[1]) < 8:
        return None
    cut = picture.crop(box)
    side = max(cut.size)
    square = Image.new("L", (side, side), 0)
    square.paste(cut, ((side - cut.width) // 2, (side - cut.height) // 2))
    framed = Image.new("L", (2 * FIELDS, 2 * FIELDS), 0)
    framed.paste(square.resize((40, 40), Image.Resampling.BILINEAR), (4, 4))
    small = framed.filter(ImageFilter.GaussianBlur(BLUR)).resize((FIELDS, FIELDS), Image.Resampling.BOX)
    cells: Amounts = np.asarray(small, np.float32)
    return cells


def _even(drawings: Amounts) -> Amounts:
    flat = drawings.reshape(len(drawings), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    even: Amounts = flat / (np.linalg.norm(flat, axis=1, keepdims=True) + 1e-6)
    return even


if __name__ == "__main__":
    np.savez_compressed(DATA / "shapes.npz", **shapes(sys.argv[1:]))  # type: ignore[arg-type]
