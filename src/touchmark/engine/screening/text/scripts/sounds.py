"""How letters of Latin and characters of other scripts sound, as arrays for the kernels of ``heard``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: A sound is a number: its place here. From "<" on they are signs: take away the vowel before, the consonant before,
#: voice it, make it p. And from "0" on they are covered: no consonant, or any of a class.
SOUNDS = "-pbfvtdkgszSCJmnlrhwyaeioux<~^%0123456"
VOWELS = frozenset("aeioux")
MOST_SOUNDS = 4
#: Code points of each script; a run of characters of one script is a word. In this order they are numbered from 1.
SCRIPTS: dict[str, tuple[int, int]] = {
    "greek": (0x370, 0x3FF),
    "cyrillic": (0x400, 0x52F),
    "armenian": (0x530, 0x58F),
    "hebrew": (0x590, 0x5FF),
    "arabic": (0x600, 0x6FF),
    "devanagari": (0x900, 0x97F),
    "thai": (0xE00, 0xE7F),
    "georgian": (0x10A0, 0x10FF),
    "kana": (0x3099, 0x30FF),
    "hangul": (0xAC00, 0xD7A3),
}
#: Characters of private use stand for covered ones: of script s, what may be covered by number from
#: ``FIRST_COVER + s * COVERS`` on.
FIRST_COVER, COVERS = 0xE000, 7
TOP_POINT = 0xE100
#: Consonants that are confused across scripts, as one class; other sounds have class 0 and are in no skeleton.
_CLASSES = {"pbfv1": 1, "td2": 2, "kg3": 3, "szSCJ4": 4, "mn5": 5, "lr6": 6}
#: Scripts in which a character is a consonant and a vowel.
_SYLLABIC = ("kana", "hangul")
#: What one sound costs for another, in hundredths; pairs not listed cannot be.
NEVER = 100
_NEAR = {"pb": 20, "fv": 12, "td": 20, "kg": 20, "sz": 8, "SJ": 20, "CJ": 12, "SC": 15, "sS": 20, "zJ": 15, "mn": 20,
         "vw": 5, "bv": 40, "pf": 40, "yi": 3, "yJ": 30, "wu": 3, "wo": 8, "sC": 30,
         "ae": 30, "ao": 22, "au": 40, "ai": 60, "ei": 14, "eo": 40, "ou": 14, "iu": 45, "io": 60, "eu": 45,
         "xa": 8, "xe": 8, "xo": 8, "xu": 8, "xi": 15, "ye": 20, "hk": 30, "hg": 25}  # fmt: skip
_ADDED, _VOWEL, _GLIDE, _DOUBLED = 3, 35, 15, 3


@dataclass(frozen=True, slots=True, eq=False)
class Sounds:
    """
    ``of``: per code point below ``TOP_POINT`` up to four sounds, flat; ``script``: its script, 0 for none.

    Rule r reads the letters ``letters[r]`` (packed, ``sizes[r]`` of them) as ``heard`` (four places per rule, of which
    ``many[r]`` count) at ``cost[r]``; those that begin with letter l are ``first[l]`` up to ``first[l + 1]``.

    ``classes``: per sound. ``near``: cost of one sound for another per script, flat; ``added``: of a sound that no
    letter stands for; ``unwritten``, ``no_r``: per script.
    """

    of: NDArray[np.uint8]
    script: NDArray[np.uint8]
    letters: NDArray[np.int64]
    sizes: NDArray[np.int64]
    heard: NDArray[np.uint8]
    many: NDArray[np.int64]
    cost: NDArray[np.int64]
    first: NDArray[np.int64]
    classes: NDArray[np.uint8]
    near: NDArray[np.int64]
    added: NDArray[np.int64]
    unwritten: NDArray[np.uint8]
    no_r: NDArray[np.uint8]


@cache
def sounds() -> Sounds:
    """The tables."""
    listed = tomllib.loads(_data("sounds.toml").read_text("utf-8"))
    with _data("sounds.npz").open("rb") as held, np.load(held, allow_pickle=False) as arrays:
        points, rows = arrays["points"], arrays["sounds"].reshape(-1, MOST_SOUNDS)
    of, script = np.zeros((TOP_POINT, MOST_SOUNDS), np.uint8), np.zeros(TOP_POINT, np.uint8)
    of[points] = rows
    for number, (name, (low, high)) in enumerate(SCRIPTS.items(), start=1):
        script[low : high + 1] = number
        covers = FIRST_COVER + number * COVERS
        script[covers : covers + COVERS] = number
        of[covers : covers + COVERS, 0] = range(SOUNDS.index("0"), SOUNDS.index("0") + COVERS)
        of[covers + 1 : covers + COVERS, 1] = SOUNDS.index("0") if name in _SYLLABIC else 0
    classes = _classes()
    read, told = _rules(listed["letters"]), _scripts(listed["scripts"])
    return Sounds(of=of.ravel(), script=script, classes=classes, **read, **told)


def _data(name: str) -> Any:
    return files("touchmark.engine.screening.text.scripts") / "data" / name


def packed(letters: str) -> int:
    """Up to four letters as a number."""
    number = 0
    for letter in letters:
        number = (number << 5) | (ord(letter) - ord("a") + 1)
    return number


def _rules(listed: dict[str, str]) -> dict[str, NDArray[Any]]:
    rows = [
        (letters, heard.split(":")[0], int(heard.split(":")[1]) if ":" in heard else 0)
        for letters, row in sorted(listed.items())
        for heard in row.split()
    ]
    rows = [(letters, heard.replace("-", ""), cost) for letters, heard, cost in rows]
    codes = [[SOUNDS.index(sound) for sound in heard] for _, heard, _ in rows]
    begins = [ord(letters[0]) - ord("a") for letters, _, _ in rows]
    return {
        "letters": np.array([packed(letters) for letters, _, _ in rows], np.int64),
        "sizes": np.array([len(letters) for letters, _, _ in rows], np.int64),
        "heard": np.array([row + [0] * (MOST_SOUNDS - len(row)) for row in codes], np.uint8).ravel(),
        "many": np.array([len(row) for row in codes], np.int64),
        "cost": np.array([cost for _, _, cost in rows], np.int64),
        "first": np.searchsorted(np.array(begins), np.arange(27)).astype(np.int64),
    }


def _scripts(listed: dict[str, Any]) -> dict[str, NDArray[Any]]:
    size = len(SOUNDS)
    near = np.full((len(SCRIPTS) + 1, size, size), NEVER, np.int64)
    added = np.full((len(SCRIPTS) + 1, size), NEVER, np.int64)
    unwritten, no_r = np.zeros(len(SCRIPTS) + 1, np.uint8), np.zeros(len(SCRIPTS) + 1, np.uint8)
    for number, name in enumerate(SCRIPTS, start=1):
        rules = listed[name]
        near[number] = _near(rules.get("merged", []), rules.get("like", {}))
        near[number] = np.minimum(near[number], _covered())
        added[number, -COVERS:] = _ADDED
        for sound in "aeioux":
            added[number, SOUNDS.index(sound)] = _ADDED if sound in rules.get("added", "x") else _VOWEL
        for sound in "hwy":
            added[number, SOUNDS.index(sound)] = _ADDED if rules.get("unwritten") else _GLIDE
        unwritten[number], no_r[number] = rules.get("unwritten", False), rules.get("no_r", False)
    return {"near": near.ravel(), "added": added.ravel(), "unwritten": unwritten, "no_r": no_r}


def _covered() -> NDArray[np.int64]:
    """What it costs that a sound is covered: nothing, by one of its class."""
    classes, near = _classes(), np.full((len(SOUNDS), len(SOUNDS)), NEVER, np.int64)
    for number in range(COVERS):
        near[classes == number, len(SOUNDS) - COVERS + number] = 0
    return near


def _classes() -> NDArray[np.uint8]:
    return np.array([next((c for held, c in _CLASSES.items() if s in held), 0) for s in SOUNDS], np.uint8)


def _near(merged: list[str], like: dict[str, int]) -> NDArray[np.int64]:
    near = np.full((len(SOUNDS), len(SOUNDS)), NEVER, np.int64)
    np.fill_diagonal(near, 0)
    pairs = [*_NEAR.items(), *like.items(), *((a + b, 0) for group in merged for a in group for b in group)]
    for pair, cost in pairs:
        i, j = SOUNDS.index(pair[0]), SOUNDS.index(pair[1])
        near[i, j] = near[j, i] = min(cost, int(near[i, j]))
    return near
