"""The marks and listings of ``ferry``."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.words import bystanders
from benchmarks.words.cases import Case, Kind, Mark, seed_of
from benchmarks.words.ferry import beyond, names
from benchmarks.words.ferry.names import SEED, rows
from benchmarks.words.ferry.titles import listing, uses
from benchmarks.words.ferry.tricks import WAYS

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
        *bystanders.senses("ferry", rows("senses.csv"), marks),
        *bystanders.near("ferry", SEED, rows("near.csv") * EACH_NEAR, marks, uses),
        *bystanders.honest("ferry", SEED, rows("honest.csv"), marks, data, HONEST),
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
