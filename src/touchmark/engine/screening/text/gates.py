"""
Which matches are no use of the mark, by rule: too short, the middle of a longer word, a word of another language.

A gate is a function ``(reading, matches, context) -> mask``. Marks that are common words ("gap year") pass here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.fold import accents, lookalikes, scripts, thin
from touchmark.engine.screening.text.letters import Accent, Kind, Script
from touchmark.engine.screening.text.ordinary import FREQUENT, levels
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.rule import Rule
from touchmark.engine.screening.text.scripts.segments import at_edges
from touchmark.engine.screening.text.tokens import Units
from touchmark.engine.screening.text.verify import Matches


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What the gates know beside the match: the rule of its form, its span, and in which field it stands."""

    rule: NDArray[np.uint8]
    start: Ints  # among the original points of the reading
    end: Ints
    in_brand: Mask
    in_title: Mask

    def taken(self, rows: Ints) -> "Context":
        """What is known of some matches."""
        return Context(self.rule[rows], self.start[rows], self.end[rows], self.in_brand[rows], self.in_title[rows])

    def under(self, rule: Rule) -> Mask:
        """Whether the form of each match is under a rule."""
        held: Mask = (self.rule & rule) > 0
        return held


Gate = Callable[[Reading, Matches, Context], Mask]


def passed(reading: Reading, matches: Matches, context: Context) -> Mask:
    """Whether each match passes every gate."""
    mask = np.ones(len(matches), np.bool_)
    for gate in GATES:
        mask &= gate(reading, matches, context)
    return mask


def _of_those(asked: Mask, gate: Gate, reading: Reading, matches: Matches, context: Context) -> Mask:
    """Whether each match passes a gate that concerns few of them; the others do."""
    mask, rows = np.ones(len(matches), np.bool_), np.flatnonzero(asked)
    if len(rows):
        mask[rows] = gate(reading, matches.taken(rows), context.taken(rows))
    return mask


def short_marks(reading: Reading, matches: Matches, context: Context) -> Mask:
    """
    One or two letters, or a number: only a brand field that is nothing else, or an "&" that is written.

    Two letters also in a title, in capitals and with no digit glued to them: "LV belt", "L.V. belt", and no "MK2" nor
    "size xl". At its head in small letters too, if they are no frequent word and no number follows: "Lv belt".
    """
    with_and = (matches.odd == 0) & matches.with_and
    other = ~context.under(Rule.WHOLE_BRAND) & (~context.under(Rule.WITH_AND) | with_and)
    return _of_those(~other, _as_a_few_letters, reading, matches, context)


def _as_a_few_letters(reading: Reading, matches: Matches, context: Context) -> Mask:
    units = reading.units
    as_it_is: Mask = matches.odd == 0
    whole_brand = as_it_is & context.in_brand & units.opens[matches.first] & units.closes[matches.last]
    as_initials = (as_it_is | (_spelled_out(units, matches) & ~matches.plain)) & context.in_title
    initials = as_initials & context.under(Rule.INITIALS)
    initials &= _in_capitals(reading, matches, context) | (as_it_is & _at_head(units, matches, initials))
    return whole_brand | initials


def _spelled_out(units: Units, matches: Matches) -> Mask:
    """Whether a sign or a space stands between every two letters, and no other letter stands by itself beside them."""
    apart: Mask = (matches.odd > 0) & (matches.odd == matches.letters - 1)
    alone = np.append((units.lengths == 1) & (units.kind == Kind.LETTER), False)
    opens = np.append(units.opens, True)
    before = alone[np.maximum(matches.first - 1, 0)] & ~opens[matches.first]
    behind = alone[matches.last + 1] & ~opens[matches.last + 1]
    by_itself: Mask = apart & ~before & ~behind
    return by_itself


def _in_capitals(reading: Reading, matches: Matches, context: Context) -> Mask:
    units, long = reading.units, context.end - context.start
    capitals: Mask = (long > 1) & (
        _count(reading, _CAPITALS, context) == np.where(matches.odd > 0, matches.letters, long)
    )
    rows = np.flatnonzero(capitals)
    before, after = matches.first[rows], np.minimum(matches.last[rows] + 1, len(units) - 1)
    touching = units.gap == 0
    glued = touching[before] & ~units.opens[before] & units.are(Kind.DIGIT, np.maximum(before - 1, 0))
    follows = (after > matches.last[rows]) & ~units.opens[after]
    capitals[rows] = ~(glued | (follows & touching[after] & units.are(Kind.DIGIT, after)))
    return capitals


