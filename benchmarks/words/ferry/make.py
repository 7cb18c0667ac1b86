"""The marks and listings of ``ferry``."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.words import material
from benchmarks.words.cases import Case, Kind, Mark, seed_of
from benchmarks.words.ferry import beyond, names
from benchmarks.words.ferry.names import SEED, rows
from benchmarks.words.ferry.titles import listing, uses
from benchmarks.words.ferry.tricks import WAYS
from benchmarks.words.letters import letters

HONEST, PLAIN_EACH = 1500, 70
#: How many marks each reference and mention is made of; in how many titles another brand is put.
EACH_OTHER, EACH_NEAR = 5, 8
#: What stands around a name that is not hidden, and in titles of which language (none: those of Latin letters).
_PLAIN = {
    "as it is": ("{}", ()),
    "small letters": ("{}", ()),
    "capitals": ("{}", ()),
    "with its sign": ("{}™", ()),
    "possessive": ("{}’s", ()),
    "genuine": ("genuine {}", ()),
    "before a colon": ("{}:", ()),
    "among Chinese": ("{}", ("zh",)),
    "among Cyrillic": ("{}", ("ru",)),
}
_CASED = {"small letters": str.lower, "capitals": str.upper}


def made(data: Path, each: int) -> tuple[list[Mark], list[Case]]:
    """The same for the same data and code."""
    marks = names.tested()
    hidden = [mark for mark in marks if mark.text not in names.other_senses()]
    cases = [
        *_hidden(hidden, each),
        *beyond.cases(marks, each),
        *beyond.over_fields(hidden, each),
        *_plain(marks),
        *_short(marks),
        *_lawful(marks),
        *_senses(marks),
        *_near(marks),
        *_honest(data, marks),
    ]
    return marks, cases


def _hidden(marks: list[Mark], each: int) -> Iterator[Case]:
    for family, ways in WAYS.items():
        for name, way in ways.items():
            random = Random(seed_of(SEED, family, name))  # noqa: S311  (nothing here is secret)
            many = 0
            for mark in random.sample(marks, len(marks)):
                written = way(random, mark.text) if many < each else None
                if written and written.casefold() != mark.text.casefold():
                    yield listing(random, mark, written, family, name, uses(mark.goods))
                    many += 1


def _plain(marks: list[Mark]) -> Iterator[Case]:
    for name, (around, languages) in _PLAIN.items():
        random = Random(seed_of(SEED, "plain", name))  # noqa: S311  (nothing here is secret)
        for mark in random.sample(marks, PLAIN_EACH):
            written = around.format(_CASED.get(name, str)(mark.text))
            yield listing(random, mark, written, "plain", name, uses(mark.goods, languages), Kind.PLAIN)
    random = Random(seed_of(SEED, "plain", "alias"))  # noqa: S311  (nothing here is secret)
    given = [(mark, name) for mark in marks for script, name in mark.local if script == "zh"]
    for mark, name in random.sample(given, PLAIN_EACH):
        yield listing(random, mark, name, "plain", "a Chinese name", uses(mark.goods, ("zh",)), Kind.PLAIN)


def _short(marks: list[Mark]) -> Iterator[Case]:
    """A short form that was given, at the head of a title of the right's goods."""
    random = Random(seed_of(SEED, "short"))  # noqa: S311  (nothing here is secret)
    for mark in marks:
        titles = [title for title in uses(mark.goods) if title.startswith("{}")]
        for short in mark.short:
            for written in (short, ".".join(short) + "."):
                yield listing(random, mark, written, "given short forms", "at the head", titles or uses(mark.goods))


def _lawful(marks: list[Mark]) -> Iterator[Case]:
    """References and mentions, made of marks of their goods."""
    random = Random(seed_of(SEED, "lawful"))  # noqa: S311  (nothing here is secret)
    for row in rows("lawful.csv"):
        fit = [mark for mark in marks if mark.goods == row["goods"]]
        for mark in random.sample(fit, min(EACH_OTHER, len(fit))):
            variant = "written" if row["kind"] == "reference" else "mention"
            title = row["title"].replace("{}", mark.text)
            yield Case(Kind.COMPATIBLE, row["kind"], variant, False, mark, title, source="ferry")


def _senses(marks: list[Mark]) -> Iterator[Case]:
    held = {mark.text: mark for mark in marks}
    for row in rows("senses.csv"):
        yield Case(Kind.TRAP, row["kind"], row["mark"], False, held[row["mark"]], row["title"], source="ferry")


def _near(marks: list[Mark]) -> Iterator[Case]:
    held = {mark.text: mark for mark in marks}
    random = Random(seed_of(SEED, "near"))  # noqa: S311  (nothing here is secret)
    for row in rows("near.csv") * EACH_NEAR:
        mark = held[row["mark"]]
        title = random.choice(uses(mark.goods)).replace("{}", row["other"])
        brand = row["other"] if random.random() < 0.5 else None
        yield Case(Kind.NEAR, "another brand", "near", False, mark, title, brand=brand, source="ferry")


def _honest(data: Path, marks: list[Mark]) -> Iterator[Case]:
    """Titles written for this part, and real ones without the letters of any name."""
    own = [letters(mark.text) for mark in marks]
    random = Random(seed_of(SEED, "honest"))  # noqa: S311  (nothing here is secret)
    real = sorted({title for _, title, _, _ in material.rows(data)})
    free = (title for title in random.sample(real, len(real)) if not any(name in letters(title) for name in own))
    some = [title for title, _ in zip(free, range(HONEST), strict=False)]
    for source, titles in (("written", [row["title"] for row in rows("honest.csv")]), ("real", some)):
        for title in titles:
            yield Case(Kind.HONEST, source, source, False, None, title, source="ferry")
