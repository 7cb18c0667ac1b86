"""
Other people's matchers on the same listings and the same register, each as one would use it.

What is timed is what a user of the library would run: folding the texts and looking them up. Finding out afterwards
where in the original a hit lies is not timed, which flatters them.
"""

import itertools
import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import ahocorasick_rs
from confusable_homoglyphs import confusables
from rapidfuzz import fuzz, process
from symspellpy import SymSpell, Verbosity

from benchmarks.words.cases import Case, Mark
from benchmarks.words.measure import Found

FIELDS = ("title", "brand", "description", "attributes")
#: How many listings the slow ones are given, drawn evenly.
SUBSET = 1500
PARTIAL, EDITS = 90, 2


@dataclass(frozen=True, slots=True)
class Measured:
    """What one matcher found in the listings given to it, and how long that took."""

    name: str
    rows: list[int]
    found: list[Found]
    seconds: float


@dataclass(frozen=True, slots=True)
class Text:
    """A field of a listing."""

    row: int
    field: str
    text: str


Names = list[tuple[str, str]]  # (right, spelling)


def measured(marks: Sequence[Mark], distractors: Sequence[str], cases: Sequence[Case]) -> Iterator[Measured]:
    """All of them, in turn."""
    tested = [(mark.right_id, name) for mark in marks for name in (mark.text, *mark.aliases)]
    names = [*tested, *((f"other-{n:07d}", name) for n, name in enumerate(distractors))]
    everything = list(range(len(cases)))
    some = everything[:: max(1, len(cases) // SUBSET)]
    for title, fold, whole in _EXACT:
        yield _exact(title, fold, whole, names, cases, everything)
    yield _partial(tested, cases, some)
    yield _symspell(names, cases, everything)


def _texts(cases: Sequence[Case], rows: list[int]) -> list[Text]:
    fields = ((row, field, getattr(cases[row], field)) for row in rows for field in FIELDS)
    return [Text(*each) for each in fields if each[2]]


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _skeleton(text: str) -> str:
    """Letters that UTS #39 lists as look-alikes of a Latin one become that one."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(_LATIN.get(char, char) for char in apart if not unicodedata.combining(char)).casefold()


def _latin() -> dict[str, str]:
    listed = ((char, [like["c"] for like in likes]) for char, likes in confusables.confusables_data.items())
    first = ((char, next((c for c in likes if c.isascii() and c.isalnum()), "")) for char, likes in listed)
    return {char: latin for char, latin in first if latin and not char.isascii()}


_LATIN = _latin()
_EXACT: tuple[tuple[str, Callable[[str], str], bool], ...] = (
    ("ahocorasick_rs, lower case, anywhere", str.lower, False),
    ("ahocorasick_rs, lower case, whole words", str.lower, True),
    ("ahocorasick_rs, NFKC + casefold, whole words", _nfkc, True),
    ("confusable_homoglyphs + ahocorasick_rs, whole words", _skeleton, True),
)


def _exact(
    title: str, fold: Callable[[str], str], whole: bool, names: Names, cases: Sequence[Case], rows: list[int]
) -> Measured:
    folded = [(right, fold(name)) for right, name in names]
    automaton = ahocorasick_rs.AhoCorasick([name for _, name in folded if name])
    rights = [right for right, name in folded if name]
    texts = _texts(cases, rows)
    begun = time.process_time()
    seen = [fold(text.text) for text in texts]
    hits = [automaton.find_matches_as_indexes(text, overlapping=True) for text in seen]
    seconds = time.process_time() - begun
    found = []
    for text, read, places in zip(texts, seen, hits, strict=True):
        kept = [place for place in places if not whole or _is_whole(read, place[1], place[2])]
        ends = _ends(text.text, fold) if kept else []
        found += [
            Found(text.row, rights[which], "plain", text.field, _at(ends, start), _at(ends, end - 1) + 1)
            for which, start, end in kept
        ]
    return Measured(title, rows, found, seconds)


def _is_whole(text: str, start: int, end: int) -> bool:
    return not ((start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()))


def _ends(text: str, fold: Callable[[str], str]) -> list[int]:
    """How long the folded text is after each character; near enough where neighbours compose."""
    ends, total = [], 0
    for char in text:
        total += len(fold(char))
        ends.append(total)
    return ends


def _at(ends: list[int], place: int) -> int:
    return next((i for i, end in enumerate(ends) if end > place), len(ends))


def _partial(names: Names, cases: Sequence[Case], rows: list[int]) -> Measured:
    """Only the marks under test, and only some listings: a hundredth of the work of the others."""
    texts = _texts(cases, rows)
    begun = time.process_time()
    scores = process.cdist(
        [text.text.casefold() for text in texts],
        [name.casefold() for _, name in names],
        scorer=fuzz.partial_ratio,
        score_cutoff=PARTIAL,
    )
    seconds = time.process_time() - begun
    found = []
    for at, which in zip(*scores.nonzero(), strict=True):
        aligned = fuzz.partial_ratio_alignment(names[which][1].casefold(), texts[at].text.casefold())
        if aligned:
            found.append(
                Found(texts[at].row, names[which][0], "plain", texts[at].field, aligned.dest_start, aligned.dest_end)
            )
    return Measured(f"rapidfuzz partial_ratio ≥ {PARTIAL}, marks under test only", rows, found, seconds)


def _symspell(names: Names, cases: Sequence[Case], rows: list[int]) -> Measured:
    """Words and pairs of words, one edit from a name of five letters, two from eight."""
    spell = SymSpell(max_dictionary_edit_distance=EDITS, prefix_length=7)
    rights: dict[str, list[str]] = {}
    for right, name in names:
        rights.setdefault(name.casefold(), []).append(right)
        spell.create_dictionary_entry(name.casefold(), 1)
    texts = _texts(cases, rows)
    begun = time.process_time()
    hits = [list(_near(spell, text.text)) for text in texts]
    seconds = time.process_time() - begun
    found = [
        Found(text.row, right, "plain", text.field, start, end)
        for text, places in zip(texts, hits, strict=True)
        for term, start, end in places
        for right in rights[term]
    ]
    return Measured(f"symspellpy, up to {EDITS} edits", rows, found, seconds)


def _near(spell: SymSpell, text: str) -> Iterator[tuple[str, int, int]]:
    words = [word.span() for word in re.finditer(r"\w+", text)]
    pairs = [(start, end) for (start, _), (_, end) in itertools.pairwise(words)]
    for start, end in [*words, *pairs]:
        word = text[start:end].casefold()
        edits = 0 if len(word) < 5 else 1 if len(word) < 8 else EDITS
        for near in spell.lookup(word, Verbosity.TOP, edits):
            yield near.term, start, end
