"""
The marks of ``fresh``: other well-known brands, real ones that the other parts leave, and coined ones.

No brand is in two parts. No two marks here sound alike, have the same words, or a Chinese name that differs by one
character or in tone only: a reader could not say which of the two is written when either is disguised.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from benchmarks.words import marks as others
from benchmarks.words import material
from benchmarks.words.cases import Mark, Part, seed_of
from benchmarks.words.fresh import coined
from benchmarks.words.letters import is_latin, letters, one_letter_apart, words

HERE = Path(__file__).parent / "data"
SCRIPTS = ("ko", "ja", "ru", "ar", "th", "el", "he")
#: How many of each kind, beside the well-known ones.
REAL, COINED = 240, 180
#: Nice classes of goods that only this part has.
CLASSES = {**others.CLASSES, "auto": (12,), "sports": (28,), "food": (30,)}
#: The least letters of a name in another script; a short one is another word as often as not.
LEAST_LOCAL = {"ru": 4, "ar": 4, "el": 4, "he": 4, "th": 4, "ja": 3, "ko": 2}
_UNHEARD = dict.fromkeys(map(ord, "aeiouh "))
_CHINESE = "娅朵琦舒澜霏璐缇柔嘉蔓茉诗绮珂铭睿森昊恺博曼洛黛瑟"


def marks_of(data: Path, seen: str) -> list[Mark]:
    """
    The marks of this part, sorted by their id.

    :param seen: the letters of all titles, put one after another
    """
    chosen: dict[str, Mark] = {letters(mark.text): mark for mark in known()}
    sounds = {_sound(name) for name in chosen}
    for group, limit in ((_real(data, seen), REAL), (_coined(data, seen), COINED)):
        kept = 0
        for mark in group:
            name = letters(mark.text)
            if kept < limit and _sound(name) not in sounds and _apart(mark, chosen):
                chosen[name] = mark
                sounds.add(_sound(name))
                kept += 1
    return [_registered(number, mark) for number, mark in enumerate(chosen.values())]


def known() -> list[Mark]:
    """The well-known brands of this part."""
    return [_known(row) for row in rows("marks.csv")]


def parts() -> dict[str, str]:
    """Of some names of several words the one that everybody knows them by."""
    return {row["name"]: row["part"] for row in rows("marks.csv") if row["part"]}


def rows(name: str) -> list[dict[str, str]]:
    """A file of this part."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _known(row: dict[str, str]) -> Mark:
    given = (row["zh"],) if row["zh"] and row["zh_given"] == "1" else ()
    short = tuple(filter(None, row["short"].split("|")))
    return Mark(
        "",
        row["name"],
        row["goods"],
        "known",
        aliases=(*given, *short),
        short=short,
        classes=tuple(map(int, row["classes"].split("|"))),
        local=tuple((script, row[script]) for script in SCRIPTS if _long_enough(script, row[script])),
        respelt=tuple(filter(None, row["respelt"].split("|"))),
    )


def _long_enough(script: str, name: str) -> bool:
    return len(name.replace(" ", "")) >= LEAST_LOCAL[script]


@cache
def taken(data: Path) -> frozenset[str]:
    """The letters of all names in the other parts."""
    titles = sorted({title for _, title, _, _ in material.rows(data)})
    seen = " ".join(map(letters, titles))
    marks = (mark for part in (Part.TUNE, Part.REPORT) for mark in others.marks_of(data, part, seen))
    return frozenset(letters(mark.text) for mark in (*others.known(), *marks))


def _real(data: Path, seen: str) -> Iterator[Mark]:
    """Real brands that the others did not draw, by another bit of their checksum; those with other names first."""
    found = {letters(mark.text): mark for mark in (*_with_chinese(data), *others.named(data))}
    digests = {name: sha256(name.encode()).digest() for name in found}
    ordered = sorted(found, key=lambda name: (not found[name].local, not found[name].aliases, digests[name]))
    for name in ordered:
        if digests[name][19] % 2 and name not in taken(data) and name not in seen:
            yield found[name]


