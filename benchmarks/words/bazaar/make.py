"""The marks and listings of ``bazaar``."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.words import bystanders
from benchmarks.words.bazaar import beyond, fields, latin, names
from benchmarks.words.bazaar.names import SEED, rows
from benchmarks.words.bazaar.uses import listing
from benchmarks.words.cases import Case, Kind, Mark, seed_of
from benchmarks.words.letters import letters

HONEST, PLAIN_EACH = 1500, 80
#: How many marks a reference or mention is made of; in how many titles a near name is put.
EACH_OTHER, EACH_NEAR = 6, 6
#: What stands around a name that hides nothing.
_AROUND = {
    "as registered": "{}",
    "capitals": "{}",
    "small letters": "{}",
    "resale": "Pre-owned authentic {}",
    "a sign": "{}®",
    "from the maker": "{} genuine original",
}


def made(data: Path, each: int) -> tuple[list[Mark], list[Case]]:
    """The same for the same data and code."""
    tested = names.tested()
    hidden = [mark for mark in tested if not names.is_ordinary(mark)]
    cases = [
        *(case for family, ways in latin.WAYS.items() for name in ways for case in _hidden(family, name, hidden, each)),
        *_beyond(tested, each),
        *fields.cases(hidden, each),
        *_plain(tested),
        *_lawful(tested),
        *bystanders.senses("bazaar", rows("senses.csv"), tested),
        *_near(tested),
        *bystanders.honest("bazaar", SEED, rows("honest.csv"), tested, data, HONEST),
    ]
    return tested, cases


def _hidden(family: str, name: str, tested: list[Mark], each: int) -> Iterator[Case]:
    random = Random(seed_of(SEED, family, name))  # noqa: S311  (nothing here is secret)
    way, many = latin.WAYS[family][name], 0
    for mark in random.sample([m for m in tested if m.text.isascii()], sum(m.text.isascii() for m in tested)):
        cased = random.choice((str, str, str.lower, str.upper))(mark.text)
        written = way(random, cased) if many < each else None
        if written and letters(written) not in _words() and written.casefold() != cased.casefold():
            yield listing(random, mark, written, family, name)
            many += 1


def _words() -> set[str]:
    """Words of the titles of this part: a name that becomes one says nothing."""
    return {word for row in (*rows("uses.csv"), *rows("honest.csv")) for word in map(letters, row["title"].split())}


def _beyond(tested: list[Mark], each: int) -> Iterator[Case]:
    for family, script, name, way in beyond.ways():
        random = Random(seed_of(SEED, family, script, name))  # noqa: S311  (nothing here is secret)
        fit = [(mark, local) for mark in tested for lang, local in mark.local if lang == script and len(local) > 1]
        many = 0
        for mark, local in random.sample(fit, len(fit)):
            written = way(random, local) if many < each else None
            if written and (written != local or name == "as heard"):
                yield listing(random, mark, written, family, f"{script}: {name}", (script,))
                many += 1


def _plain(tested: list[Mark]) -> Iterator[Case]:
    for name, around in _AROUND.items():
        random = Random(seed_of(SEED, "plain", name))  # noqa: S311  (nothing here is secret)
        case_of = {"capitals": str.upper, "small letters": str.lower}.get(name, str)
        for mark in random.sample(tested, PLAIN_EACH):
            written = around.replace("{}", case_of(mark.text))
            yield replace(listing(random, mark, written, "plain", name), kind=Kind.PLAIN)
    random = Random(seed_of(SEED, "plain", "beyond"))  # noqa: S311  (nothing here is secret)
    given = [(mark, zh) for mark in tested for script, zh in mark.local if script == "zh"]
    for mark, zh in random.sample(given, PLAIN_EACH):
        yield replace(listing(random, mark, zh, "plain", "a Chinese alias", ("zh",)), kind=Kind.PLAIN)
    own = [(mark, {"ا": "ar", "К": "ru"}.get(mark.text[0], "zh")) for mark in tested if not mark.text.isascii()]
    for mark, language in own:
        language = "ko" if "가" <= mark.text[0] <= "힣" else language
        yield replace(listing(random, mark, mark.text, "plain", "in its own script", (language,)), kind=Kind.PLAIN)


def _lawful(tested: list[Mark]) -> Iterator[Case]:
    random = Random(seed_of(SEED, "lawful"))  # noqa: S311  (nothing here is secret)
    for row in rows("lawful.csv"):
        variant = "written" if row["kind"] == "reference" else "mention"
        fit = [mark for mark in tested if mark.goods == row["goods"]]
        for mark in random.sample(fit, min(EACH_OTHER, len(fit))):
            title = row["title"].replace("{}", mark.text)
            yield Case(Kind.COMPATIBLE, row["kind"], variant, False, mark, title, source="bazaar")


def _near(tested: list[Mark]) -> Iterator[Case]:
    held = {mark.text: mark for mark in tested}
    random = Random(seed_of(SEED, "near"))  # noqa: S311  (nothing here is secret)
    for row in rows("near.csv") * EACH_NEAR:
        case = listing(random, held[row["mark"]], row["other"], "another brand", "near")
        brand = row["other"] if random.random() < 0.5 else None
        yield replace(case, kind=Kind.NEAR, brand=brand, spans=(), held=False)