def _at_head(units: Units, matches: Matches, asked: Mask) -> Mask:
    """Whether a match of one word is the first of its text, no frequent word, and no number stands behind it."""
    found: Mask = asked & units.opens[matches.first] & (matches.first == matches.last)
    rows = np.flatnonzero(found)
    after = np.minimum(matches.last[rows] + 1, len(units) - 1)
    numbered = (after > matches.last[rows]) & units.are(Kind.DIGIT, after) & ~units.opens[after]
    found[rows] = ~numbered & (levels(units.hashes[matches.first[rows]]) < FREQUENT)
    return found


def three_letters(reading: Reading, matches: Matches, context: Context) -> Mask:
    """
    Three letters: as they are, spelled out, or drawn otherwise; a word of another alphabet is more likely that word.

    Spelled out with spaces they stand in capitals: "U G G boots".
    """
    return _of_those(context.under(Rule.AS_IT_IS), _as_they_are, reading, matches, context)


def _as_they_are(reading: Reading, matches: Matches, context: Context) -> Mask:
    accented: Mask = _count(reading, _ACCENTED, context) > 0
    apart = _spelled_out(reading.units, matches)
    apart &= ~matches.plain | _in_capitals(reading, matches, context)
    as_it_is: Mask = ((matches.odd == 0) | apart) & (accented == context.under(Rule.ACCENTED))
    if reading.view.only_lookalikes:
        as_it_is &= _count(reading, _LATIN, context) > 0
    return as_it_is


def only_lookalikes(reading: Reading, matches: Matches, context: Context) -> Mask:
    """A view by look finds only what is drawn otherwise; the rest is the business of the plain view."""
    if not reading.view.only_lookalikes:
        return np.ones(len(matches), np.bool_)
    drawn_otherwise: Mask = reading.count(lookalikes(), context.start, context.end) > 0
    return drawn_otherwise


def words_of_other_alphabets(reading: Reading, matches: Matches, context: Context) -> Mask:
    """A word wholly of another alphabet, in a text that is mostly of that alphabet, is that language's own word."""
    if not reading.view.only_lookalikes:
        return np.ones(len(matches), np.bool_)
    foreign: Mask = (_count(reading, _LATIN, context) == 0) & (_count(reading, _OTHER, context) > 0)
    others = reading.around(_table(_OTHER), foreign, context.start, context.end)
    latins = reading.around(_table(_LATIN), foreign, context.start, context.end)
    own_word: Mask = foreign & (others > latins)
    return ~own_word


def words_of_vietnamese(reading: Reading, matches: Matches, context: Context) -> Mask:
    """A short word with an accent of Vietnamese, among others such, is Vietnamese: "với" is not VOI."""
    return _of_those(context.under(Rule.UP_TO_FOUR), _not_vietnamese, reading, matches, context)


def _not_vietnamese(reading: Reading, matches: Matches, context: Context) -> Mask:
    inside: Mask = _count(reading, _VIETNAMESE, context) > 0
    vietnamese: Mask = inside & (reading.around(_table(_VIETNAMESE), inside, context.start, context.end) > 0)
    return ~vietnamese


def inside_a_word(reading: Reading, matches: Matches, context: Context) -> Mask:
    """
    Scripts written without spaces: what can be told of the edges of words without a dictionary.

    Katakana is a run of foreign words: a mark begins or ends it. In Korean a mark begins a word, and particles follow.
    In Thai, Lao, Khmer and Burmese no syllable is cut. In Chinese nothing is told.
    """
    units = reading.units
    after = np.minimum(matches.last + 1, len(units) - 1)
    touching = (~units.opens[matches.first] & (units.bits[matches.first] == 0)) | (
        ~units.opens[after] & (units.bits[after] == 0)
    )
    return _of_those(touching, _not_cut_off, reading, matches, context)


