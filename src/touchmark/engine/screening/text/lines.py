"""How far phrases reach in texts, for every unit: what tells whether a cue stands beside a mark."""

from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.text.cues import Met, Part
from touchmark.engine.screening.text.letters import Kind, bits_of
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets, places
from touchmark.engine.screening.text.tokens import Units

#: Between the words and the mark at most so many units.
FARTHEST = 6
#: And in a list that names devices which the register does not know: "for NAMES, NAMES and NAME".
FARTHEST_IN_LIST = 8
#: Between the mark and the accessory that it is for, with its model's name between.
FARTHEST_ACCESSORY = 9
#: So many units behind the mark a number can be part of its model's name: "NAME Pavilion dv 6".
NEAR_NUMBER = 4

#: Between the mark and what is said about it at most so many units: "NAME watch repair".
FARTHEST_MENTION = 2
#: A number so near behind a mark is its model's.
MODEL_NUMBER = 2

_ENDS_PHRASE, _COMMA, _STROKE = 1, 2, 4


@cache
def _signs() -> NDArray[np.uint8]:
    """What each code point is between the words of a phrase; the last entry stands for all that follow."""
    table = np.zeros(0x10000, np.uint8)
    for bit, signs in ((_ENDS_PHRASE, ";!?|\n)]}>\\。…•·~*»】」"), (_COMMA, ",、،"), (_STROKE, "/&+")):
        table[[ord(sign) for sign in signs]] |= bit
    return table


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
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
    ends: Ints  # the next end of a phrase at or after j, commas too
    hard_ends: Ints  # and without commas
    accessory: Ints  # the next start of an accessory at or after j
    part: Ints  # the next start of a spare part
    goods: Ints  # the next start of goods of the holder's own
    number: Ints  # the next number that may be a model's
    listed: Mask  # unit j may stand in a list: an article, a model, a link
    linked: Mask  # unit j is such a link
    people: Mask  # unit j says who the goods are for
    said: Ints  # the nearest end at or before j of words that mention a mark, with no end of a phrase behind them
    said_of: Ints  # the next start at or after j of words that mention the mark before them
    device: Ints  # the next start of an accessory that only devices have, at or after j
    opening: Ints  # from here up to j, nothing but what an offer begins with
    last_of: "dict[Part, Ints]"  # per part, the last unit of it at or before j

    @classmethod
    def of(cls, units: Units, words: Met) -> Self:
        """Draw the lines of all texts."""
        end = len(units)
        all_places = np.arange(end + 1)
        signs = _Signs.of(units)
        model = _covered(end, words, Part.MODEL) | _numbers(units) | _single_letters(units)
        article = _covered(end, words, Part.BETWEEN) | _numbers(units)
        link = _covered(end, words, Part.LINK)
        usable = ~(signs.hard | signs.comma)
        list_hard = last_place(all_places, signs.hard)
        goods = {part: last_place(all_places, _covered(end, words, part)) for part in (Part.ACCESSORY, Part.PART)}
        cue = at(end, words.playing(Part.BEFORE)[1] + 1) | at(end, _with_accessory(words, goods, list_hard))
        cue |= _fours(units, goods)
        return cls(
            hard=signs.hard,
            comma=signs.comma,
            cue_end=last_place(all_places, cue & usable),
            back=last_place(all_places, ~usable | ~np.append(False, article[:-1])),
            cue_start=next_place(all_places, at(end, words.playing(Part.AFTER)[0]) & usable, end + 1),
            on=next_place(all_places, ~usable | ~(model | article), end),
            model=model,
            list_back=last_place(all_places, ~np.append(False, (article | model | link)[:-1])),
            list_hard=list_hard,
            links=offsets((link | signs.stroke)[:end]),
            ends=next_place(all_places, ~usable, end),
            hard_ends=next_place(all_places, signs.hard, end),
            accessory=next_place(all_places, at(end, words.playing(Part.ACCESSORY)[0]), end + 1),
            part=next_place(all_places, at(end, words.playing(Part.PART)[0]), end + 1),
            goods=next_place(all_places, at(end, words.playing(Part.GOODS)[0]), end + 1),
            number=next_place(all_places, _numbers(units) & ~_before_measure(end, words), end + 1),
            listed=article | model | link,
            linked=link,
            people=_covered(end, words, Part.PEOPLE),
            said=last_place(all_places, at(end, words.playing(Part.MENTION_BEFORE)[1] + 1) & usable),
            said_of=next_place(all_places, at(end, _by_themselves(units, words)) & usable, end + 1),
            device=next_place(all_places, at(end, words.playing(Part.DEVICE)[0]), end + 1),
            opening=last_place(
                all_places, ~np.append(False, (article | _covered(end, words, Part.OFFER, Part.BEFORE))[:-1])
            ),
            last_of=goods
            | {
                Part.OWN: last_place(all_places, _covered(end, words, Part.OWN)),
                Part.REPLACEMENT: last_place(all_places, _covered(end, words, Part.REPLACEMENT)),
                Part.BESIDE: last_place(all_places, at(end, words.playing(Part.BESIDE)[1] + 1) & usable),
            },
        )

    def follows_cue(self, first: Ints) -> Mask:
        """Whether a place that starts at a unit stands behind a cue."""
        cue = self.cue_end[first]
        return (cue >= self.back[first]) & (first - cue <= FARTHEST)

    def mentioned(self, first: Ints, after: Ints) -> Mask:
        """Whether a place is spoken about: "inspired by NAME bags", "NAME watch repair", whatever its goods are."""
        of = self.said_of[after]
        spoken_of = (of - after <= FARTHEST_MENTION) & (of < self.ends[after])
        found: Mask = ((self.said[first] >= self.back[first]) & (first - self.said[first] <= FARTHEST)) | spoken_of
        return found

    def is_for(self, first: Ints, after: Ints, others: Mask, opens: Mask) -> Mask:
        """
        Whether a place names the device that an accessory is for: "NAME 15 case", "case NAME 15", "with NAME cable".

        ``others``: the listing's brand field names another maker. Without that the place must have a model, must not
        open its text unless it is a device with its number, and nothing may say that the goods are the maker's own.
        """
        limit = np.minimum(self.ends[after], after + FARTHEST_ACCESSORY)
        part, either = self.part[after] < limit, np.minimum(self.part[after], self.accessory[after])
        before = np.maximum(first - 1, 0)
        part |= self._ends_at(Part.PART, before)
        accessory = (either < limit) | self._ends_at(Part.ACCESSORY, before) | part
        model = (self.number[after] < np.minimum(either, limit)) & (self.number[after] < after + NEAR_NUMBER)
        own = self._in_phrase(Part.OWN, first)
        beside = self.last_of[Part.BESIDE][first] == first
        of_another: Mask = others & (part | (model & accessory)) & (self.goods[after] >= np.minimum(either, limit))
        device = np.minimum(self.device[after], limit)
        plainly = (self.number[after] < after + MODEL_NUMBER) & (self.number[after] < device) & (device < limit)
        plainly &= self.on[after] >= device
        replaced = self._as_replacement(first, after, either)
        of_its_own: Mask = ((model & accessory & ~opens) | plainly | (beside & part) | replaced) & ~own
        return of_another | of_its_own

    def _as_replacement(self, first: Ints, after: Ints, either: Ints) -> Mask:
        """Whether a part or accessory is called a replacement before a place, or behind it at the phrase's end."""
        before = self._in_phrase(Part.REPLACEMENT, first) & self.accessory_before(first)
        end = self.ends[after]
        found: Mask = before | (
            (self.last_of[Part.REPLACEMENT][end - 1] == end - 1) & (either < end - 1) & (after < end)
        )
        return found

    def _ends_at(self, part: Part, unit: Ints) -> Mask:
        """Whether a unit is the last of a word playing a part, and no phrase ends behind it."""
        found: Mask = (self.last_of[part][unit] == unit) & ~self.hard[unit + 1] & ~self.comma[unit + 1]
        return found

    def of_own_goods(self, first: Ints, after: Ints) -> Mask:
        """Whether a phrase offers goods of the holder's own: "hot sale for NAME bag", and no accessory for one."""
        end = self.hard_ends[after]
        goods = self.has_own_goods(after)
        behind = np.minimum(self.part[after], self.accessory[after]) < end
        found: Mask = goods & ~behind & (self.opening[first] <= self.list_hard[first])
        return found

    def has_own_goods(self, after: Ints) -> Mask:
        """Whether goods of the holder's own stand right behind a place, or behind its model."""
        found: Mask = (self.goods[after] <= self.on[after]) & (self.goods[after] < self.hard_ends[after])
        return found

    def own_before(self, first: Ints) -> Mask:
        """Whether a phrase says, before a place, that the goods are the maker's own."""
        return self._in_phrase(Part.OWN, first)

    def accessory_before(self, cue: Ints) -> Mask:
        """Whether an accessory is named before a cue, in its phrase."""
        return self._in_phrase(Part.ACCESSORY, cue) | self._in_phrase(Part.PART, cue)

    def _in_phrase(self, part: Part, first: Ints) -> Mask:
        """Whether a word playing a part stands before a place, in the same phrase."""
        found: Mask = self.last_of[part][np.maximum(first - 1, 0)] >= np.maximum(self.list_hard[first], 0)
        return found & (first > 0)

    def reached(self, first: Ints) -> Ints:
        """The cue, by the unit behind it, that a place stands behind in the same phrase, however much lies between."""
        cue = self.cue_end[first]
        near = (cue > self.list_hard[first] - 1) & (first - cue <= FARTHEST_IN_LIST)
        return np.where(near, cue, -1)

    def precedes_cue(self, after: Ints) -> Mask:
        """Whether a place that ends before a unit stands before a cue."""
        cue = self.cue_start[after]
        return (cue <= self.on[after]) & (cue - after <= FARTHEST)


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


