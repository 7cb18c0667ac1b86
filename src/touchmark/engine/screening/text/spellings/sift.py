"""
Leave out what was proposed and cannot be: before letters are compared one by one, and only where that changes nothing.

What stands there is taken as a set of places, a bit each, and read along the letters of the spelling: the bits are the
places that can be reached with no edit, with one, with two. Whatever ``align`` allows is allowed here, and some more.
"""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.fold import kinds
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.spellings.align import MOST_CELLS
from touchmark.engine.screening.text.spellings.cut import Cut
from touchmark.engine.screening.text.spellings.distinct import Distinct
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.keys import number
from touchmark.engine.screening.text.spellings.needs import (
    ASCII,
    MOST_PLACES,
    by_look,
    by_sound,
    lacks,
    needed_together,
    pair,
    seen_in,
    seen_together,
)
from touchmark.engine.screening.text.spellings.propose import Proposals
from touchmark.engine.screening.text.spellings.readings import ABOUT, LAST_WORD, WITHIN, WORD
from touchmark.engine.screening.text.spellings.signs import MASK, is_space, is_word, role_of, roles

#: From so many letters on a spelling may have two edits.
LEAST_TWO_EDITS = 9
#: Parts of what is known of a text, as places in ``where``: per letter, the places that it stands at; per letter, the
#: places of two letters that stand for it; then the signs, which may stand for any letter; what may be left out at no
#: cost; behind which letters may be hidden; all places; and how many letters it takes to explain them.
_PAIRS, _SIGNS, _FREE, _HIDE, _ALL, _LEAST, _WHERE = (ASCII, *range(2 * ASCII, 2 * ASCII + 6))

_a, _e, _h, _i, _o, _u = (ord(a) for a in "aehiou")
_LETTER = int(Kind.LETTER)
_ZERO, _ONE, _TWO = (np.uint64(i) for i in range(3))


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
        np.zeros(_WHERE, np.uint64),
        np.zeros(_WHERE, np.uint64),
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
    letters, between, needed = (np.empty(len(cut), np.uint32) for _ in range(3))
    seen_in(folded.points, kinds(), cut.start, cut.end, by_sound(), letters, between, needed)
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
            np.zeros(_WHERE, np.uint64),
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
                    _places(points, kinds, start, end, looks, roles, False, strictly)
                strict, may = True, _may_be(strictly, letters, begins, size, looks, False, 0)
            else:
                if not loose:
                    _places(points, kinds, start, end, sounds, roles, True, loosely)
                loose, may = True, _may_be(loosely, letters, begins, size, sounds, True, most)
        if may:
            kept[many] = row
            many += 1
    return many


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
    seen_of: NDArray[np.uint32],
    between: NDArray[np.uint32],
    needed_of: NDArray[np.uint32],
    member_bounds: NDArray[np.int32],
    members: NDArray[np.int32],
    before: NDArray[np.int8],
    after: NDArray[np.int8],
    needs: NDArray[np.uint32],
    explains: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    sounds: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    where: NDArray[np.uint64],
    rows: NDArray[np.int64],
    readings: NDArray[np.int64],
    spellings: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
) -> int:
    """Look around every place of every word of a mark; gives how many may be in company, also without room for all."""
    many = 0
    for row in range(entry.size):
        for member in range(member_bounds[entry[row]], member_bounds[entry[row] + 1]):
            needed, explained, of = needs[member], explains[member], number(members[member])
            for place in range(places[of_reading[row]], places[of_reading[row] + 1]):
                at = every[place] * ABOUT
                one, other = about[at + WORD] - before[member], about[at + LAST_WORD] + after[member]
                if one < 0 or other >= word_starts.size or text[one] != text[other]:
                    continue
                span = word_ends[other] - word_starts[one]
                if span > MOST_CELLS:
                    continue
                if span <= MOST_PLACES:
                    if lacks(needed, seen_together(seen_of, between, one, other), 2):
                        continue
                    if lacks(needed_together(needed_of, one, other), explained, 2):
                        continue
                size = bounds[of + 1] - bounds[of]
                most = 1 if size < LEAST_TWO_EDITS else 2
                _places(points, kinds, word_starts[one], word_ends[other], sounds, roles, True, where)
                if _may_be(where, letters, bounds[of], size, sounds, True, most):
                    if many < rows.size:
                        rows[many], readings[many], spellings[many] = row, every[place], of
                        lefts[many], rights[many] = one, other
                    many += 1
    return many


