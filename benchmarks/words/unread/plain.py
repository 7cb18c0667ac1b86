"""Names as they are in ``unread``: with the endings, signs and neighbours that sellers of all languages give them."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from benchmarks.words.cases import Case, Kind, Mark, seed_of
from benchmarks.words.unread.names import SEED
from benchmarks.words.unread.titles import listing, uses

#: What stands around a name, and in titles of which languages (none: those of Latin letters).
AROUND: dict[str, tuple[str, tuple[str, ...]]] = {
    "as registered": ("{}", ()),
    "as registered, beyond Latin": ("{}", ("zh", "ja", "ko", "ru", "ar", "th")),
    "with its sign": ("{}®", ()),
    "with a typed sign": ("{}(TM)", ()),
    "in quotes": ("“{}”", ()),
    "in corners": ("「{}」", ("zh", "ja")),
    "a hash before": ("#{}", ()),
    "possessive": ("{}'s", ("en",)),
    "a Turkish ending": ("{}'dan", ("tr",)),
    "by, in Russian": ("от {}", ("ru",)),
    "by, in German": ("von {}", ("de",)),
    "and a Korean particle": ("{}의", ("ko",)),
}


def cases(marks: list[Mark], each: int) -> Iterator[Case]:
    """So many of each manner, over all marks; and Chinese aliases."""
    for name, (around, languages) in AROUND.items():
        random = Random(seed_of(SEED, "plain", name))  # noqa: S311  (nothing here is secret)
        for mark in random.sample(marks, each):
            written = around.replace("{}", random.choice((str, str, str, str.upper, str.lower))(mark.text))
            case = listing(random, mark, written, "plain", name, uses(mark.goods, languages))
            yield replace(case, kind=Kind.PLAIN)
    random = Random(seed_of(SEED, "plain", "alias"))  # noqa: S311  (nothing here is secret)
    named = [(mark, alias) for mark in marks for alias in mark.aliases if alias not in mark.short]
    for mark, alias in random.sample(named, each):
        case = listing(random, mark, alias, "plain", "a Chinese alias", uses(mark.goods, ("zh",)))
        yield replace(case, kind=Kind.PLAIN)