def _covered(end: int, words: Met, *parts: Part) -> Mask:
    """Units that are part of a word playing one of these parts."""
    covered = np.zeros(end + 1, np.bool_)
    for part in parts:
        first, last = words.playing(part)
        covered[places(first, last - first + 1)] = True
    return covered


def _before_measure(end: int, words: Met) -> Mask:
    """Units right before a measure: what they count is no model's number."""
    first, _ = words.playing(Part.MEASURE)
    return at(end, np.maximum(first - 1, 0))


def _by_themselves(units: Units, words: Met) -> Ints:
    """Where words begin that mention a mark before them; none to which a number is glued: "VS2GSDS800"."""
    first, last = words.playing(Part.MENTION_AFTER)
    behind = np.minimum(last + 1, len(units) - 1)
    glued = (last + 1 < len(units)) & (units.gap[behind] == 0) & ~units.opens[behind] & units.are(Kind.DIGIT, behind)
    alone: Ints = first[~glued]
    return alone


def _with_accessory(words: Met, goods: "dict[Part, Ints]", list_hard: Ints) -> Ints:
    """Where mere prepositions end that stand behind an accessory or a spare part, in the same phrase."""
    first, last = words.playing(Part.WITH_ACCESSORY)
    before = np.maximum(first - 1, 0)
    named = np.maximum(goods[Part.ACCESSORY][before], goods[Part.PART][before]) >= np.maximum(list_hard[first], 0)
    return last[named & (first > 0)] + 1


