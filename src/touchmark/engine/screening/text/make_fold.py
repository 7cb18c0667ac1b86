"""
Write ``data/fold.npz``, the table of both folds and of the classes of characters; only a change of Unicode needs it.

``python -m touchmark.engine.screening.text.make_fold [FILE]``. Sources: ``unicodedata`` of the running Python, UTS #39
through the development dependency ``confusable_homoglyphs``, the simplified forms of Chinese characters from OpenCC
(Apache-2.0) through ``opencc-python-reimplemented``, and ``data/lookalikes.toml``. The table is committed, so that a
text folds alike on every machine, whatever Unicode version its Python knows.
"""

import json
import re
import sys
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.letters import DIRECTIONS, Accent, Direction, Kind, Script

DATA = Path(__file__).parent / "data"
INVISIBLE = "\u200b"  # stands for every character that nobody sees

#: Compatibility decompositions that change only width, spacing or the joining of letters.
PLAIN_TAGS = frozenset({"wide", "narrow", "noBreak", "small", "vertical", "initial", "medial", "final", "isolated"})
LIGATURES = re.compile("[\u0132\u0133\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb06]")
#: Decompositions that would make a word out of a sign beside it: "Nike™" is not "Niketm".
NOT_LETTERS = frozenset("\u2122\u2120\u2116\u2121\u213b")
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

#: Letters of Latin turned, mirrored or with another bend: read as the letter that they are named after.
BENT = re.compile(
    r"(?:MODIFIER |LATIN )(?:SUBSCRIPT )?(?:SMALL |CAPITAL )?LETTER (?:SMALL |CAPITAL )*(?:EPIGRAPHIC |SMALL CAPITAL )?"
    r"(?:(?:TURNED|REVERSED|INVERTED|SIDEWAYS|BARRED|OPEN|CLOSED|TAILLESS|SCRIPT|INSULAR|STRETCHED|HALF) )+"
    r"([A-Z])(?: WITH .*)?$"
)
#: In the name of every letter that is Latin, though no decomposition says so.
LATIN = re.compile(r"\bLATIN\b")
LATIN_NAME = re.compile(
    r"(?:NEGATIVE |CROSSED )*(?:LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL |TURNED OPEN )?|"
    r"(?:PARENTHESIZED |SQUARED |CIRCLED |CIRCLED ITALIC |TORTOISE SHELL BRACKETED )LATIN (?:SMALL|CAPITAL) LETTER |"
    r"REGIONAL INDICATOR SYMBOL LETTER |MODIFIER LETTER (?:SMALL|CAPITAL) )([A-Z])(?: WITH .*)?$"
)


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


def plain(char: str) -> str:
    """Fold case, width, accents and spacing; what nobody sees becomes one sign, which parts words."""
    if (fixed := _blank_or_sign(char)) is not None:
        return fixed
    apart = ACCENTS.sub("", taken_apart(char, only_spacing))
    folded = "".join(_simplified().get(c) or lists()["plain"].get(c, c) for c in apart.casefold())
    if folded == char:
        return "" if char in LEFT_OUT or ACCENTS.match(char) else char
    return "".join(plain(c) for c in folded)


def _blank_or_sign(char: str) -> str | None:
    category = unicodedata.category(char)
    if char in LEFT_OUT:
        return ""
    if char in BLANKS or category == "Zs" or char == "\t":
        return " "
    if char in "\n\v\f\r\u0085\u2028\u2029":
        return "\n"
    if category in ("Cf", "Cc") or char in UNSEEN:
        return INVISIBLE
    return SIGN_OF.get(ord(char))


def visual(char: str) -> str:
    """Fold as ``plain``, and also what looks like a Latin letter into that letter; what nobody sees is left out."""
    drawn = _drawn(char)
    if not drawn.isascii() and char not in lists()["visual"] and (target := _by_uts39(char)):
        return target  # "ϲ" is a c by its look, and a form of σ only by its decomposition
    return "".join(_looks_like(c) for c in drawn).replace(INVISIBLE, "")


