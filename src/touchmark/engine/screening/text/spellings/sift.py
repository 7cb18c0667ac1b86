"""
Leave out what was proposed and cannot be: before letters are compared one by one, and only where that changes nothing.

Whatever ``align`` allows is allowed here, and some more; ``reach`` says how far letters come.
"""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.fold import kinds
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.spellings.align import MOST_CELLS, is_vowel
from touchmark.engine.screening.text.spellings.cut import Cut
from touchmark.engine.screening.text.spellings.distinct import Distinct
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.keys import number
from touchmark.engine.screening.text.spellings.needs import (
    EVERY,
    MOST_PLACES,
    by_look,
    by_sound,
    lacks,
    needed_together,
    seen_in,
    seen_together,
)
from touchmark.engine.screening.text.spellings.proposals import Proposals
from touchmark.engine.screening.text.spellings.reach import WHERE, may_be, placed
from touchmark.engine.screening.text.spellings.readings.ask import ABOUT, LAST_WORD, WITHIN, WORD
from touchmark.engine.screening.text.spellings.signs import roles

#: From so many letters on a spelling may have two edits; and from so many on, two vowels may be others.
LEAST_TWO_EDITS, LEAST_REVOWELLED = 9, 6

_NONE = np.uint64(0)
#: So many rows ahead memory is looked at; what is seen there is never this.
_AHEAD, _NEVER = 64, -(1 << 62)
#: Stretches of up to so many words on either side are told apart; one number more is for all others.
_REACH = 4
_OTHERS, _STRETCHES = _REACH * _REACH, _REACH * _REACH + 1


def hopeful(proposed: Proposals, folded: Points, ring: Keyring) -> Proposals:
    """Give what may come to something by itself: a spelling with few edits, a word of a mark with none."""
    return _sifted(proposed, folded, ring, False)


def _sifted(proposed: Proposals, folded: Points, ring: Keyring, as_parts: bool) -> Proposals:
    kept = np.empty(len(proposed), np.int64)
    many = _hopeful(
        proposed.start,
        proposed.end,
        proposed.entry,
        proposed.view,
        folded.points,
        kinds(),
        ring.entries.spelling,
        ring.entries.first,
        ring.entries.last,
        ring.spelled.letters,
        ring.spelled.bounds,
        by_look(),
        by_sound(),
        roles(),
        np.zeros(WHERE, np.uint64),
        np.zeros(WHERE, np.uint64),
        as_parts,
        kept,
    )
    return proposed.taken(kept[:many])


def parts(proposed: Proposals, folded: Points, ring: Keyring) -> Proposals:
    """Give words of marks that are near enough for the rest of the mark to be looked for around them."""
    part = (proposed.entry >= len(ring.spelled)) & (proposed.view <= WITHIN)
    return _sifted(proposed.taken(part), folded, ring, True)


def in_company(part: Proposals, same: Distinct, folded: Points, cut: Cut, ring: Keyring) -> Proposals:
    """Give what may be a whole mark around a word of one, wherever that word stands."""
    letters, between, needed = (np.empty(len(cut), np.uint64) for _ in range(3))
    signs = np.empty(len(cut), np.uint8)
    seen_in(folded.points, kinds(), cut.start, cut.end, by_sound(), roles(), letters, between, needed, signs)
    room = 256 + len(part)
    while True:
        row, reading, member, left, right = (np.empty(room, np.int64) for _ in range(5))
        many = _in_company(
            part.entry,
            part.reading,
            same.every,
            same.bounds,
            same.read.about,
            folded.points,
            kinds(),
            cut.start,
            cut.end,
            cut.text,
            letters,
            between,
            needed,
            signs,
            ring.entries.member_bounds,
            ring.entries.members,
            ring.entries.before,
            ring.entries.after,
            ring.entries.needs,
            ring.entries.explains,
            ring.spelled.letters,
            ring.spelled.bounds,
            by_sound(),
            roles(),
            np.zeros(WHERE, np.uint64),
            np.zeros(_STRETCHES, np.int64),
            np.zeros(_STRETCHES, np.int64),
            np.zeros(_STRETCHES, np.int64),
            np.zeros(_STRETCHES, np.uint64),
            np.zeros(_STRETCHES, np.uint64),
            row,
            reading,
            member,
            left,
            right,
        )
        if many <= room:
            break
        room = many
    member, left, right, none = member[:many], left[:many], right[:many], np.zeros(many, np.int64)
    return Proposals(cut.start[left], cut.end[right], member, none, left, right, part.reading[row[:many]])


@native
def _hopeful(
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    entry: NDArray[np.int64],
    view: NDArray[np.int64],
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    spelling: NDArray[np.int32],
    first: NDArray[np.int16],
    last: NDArray[np.int16],
    letters: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    looks: NDArray[np.uint8],
    sounds: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    strictly: NDArray[np.uint64],
    loosely: NDArray[np.uint64],
    as_parts: bool,
    kept: NDArray[np.int64],
) -> int:
    many, start, end, strict, loose = 0, -1, -1, False, False
    for row in range(starts.size):
        here, of = entry[row], number(spelling[entry[row]])
        may = view[row] > WITHIN or (view[row] == WITHIN and here == of)
        if view[row] == 0 or as_parts:
            if starts[row] != start or ends[row] != end:
                start, end = starts[row], ends[row]
                strict, loose = False, False
            begins, size = bounds[of] + first[here], number(last[here]) - number(first[here])
            most = 1 if size < LEAST_TWO_EDITS and not as_parts else 2
            if here != of and not as_parts:
                if not strict:
                    placed(points, kinds, start, end, looks, roles, False, strictly)
                strict, may = True, may_be(strictly, letters, begins, size, looks, False, 0)
            else:
                if not loose:
                    placed(points, kinds, start, end, sounds, roles, True, loosely)
                loose, may = True, may_be(loosely, letters, begins, size, sounds, True, most)
                if not may and LEAST_REVOWELLED <= size == end - start:
                    may = view[row] == 0 and _revowelled(points, start, letters, begins, size)
        if may:
            kept[many] = row
            many += 1
    return many


