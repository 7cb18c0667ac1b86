"""Listings that use a mark: plainly, by a given alias, or disguised by each trick in turn."""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from benchmarks.words.cases import Case, Kind, Mark, Part, Piece, Slot, Written, seed_of
from benchmarks.words.letters import letters, words
from benchmarks.words.loose import LooseReader
from benchmarks.words.tricks import drawn, places, scripts, signs, spelling
from benchmarks.words.tricks.trick import TRICKS

HERE = Path(__file__).parent / "data"
#: Every family comes of a module; naming them here keeps the list of tricks whole.
FAMILIES = (drawn, signs, spelling, places)
#: What stands in the brand field of a listing that hides its brand.
BRAND_FIELDS = (None, None, None, None, None, None, None, "OEM", "No brand", "")
#: Languages of the Latin alphabet that titles are written in here.
LATIN = ("en", "fr", "es", "de", "it", "pt")
_ELSEWHERE = (
    ("brand", "{}"),
    ("description", "Brand new {} with box and papers, never worn."),
    ("description", "Fast delivery. Model by {}. See all pictures."),
    ("attributes", '{"colour": "red", "brand": "{}"}'),
)
COMPANY = "a short form given, with company"
#: Goods that brands of other goods sell as well.
_NEAR_GOODS = {"shoes": ("fashion",), "jewellery": ("fashion",), "fashion": ("shoes",)}


@dataclass(frozen=True, slots=True)
class Bench:
    """What cases are made from."""

    data: Path
    part: Part
    marks: list[Mark]
    slots: dict[tuple[str, str], list[Slot]]  # by language and goods
    words: Counter[str]  # how many titles have each word

    def slot(self, random: Random, mark: Mark, language: str = "") -> Slot | None:
        """A title for the goods of a mark; where there is none, of goods that brands of such goods sell as well."""
        for goods in (mark.goods, *_NEAR_GOODS.get(mark.goods, ())):
            found = self.slots.get((language, goods))
            if found:
                return random.choice(found)
        return None


def gathered(data: Path, part: Part, marks: list[Mark], slots: list[Slot], titles: list[str]) -> Bench:
    """Put in order the slots in which a loose reader sees no mark, and the written ones."""
    by: dict[tuple[str, str], list[Slot]] = defaultdict(list)
    reader = LooseReader(marks)
    for slot in slots:
        if "*" not in slot.text and not reader.sees(slot.text):
            by["", slot.goods].append(slot)
    for slot in templates(part):
        by[slot.language, slot.goods].append(slot)
        if slot.language in LATIN:
            by["", slot.goods].append(slot)
    return Bench(data, part, marks, dict(by), Counter(word for title in titles for word in set(words(title))))