def _fours(units: Units, goods: "dict[Part, Ints]") -> Mask:
    """Units behind a 4 that is written for "for" between an accessory and a name: "Case4NAME"."""
    behind = np.zeros(len(units) + 1, np.bool_)
    four = np.flatnonzero((units.kind == Kind.DIGIT) & (units.lengths == 1) & ~units.opens & ~units.closes)
    four = four[units.letters[units.first_letter[four]] == ord("4")]
    glued = (units.gap[four] == 0) & (units.gap[four + 1] == 0) & units.are(Kind.LETTER, four + 1)
    named = np.maximum(goods[Part.ACCESSORY][four - 1], goods[Part.PART][four - 1]) == four - 1
    behind[four[glued & named] + 1] = True
    return behind


def at(end: int, places: Ints) -> Mask:
    """A mask over all units and the end, true at some."""
    mask = np.zeros(end + 1, np.bool_)
    mask[places] = True
    return mask


def last_place(places: Ints, so: Mask) -> Ints:
    """The nearest place at or before each where it is so; -1 where there is none."""
    found = np.empty(len(places), np.int64)
    _last(so, found)
    return found


def next_place(places: Ints, so: Mask, none: int) -> Ints:
    """The nearest place at or after each where it is so."""
    found = np.empty(len(places), np.int64)
    _next(so, none, found)
    return found


@native
def _last(so: NDArray[np.bool_], found: NDArray[np.int64]) -> None:
    last = -1
    for place in range(len(so)):
        last = place if so[place] else last
        found[place] = last


@native
def _next(so: NDArray[np.bool_], none: int, found: NDArray[np.int64]) -> None:
    following = none
    for place in range(len(so) - 1, -1, -1):
        following = place if so[place] else following
        found[place] = following
