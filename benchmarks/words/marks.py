"""
The marks of a part: well-known brands, brands with a real name in another script, brands of real listings, and names
that were made up, which nobody can have tuned on. And the distractors: other names in the register.

A mark under test stands in no title of the material, as a word or within one, except the well-known ones, whose titles
are then left out; so that what is found where nobody put it is wrong. Names made of nothing but words that listings use
are left out too, except among the well-known ones: there the traps ask for them.
"""

import csv
import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.words import invented, material, sounds
from benchmarks.words.cases import Mark, Part, part_of, seed_of
from benchmarks.words.letters import is_latin, letters, one_letter_apart, words

HERE = Path(__file__).parent / "data"
#: The Nice classes of a right, by what its goods are called here.
CLASSES = {
    "fashion": (18, 25),
    "shoes": (25,),
    "jewellery": (14,),
    "toys": (28,),
    "cosmetics": (3,),
    "electronics": (9,),
    "home": (20, 21),
}
#: How many of each kind a part has, beside the well-known ones.
NAMED, INVENTED = 160, 160
_SHOPS = {
    "clothes": "fashion",
    "bag": "fashion",
    "boutique": "fashion",
    "fashion_accessories": "fashion",
    "shoes": "shoes",
    "jewelry": "jewellery",
    "watches": "jewellery",
    "cosmetics": "cosmetics",
    "perfumery": "cosmetics",
    "beauty": "cosmetics",
    "electronics": "electronics",
    "mobile_phone": "electronics",
    "computer": "electronics",
    "toys": "toys",
    "furniture": "home",
    "houseware": "home",
    "kitchen": "home",
}
SCRIPTS = ("zh", "ko", "ja", "ru", "ar", "th", "el")


def marks_of(data: Path, part: Part, seen: str) -> list[Mark]:
    """
    The marks of a part, sorted by their id; no name stands within another.

    :param seen: the letters of all titles, put one after another
    """
    real = list(named(data))
    local = [mark for mark in real if mark.local]
    plain = _drawn([mark for mark in real if not mark.local], NAMED * 3, f"named {part}")
    made = [_made(name, goods) for name, goods in invented.names(f"{part}", INVENTED * 2)]
    chosen: dict[str, Mark] = {letters(mark.text): mark for mark in known() if part_of(mark.text) == part}
    for group, limit in ((local, 400), (plain, NAMED), (made, INVENTED)):
        fresh = [mark for mark in group if part_of(mark.text) == part and letters(mark.text) not in seen]
        for mark in fresh[: limit * 2]:
            if sum(m.source == mark.source for m in chosen.values()) < limit and not is_nested(mark, chosen):
                chosen[letters(mark.text)] = mark
    return [registered(number, mark) for number, mark in enumerate(chosen.values())]


def known() -> list[Mark]:
    """The well-known brands."""
    with (HERE / "known.csv").open(encoding="utf-8", newline="") as lines:
        return [_known(row) for row in csv.DictReader(lines)]


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
        local=tuple((script, row[script]) for script in SCRIPTS if row[script] and row[script] not in given),
        respelt=tuple(filter(None, row["respelt"].split("|"))),
        emoji=row["emoji"],
    )


@cache
def named(data: Path) -> tuple[Mark, ...]:
    """Names of real brands: for goods that are sold in listings, or with a name in another script."""
    return tuple(_read_named(data))


def _read_named(data: Path) -> Iterable[Mark]:
    rows = json.loads((data / "brands" / "nsi_brands.json").read_text(encoding="utf-8"))
    seen: set[str] = {letters(mark.text) for mark in known()}
    for row in rows:
        latin = next((n for n in (row["name"], row["locales"].get("en", "")) if n and is_latin(n)), "")
        others = {lang: n for lang, n in {**row["locales"], "": row["name"]}.items() if not is_latin(n)}
        local = sounds.by_sound(latin, others)
        goods = _SHOPS.get(row["category"].split("/")[2])
        ordinary = all(word in material.vocabulary(data) for word in words(latin))
        if not fit(latin) or letters(latin) in seen or not (goods or local) or ordinary:
            continue
        seen.add(letters(latin))
        yield Mark("", latin, goods or "home", "local" if local else "named", local=local)


def _made(name: str, goods: str) -> Mark:
    """An invented brand; two in five have a Chinese name in the register."""
    aliases = (invented.chinese(name),) if seed_of("alias", name) % 5 < 2 else ()
    return Mark("", name, goods, "invented", aliases=aliases)


def fit(name: str) -> bool:
    """Whether a name is long enough to hide, and is no sentence."""
    return 5 <= len(letters(name)) <= 18 and len(name.split()) <= 3 and "(" not in name and "&" not in name


def is_nested(mark: Mark, chosen: dict[str, Mark]) -> bool:
    """Whether a name stands within another, or is one letter from it: nobody could say which of the two is meant."""
    own = letters(mark.text)
    return any(own in other or other in own or one_letter_apart(own, other) for other in chosen)


def registered(number: int, mark: Mark) -> Mark:
    """Give an id; half of those that are not well known have classes, as in real registers."""
    classes = mark.classes or (CLASSES[mark.goods] if seed_of("classes", mark.text) % 2 else ())
    return replace(mark, right_id=f"test-{number:04d}", classes=classes)


def _drawn(marks: list[Mark], count: int, seed: str) -> list[Mark]:
    return Random(seed_of(seed)).sample(marks, min(count * 2, len(marks)))  # noqa: S311  (nothing here is secret)


def distractors(data: Path, part: Part, marks: list[Mark], count: int) -> list[str]:
    """Other names for the register: real ones first, then made up; none has to do with a mark under test."""
    rows = json.loads((data / "brands" / "nsi_brands.json").read_text(encoding="utf-8"))
    own = {letters(mark.text) for mark in marks} | {letters(name) for m in marks for name in (*m.aliases, *_local(m))}
    real = dict.fromkeys(row["name"] for row in rows if not _touches(letters(row["name"]), own))
    more = (name for name, _ in invented.names(f"distractors {part}", max(0, count - len(real)) * 2))
    made = (name for name in more if not _touches(letters(name), own))
    return [*list(real)[:count], *(name for _, name in zip(range(count - len(real)), made, strict=False))]


def _local(mark: Mark) -> list[str]:
    return [name for _, name in mark.local]


def _touches(name: str, own: set[str]) -> bool:
    """Whether a name is, or has within it, a mark under test; or the mark has all of it in front."""
    spans = (name[i:j] for i in range(len(name)) for j in range(i + 3, min(len(name), i + 18) + 1))
    return not name or name in own or any(span in own for span in spans)


def other_names(data: Path) -> list[str]:
    """Names of real brands, from everywhere: who they are does not matter, only that they are not invented."""
    rows = json.loads((data / "brands" / "nsi_brands.json").read_text(encoding="utf-8"))
    fields = (brand for _, _, brand, _ in material.rows(data) if 3 < len(brand) < 25)
    return sorted({*(row["name"] for row in rows), *(mark.text for mark in known()), *fields})
