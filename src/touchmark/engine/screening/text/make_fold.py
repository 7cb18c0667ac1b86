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
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from string import ascii_lowercase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.characters import (
    ACCENTS,
    BLANKS,
    DATA,
    INVISIBLE,
    LATIN,
    LEFT_OUT,
    NEVER_LATIN,
    SIGN_OF,
    UNSEEN,
    accent,
    direction,
    kind,
    lists,
    only_spacing,
    taken_apart,
    within,
)
from touchmark.engine.screening.text.letters import Script

#: Decompositions that would make a word out of a sign beside it: "Nike™" is not "Niketm".
NOT_LETTERS = frozenset("\u2122\u2120\u2116\u2121\u213b")
#: Letters of Latin turned, mirrored or with another bend: read as the letter that they are named after.
BENT = re.compile(
    r"(?:MODIFIER |LATIN )(?:SUBSCRIPT )?(?:SMALL |CAPITAL )?LETTER (?:SMALL |CAPITAL )*(?:EPIGRAPHIC |SMALL CAPITAL )?"
    r"(?:(?:TURNED|REVERSED|INVERTED|SIDEWAYS|BARRED|OPEN|CLOSED|TAILLESS|SCRIPT|INSULAR|STRETCHED|HALF) )+"
    r"([A-Z])(?: WITH .*)?$"
)
LATIN_NAME = re.compile(
    r"(?:NEGATIVE |CROSSED )*(?:LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL |TURNED OPEN )?|"
    r"(?:PARENTHESIZED |SQUARED |CIRCLED |CIRCLED ITALIC |TORTOISE SHELL BRACKETED )LATIN (?:SMALL|CAPITAL) LETTER |"
    r"REGIONAL INDICATOR SYMBOL LETTER |MODIFIER LETTER (?:SMALL|CAPITAL) )([A-Z])(?: WITH .*)?$"
)


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
