"""What characters are: their kind, accent and direction, and how far they are taken apart. For ``make_fold``."""

import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from touchmark.engine.screening.text.letters import DIRECTIONS, Accent, Direction, Kind

DATA = Path(__file__).parent / "data"
INVISIBLE = "\u200b"  # stands for every character that nobody sees
#: Compatibility decompositions that change only width, spacing or the joining of letters.
PLAIN_TAGS = frozenset({"wide", "narrow", "noBreak", "small", "vertical", "initial", "medial", "final", "isolated"})
LIGATURES = re.compile("[\u0132\u0133\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb06]")
#: Blank, though Unicode calls them letters or symbols.
BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
#: Nobody sees them, though Unicode calls them signs of scripts.
UNSEEN = frozenset("\u034f\u17b4\u17b5\u180f")
#: Written to be left out: a soft hyphen, the stretching stroke of Arabic.
LEFT_OUT = frozenset("\u00ad\u0640")
#: Marks over and under letters that most people leave out; the vowel signs of Indic and Thai scripts are none.
ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u180b-\u180d"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
#: Letters of Vietnamese alone, and its hook and dot as marks of their own.
VIETNAMESE = re.compile("[\u01a0\u01a1\u01af\u01b0\u0309\u0323\u1ea0-\u1ef9]")
SIGNS = {
    "'": "\u0027\u0060\u00b4\u02b9\u02bb\u02bc\u02c8\u05f3\u2018\u2019\u201b\u2032\uff07\uff40",
    "-": "\u002d\u00af\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u208b\u2212\ufe58\ufe63\uff0d",
    "\u00b7": "\u00b7\u0387\u2027\u2219\u22c5\u30fb\uff65",
}
SIGN_OF = {ord(variant): sign for sign, variants in SIGNS.items() for variant in variants}
JOINERS = frozenset("-._\u00b7")
BREAKS = frozenset(
    ',;:!?()[]{}<>"|\\\u00ab\u00bb\u201c\u201d\u201e\u3001\u3002\u3008\u3009\u300a\u300b\u300c\u300d\u3010\u3011'
    "\u3014\u3015\u060c\u061b\u061f\u2026\u00a6\u2016"
)
Ranges = tuple[tuple[int, int], ...]
HAN: Ranges = (
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3100, 0x312F),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
HIRAGANA: Ranges = ((0x3041, 0x3096), (0x309D, 0x309F))
VOICE_MARKS: Ranges = ((0x3099, 0x309A),)
KATAKANA: Ranges = ((0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF))
HANGUL: Ranges = ((0x1100, 0x11FF), (0x3131, 0x318E), (0xA960, 0xA97C), (0xAC00, 0xD7FB))
SOUTH_EAST: Ranges = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))
RIGHT_TO_LEFT: Ranges = ((0x0590, 0x08FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFC), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF))
#: Alphabets whose letters are not read as Latin ones, however alike one may look alone.
NEVER_LATIN = HAN + VOICE_MARKS + HIRAGANA + KATAKANA + HANGUL + SOUTH_EAST + RIGHT_TO_LEFT
#: In the name of every letter that is Latin, though no decomposition says so.
LATIN = re.compile(r"\bLATIN\b")


def within(point: int, ranges: Ranges) -> bool:
    """Whether a code point lies in one of the ranges, both ends included."""
    return any(low <= point <= high for low, high in ranges)


def taken_apart(char: str, wanted: Callable[[str, str], bool]) -> str:
    """Decompose as far as canonical and the wanted compatibility decompositions go."""
    parts = unicodedata.decomposition(char).split()
    tag = parts.pop(0)[1:-1] if parts and parts[0].startswith("<") else ""
    if not parts or (tag and not wanted(tag, char)):
        return char
    return "".join(taken_apart(chr(int(part, 16)), wanted) for part in parts)


def only_spacing(tag: str, char: str) -> bool:
    """Whether a compatibility decomposition changes no more than width, spacing or joining."""
    return tag in PLAIN_TAGS or LIGATURES.match(char) is not None


def kind(char: str) -> Kind:
    """Tell what a folded character is to the cutting of words."""
    point, category = ord(char), unicodedata.category(char)
    if (sign := _kind_of_sign(char, category)) is not None:
        return sign
    if category[0] not in "LM" and not within(point, HAN):
        return Kind.SYMBOL
    for ranges, found in (
        (HAN, Kind.HAN),
        (HIRAGANA, Kind.HIRAGANA),
        (KATAKANA, Kind.KATAKANA),
        (HANGUL, Kind.HANGUL),
    ):
        if within(point, ranges):
            return found
    if within(point, SOUTH_EAST):
        return Kind.SOUTH_EAST if category[0] == "L" else Kind.SIGN
    if within(point, VOICE_MARKS):
        return Kind.SIGN
    return Kind.LETTER


def _kind_of_sign(char: str, category: str) -> Kind | None:
    fixed = {
        " ": Kind.SPACE,
        "\n": Kind.NEWLINE,
        INVISIBLE: Kind.INVISIBLE,
        "'": Kind.APOSTROPHE,
        "&": Kind.AND,
    }.get(char)
    if fixed is not None or category == "Nd":
        return Kind.DIGIT if fixed is None else fixed
    if char in JOINERS or char in BREAKS:
        return Kind.JOINER if char in JOINERS else Kind.BREAK
    return None


def accent(char: str) -> Accent:
    """Tell letters with an accent that the plain fold leaves out."""
    if VIETNAMESE.match(char):
        return Accent.VIETNAMESE
    parts = taken_apart(char, only_spacing)
    return Accent.ACCENTED if ACCENTS.search(parts) or char.lower() in lists()["plain"] else Accent.NONE


def direction(char: str) -> Direction:
    """Tell which way a character runs, or what it does to those that follow."""
    return DIRECTIONS.get(unicodedata.bidirectional(char), Direction.NEUTRAL)


@cache
def lists() -> dict[str, Any]:
    """What ``lookalikes.toml`` lists."""
    return tomllib.loads((DATA / "lookalikes.toml").read_text("utf-8"))
