"""
The referential gate: "case for NAME", "NAME用ケース", "fits NAME" name another's goods, and that is lawful.

A gate, not a weight: a place is a reference or it is not. It is one only if it is direct: the words stand beside the
mark, or an accessory behind it that is another maker's, or the mark is linked to one that is a reference, or repeats it
("case for NAME - black NAME-206"). It is none where goods of the mark's own follow ("for NAME bag"), where the seller's
brand field names that right, where the right is named before and not by reference ("NAME bag for NAME lovers"), where
the mark is disguised by what nobody writes by mistake, and where the listing calls itself a copy.
"""

from dataclasses import dataclass

import numpy as np

from touchmark.engine.screening.hits import Trick, is_one
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.cues import Met, Part, met, perhaps_telling, words_before
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.groups import among
from touchmark.engine.screening.text.lines import FARTHEST, Lines, at, last_place
from touchmark.engine.screening.text.mentions import spoken_about
from touchmark.engine.screening.text.ordinary import levels
from touchmark.engine.screening.text.ragged import Ints, Mask, owners, places
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.tokens import Units

#: Spellings that are written by mistake as often, or that are another alphabet's: no seller hides behind them.
_BY_MISTAKE = (
    *(Trick.DROPPED, Trick.ADDED, Trick.SWAPPED, Trick.CHANGED, Trick.SOUND, Trick.PARTED),
    Trick.SCRIPT,
)
#: Spellings that a cue may be glued to.
_GLUED = (Trick.GLUED, Trick.ADDED)
#: A list of more marks than this is no direct reference any more.
_LONGEST_LIST = 24
#: Where letters of Latin end that have no accent, and from where on scripts begin that write a cue as a first letter.
_ASCII, _HEBREW = 0x80, 0x590
#: So many marks side by side are a list, without a word or sign between.
_SIDE_BY_SIDE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """Where the texts come from: per text its listing and whether it is a brand field; per right its holder."""

    listing: Ints
    is_brand: Mask
    holder: Ints


def may_refer(reading: Reading, found: Found, listed: Listed) -> Mask:
    """Tell in which listings, by their numbers, a place of those found may be a reference: it takes a word for one."""
    held, some = np.zeros((2, int(listed.listing.max(initial=-1)) + 1), np.bool_)
    held[listed.listing[found.text]] = True
    some[listed.listing[perhaps_telling(reading, held[listed.listing])]] = True
    some[listed.listing[found.text[is_one(found.trick, _GLUED)]]] = True
    return some


def references(reading: Reading, found: Found, listed: Listed) -> Mask:
    """Tell which places, found in texts of this plain reading, are lawful-looking references."""
    units = reading.units
    if len(found) == 0 or len(units) == 0:
        return np.zeros(len(found), np.bool_)
    words = met(reading)
    first, after = _units_of(reading, found)
    lines = Lines.of(units, words)
    glued = _glued_to_cue(reading, found, first)
    may = (found.plain | is_one(found.trick, _BY_MISTAKE) | glued) & ~listed.is_brand[found.text] & (after > first)
    cued = lines.follows_cue(first) | lines.precedes_cue(after) | glued
    cued |= _behind_names(units, lines, first, after, may & ~cued)
    opens = np.append(units.opens, True)[first]
    others = _of_another_maker(units, words, found, listed)
    fits = lines.is_for(first, after, others, opens) | (others & ~opens & _with_parts(units, words, found))
    fits |= lines.mentioned(first, after) | spoken_about(units, words, lines, first, after)
    named = may & ((cued & ~lines.of_own_goods(first, after)) | fits)
    named = _linked(lines, found, listed, first, after, may, named, others)
    may &= ~opens & ~lines.has_own_goods(after) & ~lines.own_before(first)
    named |= may & _repeats(units, words, found, listed, named, others)
    named &= ~_calls_itself_a_copy(units, words, found, listed)
    return named & ~_named_otherwise(found, listed, named)