def _with_chinese(data: Path) -> Iterator[Mark]:
    """Real brands of any trade with a Chinese name, which is put into the register."""
    for row in json.loads((data / "brands" / "nsi_brands.json").read_text(encoding="utf-8")):
        latin = next((n for n in (row["name"], row["locales"].get("en", "")) if n and is_latin(n)), "")
        chinese = next((n for key in ("zh-Hans", "zh") if _is_chinese(n := row["locales"].get(key, ""))), "")
        ordinary = all(word in material.vocabulary(data) for word in words(latin))
        if others.fit(latin) and chinese and not ordinary:
            goods = CLASS_OF_TRADE[seed_of("goods", latin) % len(CLASS_OF_TRADE)]
            yield Mark("", latin, goods, "named", aliases=(chinese,))


#: What a brand of another trade is said to sell: a register has classes, and shops have goods with their name on.
CLASS_OF_TRADE = ("fashion", "home", "electronics", "cosmetics", "food", "toys")


def _is_chinese(name: str) -> bool:
    return 2 <= len(name) <= 5 and all("\u4e00" <= c <= "\u9fff" for c in name)


def _coined(data: Path, seen: str) -> Iterator[Mark]:
    real = [row["name"] for row in json.loads((data / "brands" / "nsi_brands.json").read_text(encoding="utf-8"))]
    for name, goods in coined.names(real, COINED * 4):
        if letters(name) not in seen and not all(word in material.vocabulary(data) for word in words(name)):
            seed = seed_of("coined Chinese", name)
            places = (seed, seed // 97, seed // 9409)
            chinese = "".join(dict.fromkeys(_CHINESE[place % len(_CHINESE)] for place in places))
            yield Mark("", name, goods, "invented", aliases=(chinese,) if seed % 2 and len(chinese) == 3 else ())


def _apart(mark: Mark, chosen: dict[str, Mark]) -> bool:
    """Whether a mark can be told from all that are chosen, however it is disguised."""
    own, own_words = letters(mark.text), set(words(mark.text))
    alike = any(own in other or other in own or _near(own, other) for other in chosen if len(other) > 2)
    shared = any(len(word) > 3 for other in chosen.values() for word in own_words & set(words(other.text)))
    return not alike and not shared and _own_chinese(mark, chosen)


def _near(one: str, other: str) -> bool:
    """Whether names are a letter apart, or short ones two."""
    return one_letter_apart(one, other) or (max(len(one), len(other)) < 8 and Levenshtein.distance(one, other) < 3)


def _sound(name: str) -> str:
    """Roughly how a name sounds: its first letter, then like consonants alike, none twice in a row."""
    like = name[0] + name[1:].translate(str.maketrans("cqzxvwpdy", "kksksbbti")).translate(_UNHEARD)
    return "".join(c for c, before in zip(like, " " + like, strict=False) if c != before)


def _own_chinese(mark: Mark, chosen: dict[str, Mark]) -> bool:
    """Whether no other mark has a Chinese name of the same sound, nor of the same length but for one character."""
    return not any(_same_chinese(own, other) for own in mark.aliases for m in chosen.values() for other in m.aliases)


def _same_chinese(own: str, other: str) -> bool:
    if not _is_chinese(own) or not _is_chinese(other):
        return own == other
    apart = sum(a != b for a, b in zip(_pinyin(own), _pinyin(other), strict=False))
    return own in other or other in own or (len(own) == len(other) and apart <= (0 if len(own) == 2 else 1))


@cache
def _pinyin(name: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(name))


def _registered(number: int, mark: Mark) -> Mark:
    """Give an id; half of those that are not well known have classes, as in real registers."""
    classes = mark.classes or (CLASSES[mark.goods] if seed_of("classes", mark.text) % 2 else ())
    return replace(mark, right_id=f"test-{number:04d}", classes=classes)