def _drawn(char: str) -> str:
    """Undo fonts, circles, squares and small print, where nothing but letters and digits comes of it."""
    if char in lists()["visual"] or _blank_or_sign(char) is not None or char in NOT_LETTERS:
        return char
    apart = ACCENTS.sub("", taken_apart(char, lambda tag, _: tag != "fraction"))
    return apart if apart.isalnum() or not apart else char


def _looks_like(char: str) -> str:
    """Capitals come before case: a Greek Ν looks like N, its small letter ν like v."""
    listed = lists()["visual"].get(char)
    if listed is not None or char.isascii():
        return plain(char) if listed is None else listed
    if within(ord(char), NEVER_LATIN):
        return plain(char)
    return _by_uts39(char) or _by_name(char) or _alphabets().get(char) or _by_small_letter(char)


def _by_small_letter(char: str) -> str:
    """A capital without a look of its own goes by its small letter, or the other way round, where that has one."""
    small = plain(char)
    return small if small == char else "".join(_looks_like(c) for c in small)


def _by_uts39(char: str) -> str:
    if unicodedata.category(char)[0] not in "LN" or char.isascii() or within(ord(char), NEVER_LATIN):
        return ""
    for target in _confusables().get(char, ()):
        bare = ACCENTS.sub("", unicodedata.normalize("NFKD", target))
        if bare.isascii() and bare.isalnum():
            # UTS #39 has one shape for I, l and 1, and writes m as rn.
            upright = bare == "l" and unicodedata.category(char) in ("Lu", "Lt")
            return "i" if upright else bare.lower().replace("rn", "m")
    return ""


def _by_name(char: str) -> str:
    name = unicodedata.name(char, "")
    named = LATIN_NAME.match(name) or BENT.match(name)
    if named:
        return named[1].lower()
    return str(unicodedata.digit(char, ""))


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


def script(char: str) -> Script:
    """Tell Latin letters, however drawn, from those of other alphabets, and accents from both."""
    if ACCENTS.match(char):
        return Script.ACCENT
    letter = unicodedata.category(char)[0] == "L"
    if not letter and not visual(char).isalpha():
        return Script.NONE
    if letter and within(ord(char), NEVER_LATIN):
        return Script.NONE
    return (
        Script.LATIN
        if not letter or _drawn(char).isascii() or LATIN.search(unicodedata.name(char, ""))
        else Script.OTHER
    )


def accent(char: str) -> Accent:
    """Tell letters with an accent that the plain fold leaves out."""
    if VIETNAMESE.match(char):
        return Accent.VIETNAMESE
    parts = taken_apart(char, only_spacing)
    return Accent.ACCENTED if ACCENTS.search(parts) or char.lower() in lists()["plain"] else Accent.NONE


def tables() -> dict[str, NDArray[np.generic]]:
    """Compute every array of ``fold.npz``."""
    assigned = (chr(point) for point in range(sys.maxunicode + 1))
    chars = [char for char in assigned if unicodedata.category(char) not in ("Cn", "Co", "Cs")]
    arrays: dict[str, NDArray[np.generic]] = {"unicode": np.array(unicodedata.unidata_version)}
    for name, fold in (("plain", plain), ("visual", visual)):
        arrays |= {f"{name}_{part}": array for part, array in _rows(chars, fold).items()}
    for name, rule in (("kind", kind), ("script", script), ("accent", accent), ("direction", direction)):
        arrays |= {f"{name}_{part}": array for part, array in _runs(chars, rule).items()}
    for name, table in (("beside", beside()), ("turned", lists()["turned"])):
        arrays |= {f"{name}_{part}": array for part, array in _rows(sorted(table), table.__getitem__).items()}
    arrays["rare"] = np.array(sorted(ord(char) for char in beside() if char in _rare()), np.uint32)
    return arrays