def _behind_names(units: Units, lines: Lines, first: Ints, after: Ints, asked: Mask) -> Mask:
    """
    Whether between a cue and a place stands nothing but a list of names that no register knows: "for ipod, NAME".

    An ordinary word is let pass where a link follows it ("for windows and NAME"), and one where an accessory stands
    before the cue ("strap for watch NAME"); who the goods are for is none.
    """
    cue = lines.reached(first)
    rows = np.flatnonzero(asked & (cue >= 0) & (cue < first))
    sizes = first[rows] - cue[rows]
    between, row = places(cue[rows], sizes), owners(sizes)
    known = np.zeros(len(lines.hard), np.bool_)
    for step in range(int((after - first).max(initial=0))):  # the words of marks that were found are no such names
        known[np.minimum(first + step, after - 1)] = True
    never = lines.people[between] | known[between]
    strange = ~lines.listed[between] & ~lines.linked[between + 1] & (levels(units.hashes[between]) > 0)
    allowed = lines.accessory_before(cue[rows]).astype(np.int64)
    behind = np.zeros(len(first), np.bool_)
    counts = np.bincount(row[strange | never], minlength=len(rows))
    behind[rows] = (counts <= allowed) & (np.bincount(row[never], minlength=len(rows)) == 0)
    return behind


def _glued_to_cue(reading: Reading, found: Found, first: Ints) -> Mask:
    """Whether a cue is glued to the head of a place: "forNAME", and "לNAME", where the language writes it so."""
    units, glued = reading.units, np.zeros(len(found), np.bool_)
    rows = np.flatnonzero(is_one(found.trick, _GLUED) & (first < len(units)))
    if not len(rows):
        return glued
    source = units.folded.source
    unit = (
        np.searchsorted(source[units.start], reading.points.bounds[found.text[rows]] + found.start[rows], "right") - 1
    )
    begin = units.first_letter[unit]
    inside = reading.points.bounds[found.text[rows]] + found.start[rows] - source[units.start[unit]]
    letters = np.append(units.letters, 0)
    foreign = (inside == 0) & (letters[begin] >= _HEBREW) & (letters[begin + 1] < _ASCII)
    stop = np.minimum(begin + np.where(foreign, 1, inside), units.first_letter[unit + 1])
    glued[rows] = (stop > begin) & np.isin(hashing.runs(units.letters, begin, stop), words_before())
    return glued