@inlined
def _revowelled(points: NDArray[np.uint32], start: int, letters: NDArray[np.uint32], begins: int, size: int) -> bool:
    """Whether two vowels, and nothing else, are others."""
    others = 0
    for place in range(size):
        one, other = number(points[start + place]), number(letters[begins + place])
        if one != other:
            others += 1 if is_vowel(one) and is_vowel(other) else size
    return others <= 2


@native
def _in_company(  # noqa: C901 (every word, every mark that holds it, every place)
    entry: NDArray[np.int64],
    of_reading: NDArray[np.int64],
    every: NDArray[np.int64],
    places: NDArray[np.int64],
    about: NDArray[np.int64],
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    word_starts: NDArray[np.int64],
    word_ends: NDArray[np.int64],
    text: NDArray[np.int64],
    seen_of: NDArray[np.uint64],
    between: NDArray[np.uint64],
    needed_of: NDArray[np.uint64],
    signs: NDArray[np.uint8],
    member_bounds: NDArray[np.int32],
    members: NDArray[np.int32],
    before: NDArray[np.int8],
    after: NDArray[np.int8],
    needs: NDArray[np.uint64],
    explains: NDArray[np.uint64],
    letters: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    sounds: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    where: NDArray[np.uint64],
    known: NDArray[np.int64],
    spans: NDArray[np.int64],
    may_lack: NDArray[np.int64],
    seen: NDArray[np.uint64],
    needed: NDArray[np.uint64],
    rows: NDArray[np.int64],
    readings: NDArray[np.int64],
    spellings: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
) -> int:
    """
    Look around every place of every word of a mark; gives how many may be in company, also without room for all.

    All marks that are near what is read are asked for at one place before the next, for most of them reach as far to
    both sides: what is seen in a stretch of words is told once. ``known``: of which place a stretch is told, and one.
    """
    many, row, fetched = 0, 0, 0
    while row < entry.size:
        until = row + 1
        while until < entry.size and of_reading[until] == of_reading[row]:
            until += 1
        if until > fetched:
            if _fetched(entry, row, member_bounds, members, before, after, bounds, letters) == _NEVER:
                break  # it is looked at so that it is read
            fetched = row + _AHEAD
        for place in range(places[of_reading[row]], places[of_reading[row] + 1]):
            at, told = every[place] * ABOUT, -1
            for of_row in range(row, until):
                for member in range(member_bounds[entry[of_row]], member_bounds[entry[of_row] + 1]):
                    one, other = about[at + WORD] - before[member], about[at + LAST_WORD] + after[member]
                    if one < 0 or other >= word_starts.size:
                        continue
                    stretch = _stretch(number(before[member]), number(after[member]))
                    if known[stretch] != place + 1 or stretch == _OTHERS:
                        known[stretch], spans[stretch] = place + 1, MOST_CELLS + 1
                        if text[one] == text[other]:
                            spans[stretch] = word_ends[other] - word_starts[one]
                        seen[stretch], needed[stretch], may_lack[stretch] = EVERY, _NONE, 2
                        if spans[stretch] <= MOST_PLACES:
                            seen[stretch] = seen_together(seen_of, between, one, other)
                            needed[stretch] = needed_together(needed_of, one, other)
                            for word in range(one + 1, other + 1):
                                may_lack[stretch] += number(signs[word])
                    if (
                        spans[stretch] > MOST_CELLS
                        or lacks(needs[member], seen[stretch], may_lack[stretch])
                        or lacks(needed[stretch], explains[member], 2)
                    ):
                        continue
                    if told != stretch or stretch == _OTHERS:
                        placed(points, kinds, word_starts[one], word_ends[other], sounds, roles, True, where)
                        told = stretch
                    of = number(members[member])
                    size = bounds[of + 1] - bounds[of]
                    if may_be(where, letters, bounds[of], size, sounds, True, 1 if size < LEAST_TWO_EDITS else 2):
                        if many < rows.size:
                            rows[many], readings[many], spellings[many] = of_row, every[place], of
                            lefts[many], rights[many] = one, other
                        many += 1
        row = until
    return many


@inlined
def _stretch(before: int, after: int) -> int:
    """Number a stretch by how many words it has before and after what is read; long ones share a number."""
    return before * _REACH + after if before < _REACH and after < _REACH else _OTHERS


@inlined
def _fetched(
    entry: NDArray[np.int64],
    row: int,
    member_bounds: NDArray[np.int32],
    members: NDArray[np.int32],
    before: NDArray[np.int8],
    after: NDArray[np.int8],
    bounds: NDArray[np.int64],
    letters: NDArray[np.uint32],
) -> int:
    """Look at what the next rows will be compared with, all at once: one wait for memory is as good as many."""
    seen, until = 0, min(row + _AHEAD, entry.size)
    for of in range(row, until):
        seen |= number(member_bounds[entry[of]])
    for of in range(row, until):
        for member in range(member_bounds[entry[of]], member_bounds[entry[of] + 1]):
            seen |= number(members[member]) | number(before[member]) | number(after[member])
    for of in range(row, until):
        for member in range(member_bounds[entry[of]], member_bounds[entry[of] + 1]):
            seen |= bounds[number(members[member])]
    for of in range(row, until):
        for member in range(member_bounds[entry[of]], member_bounds[entry[of] + 1]):
            seen |= number(letters[bounds[number(members[member])]])
    return seen