def templates(part: Part) -> Iterator[Slot]:
    """Titles of our own, for languages that the real ones hardly have."""
    with (HERE / "templates.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["part"] == part:
                before, _, after = row["title"].partition("{}")
                yield Slot("written", before, after, "", row["goods"], row["language"])


def disguised(bench: Bench, each: int) -> Iterator[Case]:
    """So many of each trick that the part may show."""
    for trick in TRICKS:
        if bench.part is not Part.TUNE or not trick.held:
            fit = [mark for mark in bench.marks if usable(mark, trick.least)]
            yield from of_one_way(
                bench, each, trick.family, trick.variant, trick.held, fit, _by_name(trick), no_language
            )
    for own in scripts.all_of(bench.data):
        if bench.part is not Part.TUNE or not own.held:
            yield from of_one_way(bench, each, own.family, own.variant, own.held, bench.marks, own, language_of)


Writer = Callable[[Random, Mark], Written | None]


def usable(mark: Mark, least: int) -> bool:
    """Whether a name of a mark can be written in a way that needs so many letters."""
    return len(letters(mark.text)) >= least and mark.goods not in ("oil", "services") and letters(mark.text).isascii()


def _by_name(trick: Callable[[Random, str], Written | None]) -> Writer:
    return lambda random, mark: trick(random, cased(random, mark.text))


def cased(random: Random, name: str) -> str:
    """As sellers write: mostly as the brand does, often in small or in capitals."""
    return random.choice((name, name, name, name.lower(), name.upper()))


def of_one_way(
    bench: Bench,
    each: int,
    family: str,
    variant: str,
    held: bool,
    marks: list[Mark],
    write: Writer,
    language: Callable[[Written], str],
) -> Iterator[Case]:
    """So many cases of one trick, over as many marks as there are; none that reads as an ordinary word."""
    random = Random(seed_of(bench.part, family, variant))  # noqa: S311  (nothing here is secret)
    made: set[tuple[str, str]] = set()
    for mark in spread(random, marks, each * 12):
        written = write(random, mark)
        slot = bench.slot(random, mark, language(written)) if written else None
        if not written or not slot or len(made) == each or not hides(bench, mark, written):
            continue
        if (mark.right_id, written.title.text) not in made:
            made.add((mark.right_id, written.title.text))
            yield listing(random, slot, mark, written, Kind.DISGUISED, family, variant, held)


def spread(random: Random, marks: list[Mark], count: int) -> Iterator[Mark]:
    """Marks in a random order, again and again: well-known, other real and invented ones in turn."""
    kinds = (("known",), ("local", "named"), ("invented",))
    groups = [group for kind in kinds if (group := [mark for mark in marks if mark.source in kind])]
    orders: list[list[Mark]] = [[] for _ in groups]
    for at in range(count if groups else 0):
        which = at % len(groups)
        orders[which] = orders[which] or random.sample(groups[which], len(groups[which]))
        yield orders[which].pop()


def no_language(written: Written) -> str:
    """A Latin name, whatever it is drawn with, stands in titles of the Latin alphabet."""
    return ""


def language_of(written: Written) -> str:
    """A name in Chinese stands in Chinese titles, and so on."""
    return next((lang for c in written.title.text for lang in [_script_language(c)] if lang), "")


def _script_language(char: str) -> str:
    ranges = (
        ("zh", "\u4e00", "\u9fff"),
        ("ko", "\u1100", "\u11ff"),
        ("ko", "\uac00", "\ud7a3"),
        ("ja", "\u3040", "\u30ff"),
        ("ar", "\u0600", "\u06ff"),
        ("th", "\u0e00", "\u0e7f"),
        ("he", "\u0590", "\u05ff"),
        ("ka", "\u10a0", "\u10ff"),
        ("hi", "\u0900", "\u097f"),
    )
    return next((language for language, first, last in ranges if first <= char <= last), "")


def hides(bench: Bench, mark: Mark, written: Written) -> bool:
    """Whether the name is changed, and not into a word of real titles or another mark's name."""
    name = written.title.text[written.title.start : written.title.end]
    whole = "".join(name.split()).casefold() == "".join(mark.text.split()).casefold()
    glued = written.title.text != name or " " in name or bool(written.elsewhere)
    return not (whole and not glued) and bench.words[letters(written.title.text)] < 1


def listing(
    random: Random, slot: Slot, mark: Mark, written: Written, kind: Kind, family: str, variant: str, held: bool
) -> Case:
    """Put a written name into a title, and what belongs elsewhere into its fields."""
    before = slot.before + (" " if slot.before[-1:].isalnum() and slot.language == "en" else "")
    after = (" " if slot.after[:1].isalnum() and slot.language == "en" else "") + slot.after
    piece = written.title
    spans = [("title", len(before) + piece.start, len(before) + piece.end)]
    fields = {field: p.text for field, p in written.elsewhere}
    spans += [(field, p.start, p.end) for field, p in written.elsewhere]
    return Case(
        kind,
        family,
        variant,
        held,
        mark,
        title=before + piece.text + after,
        brand=fields.get("brand", random.choice(BRAND_FIELDS)),
        description=fields.get("description"),
        attributes=fields.get("attributes"),
        category=slot.category or None,
        source=slot.source,
        spans=tuple(spans),
    )


def plain(bench: Bench, each: int) -> Iterator[Case]:
    """Marks as they are, in another case, width or accents, spaced otherwise, and by the aliases given."""
    ways: tuple[tuple[str, Callable[[Random, Mark], str | None]], ...] = (
        ("as registered", lambda r, m: m.text),
        ("another case", lambda r, m: r.choice((m.text.lower(), m.text.upper(), m.text.swapcase()))),
        ("full width", lambda r, m: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in m.text)),
        ("accents", lambda r, m: m.text.translate(str.maketrans("aeiouAEIOU", r.choice(("áéíóúÁÉÍÓÚ", "äëïöüÄËÏÖÜ"))))),
        (
            "words together, a no-break space",
            lambda r, m: m.text.replace(" ", r.choice(("", "\u00a0", "  "))) if " " in m.text else None,
        ),
        (
            "an alias given",
            lambda r, m: r.choice(long) if (long := [a for a in m.aliases if a not in m.short]) else None,
        ),
    )
    marks = [mark for mark in bench.marks if mark.goods not in ("oil", "services")]
    for variant, write in ways:
        yield from _plain(bench, each, variant, write, marks)
    yield from _in_company(bench)
    yield from _elsewhere(bench, each, marks)


def _elsewhere(bench: Bench, each: int, marks: list[Mark]) -> Iterator[Case]:
    """The name in another field than the title, which names nobody."""
    random = Random(seed_of(bench.part, "elsewhere"))  # noqa: S311  (nothing here is secret)
    for mark in spread(random, marks, each):
        slot = bench.slot(random, mark)
        if slot:
            field, text = random.choice(_ELSEWHERE)
            before, _, after = text.partition("{}")
            written = Written(Piece("", 0, 0), ((field, Piece.of(mark.text, before, after)),))
            case = listing(random, slot, mark, written, Kind.PLAIN, "plain", "in another field", False)
            yield replace(case, spans=case.spans[1:])


def _in_company(bench: Bench) -> Iterator[Case]:
    """Short forms beside a line or a model of the same brand; and, counted apart, beside nothing but fitting goods."""
    random = Random(seed_of(bench.part, "short"))  # noqa: S311  (nothing here is secret)
    held = {mark.text: mark for mark in bench.marks if mark.short}
    with (HERE / "company.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["mark"] in held]
    for row in rows:
        mark = held[row["mark"]]
        before, _, after = row["title"].partition("{}")
        slot = Slot("written", before, after, "", mark.goods)
        for short in mark.short:
            yield listing(random, slot, mark, Written(Piece.of(short)), Kind.PLAIN, "plain", COMPANY, False)
            alone = bench.slot(random, mark)
            if alone:
                yield listing(random, alone, mark, Written(Piece.of(short)), Kind.SHORT, "short", "goods alone", False)


def _plain(
    bench: Bench, each: int, variant: str, write: Callable[[Random, Mark], str | None], marks: list[Mark]
) -> Iterator[Case]:
    random = Random(seed_of(bench.part, "plain", variant))  # noqa: S311  (nothing here is secret)
    made = 0
    for mark in spread(random, marks, each * 12):
        name = write(random, mark)
        written = Written(Piece.of(name)) if name else None
        slot = bench.slot(random, mark, language_of(written)) if written else None
        if written and slot and made < each:
            made += 1
            yield listing(random, slot, mark, written, Kind.PLAIN, "plain", variant, False)