def _repeats(units: Units, words: Met, found: Found, listed: Listed, named: Mask, others: Mask) -> Mask:
    """
    Whether the holder of each place is named by reference elsewhere in the listing, of which this place is an echo.

    In the same text another maker's brand field must stand beside it, and what is offered must be no goods that people
    wear, unless an accessory is named too; in a later text, that maker or an accessory.
    """
    _, holder = np.unique(listed.holder[found.right], return_inverse=True)
    listing = listed.listing[found.text]
    group = listing * (int(holder.max(initial=0)) + 1) + holder
    _, group = np.unique(group, return_inverse=True)
    earliest = np.full(int(group.max(initial=0)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(earliest, group[named], found.text[named])
    far = int(found.text.max(initial=0)) + 1
    same = among(group * far + found.text, (group * far + found.text)[named])
    accessory = np.union1d(*(np.unique(units.text[words.playing(part)[0]]) for part in (Part.ACCESSORY, Part.PART)))
    with_goods = among(found.text, np.unique(units.text[words.playing(Part.GOODS)[0]]))
    with_accessory = among(listing, np.unique(listed.listing[accessory]))
    echo: Mask = same & others & (among(found.text, accessory) | ~with_goods)
    return echo | ((earliest[group] < found.text) & (others | with_accessory))


def _with_parts(units: Units, words: Met, found: Found) -> Mask:
    """Whether the text of a place offers a spare part or the like, and no goods that people wear."""
    parts, goods = (np.unique(units.text[words.playing(part)[0]]) for part in (Part.PART, Part.GOODS))
    return among(found.text, parts) & ~among(found.text, goods)


def _of_another_maker(units: Units, words: Met, found: Found, listed: Listed) -> Mask:
    """Whether the brand field of a place's listing names somebody, and not the holder of that place's right."""
    first, last = words.playing(Part.NOBODY)
    opening = units.opens[first] & units.closes[last]
    filled = np.zeros(len(listed.is_brand), np.bool_)
    filled[units.text[listed.is_brand[units.text]]] = True
    filled[units.text[first[opening]]] = False
    in_brand = listed.is_brand[found.text]
    listing = listed.listing[found.text]
    _, holder = np.unique(listed.holder[found.right], return_inverse=True)  # numbers of holders are of 63 bits
    most = int(holder.max(initial=0)) + 1
    own = among(listing * most + holder, (listing * most + holder)[in_brand])
    return among(listing, listed.listing[filled]) & ~own


def _units_of(reading: Reading, found: Found) -> tuple[Ints, Ints]:
    """Give the first unit of each place and the one after its last."""
    begins = reading.units.folded.source[reading.units.start]
    base = reading.points.bounds[found.text]
    first = np.searchsorted(begins, base + found.start, "right") - 1
    return np.maximum(first, 0), np.searchsorted(begins, base + found.end)


def _linked(
    lines: Lines, found: Found, listed: Listed, first: Ints, after: Ints, may: Mask, named: Mask, others: Mask
) -> Mask:
    """
    Add the marks linked to a reference: "for NAME and NAME", "for NAME / NAME", "for NAME 7, NAME 8".

    Without a link the next mark must be of the same holder, or stand right behind and have a model, as in "for MAKER
    NAME 8", or be one of three and more in a row, or the brand field names another maker; a comma needs that holder or
    a model too. The same mark again, after a comma, is the same reference.
    """
    _, holder = np.unique(listed.holder[found.right], return_inverse=True)
    ends = np.arange(len(lines.hard))
    numbered = lines.number[first] < after
    with_model = (lines.model[after] & ~lines.hard[after] & ~lines.comma[after]) | numbered
    in_row = _in_row(lines, first, after, may) | (lines.part[after] == after) | others
    for _ in range(_LONGEST_LIST):
        last = last_place(ends, at(len(ends) - 1, after[named]))[first]
        in_phrase = may & ~named & (last > lines.list_hard[first])
        in_list = in_phrase & (last >= lines.list_back[first])
        link = lines.links[np.minimum(first + 1, len(ends) - 1)] > lines.links[np.maximum(last, 0)]
        same = _any_ends(last, holder, after[named], holder[named])
        again = _any_ends(last, found.right, after[named], found.right[named])
        again &= in_phrase & lines.comma[first] & (first - last <= FARTHEST)
        more = in_list & (link | same | ((lines.comma[first] | (last == first)) & with_model) | in_row) | again
        if not more.any():
            return named
        named = named | more
    return named


def _in_row(lines: Lines, first: Ints, after: Ints, may: Mask) -> Mask:
    """Whether a place is one of several marks side by side, with nothing but their models between."""
    if not may.any():
        return may
    starts, which = np.unique(first[may], return_index=True)
    ends = np.maximum.accumulate(after[may][which])
    beside = np.zeros(len(starts), np.bool_)
    beside[1:] = (ends[:-1] >= lines.list_back[starts[1:]]) & (ends[:-1] > lines.list_hard[starts[1:]])
    row = np.cumsum(~beside)
    many = np.bincount(row) >= _SIDE_BY_SIDE
    place = np.minimum(np.searchsorted(starts, first), len(starts) - 1)
    side_by_side: Mask = may & many[row[place]]
    return side_by_side


def _any_ends(place: Ints, of: Ints, ends: Ints, which: Ints) -> Mask:
    """Whether one of the marks that end at a place is of the same holder, or the same right."""
    most = int(max(of.max(initial=0), which.max(initial=0))) + 1
    return among(place * most + of, ends * most + which)


def _calls_itself_a_copy(units: Units, words: Met, found: Found, listed: Listed) -> Mask:
    first, _ = words.playing(Part.REFUSAL)
    return among(listed.listing[found.text], np.unique(listed.listing[units.text[first]]))


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
