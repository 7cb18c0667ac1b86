"""Read every text from every word on, in every way that may say a name."""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.drawn.letters import Seen, is_letter, letter_at, sure_letter, what_is
from touchmark.engine.screening.text.drawn.shapes import GAP, OTHER, PLAIN, SURE, TURNED, UNSEEN, UNSURE, UPRIGHT
from touchmark.engine.screening.text.drawn.tries import (
    BACKWARDS,
    FORWARDS,
    LEAST,
    MOST,
    MOST_GAP,
    Names,
    Path,
    in_order,
    leads_on,
    tried_from_here,
)
from touchmark.engine.screening.text.hashing import BASE, mixed
from touchmark.engine.screening.text.index import as_one, held

#: What is read from a word on is no further from it than this, if all of it can be seen.
FAR = MOST * (MOST_GAP + 1)
#: So many numbers tell of a word; behind which letter it is first asked whether names start so.
ABOUT_WORD, _ASKED_FIRST = 3, 2


@native
def perhaps(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    what: NDArray[np.uint8],
    letters: NDArray[np.uint8],
    ascii: NDArray[np.uint8],
    starts: NDArray[np.uint8],
    start_bits: int,
    firsts: NDArray[np.uint8],
    first_bits: int,
    wanted: NDArray[np.bool_],
    words: NDArray[np.int64],
) -> int:
    """
    Tell which texts are worth a search, and of those of plain words which ones: a name's first word, backwards.

    ``words`` gets of each such word its text, where it begins and where it ends; gives how many there are, also
    without room. Texts with a character that is anything but a letter or nothing of a word are ``wanted`` as a whole.
    """
    seen, many = Seen(points, what, letters, ascii), 0
    for text in range(len(bounds) - 1):
        at, last, wants, plain, before = bounds[text], bounds[text + 1], False, True, many
        while at < last:
            begin = at
            while at < last:
                here = what_is(what, int(points[at]))
                if here == GAP:
                    break
                plain = plain and here in (PLAIN, SURE, OTHER)
                at += 1
            if at > begin and not (wants and not plain) and _may_be_first(seen, begin, at, UPRIGHT, firsts, first_bits):
                backwards = _starts_backwards(seen, begin, at, starts, start_bits)
                wants = wants or backwards or _is_strange(seen, begin, at)
                if backwards and plain:
                    to = ABOUT_WORD * many
                    if to + ABOUT_WORD <= len(words):
                        words[to], words[to + 1], words[to + 2] = text, begin, at
                    many += 1
            at += 1
        wanted[text] = wants and not plain
        many = many if plain else before
    return many