def _not_cut_off(reading: Reading, matches: Matches, context: Context) -> Mask:
    units = reading.units
    joined_before, joined_after = _joined(units, matches.first), _joined(units, matches.last + 1)
    return (
        _katakana(units, matches, joined_before, joined_after)
        & _hangul(units, matches, joined_before, joined_after)
        & _whole_syllables(units, matches, joined_before, joined_after)
    )


def _joined(units: Units, unit: Ints) -> Mask:
    """Whether a unit stands right after one of the same kind."""
    inside = (unit > 0) & (unit < len(units))
    safe = np.where(inside, unit, 0)
    touching: Mask = inside & ~units.opens[safe] & (units.gap[safe] == 0)
    same_kind: Mask = units.kind[safe] == units.kind[safe - 1]
    return touching & (same_kind | units.are(Kind.SIGN, safe))


def inside_a_word_of_chinese(reading: Reading, matches: Matches, context: Context) -> Mask:
    """A few characters of Chinese in the middle of other words of it are no name: 耐克 in 忍耐克服."""
    text = reading.units.text[matches.first]
    base = reading.points.bounds[text]
    return at_edges(reading.points, text, context.start - base, context.end - base)


_LONG_KATAKANA, _SHORT_KATAKANA = 5, 2


def _katakana(units: Units, matches: Matches, before: Mask, after: Mask) -> Mask:
    starts_inside = before & units.are(Kind.KATAKANA, matches.first)
    ends_inside = after & units.are(Kind.KATAKANA, matches.last)
    one_edge = (matches.letters > _SHORT_KATAKANA) & ~(starts_inside & ends_inside)
    return (matches.letters >= _LONG_KATAKANA) | one_edge | ~(starts_inside | ends_inside)


#: Particles and endings that follow a noun without a space: subject, object, of, at, with, only, for.
_PARTICLES = np.array(sorted(map(ord, "은는이가을를의에도로와과만용")), np.uint32)
_LONG_HANGUL = 3


def _hangul(units: Units, matches: Matches, before: Mask, after: Mask) -> Mask:
    starts_inside = before & units.are(Kind.HANGUL, matches.first)
    ends_inside = after & units.are(Kind.HANGUL, matches.last)
    following = units.letters[units.first_letter[np.minimum(matches.last + 1, len(units) - 1)]]
    ends_well = ~ends_inside | (matches.letters >= _LONG_HANGUL) | np.isin(following, _PARTICLES)
    return ~starts_inside & ends_well


#: Vowels of Thai and Lao that are written before the consonant they follow in speech.
_WRITTEN_BEFORE = np.array([*range(0x0E40, 0x0E45), *range(0x0EC0, 0x0EC5)], np.uint32)


def _whole_syllables(units: Units, matches: Matches, before: Mask, after: Mask) -> Mask:
    cut_after = after & units.are(Kind.SIGN, np.minimum(matches.last + 1, len(units) - 1))
    preceding = units.letters[units.first_letter[np.maximum(matches.first - 1, 0)]]
    return ~(cut_after | (before & np.isin(preceding, _WRITTEN_BEFORE)))


_LATIN, _OTHER, _ACCENTED, _VIETNAMESE, _CAPITALS = "latin", "other", "accented", "vietnamese", "capitals"


@cache
def _table(of: str) -> Mask:
    """Whether each code point is of a kind."""
    tables: dict[str, Callable[[], Mask]] = {
        _LATIN: lambda: scripts() == Script.LATIN,
        _OTHER: lambda: scripts() == Script.OTHER,
        _ACCENTED: lambda: accents() != Accent.NONE,
        _VIETNAMESE: lambda: accents() == Accent.VIETNAMESE,
        _CAPITALS: lambda: _between("A", "Z") | _between("Ａ", "Ｚ"),
    }
    return thin(tables[of]())


def _between(first: str, last: str) -> Mask:
    points = np.arange(len(scripts()))
    inside: Mask = (points >= ord(first)) & (points <= ord(last))
    return inside


def _count(reading: Reading, of: str, context: Context) -> Ints:
    return reading.count(_table(of), context.start, context.end)


GATES: tuple[Callable[[Reading, Matches, Context], Mask], ...] = (
    short_marks,
    only_lookalikes,
    three_letters,
    words_of_other_alphabets,
    words_of_vietnamese,
    inside_a_word,
    inside_a_word_of_chinese,
)
