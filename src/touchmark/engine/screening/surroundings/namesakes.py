"""
Persons, places, works, beasts and plants that bear a mark's name: *Annie Oakley poster*, *Kingston Jamaica map*,
*Orion nebula*, *falcon feather*.

Only where the right says for which goods it is and nothing in the listing is like them: a given name before a mark is
its maker's own where the maker's goods stand beside it.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import normalize

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.columns import Batch, compute, taken
from touchmark.engine.screening.compare.phrases import folded
from touchmark.engine.screening.compare.trie import Trie
from touchmark.engine.screening.hits import FIELDS, WAYS, Hits
from touchmark.engine.screening.surroundings.beside import BESIDE, Where, stands
from touchmark.engine.screening.surroundings.texts import Texts
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.ordinary import EVERYWHERE, NAMES_LEVEL, languages, levels
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.tokens import units_of
from touchmark.engine.terms import Way

_TITLE, _PLAIN = FIELDS.index("title"), WAYS.index(Way.PLAIN)

#: Whose something is: a name of some letters, an apostrophe and an s.
_OWNERS, _S, _APOSTROPHES = 3, tuple(map(ord, "sS")), tuple(map(ord, "'’"))


def namesakes(hits: Hits, batch: Batch, texts: Texts, spelling: Any, word: Mask, unlike: Mask, far: Mask) -> Mask:
    """
    Whether each hit in a title is most likely the name of a person, a place or a work, a beast or a plant.

    :param spelling: the spelling that was met, of each hit
    :param word: whether that is an ordinary word
    :param unlike: whether its right says for which goods it is, and the listing names none of them
    :param far: and whether it names none near them either
    """
    asked = unlike & (hits.field == _TITLE) & (hits.start >= 0) & (hits.way == _PLAIN)
    about = asked & _about(hits, batch, asked)
    person = stands(hits, texts, asked & ~about, Where.BEFORE, _after_given())
    named = asked & far & ~about & ~person
    if named.any():
        named &= np.asarray(compute.is_in(compute.utf8_lower(spelling), value_set=_borne())).astype(np.bool_)
    kind = _of_a_kind(hits, texts, asked & ~about & ~person, "of_a_place")
    kind |= _of_a_kind(hits, texts, asked & word & ~about & ~person & ~kind, "of_nature")
    found: Mask = about | person | kind | (named & _family_name(hits, texts, named))
    return found


def _of_a_kind(hits: Hits, texts: Texts, asked: Mask, kind: str) -> Mask:
    """Whether what things of a kind are called stands right behind each hit asked, or right before it."""
    behind = stands(hits, texts, asked, Where.BEHIND, _beside(kind, Where.BEHIND))
    return behind | stands(hits, texts, asked & ~behind, Where.BEFORE, _beside(kind, Where.BEFORE))


def possessives(hits: Hits, texts: Texts, spelling: Any, asked: Mask) -> Mask:
    """Whether an apostrophe before its last s makes each hit asked of another's: *Clark's nutcracker*, not CLARKS."""
    found = np.zeros(len(hits), np.bool_)
    asked = asked & (hits.start >= 0) & (hits.end - hits.start > _OWNERS)
    for number, points in enumerate(texts.fields):
        at = np.flatnonzero((hits.field == number) & asked)
        at = at[points.lengths[texts.text[at]] >= hits.end[at]]
        last = points.bounds[texts.text[at]] + hits.end[at] - 1
        found[at] = np.isin(points.points[last], _S) & np.isin(points.points[last - 1], _APOSTROPHES)
    at = np.flatnonzero(found)
    found[at] = ~np.asarray(compute.match_substring_regex(spelling.take(at), "['’]")).astype(np.bool_)
    return found


def _about(hits: Hits, batch: Batch, asked: Mask) -> Mask:
    """Whether the title of a hit says that a work or a place is offered."""
    found = np.zeros(len(hits), np.bool_)
    listing, which = np.unique(hits.listing[asked], return_inverse=True)
    if len(listing):
        points = folded(taken(batch, "title", listing))
        places, _ = _works().met(points.points, points.bounds)
        there = np.zeros(len(listing), np.bool_)
        there[places[:, 0]] = True
        found[asked] = there[which]
    return found


def _family_name(hits: Hits, texts: Texts, asked: Mask) -> Mask:
    """Whether a word with a capital stands right behind a hit that is a name, or no word at all."""
    capital = stands(hits, texts, asked, Where.BEHIND, r"^\s\p{Lu}\p{Ll}{2}")
    at = np.flatnonzero(capital)
    if len(at):
        points, text = texts.fields[_TITLE], texts.text[at]
        end = np.minimum(hits.end[at] + 1, points.lengths[text])
        capital[at] = _names(points.cut(text, end, np.minimum(end + BESIDE, points.lengths[text])))
    return capital


def _names(behind: Any) -> Mask:
    """Whether the first word of each text is a name of people or places, or no word."""
    first = compute.replace_substring_regex(behind, r"^(\pL+).*$", r"\1")
    hashes = _hashes(first)
    level = levels(hashes)
    name: Mask = (level == 0) | ((languages(hashes) == EVERYWHERE) & (level <= NAMES_LEVEL))
    return name


def _hashes(words: Any) -> hashing.Hashes:
    units = units_of(fold(Points.of(words), Fold.PLAIN))
    first: Ints = units.first_letter[np.searchsorted(units.text, np.arange(len(words) + 1))]
    return hashing.runs(units.letters, first[:-1], first[1:])


@cache
def _data() -> dict[str, Any]:
    source = files("touchmark.engine.screening") / "data" / "namesakes.toml"
    return tomllib.loads(source.read_text("utf-8"))


@cache
def _after_given() -> str:
    return rf"(?i)(?:^|[^\pL])(?:{'|'.join(map(re.escape, _distinct(_data()['given'].split())))})\s$"


@cache
def _beside(kind: str, where: Where) -> str:
    words = "|".join(map(re.escape, _distinct(_data()[kind][where.value])))
    return rf"(?i)^\s?(?:{words})(?:[^\pL]|$)" if where is Where.BEHIND else rf"(?i)(?:^|[^\pL])(?:{words})\s$"


@cache
def _borne() -> Any:
    return pa.array(_distinct([*_data()["borne"], *_data()["given"].split()]), pa.string())


@cache
def _works() -> Trie:
    return Trie.of(_distinct([*_data()["works"], *_data()["places"]]))


def _distinct(words: Iterable[str]) -> list[str]:
    return sorted({normalize("NFKC", word).lower() for word in words})
