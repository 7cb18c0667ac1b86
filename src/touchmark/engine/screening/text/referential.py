"""
The referential gate: "case for NAME", "NAME用ケース", "fits NAME" name another's goods, and that is lawful.

A gate, not a weight: a place is a reference or it is not. It is one only if it is direct: the words stand beside the
mark, or the mark is linked to one that is a reference. It is none where the seller's brand field names that right,
where the right is named before and not by reference ("NAME bag for NAME lovers"), where the mark is disguised, and
where the listing calls itself a copy.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.cues import Met, Part, met
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.letters import Kind, bits_of
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.tokens import Units

#: Between the words and the mark at most so many units.
_FARTHEST = 6
#: A list of more marks than this is no direct reference any more.
_LONGEST_LIST = 24

_ENDS_PHRASE, _COMMA, _STROKE = 1, 2, 4


@cache
def _signs() -> NDArray[np.uint8]:
    """What each code point is between the words of a phrase; the last entry stands for all that follow."""
    table = np.zeros(0x10000, np.uint8)
    for bit, signs in ((_ENDS_PHRASE, ";!?|\n)]}>\\。…•·~*»】」"), (_COMMA, ",、،"), (_STROKE, "/&+")):
        table[[ord(sign) for sign in signs]] |= bit
    return table


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """Where the texts come from: per text its listing and whether it is a brand field; per right its holder."""

    listing: Ints
    is_brand: Mask
    holder: Ints


def references(reading: Reading, found: Found, listed: Listed) -> Mask:
    """Tell which places, found in texts of this plain reading, are lawful-looking references."""
    if len(found) == 0:
        return np.zeros(0, np.bool_)
    units = reading.units
    words = met(reading)
    first, after = _units_of(reading, found)
    lines = _Lines.of(units, words)
    may = found.plain & ~listed.is_brand[found.text] & (after > first)
    named = may & (lines.follows_cue(first) | lines.precedes_cue(after))
    named = _linked(lines, found, listed, first, after, may, named)
    named &= ~_calls_itself_a_copy(units, words, found, listed)
    return named & ~_named_otherwise(found, listed, named)


def _units_of(reading: Reading, found: Found) -> tuple[Ints, Ints]:
    """Give the first unit of each place and the one after its last."""
    begins = reading.units.folded.source[reading.units.start]
    base = reading.points.bounds[found.text]
    return np.searchsorted(begins, base + found.start), np.searchsorted(begins, base + found.end)


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """
    For every unit, and the end, how far back and forward a phrase reaches. All arrays are one longer than the units.

    ``hard[j]``: a phrase ends before unit j. ``comma[j]``: a comma stands there, which ends it too but in a list.
    """

    hard: Mask
    comma: Mask
    cue_end: Ints  # the nearest end of a cue at or before j
    back: Ints  # from here up to j, nothing but articles and numbers
    cue_start: Ints  # the nearest start of a cue at or after j
    on: Ints  # from j up to here, nothing but models and numbers
    model: Mask  # unit j is part of a model's name
    list_back: Ints  # from here up to j, nothing but what may stand in a list
    list_hard: Ints  # the nearest end of a phrase at or before j
    links: Ints  # how many links come before j

    @classmethod
    def of(cls, units: Units, words: Met) -> "_Lines":
        """Draw the lines of all texts."""
        end = len(units)
        places = np.arange(end + 1)
        signs = _Signs.of(units)
        model = _covered(end, words, Part.MODEL) | _numbers(units) | _single_letters(units)
        article = _covered(end, words, Part.BETWEEN) | _numbers(units)
        link = _covered(end, words, Part.LINK)
        usable = ~(signs.hard | signs.comma)
        return cls(
            hard=signs.hard,
            comma=signs.comma,
            cue_end=_last(places, _at(end, words.playing(Part.BEFORE)[1] + 1) & usable),
            back=_last(places, ~usable | ~np.append(False, article[:-1])),
            cue_start=_next(places, _at(end, words.playing(Part.AFTER)[0]) & usable, end + 1),
            on=_next(places, ~usable | ~model, end),
            model=model,
            list_back=_last(places, ~np.append(False, (article | model | link)[:-1])),
            list_hard=_last(places, signs.hard),
            links=offsets((link | signs.stroke)[:end]),
        )

    def follows_cue(self, first: Ints) -> Mask:
        """Whether a place that starts at a unit stands behind a cue."""
        cue = self.cue_end[first]
        return (cue >= self.back[first]) & (first - cue <= _FARTHEST)

    def precedes_cue(self, after: Ints) -> Mask:
        """Whether a place that ends before a unit stands before a cue."""
        cue = self.cue_start[after]
        return (cue <= self.on[after]) & (cue - after <= _FARTHEST)


@dataclass(frozen=True, slots=True, eq=False)
class _Signs:
    """What the signs before each unit do to a phrase."""

    hard: Mask
    comma: Mask
    stroke: Mask

    @classmethod
    def of(cls, units: Units) -> "_Signs":
        end = len(units)
        hard, comma = np.ones(end + 1, np.bool_), np.zeros(end + 1, np.bool_)
        stroke = np.zeros(end + 1, np.bool_)
        # A dash or a full stop with a space beside it parts phrases; within a word it does not.
        dashed = ((units.bits & bits_of(Kind.JOINER)) > 0) & ((units.bits & bits_of(Kind.SPACE, Kind.NEWLINE)) > 0)
        signs = units.between(np.arange(end), _signs())
        hard[:end] = units.opens | dashed | ((signs & _ENDS_PHRASE) > 0)
        comma[:end] = (signs & _COMMA) > 0
        stroke[:end] = (signs & _STROKE) > 0
        return cls(hard, comma, stroke)


def _numbers(units: Units) -> Mask:
    return np.append(units.kind == Kind.DIGIT, False)


def _single_letters(units: Units) -> Mask:
    return np.append((units.kind == Kind.LETTER) & (units.lengths == 1), False)


def _covered(end: int, words: Met, part: Part) -> Mask:
    """Units that are part of a word playing this part."""
    first, last = words.playing(part)
    steps = np.zeros(end + 2, np.int64)
    np.add.at(steps, first, 1)
    np.add.at(steps, last + 1, -1)
    covered: Mask = np.cumsum(steps)[: end + 1] > 0
    return covered


def _at(end: int, places: Ints) -> Mask:
    mask = np.zeros(end + 1, np.bool_)
    mask[places] = True
    return mask


def _last(places: Ints, so: Mask) -> Ints:
    """The nearest place at or before each where it is so; -1 where there is none."""
    return np.maximum.accumulate(np.where(so, places, -1))


def _next(places: Ints, so: Mask, none: int) -> Ints:
    """The nearest place at or after each where it is so."""
    return np.minimum.accumulate(np.where(so, places, none)[::-1])[::-1]


def _linked(lines: _Lines, found: Found, listed: Listed, first: Ints, after: Ints, may: Mask, named: Mask) -> Mask:
    """
    Add the marks linked to a reference: "for NAME and NAME", "for NAME / NAME", "for NAME 7, NAME 8".

    Without a link the next mark must be of the same holder, or stand right behind and have a model, as in "for MAKER
    NAME 8"; a comma needs that holder or a model too. The same mark again, after a comma, is the same reference.
    """
    _, holder = np.unique(listed.holder[found.right], return_inverse=True)
    ends = np.arange(len(lines.hard))
    with_model = lines.model[after] & ~lines.hard[after] & ~lines.comma[after]
    for _ in range(_LONGEST_LIST):
        last = _last(ends, _at(len(ends) - 1, after[named]))[first]
        in_phrase = may & ~named & (last > lines.list_hard[first])
        in_list = in_phrase & (last >= lines.list_back[first])
        link = lines.links[np.minimum(first + 1, len(ends) - 1)] > lines.links[np.maximum(last, 0)]
        same = _any_ends(last, holder, after[named], holder[named])
        again = _any_ends(last, found.right, after[named], found.right[named])
        again &= in_phrase & lines.comma[first] & (first - last <= _FARTHEST)
        more = in_list & (link | same | ((lines.comma[first] | (last == first)) & with_model)) | again
        if not more.any():
            return named
        named = named | more
    return named


def _any_ends(place: Ints, of: Ints, ends: Ints, which: Ints) -> Mask:
    """Whether one of the marks that end at a place is of the same holder, or the same right."""
    most = int(max(of.max(initial=0), which.max(initial=0))) + 1
    return np.isin(place * most + of, ends * most + which)


def _calls_itself_a_copy(units: Units, words: Met, found: Found, listed: Listed) -> Mask:
    first, _ = words.playing(Part.REFUSAL)
    return np.isin(listed.listing[found.text], np.unique(listed.listing[units.text[first]]))


def _named_otherwise(found: Found, listed: Listed, named: Mask) -> Mask:
    """Whether the same listing names the same right in its brand field, or before and not by reference."""
    listing = listed.listing[found.text]
    group = listing * (int(found.right.max(initial=0)) + 1) + found.right
    _, group = np.unique(group, return_inverse=True)
    far = int(found.end.max(initial=0)) + 1
    place = found.text * far + found.start  # texts are numbered field by field: a title comes before a description
    earliest = np.full(int(group.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(earliest, group[~named], place[~named])
    in_brand = np.zeros(len(earliest), np.bool_)
    in_brand[group[listed.is_brand[found.text]]] = True
    return in_brand[group] | (earliest[group] < place)