@native
def search_backwards(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    words: NDArray[np.int64],
    what: NDArray[np.uint8],
    letters: NDArray[np.uint8],
    ascii: NDArray[np.uint8],
    starts: NDArray[np.uint8],
    wholes: NDArray[np.uint8],
    table: NDArray[np.uint64],
    held_hashes: NDArray[np.uint64],
    of_view: NDArray[np.bool_],
    own_bounds: NDArray[np.int64],
    own_letters: NDArray[np.uint16],
    own_joints: NDArray[np.uint8],
    start_bits: int,
    whole_bits: int,
    table_bits: int,
    order: NDArray[np.int64],
    flags: NDArray[np.int64],
    choice: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    powers: NDArray[np.uint64],
    out: NDArray[np.int64],
) -> int:
    """Read texts of plain words backwards from the words on that ``perhaps`` gave; otherwise as ``search``."""
    seen = Seen(points, what, letters, ascii)
    names = Names(
        starts, wholes, table, held_hashes, of_view, own_bounds, own_letters, own_joints, start_bits, whole_bits,
        table_bits,
    )  # fmt: skip
    path, made = Path(order, flags, choice, hashes, powers), 0
    for word in range(len(words) // ABOUT_WORD):
        text, begin, end = words[ABOUT_WORD * word], words[ABOUT_WORD * word + 1], words[ABOUT_WORD * word + 2]
        for way in range(FORWARDS + 1, FORWARDS + 3):
            if not _goes_on(seen, bounds[text], bounds[text + 1], begin, end, way, starts, start_bits):
                continue
            if leads_on(seen, names, bounds[text], bounds[text + 1], begin, end, way, UPRIGHT, path) <= 0:
                continue
            many = in_order(seen, bounds[text], bounds[text + 1], begin, end, way, path)
            if many >= LEAST:
                made = tried_from_here(seen, names, path, many, way, UPRIGHT, text, made, out)
    return made


@native
def search(  # noqa: C901
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    wanted: NDArray[np.bool_],
    what: NDArray[np.uint8],
    letters: NDArray[np.uint8],
    ascii: NDArray[np.uint8],
    starts: NDArray[np.uint8],
    wholes: NDArray[np.uint8],
    firsts: NDArray[np.uint8],
    table: NDArray[np.uint64],
    held_hashes: NDArray[np.uint64],
    of_view: NDArray[np.bool_],
    own_bounds: NDArray[np.int64],
    own_letters: NDArray[np.uint16],
    own_joints: NDArray[np.uint8],
    start_bits: int,
    whole_bits: int,
    first_bits: int,
    table_bits: int,
    order: NDArray[np.int64],
    flags: NDArray[np.int64],
    choice: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    powers: NDArray[np.uint64],
    out: NDArray[np.int64],
) -> int:
    """Read every text from every word on in every way; give how many names there are, also without room."""
    seen = Seen(points, what, letters, ascii)
    names = Names(
        starts, wholes, table, held_hashes, of_view, own_bounds, own_letters, own_joints, start_bits, whole_bits,
        table_bits,
    )  # fmt: skip
    path = Path(order, flags, choice, hashes, powers)
    made = 0
    for text in range(len(bounds) - 1):
        first, last = bounds[text], bounds[text + 1]
        unsure, unseen = False, False
        if not wanted[text]:
            continue
        for at in range(first, last):
            here = what_is(what, int(points[at])) if points[at] >= 0x80 else PLAIN
            unsure, unseen = unsure or here == UNSURE, unseen or here == UNSEEN
        at, next_unsure = first, first
        while at < last:
            if not is_letter(seen, at, first, last):
                at += 1
                continue
            begin = at
            while at < last and is_letter(seen, at, first, last):
                at += 1
            if not unsure and not (
                _may_be_first(seen, begin, at, UPRIGHT, firsts, first_bits)
                and _starts_backwards(seen, begin, at, starts, start_bits)
            ):
                continue
            while next_unsure < begin - FAR or (
                next_unsure < last and what_is(what, int(points[next_unsure])) != UNSURE
            ):
                next_unsure += 1
            near = unseen or next_unsure < min(at + FAR, last)
            for way in range(3):
                led = 1
                for view in range(3):
                    if led < 0 or not _is_read_so(way, view, unsure):
                        continue
                    if not near and not (way != FORWARDS and _may_be_first(seen, begin, at, view, firsts, first_bits)):
                        continue
                    if not _may_go_on(seen, begin, at, way, view, starts, start_bits):
                        continue
                    led = leads_on(seen, names, first, last, begin, at, way, view, path)
                    if led <= 0:
                        continue
                    many = in_order(seen, first, last, begin, at, way, path)
                    if many < LEAST or not (
                        _holds_unsure(seen, order, many)
                        or (way != FORWARDS and _may_be_first(seen, begin, at, view, firsts, first_bits))
                    ):
                        continue
                    made = tried_from_here(seen, names, path, many, way, view, text, made, out)
    return made


@inlined
def _holds_unsure(seen: Seen, order: NDArray[np.int64], many: int) -> bool:
    """Whether a character that is read may be several letters."""
    found = False
    for k in range(many):
        found = found or what_is(seen.what, int(seen.points[order[k]])) == UNSURE
    return found


@inlined
def _is_strange(
    seen: Seen,
    begin: int,
    end: int,
) -> bool:
    """Whether a word has anything but digits and characters of one sure letter."""
    strange = False
    for at in range(begin, end):
        strange = strange or sure_letter(seen, at, UPRIGHT) == 0
    return strange


@inlined
def _may_be_first(
    seen: Seen,
    begin: int,
    end: int,
    view: int,
    firsts: NDArray[np.uint8],
    first_bits: int,
) -> bool:
    """Whether a word, backwards, may be the first of a name of several: that is all which plain words can hide so."""
    hashed = np.uint64(0)
    for at in range(begin, end):
        letter = sure_letter(seen, at, view)
        if letter == 0:
            return True
        hashed = hashed * BASE + np.uint64(as_one(letter)) + np.uint64(1)
    return held(firsts, first_bits, mixed(hashed))


@inlined
def _starts_backwards(
    seen: Seen,
    begin: int,
    end: int,
    starts: NDArray[np.uint8],
    start_bits: int,
) -> bool:
    """Whether some name starts with a word of sure letters read backwards, and goes on."""
    hashed, power = np.uint64(0), np.uint64(1)
    for k in range(end - begin):
        letter = letter_at(seen, end - 1 - k, UPRIGHT, 0)
        if letter == 0:
            return False
        hashed += (np.uint64(letter) + np.uint64(1)) * power
        power *= BASE
        if k == 1 and not held(starts, start_bits, mixed(hashed)):
            return False
    return end - begin > 1 and held(starts, start_bits, mixed(hashed))


@inlined
def _may_go_on(
    seen: Seen, begin: int, end: int, way: int, view: int, starts: NDArray[np.uint8], start_bits: int
) -> bool:
    """Whether some name starts with a word and goes on, as a word of sure letters must; of others it is not asked."""
    hashed, power = np.uint64(0), np.uint64(1)
    for k in range(end - begin):
        place = begin + k if way == FORWARDS else end - 1 - k
        here, letter = what_is(seen.what, int(seen.points[place])), letter_at(seen, place, view, 0)
        if here not in (PLAIN, SURE) or letter == 0 or letter_at(seen, place, view, 1) != 0:
            return True
        hashed += (np.uint64(letter) + np.uint64(1)) * power
        power *= BASE
        if k == _ASKED_FIRST and not held(starts, start_bits, mixed(hashed)):
            return False
    return held(starts, start_bits, mixed(hashed))


@inlined
def _goes_on(
    seen: Seen, first: int, last: int, begin: int, end: int, way: int, starts: NDArray[np.uint8], start_bits: int
) -> bool:
    """Whether some name starts with a word read backwards, and with a letter of the word that is read next."""
    step, place, gap = (-1, begin - 1, 0) if way == BACKWARDS else (1, end, 0)
    while first <= place < last and gap < MOST_GAP and what_is(seen.what, int(seen.points[place])) == GAP:
        place, gap = place + step, gap + 1
    if not first <= place < last or gap == 0 or what_is(seen.what, int(seen.points[place])) == GAP:
        return False
    while way != BACKWARDS and place + 1 < last and what_is(seen.what, int(seen.points[place + 1])) != GAP:
        place += 1
    hashed, power = np.uint64(0), np.uint64(1)
    for k in range(end - begin):
        if letter_at(seen, end - 1 - k, UPRIGHT, 1) != 0:
            return True
        hashed += (np.uint64(letter_at(seen, end - 1 - k, UPRIGHT, 0)) + np.uint64(1)) * power
        power *= BASE
    which, found = 0, False
    letter = letter_at(seen, place, UPRIGHT, 0)
    while letter != 0 and not found:
        found = held(starts, start_bits, mixed(hashed + (np.uint64(letter) + np.uint64(1)) * power))
        which += 1
        letter = letter_at(seen, place, UPRIGHT, which)
    return found


@inlined
def _is_read_so(way: int, view: int, unsure: bool) -> bool:
    """Whether a text is read in a way and a view: sure letters only backwards, and as they are."""
    if not unsure:
        return way != FORWARDS and view == UPRIGHT
    return way != FORWARDS or view != TURNED
