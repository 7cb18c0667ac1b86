"""
Marks that a listing speaks about and does not offer: in print, in denials and comparisons, by who wants to buy.

What a single phrase beside a mark says is read by ``lines``. Here two words belong together, or one says it for its
whole text: a book that a title begins with, "not ... connected with NAME", "as light as NAME", "looking for a NAME".
"""

import numpy as np

from touchmark.engine.screening.text.cues import Met, Part
from touchmark.engine.screening.text.lines import Lines, at, last_place
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.tokens import Units

#: What says it for its whole text stands among so many units of its head.
HEAD = 4
#: Who wants to buy names the mark at most so many units later.
FARTHEST_WANTED = 4
#: Between a denial and what it denies, and between that and the mark, are at most so many units.
FARTHEST_DENIED = 5
#: And between a measure and what it is measured by.
FARTHEST_MEASURED = 4


def spoken_about(units: Units, words: Met, lines: Lines, first: Ints, after: Ints) -> Mask:
    """Whether a place, by its first unit and the one after its last, is what a text speaks about."""
    spoken: Mask = np.zeros(len(first), np.bool_)
    if _any(words, Part.BY, Part.COMPARED, Part.DENIED):
        said = _compared(units, words, lines) | _denied(units, words, lines)
        before = last_place(np.arange(len(said)), said & ~lines.hard & ~lines.comma)[first]
        spoken |= (before >= lines.back[first]) & (before >= 0)
    if _any(words, Part.ABOUT, Part.WANTED):
        head = last_place(np.arange(len(units) + 1), np.append(units.opens, True))
        spoken |= _told(units, words, lines, head, first, after) | _wanted(units, words, head, first)
    return spoken


def _any(words: Met, *parts: Part) -> bool:
    """Whether any word plays one of these parts."""
    return any((words.part == part).any() for part in parts)


def _told(units: Units, words: Met, lines: Lines, head: Ints, first: Ints, after: Ints) -> Mask:
    """Whether the head of a place's text names something printed, and no goods of the mark's own follow it."""
    begins, ends = words.playing(Part.ABOUT)
    other = np.isin(ends + 1, words.playing(Part.NOT_ABOUT)[0])
    told = at(len(units), begins[(begins - head[begins] <= HEAD) & ~other])
    nearest = last_place(np.arange(len(told)), told)[np.maximum(first - 1, 0)]
    found: Mask = (nearest >= head[first]) & (first > 0) & ~lines.has_own_goods(after)
    return found


def _wanted(units: Units, words: Met, head: Ints, first: Ints) -> Mask:
    """Whether a place's text begins with who wants to buy."""
    begins, ends = words.playing(Part.WANTED)
    wanted = np.full(len(units) + 1, -1)
    opening = units.opens[begins]
    wanted[head[begins[opening]]] = ends[opening]
    end = wanted[head[first]]
    found: Mask = (end >= 0) & (first > end) & (first - end <= FARTHEST_WANTED)
    return found


def _denied(units: Units, words: Met, lines: Lines) -> Mask:
    """Units right behind what a denial denies, and up to some behind that in the same phrase."""
    size = len(units)
    every = np.arange(size + 1)
    not_at = last_place(every, at(size, words.playing(Part.DENIAL)[1]))
    _, denied = words.playing(Part.DENIED)
    near = (not_at[denied] >= 0) & (denied - not_at[denied] <= FARTHEST_DENIED)
    near &= not_at[denied] >= lines.list_hard[denied]
    last = last_place(every, at(size, denied[near]))
    behind: Mask = (last >= 0) & (every > last) & (every - last <= FARTHEST_DENIED) & (last >= lines.list_hard)
    return behind


def _compared(units: Units, words: Met, lines: Lines) -> Mask:
    """Units right behind a comparison: by one word, or by a measure and what it is measured by."""
    size = len(units)
    begins, ends = words.playing(Part.BY)
    measured = last_place(np.arange(size + 1), at(size, words.playing(Part.MEASURED)[1]))[np.maximum(begins - 1, 0)]
    paired = (measured >= 0) & (begins > 0) & (begins - measured <= FARTHEST_MEASURED)
    paired &= measured >= lines.list_hard[begins]
    found: Mask = at(size, ends[paired] + 1) | at(size, words.playing(Part.COMPARED)[1] + 1)
    return found
