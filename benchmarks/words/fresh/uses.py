"""Listings of ``fresh`` that use a mark: plainly, by a short form with company, or hidden in each way in turn."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.words import marks as marks_of_others
from benchmarks.words import material, positives
from benchmarks.words.cases import Case, Kind, Mark, Part, Piece, Slot, Written, seed_of
from benchmarks.words.fresh import names, titles
from benchmarks.words.fresh.tricks import pairs, places, scripts
from benchmarks.words.fresh.tricks.way import WAYS, Way
from benchmarks.words.letters import letters, words
from benchmarks.words.loose import LooseReader
from benchmarks.words.positives import Bench

#: Every family comes of a module; naming one here that names the others keeps the list of ways whole.
MODULES = (pairs, places)
#: Ways of naming plainly that only this part has.
_RESALE = ("Authentic {} pre-owned, receipt included:", "Genuine {} -", "100% original {} second hand")


@dataclass(frozen=True, slots=True)
class Material:
    """What this part is made from: a bench, and the names that a disguise must not become."""

    bench: Bench
    honest: frozenset[str]

    def reads(self, mark: Mark, written: Written) -> bool:
        """Whether what is written hides a name, and is neither a word of listings nor the name of somebody else."""
        pieces = [written.title, *(piece for _, piece in written.elsewhere)]
        name = "".join(piece.text[piece.start : piece.end] for piece in pieces)
        alone = len(pieces) == 1 and written.title.text == name and " " not in name
        own = letters(name) == letters(mark.text)
        if own and alone and name.casefold() == "".join(mark.text.split()).casefold():
            return False
        return bool(name.strip()) and (own or letters(name) not in self.honest)


def gathered(data: Path, marks: list[Mark]) -> Material:
    """Put in order the room for names in which a loose reader sees no mark."""
    by: dict[tuple[str, str], list[Slot]] = defaultdict(list)
    reader = LooseReader(marks)
    for slot in titles.slots(data):
        if "*" not in slot.text and not reader.sees(slot.text):
            by["", slot.goods].append(slot)
    for slot in titles.written():
        by[slot.language, slot.goods].append(slot)
        if slot.language in positives.LATIN:
            by["", slot.goods].append(slot)
    every = Counter(word for _, title, _, _ in material.rows(data) for word in set(words(title)))
    return Material(Bench(data, Part.FRESH, marks, dict(by), every), _honest(data, marks))


def _honest(data: Path, marks: list[Mark]) -> frozenset[str]:
    own = {letters(name) for mark in marks for name in (mark.text, *mark.aliases)}
    return frozenset({*material.vocabulary(data), *map(letters, marks_of_others.other_names(data)), *own} - {""})


@cache
def ways(data: Path) -> tuple[Way, ...]:
    """All ways of hiding; the look of characters is read from data beside the project."""
    return (*WAYS, scripts.alike(data))


def hidden(made_of: Material, each: int) -> Iterator[Case]:
    """So many of each way, over as many marks as there are."""
    for way in ways(made_of.bench.data):
        yield from _given(made_of) if way.family == places.GIVEN else _of(made_of, way, each)


def _of(made_of: Material, way: Way, each: int) -> Iterator[Case]:
    bench = made_of.bench
    random = Random(seed_of("fresh", way.family, way.variant))  # noqa: S311  (nothing here is secret)
    made: set[tuple[str, str]] = set()
    for mark in positives.spread(random, [mark for mark in bench.marks if _suits(way, mark)], each * 12):
        written = way(random, mark)
        slot = bench.slot(random, mark, _language(way, written)) if written else None
        if not written or not slot or len(made) == each or not made_of.reads(mark, written):
            continue
        key = (mark.right_id, repr(written))
        if key not in made:
            made.add(key)
            yield _listed(random, slot, mark, written, way)


_LANGUAGES = {
    "CYRILLIC": "ru",
    "GREEK": "el",
    "HANGUL": "ko",
    "KATAKANA": "ja",
    "HIRAGANA": "ja",
    "HALFWIDTH": "ja",
    "ARABIC": "ar",
    "THAI": "th",
    "HEBREW": "he",
}


def _language(way: Way, written: Written) -> str:
    """A name in Russian stands in Russian titles; a Latin one in titles in Latin letters, whatever it is drawn with."""
    if way.family == scripts.CHINESE or way.variant.startswith("Chinese"):
        return "zh"
    names = (unicodedata.name(c, "?").split()[0] for c in written.title.text if c.isalpha())
    own = next((_LANGUAGES[name] for name in names if name in _LANGUAGES), "")
    return own if way.family in (scripts.SOUND, scripts.SOUND_HIDDEN) else ""


def _suits(way: Way, mark: Mark) -> bool:
    """Whether a way does anything to a mark, in one of a few tries."""
    tries = (way(Random(seed), mark) for seed in range(4))  # noqa: S311  (nothing here is secret)
    return not _too_short(mark) and any(tries)


def _too_short(mark: Mark) -> bool:
    """Names of two and three letters are not disguised here; they stand in references and traps."""
    return len(letters(mark.text)) < 4


def _listed(random: Random, slot: Slot, mark: Mark, written: Written, way: Way) -> Case:
    case = positives.listing(random, slot, mark, written, Kind.DISGUISED, way.family, way.variant, True)
    return case if written.title.text else replace(case, spans=case.spans[1:])


def _given(made_of: Material) -> Iterator[Case]:
    """Short forms beside a line or a model of the same brand."""
    random = Random(seed_of("fresh", "short"))  # noqa: S311  (nothing here is secret)
    held = {mark.text: mark for mark in made_of.bench.marks if mark.short}
    for row in names.rows("company.csv"):
        mark = held[row["mark"]]
        before, _, after = row["title"].partition("{}")
        slot = Slot("written", before, after, "", mark.goods)
        for short in mark.short:
            written = Written(Piece.of(random.choice((short, short, short.lower()))))
            yield positives.listing(
                random, slot, mark, written, Kind.DISGUISED, places.GIVEN, "with a line of the brand", True
            )


def plain(made_of: Material, each: int) -> Iterator[Case]:
    """As the other parts write plainly; and as authentic resale, and without the signs of a name."""
    yield from positives.plain(made_of.bench, each)
    yield from _resale(made_of.bench, each)
    yield from _without_signs(made_of.bench)


def _resale(bench: Bench, each: int) -> Iterator[Case]:
    random = Random(seed_of("fresh", "resale"))  # noqa: S311  (nothing here is secret)
    for mark in positives.spread(random, bench.marks, each):
        slot = bench.slot(random, mark)
        if slot and not _too_short(mark):
            before, _, after = random.choice(_RESALE).partition("{}")
            room = replace(slot, before=before, after=f"{after} {slot.text.strip()}")
            yield positives.listing(
                random, room, mark, Written(Piece.of(mark.text)), Kind.PLAIN, "plain", "authentic resale", True
            )


def _without_signs(bench: Bench) -> Iterator[Case]:
    """Levis for Levi's, Coca Cola for Coca-Cola: nothing is hidden."""
    random = Random(seed_of("fresh", "without signs"))  # noqa: S311  (nothing here is secret)
    for mark in bench.marks:
        name = mark.text.replace("'", "").replace("’", "").replace("-", " ").replace(".", "")
        slot = bench.slot(random, mark)
        if name != mark.text and slot:
            written = Written(Piece.of(name))
            yield positives.listing(random, slot, mark, written, Kind.PLAIN, "plain", "without its signs", True)
