"""From one word on: the letters in their order, and every letter that each may be, as long as a name goes on so."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text.drawn.letters import Seen, is_letter, letter_at, what_is
from touchmark.engine.screening.text.drawn.shapes import OTHER, UNSEEN, UNSURE, UPRIGHT
from touchmark.engine.screening.text.hashing import BASE, mixed
from touchmark.engine.screening.text.index import JOINT, first_entry, held

#: A name has so many letters; words of it are so many signs apart; so many steps are taken from one place on.
LEAST, MOST, MOST_GAP, MOST_STEPS = 4, 48, 3, 4000
#: Letters below this are other ones where a text is mirrored or upside down.
ASCII = 0x80
#: So many letters are looked at first: hardly any text goes on further as a name does.
HEAD = 8
#: How a text is read.
FORWARDS, BACKWARDS, WORDS_BACKWARDS = range(3)
COLUMNS, _JOINT = 5, int(JOINT)


class Names(NamedTuple):
    """The names of an index: filters of how they start and end, the table, and their letters."""

    starts: NDArray[np.uint8]
    wholes: NDArray[np.uint8]
    table: NDArray[np.uint64]
    held_hashes: NDArray[np.uint64]
    of_view: NDArray[np.bool_]
    own_bounds: NDArray[np.int64]
    own_letters: NDArray[np.uint16]
    own_joints: NDArray[np.uint8]
    start_bits: int
    whole_bits: int
    table_bits: int


class Path(NamedTuple):
    """The places that are read in their order, where words end, and per place the letter tried, and hash and power."""

    order: NDArray[np.int64]
    flags: NDArray[np.int64]
    choice: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    powers: NDArray[np.uint64]


@inlined
def in_order(
    seen: Seen,
    first: int,
    last: int,
    begin: int,
    end: int,
    way: int,
    path: Path,
) -> int:
    """
    Write the places of letters in the order in which they are read, from a word on; give how many there are.

    ``flags`` of each: 1 where a word ends.
    """
    many, going = 0, True
    while going:
        for k in range(end - begin):
            place = begin + k if way == FORWARDS else end - 1 - k
            here = what_is(seen.what, int(seen.points[place]))
            if here == OTHER:
                return many if many and path.flags[many - 1] else 0
            if here != UNSEEN and many < MOST:
                path.order[many], path.flags[many] = place, 0
                many += 1
        if many:
            path.flags[many - 1] = 1
        step = -1 if way == BACKWARDS else 1
        place, gap = (begin - 1 if way == BACKWARDS else end), 0
        while first <= place < last and gap < MOST_GAP and not is_letter(seen, place, first, last):
            place, gap = place + step, gap + 1
        going = many < MOST and first <= place < last and gap > 0 and is_letter(seen, place, first, last)
        begin, end = place, place + 1
        if going and way == BACKWARDS:
            while begin > first and is_letter(seen, begin - 1, first, last):
                begin -= 1
        while going and way != BACKWARDS and end < last and is_letter(seen, end, first, last):
            end += 1
    return many


@inlined
def leads_on(
    seen: Seen, names: Names, first: int, last: int, begin: int, end: int, way: int, view: int, path: Path
) -> int:
    """
    Tell by the first letters whether there may be a name from a word on: 1, else 0, or -1 if there is none in any view.

    Whatever ``tried_from_here`` finds is led on to; to put all letters in order takes longer than to try the first.
    """
    many = _head(seen, first, last, begin, end, way, path)
    depth, steps, viewed = 0, 0, False
    path.choice[0], path.hashes[0], path.powers[0] = 0, np.uint64(0), np.uint64(1)
    while 0 <= depth < many and many >= LEAST:
        if steps == MOST_STEPS:
            return 1
        steps += 1
        letter = letter_at(seen, path.order[depth], view, path.choice[depth])
        viewed = viewed or seen.points[path.order[depth]] < ASCII
        if letter == 0:
            depth -= 1
            path.choice[max(depth, 0)] += 1
            continue
        hashed = path.hashes[depth] + (np.uint64(letter) + np.uint64(1)) * path.powers[depth]
        spread = mixed(hashed)
        if path.flags[depth] and depth + 1 >= LEAST and held(names.wholes, names.whole_bits, spread):
            return 1
        if (depth + 1 < many or many == HEAD) and held(names.starts, names.start_bits, spread):
            if depth + 1 == many:
                return 1
            depth += 1
            path.choice[depth], path.hashes[depth] = 0, hashed
            path.powers[depth] = path.powers[depth - 1] * BASE
        else:
            path.choice[depth] += 1
    return 0 if viewed else -1


@inlined
def _head(  # noqa: C901 (as ``in_order``)
    seen: Seen, first: int, last: int, begin: int, end: int, way: int, path: Path
) -> int:
    """Write the first places that ``in_order`` writes, up to ``HEAD``; a word may end at each that is flagged."""
    many, going = 0, True
    while going:
        for k in range(end - begin):
            place = begin + k if way == FORWARDS else end - 1 - k
            here = what_is(seen.what, int(seen.points[place]))
            if here == OTHER or many == HEAD:
                break
            if here != UNSEEN:
                path.order[many], path.flags[many] = place, 0
                many += 1
        if many:
            path.flags[many - 1] = 1
        if many == HEAD:
            break
        step = -1 if way == BACKWARDS else 1
        place, gap = (begin - 1 if way == BACKWARDS else end), 0
        while first <= place < last and gap < MOST_GAP and not is_letter(seen, place, first, last):
            place, gap = place + step, gap + 1
        going = first <= place < last and gap > 0 and is_letter(seen, place, first, last)
        begin, end = place, place + 1
        if going and way == BACKWARDS:
            while begin > first and is_letter(seen, begin - 1, first, last):
                begin -= 1
        while going and way != BACKWARDS and end < last and is_letter(seen, end, first, last):
            end += 1
    return many


@inlined
def tried_from_here(
    seen: Seen,
    names: Names,
    path: Path,
    many: int,
    way: int,
    view: int,
    text: int,
    made: int,
    out: NDArray[np.int64],
) -> int:
    """Try letter after letter as long as some name starts so; write names down where words end."""
    depth, steps = 0, 0
    path.choice[0], path.hashes[0], path.powers[0] = 0, np.uint64(0), np.uint64(1)
    while depth >= 0 and steps < MOST_STEPS:
        steps += 1
        letter = letter_at(seen, path.order[depth], view, path.choice[depth])
        if letter == 0:
            depth -= 1
            if depth >= 0:
                path.choice[depth] += 1
            continue
        hashed = path.hashes[depth] + (np.uint64(letter) + np.uint64(1)) * path.powers[depth]
        spread = mixed(hashed)
        if path.flags[depth] and depth + 1 >= LEAST and held(names.wholes, names.whole_bits, spread):
            entry = first_entry(names.table, names.table_bits, names.held_hashes, hashed)
            entry = _next_of_view(names, entry, hashed)
            if entry >= 0 and _says(seen, path, depth, way, view, names, entry):
                low, high = path.order[0], path.order[0]
                for k in range(depth + 1):
                    low, high = min(low, path.order[k]), max(high, path.order[k])
                while entry >= 0:
                    to = COLUMNS * made
                    if to + COLUMNS <= len(out):
                        out[to], out[to + 1], out[to + 2], out[to + 3] = text, low, high + 1, entry
                        out[to + 4] = 1 if way != FORWARDS or view != UPRIGHT else 0
                    made, entry = made + 1, _next_of_view(names, entry + 1, hashed)
                return made
        if depth + 1 < many and held(names.starts, names.start_bits, spread):
            depth += 1
            path.choice[depth], path.hashes[depth] = 0, hashed
            path.powers[depth] = path.powers[depth - 1] * BASE
        else:
            path.choice[depth] += 1
    return made


@inlined
def _next_of_view(names: Names, entry: int, hashed: np.uint64) -> int:
    """Give the first entry from here on that has a hash and is of the index's own view, -1 where there is none."""
    while 0 <= entry < len(names.held_hashes) and names.held_hashes[entry] == hashed:
        if names.of_view[entry]:
            return entry
        entry += 1
    return -1


@inlined
def _says(
    seen: Seen,
    path: Path,
    depth: int,
    way: int,
    view: int,
    names: Names,
    entry: int,
) -> bool:
    """Whether the letters are those of an entry, and there is a reason to read them so."""
    if names.own_bounds[entry + 1] - names.own_bounds[entry] != depth + 1:
        return False
    unsure, words, joined = False, 0, True
    for k in range(depth + 1):
        letter = letter_at(seen, path.order[k], view, path.choice[k])
        if names.own_letters[names.own_bounds[entry] + k] != letter:
            return False
        unsure = unsure or what_is(seen.what, int(seen.points[path.order[k]])) == UNSURE
        words += path.flags[k]
        joined = joined and (
            k == depth or not path.flags[k] or names.own_joints[names.own_bounds[entry] + k + 1] & _JOINT > 0
        )
    return unsure or (way != FORWARDS and words > 1 and joined)