def beside() -> dict[str, str]:
    """What is read as a letter beside letters of Latin only; nothing that the visual fold reads so anyway."""
    told: dict[str, dict[str, Any]] = lists()
    found = _in_order([*told["beside_alphabets"]["rare"], *told["beside_alphabets"]["other"]]) | told["beside"]
    return {char: letters for char, letters in found.items() if not visual(char).isascii()}


def direction(char: str) -> Direction:
    """Tell which way a character runs, or what it does to those that follow."""
    return DIRECTIONS.get(unicodedata.bidirectional(char), Direction.NEUTRAL)


def _rows(chars: list[str], fold: Callable[[str], str]) -> dict[str, NDArray[np.generic]]:
    """What changes, and into what: row i of ``into`` lies between ``offsets[i]`` and ``offsets[i + 1]``."""
    changed = [(ord(c), folded) for c in chars if (folded := fold(c)) != c]
    lengths = [len(folded) for _, folded in changed]
    return {
        "from": np.array([point for point, _ in changed], np.uint32),
        "offsets": np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        "into": np.array([ord(c) for _, folded in changed for c in folded], np.uint32),
    }


def _runs(chars: list[str], rule: Callable[[str], int]) -> dict[str, NDArray[np.generic]]:
    """Where a run of equal values starts, and the value."""
    starts = list(_changes(chars, rule))
    return {
        "starts": np.array([point for point, _ in starts], np.uint32),
        "values": np.array([value for _, value in starts], np.uint8),
    }


def _changes(chars: list[str], rule: Callable[[str], int]) -> Iterator[tuple[int, int]]:
    """What is not assigned has value 0."""
    before, following = 0, 0
    for char in chars:
        if ord(char) != following and before != 0:
            yield following, 0
            before = 0
        value = int(rule(char))
        if value != before:
            yield ord(char), value
        before, following = value, ord(char) + 1
    yield following, 0


@cache
def lists() -> dict[str, Any]:
    """What ``lookalikes.toml`` lists."""
    return tomllib.loads((DATA / "lookalikes.toml").read_text("utf-8"))


def _in_order(alphabets: list[str]) -> dict[str, str]:
    """What each character of some alphabets stands for; of two letters, the one in the first alphabet."""
    found: dict[str, str] = {}
    for alphabet in alphabets:
        for letter, char in zip(ascii_lowercase, alphabet, strict=True):
            if not char.isascii():
                found.setdefault(char, letter)
    return found


@cache
def _alphabets() -> dict[str, str]:
    return _in_order(lists()["alphabets"]["always"])


@cache
def _rare() -> frozenset[str]:
    return frozenset("".join(lists()["beside_alphabets"]["rare"]))


@cache
def _simplified() -> dict[str, str]:
    """Simplified forms of Chinese characters; those of Taiwan, Hong Kong and Japan by way of the traditional form."""
    standard = _characters("TWVariantsRev") | _characters("HKVariantsRev")
    japanese = {new: old for old, new in _characters("JPVariants").items() if new not in _characters("STCharacters")}
    simple = _characters("TSCharacters")
    found = {}
    for char in japanese | standard | simple:
        traditional = japanese.get(char, char)
        traditional = standard.get(traditional, traditional)
        found[char] = simple.get(char) or simple.get(traditional, traditional)
    return {char: found.get(into, into) for char, into in found.items() if found.get(into, into) != char}


@cache
def _characters(name: str) -> dict[str, str]:
    source = files("opencc") / "dictionary" / f"{name}.txt"
    rows = (line.split("\t") for line in source.read_text("utf-8").splitlines() if "\t" in line)
    return {char: into.split()[0] for char, into in rows if len(char) == 1 and len(into.split()[0]) == 1}


@cache
def _confusables() -> dict[str, list[str]]:
    source = files("confusable_homoglyphs") / "confusables.json"
    return {char: [entry["c"] for entry in found] for char, found in json.loads(source.read_text("utf-8")).items()}


if __name__ == "__main__":
    arrays: dict[str, Any] = tables()
    np.savez_compressed(sys.argv[1] if len(sys.argv) > 1 else DATA / "fold.npz", **arrays)