@inlined
def _places(
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    start: int,
    end: int,
    alike: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    loose: bool,
    where: NDArray[np.uint64],
) -> None:
    """Take what stands there apart by letters; where nothing can be told of it, its places are said to be none."""
    for letter in range(_WHERE):
        where[letter] = _ZERO
    size, previous, free = 0, 0, 0
    for place in range(start, end):
        kind, point = number(kinds[points[place]]), number(points[place])
        if is_space(kind):
            continue
        if (kind >= _LETTER and not (is_word(kind) and point < ASCII)) or size == MOST_PLACES:
            where[_ALL] = _ZERO
            return
        bit = _ONE << np.uint64(size)
        letter = number(alike[point]) if kind >= _LETTER else 0
        if letter == 0:
            where[_SIGNS] |= bit
            where[_FREE] |= bit
            free += 1
            where[_HIDE] |= bit << _ONE if role_of(point, kind, roles) & MASK else _ZERO
        elif letter == previous or (loose and letter == _h):
            where[_FREE] |= bit
            free += 1
        where[letter] |= bit
        both = pair(previous, letter, loose)
        if both:
            where[_PAIRS + both] |= bit >> _ONE
            free += 1
        previous = letter
        size += 1
        where[_ALL], where[_LEAST] = (bit << _ONE << _ONE) - _ONE, np.uint64(max(size - free, 0))


@inlined
def _may_be(
    where: NDArray[np.uint64],
    letters: NDArray[np.uint32],
    begins: int,
    size: int,
    alike: NDArray[np.uint8],
    loose: bool,
    most: int,
) -> bool:
    """Whether letters may have become what stands there by so many edits; leaving out vowels is one, however many."""
    every = where[_ALL]
    if every == _ZERO:
        return True
    if number(where[_LEAST]) > size + most:
        return False
    free, signs, hide, goal = where[_FREE], where[_SIGNS], where[_HIDE], (every + _ONE) >> _ONE
    # Places reached without edits, with one, two; with vowels left out and nothing else, and with one edit more.
    none, one, two, bare, bare_one = _freely(_ONE, free), _ZERO, _ZERO, _ZERO, _ZERO
    if most > 0:
        one = (none << _ONE) & every
        two = (one << _ONE) & every if most > 1 else _ZERO
    none_before, one_before, bare_before, two_before, bare_one_before = _ZERO, _ZERO, _ZERO, _ZERO, _ZERO
    previous = 0
    for place in range(begins, begins + size):
        point = number(letters[place])
        if point >= ASCII:
            return True
        letter = number(alike[point])
        here, pairs, merged = where[letter] | signs, where[_PAIRS + letter], pair(previous, letter, loose)
        both = where[merged] if merged else _ZERO
        swapped = where[previous] if previous else _ZERO
        silent = every if loose and letter == _h else hide
        vowel = point in (_a, _e, _i, _o, _u)
        new = _freely(_over(none, none_before, here, pairs, both, silent) & every, free)
        new_one, new_two, new_bare, new_bare_one = _ZERO, _ZERO, _ZERO, _ZERO
        if most > 0:
            new_one = _over(one, one_before, here, pairs, both, silent) | _edited(none, none_before, here, swapped)
            new_one = _freely((new_one | (new << _ONE)) & every, free)
            new_bare = _over(bare, bare_before, here, pairs, both, silent) | (none | bare if vowel else _ZERO)
            new_bare = _freely(new_bare & every, free)
        if most > 1:
            new_two = _over(two, two_before, here, pairs, both, silent) | _edited(one, one_before, here, swapped)
            new_two = _freely((new_two | (new_one << _ONE)) & every, free)
            new_bare_one = _over(bare_one, bare_one_before, here, pairs, both, silent)
            new_bare_one |= _edited(bare, bare_before, here, swapped) | (one | bare_one if vowel else _ZERO)
            new_bare_one = _freely((new_bare_one | (new_bare << _ONE)) & every, free)
        if none | one | two | bare | bare_one | new | new_one | new_two | new_bare | new_bare_one == _ZERO:
            return False
        none_before, one_before, two_before, bare_before, bare_one_before = none, one, two, bare, bare_one
        none, one, two, bare, bare_one = new, new_one, new_two, new_bare, new_bare_one
        previous = letter
    return bool((none | one | two | bare | bare_one) & goal != _ZERO)


@inlined
def _over(
    reached: np.uint64, before: np.uint64, here: np.uint64, pairs: np.uint64, both: np.uint64, silent: np.uint64
) -> np.uint64:
    """
    Give the places behind a letter that costs no edit: there as itself, as two letters, as one for it and the one
    before, or not there where it is ``silent``.
    """
    return ((reached & here) << _ONE) | ((reached & pairs) << _TWO) | ((before & both) << _ONE) | (reached & silent)


@inlined
def _edited(reached: np.uint64, before: np.uint64, here: np.uint64, swapped: np.uint64) -> np.uint64:
    """Give the places behind a letter that is another one, or missing, or has changed places with the one before."""
    return (reached << _ONE) | reached | ((((before & here) << _ONE) & swapped) << _ONE)


@inlined
def _freely(reached: np.uint64, free: np.uint64) -> np.uint64:
    """Add the places that are reached by leaving out what may be."""
    more = reached | ((reached & free) << _ONE)
    while more != reached:
        reached = more
        more = reached | ((reached & free) << _ONE)
    return reached
