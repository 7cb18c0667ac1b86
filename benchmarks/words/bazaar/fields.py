"""Names in ``bazaar`` that more than the title tells of: the brand field, attributes, a picture, a given short form."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from benchmarks.words.bazaar import latin
from benchmarks.words.bazaar.names import SEED
from benchmarks.words.bazaar.uses import listing
from benchmarks.words.cases import Case, Mark, seed_of
from benchmarks.words.letters import letters

_HINT = "first letters and a mask"


def cases(tested: list[Mark], each: int) -> Iterator[Case]:
    """So many of each manner."""
    yield from _split(tested, each)
    yield from _misspelt_in_both(tested, each)
    yield from _pictured(tested)
    yield from _short(tested, each)
    yield from _hinted(tested, each)


def _split(tested: list[Mark], each: int) -> Iterator[Case]:
    random = Random(seed_of(SEED, "split"))  # noqa: S311  (nothing here is secret)
    several = [mark for mark in tested if " " in mark.text]
    long = [mark for mark in tested if " " not in mark.text and len(mark.text) > 7 and mark.text.isascii()]
    for field in ("brand", "attributes", "description"):
        for mark in (several * 2)[:each]:
            head, rest = mark.text.split(" ", 1)
            yield _with(listing(random, mark, head, "over fields", f"words, {field}"), field, rest)
    for mark in random.sample(long, min(each, len(long))):
        at = len(mark.text) // 2
        head, rest = mark.text[:at], mark.text[at:]
        yield _with(listing(random, mark, head, "over fields", "halves, brand"), "brand", rest)
    for mark in several:
        head, rest = mark.text.split(" ", 1)
        yield listing(random, mark, f"{rest} {head}", "over fields", "words turned")
        other = random.choice(("new", "original", "2025", "black", "mini"))
        yield listing(random, mark, f"{head} {other} {rest}", "over fields", "a word between")


def _with(case: Case, field: str, rest: str) -> Case:
    text = {"brand": rest, "attributes": f'{{"series": "{rest}"}}', "description": f"Brand new. {rest}. Ships today."}
    at = text[field].index(rest)
    return replace(case, **{field: text[field]}, spans=(*case.spans, (field, at, at + len(rest))))  # type: ignore[arg-type]


def _misspelt_in_both(tested: list[Mark], each: int) -> Iterator[Case]:
    """One letter off in the title and in the brand field alike: nobody's brand, and the brand's goods."""
    random = Random(seed_of(SEED, "brand field"))  # noqa: S311  (nothing here is secret)
    fit = [mark for mark in tested if mark.text.isascii() and 4 <= len(mark.text) <= 9 and " " not in mark.text]
    for mark in random.sample(fit, min(each, len(fit))):
        way = random.choice((*latin.WAYS["by ear"].values(), *latin.WAYS["keys"].values()))
        written = way(random, mark.text)
        if written and letters(written) != letters(mark.text):
            case = listing(random, mark, written, "brand field", "misspelt in both")
            yield replace(case, brand=written, spans=(*case.spans, ("brand", 0, len(written))))


def _pictured(tested: list[Mark]) -> Iterator[Case]:
    """A word of a name as a picture, or the whole."""
    random = Random(seed_of(SEED, "pictures"))  # noqa: S311  (nothing here is secret)
    for mark in (m for m in tested if m.emoji):
        rest = mark.text.split(" ", 1)[1:]
        for _ in range(6):
            written = " ".join([mark.emoji, *rest])
            yield listing(random, mark, written, "pictures", "a word" if rest else "alone")


def _short(tested: list[Mark], each: int) -> Iterator[Case]:
    random = Random(seed_of(SEED, "short"))  # noqa: S311  (nothing here is secret)
    given = [(mark, short) for mark in tested for short in mark.short]
    for _ in range(each // 2):
        mark, short = random.choice(given)
        yield listing(random, mark, short, "given short forms", "as given")
        yield listing(random, mark, random.choice((".", "-", " ")).join(short), "given short forms", "spelled out")


def _hinted(tested: list[Mark], each: int) -> Iterator[Case]:
    """So little that only goods and place tell: `P*`, `L～`, `香*`."""
    random = Random(seed_of(SEED, "hints"))  # noqa: S311  (nothing here is secret)
    for mark in random.sample(tested, min(each, len(tested))):
        zh = next((name for script, name in mark.local if script == "zh"), "")
        if zh and len(zh) > 1:
            written = zh[0] + random.choice(("*", "～", "家", "X"))
            yield listing(random, mark, written, _HINT, "one character", ("zh",))
        if mark.text.isascii():
            written = mark.text[: random.choice((1, 2))] + random.choice(("*", "～", "**", "***"))
            yield listing(random, mark, written, _HINT, "letters")
