"""
Which matches are no use of the mark, by rule: too short, the middle of a longer word, a word of another language.

A gate is a function ``(reading, matches, context) -> mask``. Marks that are common words ("gap year") and words of
Chinese that hold another ("忍耐克服" holds 耐克) pass here: telling them takes a dictionary and a segmenter, which get
their place in ``GATES``.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.marks import Rule
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.tokens import Units
from touchmark.engine.screening.text.verify import Matches


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What the gates know beside the match: the rule of its form, its span, whether its text is a brand field."""

    rule: NDArray[np.uint8]
    start: Ints  # among the original points of the reading
    end: Ints
    in_brand: Mask

    def under(self, rule: Rule) -> Mask:
        """Whether the form of each match is under a rule."""
        held: Mask = (self.rule & rule) > 0
        return held


def passed(reading: Reading, matches: Matches, context: Context) -> Mask:
    """Whether each match passes every gate."""
    mask = np.ones(len(matches), np.bool_)
    for gate in GATES:
        mask &= gate(reading, matches, context)
    return mask


def short_marks(reading: Reading, matches: Matches, context: Context) -> Mask:
    """One or two letters, or a number: only a brand field that is nothing else, or an "&" that is written."""
    units = reading.units
    as_it_is: Mask = matches.odd == 0
    whole_brand = as_it_is & context.in_brand & units.opens[matches.first] & units.closes[matches.last]
    with_and = as_it_is & matches.with_and
    return whole_brand | (~context.under(Rule.WHOLE_BRAND) & (~context.under(Rule.WITH_AND) | with_and))


def three_letters(reading: Reading, matches: Matches, context: Context) -> Mask:
    """Three letters: as they are, or drawn otherwise; a word of another alphabet is more likely that word."""
    accented: Mask = _count(reading.accents_before, context) > 0
    as_it_is: Mask = (matches.odd == 0) & (accented == context.under(Rule.ACCENTED))
    if reading.view.only_lookalikes:
        as_it_is &= _count(reading.latin_before, context) > 0
    return ~context.under(Rule.AS_IT_IS) | as_it_is


def only_lookalikes(reading: Reading, matches: Matches, context: Context) -> Mask:
    """A view by look finds only what is drawn otherwise; the rest is the business of the plain view."""
    if not reading.view.only_lookalikes:
        return np.ones(len(matches), np.bool_)
    drawn_otherwise: Mask = _count(reading.lookalikes_before, context) > 0
    return drawn_otherwise


def words_of_other_alphabets(reading: Reading, matches: Matches, context: Context) -> Mask:
    """A word wholly of another alphabet, in a text that is mostly of that alphabet, is that language's own word."""
    if not reading.view.only_lookalikes:
        return np.ones(len(matches), np.bool_)
    text = reading.units.text[matches.first]
    begin, end = reading.points.bounds[text], reading.points.bounds[text + 1]
    latin, other = _count(reading.latin_before, context), _count(reading.other_before, context)
    others_around = reading.other_before[end] - reading.other_before[begin] - other
    latin_around = reading.latin_before[end] - reading.latin_before[begin] - latin
    passes: Mask = (latin > 0) | (other == 0) | (others_around <= latin_around)
    return passes


def words_of_vietnamese(reading: Reading, matches: Matches, context: Context) -> Mask:
    """A short word with an accent of Vietnamese, among others such, is Vietnamese: "với" is not VOI."""
    text = reading.units.text[matches.first]
    begin, end = reading.points.bounds[text], reading.points.bounds[text + 1]
    inside = _count(reading.vietnamese_before, context)
    around = reading.vietnamese_before[end] - reading.vietnamese_before[begin] - inside
    vietnamese: Mask = context.under(Rule.UP_TO_FOUR) & (inside > 0) & (around > 0)
    return ~vietnamese


def inside_a_word(reading: Reading, matches: Matches, context: Context) -> Mask:
    """
    Scripts written without spaces: what can be told of the edges of words without a dictionary.

    Katakana is a run of foreign words: a mark begins or ends it. In Korean a mark begins a word, and particles follow.
    In Thai, Lao, Khmer and Burmese no syllable is cut. In Chinese nothing is told.
    """
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
    return touching & (same_kind | units.are(Kind.SOUTH_EAST_SIGN, safe))


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
    cut_after = after & units.are(Kind.SOUTH_EAST_SIGN, np.minimum(matches.last + 1, len(units) - 1))
    preceding = units.letters[units.first_letter[np.maximum(matches.first - 1, 0)]]
    return ~(cut_after | (before & np.isin(preceding, _WRITTEN_BEFORE)))


def _count(before: Ints, context: Context) -> Ints:
    return before[context.end] - before[context.start]


GATES: tuple[Callable[[Reading, Matches, Context], Mask], ...] = (
    short_marks,
    only_lookalikes,
    three_letters,
    words_of_other_alphabets,
    words_of_vietnamese,
    inside_a_word,
)
