"""
Names drawn with characters that may be several letters each: ``Nikфи``, ``卂丂工匚丂``, ``ɿɘƨɘɿvɘb``, ``adanac esoog``.

A fold must say what a character is; here every letter that it may be is tried, and those kept with which a name of the
register goes on. Such a text is read forwards, backwards, and each word backwards; where it is mirrored or upside down
the letters of ASCII in it are so too. The letters are in ``data/shapes.npz``, which ``make_shapes`` wrote.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.fold import Fold, fold, kinds, scripts
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.hashing import BASE, mixed, runs
from touchmark.engine.screening.text.index import JOINT, Index, as_one, bits_of_size, first_entry, held
from touchmark.engine.screening.text.letters import Kind, Script
from touchmark.engine.screening.text.ordinary import levels
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets

#: Code points below this are known by their shapes, each as up to so many letters.
TOP_SHAPE, MOST_SHAPES = 0x1F800, 6
#: What a code point is: nothing of a word, a letter of ASCII, a character of one sure letter, of one that the visual
#: fold does not know or of several, nothing to be seen, part of a word that is no letter, a sign that may be a letter.
GAP, PLAIN, SURE, UNSURE, UNSEEN, OTHER, SIGN = range(7)
#: A name has so many letters; words of it are so many signs apart; so many steps are taken from one place on.
LEAST, MOST, MOST_GAP, MOST_STEPS = 4, 48, 3, 4000
#: What is read from a word on is no further from it than this, if all of it can be seen.
FAR = MOST * (MOST_GAP + 1)
#: How a text is read, and as what its letters of ASCII.
FORWARDS, BACKWARDS, WORDS_BACKWARDS = range(3)
UPRIGHT, MIRRORED, TURNED = range(3)
#: Without a letter of Latin in the whole text a name has so many letters.
LEAST_ALONE = 5
_PAIRS = {MIRRORED: "bd db pq qp", TURNED: "nu un dp pd bq qb mw wm 69 96"}
#: Signs and digits as letters, beside characters that are unsure.
_SIGNS = {"|": "li", "!": "il", "@": "a", "$": "s", "0": "0o", "1": "1li", "3": "3e", "4": "4a", "5": "5s", "7": "7t",
          "8": "8b", "9": "9g", "€": "ec", "£": "l"}  # fmt: skip
_COLUMNS, _JOINT = 5, int(JOINT)


@dataclass(frozen=True, slots=True, eq=False)
class _Shapes:
    """``what`` per code point below ``TOP_SHAPE``; ``letters``, a row per code point; ``ascii``, a row per view."""

    what: NDArray[np.uint8]
    letters: NDArray[np.uint8]
    ascii: NDArray[np.uint8]


@cache
def _shapes() -> _Shapes:
    letters = np.zeros((TOP_SHAPE, MOST_SHAPES), np.uint8)
    source = files("touchmark.engine.screening.text") / "data" / "shapes.npz"
    with source.open("rb") as stored, np.load(stored, allow_pickle=False) as arrays:
        letters[arrays["points"]] = arrays["letters"]
    every = Points(np.arange(TOP_SHAPE, dtype=np.uint32), np.arange(TOP_SHAPE + 1))
    _only_accented(every, letters)
    seen = fold(every, Fold.VISUAL).text
    single = (seen.lengths == 1) & (letters[:, 0] > 0)
    first = seen.points[np.minimum(seen.bounds[:-1], len(seen.points) - 1)]
    sure = single & (first == letters[:, 0]) & (letters[:, 1] == 0)
    what = np.full(TOP_SHAPE, GAP, np.uint8)
    kind = kinds()[:TOP_SHAPE]
    what[kind >= Kind.LETTER] = OTHER
    what[seen.lengths == 0] = UNSEEN
    what[letters[:, 0] > 0] = UNSURE
    what[sure] = SURE
    for point in (*range(ord("a"), ord("z") + 1), *range(ord("A"), ord("Z") + 1), *range(ord("0"), ord("9") + 1)):
        what[point] = PLAIN
        letters[point] = 0
        letters[point, 0] = ord(chr(point).lower())
    for sign, may in _SIGNS.items():
        letters[ord(sign)] = 0
        letters[ord(sign), : len(may)] = [ord(letter) for letter in may]
        what[ord(sign)] = PLAIN if sign.isdigit() else SIGN
    return _Shapes(what, letters.ravel(), _views())


def _only_accented(every: Points, letters: NDArray[np.uint8]) -> None:
    """Leave to letters of Latin with the accents of living languages the one letter that they are."""
    plain = fold(every, Fold.PLAIN).text
    one = plain.points[np.minimum(plain.bounds[:-1], len(plain.points) - 1)]
    living = (every.points < 0x180) | ((every.points >= 0x1EA0) & (every.points < 0x1F00))
    latin = np.flatnonzero(living & (plain.lengths == 1) & (one >= ord("a")) & (one <= ord("z")))
    letters[latin] = 0
    letters[latin, 0] = one[latin]


def _views() -> NDArray[np.uint8]:
    """What letters of ASCII are upright, mirrored and turned, flat."""
    rows = np.tile(np.arange(128, dtype=np.uint8), (3, 1))
    rows[:, ord("A") : ord("Z") + 1] += 32
    for view, pairs in _PAIRS.items():
        for pair in pairs.split():
            rows[view, ord(pair[0])] = ord(pair[1])
            rows[view, ord(pair[0].upper())] = ord(pair[1])
    return rows.ravel()


def drawn(points: Points, index: Index) -> Found:
    """
    Find the places of names; forms are numbered as in the index, and their rights not yet known.

    :param index: of the visual view of one layer of marks
    """
    shapes, room = _shapes(), 256
    order, flags, choice = (np.zeros(MOST + 2, np.int64) for _ in range(3))
    hashes, powers = np.zeros(MOST + 2, np.uint64), np.zeros(MOST + 2, np.uint64)
    if not len(index) or not len(points.points):
        return Found.none()
    wanted = np.empty(len(points), np.bool_)
    _perhaps(
        points.points, points.bounds, shapes.what, shapes.letters, shapes.ascii, index.starts,
        bits_of_size(8 * len(index.starts)), index.firsts, bits_of_size(8 * len(index.firsts)), wanted,
    )  # fmt: skip
    while True:
        out = np.zeros(_COLUMNS * room, np.int64)
        made = _search(
            points.points, points.bounds, wanted, shapes.what, shapes.letters, shapes.ascii, index.starts, index.wholes,
            index.firsts, index.table, index.hashes, index.bounds, index.letters, index.joints,
            bits_of_size(8 * len(index.starts)), bits_of_size(8 * len(index.wholes)),
            bits_of_size(8 * len(index.firsts)), bits_of_size(len(index.table)), order, flags, choice, hashes, powers,
            out,
        )  # fmt: skip
        if made <= room:
            return _found(points, index, out.reshape(-1, _COLUMNS)[:made])
        room = made


def _found(points: Points, index: Index, rows: NDArray[np.int64]) -> Found:
    text, start, end, entry, turned = (np.ascontiguousarray(rows[:, i]) for i in range(_COLUMNS))
    rows = rows[_is_no_word(points, text, start, end)]
    text, start, end, entry, turned = (np.ascontiguousarray(rows[:, i]) for i in range(_COLUMNS))
    base = points.bounds[text]
    form = index.form[entry].astype(np.int64)
    # Where no letter is of Latin, all are changed, and a name that sounds so comes first.
    latin = offsets(scripts()[points.points] == Script.LATIN)
    return Found(
        text=text,
        right=form,
        start=start - base,
        end=end - base,
        form=form,
        distance=np.where(latin[end] > latin[start], 1, end - start),
        plain=np.zeros(len(text), np.bool_),
        trick=np.where(turned > 0, Trick.TURNED, Trick.LOOKALIKES).astype(np.int8),
        strength=np.ones(len(text), np.float32),
    )


def _is_no_word(points: Points, text: Ints, start: Ints, end: Ints) -> Mask:
    """Whether each place has letters of Latin in it, or is no word of another alphabet among others of it."""
    latin = offsets(scripts()[points.points] == Script.LATIN)
    other = offsets((kinds()[points.points] == Kind.LETTER) & (scripts()[points.points] != Script.LATIN))
    first, last = points.bounds[text], points.bounds[text + 1]

    def count(so: Ints, begin: Ints, stop: Ints) -> Ints:
        counted: Ints = so[stop] - so[begin]
        return counted

    own_latin, own_other = count(latin, start, end), count(other, start, end)
    latins = count(latin, first, last) - own_latin
    others = count(other, first, last) - own_other
    alone = (others <= latins) & ((latins > 0) | (end - start >= LEAST_ALONE))
    foreign: Mask = (own_latin == 0) & (own_other > 0)
    kept: Mask = ~foreign | alone
    usual = np.zeros(len(text), np.bool_)
    rows = np.flatnonzero(foreign & alone)
    if len(rows):
        usual[rows] = _usual(points, start[rows], end[rows])
    return kept & ~usual


def _usual(points: Points, start: Ints, end: Ints) -> Mask:
    """Whether each place, as it stands, is an ordinary word of some language."""
    pieces = Points(
        np.concatenate([points.points[low:high] for low, high in zip(start, end, strict=True)]), offsets(end - start)
    )
    folded = fold(pieces, Fold.PLAIN).text
    usual: Mask = levels(runs(folded.points, folded.bounds[:-1], folded.bounds[1:])) > 0
    return usual


@inlined
def _what(what: NDArray[np.uint8], point: int) -> int:
    return int(what[point]) if point < len(what) else OTHER


@native
def _perhaps(
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
) -> None:
    """Tell which texts are worth a search: those of plain words need one that is a name's first word, backwards."""
    for text in range(len(bounds) - 1):
        at, last, wants = bounds[text], bounds[text + 1], False
        while at < last and not wants:
            begin = at
            while at < last and _what(what, int(points[at])) != GAP:
                at += 1
            if at > begin and _may_be_first(points, what, letters, ascii, begin, at, UPRIGHT, firsts, first_bits):
                wants = _starts_backwards(points, what, letters, ascii, begin, at, starts, start_bits) or _is_strange(
                    points, what, letters, ascii, begin, at
                )
            at += 1
        wanted[text] = wants


@native
def _search(  # noqa: C901
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
    own_bounds: NDArray[np.int64],
    own_letters: NDArray[np.uint32],
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
    made = 0
    for text in range(len(bounds) - 1):
        first, last = bounds[text], bounds[text + 1]
        unsure, unseen = False, False
        if not wanted[text]:
            continue
        for at in range(first, last):
            here = _what(what, int(points[at])) if points[at] >= 0x80 else PLAIN
            unsure, unseen = unsure or here == UNSURE, unseen or here == UNSEEN
        at, next_unsure = first, first
        while at < last:
            if not _is_letter(points, what, at, first, last):
                at += 1
                continue
            begin = at
            while at < last and _is_letter(points, what, at, first, last):
                at += 1
            if not unsure and not (
                _may_be_first(points, what, letters, ascii, begin, at, UPRIGHT, firsts, first_bits)
                and _starts_backwards(points, what, letters, ascii, begin, at, starts, start_bits)
            ):
                continue
            while next_unsure < begin - FAR or (next_unsure < last and _what(what, int(points[next_unsure])) != UNSURE):
                next_unsure += 1
            near = unseen or next_unsure < min(at + FAR, last)
            for way in range(3):
                for view in range(3):
                    if not _is_read_so(way, view, unsure):
                        continue
                    if not near and not (
                        way != FORWARDS
                        and _may_be_first(points, what, letters, ascii, begin, at, view, firsts, first_bits)
                    ):
                        continue
                    many = _ordered(points, what, first, last, begin, at, way, order, flags)
                    if many < LEAST or not (
                        _holds_unsure(points, what, order, many)
                        or (
                            way != FORWARDS
                            and _may_be_first(points, what, letters, ascii, begin, at, view, firsts, first_bits)
                        )
                    ):
                        continue
                    made = _from_here(
                        points, what, letters, ascii, starts, wholes, table, held_hashes, own_bounds, own_letters,
                        own_joints, start_bits, whole_bits, table_bits, order, flags, choice, hashes, powers, many, way,
                        view, text, made, out,
                    )  # fmt: skip
    return made


@inlined
def _holds_unsure(points: NDArray[np.uint32], what: NDArray[np.uint8], order: NDArray[np.int64], many: int) -> bool:
    """Whether a character that is read may be several letters."""
    found = False
    for k in range(many):
        found = found or _what(what, int(points[order[k]])) == UNSURE
    return found


@inlined
def _is_strange(
    points: NDArray[np.uint32],
    what: NDArray[np.uint8],
    letters: NDArray[np.uint8],
    ascii: NDArray[np.uint8],
    begin: int,
    end: int,
) -> bool:
    """Whether a word has anything but digits and characters of one sure letter."""
    strange = False
    for at in range(begin, end):
        strange = strange or _sure(points, what, letters, ascii, at, UPRIGHT) == 0
    return strange


@inlined
def _sure(
    points: NDArray[np.uint32],
    what: NDArray[np.uint8],
    letters: NDArray[np.uint8],
    ascii: NDArray[np.uint8],
    at: int,
    view: int,
) -> int:
    """The one letter that a character is, or a digit of ASCII itself; 0: neither."""
    point = int(points[at])
    here = _what(what, point)
    if point < 0x80 and here == PLAIN:
        return point if 48 <= point < 58 else int(ascii[128 * view + point])
    if here != SURE or letters[MOST_SHAPES * point + 1]:
        return 0
    return int(letters[MOST_SHAPES * point])


@inlined
def _may_be_first(
    points: NDArray[np.uint32],
    what: NDArray[np.uint8],
    letters: NDArray[np.uint8],
    ascii: NDArray[np.uint8],
    begin: int,
    end: int,
    view: int,
    firsts: NDArray[np.uint8],
    first_bits: int,
) -> bool:
    """Whether a word, backwards, may be the first of a name of several: that is all which plain words can hide so."""
    hashed = np.uint64(0)
    for at in range(begin, end):
        letter = _sure(points, what, letters, ascii, at, view)
        if letter == 0:
            return True
        hashed = hashed * BASE + np.uint64(as_one(letter)) + np.uint64(1)
    return held(firsts, first_bits, mixed(hashed))


@inlined
def _starts_backwards(
    points: NDArray[np.uint32],
    what: NDArray[np.uint8],
    letters: NDArray[np.uint8],
    ascii: NDArray[np.uint8],
    begin: int,
    end: int,
    starts: NDArray[np.uint8],
    start_bits: int,
) -> bool:
    """Whether some name starts with a word of sure letters read backwards, and goes on."""
    hashed, power = np.uint64(0), np.uint64(1)
    for k in range(end - begin):
        letter = _letter(points, what, letters, ascii, end - 1 - k, UPRIGHT, 0)
        if letter == 0:
            return False
        hashed += (np.uint64(letter) + np.uint64(1)) * power
        power *= BASE
        if k == 1 and not held(starts, start_bits, mixed(hashed)):
            return False
    return end - begin > 1 and held(starts, start_bits, mixed(hashed))


@inlined
def _is_read_so(way: int, view: int, unsure: bool) -> bool:
    """Whether a text is read in a way and a view: sure letters only backwards, and as they are."""
    if not unsure:
        return way != FORWARDS and view == UPRIGHT
    return way != FORWARDS or view != TURNED


@inlined
def _is_letter(points: NDArray[np.uint32], what: NDArray[np.uint8], at: int, first: int, last: int) -> bool:
    """Whether a point belongs to a word: a letter, what nobody sees after one, a sign beside one."""
    here = _what(what, int(points[at]))
    if here in (SIGN, UNSEEN):
        before = _what(what, int(points[at - 1])) if at > first else GAP
        after = _what(what, int(points[at + 1])) if at + 1 < last else GAP
        return before in (PLAIN, SURE, UNSURE) or (here == SIGN and after in (PLAIN, SURE, UNSURE))
    return here != GAP


@inlined
def _ordered(
    points: NDArray[np.uint32],
    what: NDArray[np.uint8],
    first: int,
    last: int,
    begin: int,
    end: int,
    way: int,
    order: NDArray[np.int64],
    flags: NDArray[np.int64],
) -> int:
    """
    Write the places of letters in the order in which they are read, from a word on; give how many there are.

    ``flags`` of each: 1 where a word ends.
    """
    many, going = 0, True
    while going:
        for k in range(end - begin):
            place = begin + k if way == FORWARDS else end - 1 - k
            here = _what(what, int(points[place]))
            if here == OTHER:
                return many if many and flags[many - 1] else 0
            if here != UNSEEN and many < MOST:
                order[many], flags[many] = place, 0
                many += 1
        if many:
            flags[many - 1] = 1
        step = -1 if way == BACKWARDS else 1
        place, gap = (begin - 1 if way == BACKWARDS else end), 0
        while first <= place < last and gap < MOST_GAP and not _is_letter(points, what, place, first, last):
            place, gap = place + step, gap + 1
        going = many < MOST and first <= place < last and gap > 0 and _is_letter(points, what, place, first, last)
        begin, end = place, place + 1
        if going and way == BACKWARDS:
            while begin > first and _is_letter(points, what, begin - 1, first, last):
                begin -= 1
        while going and way != BACKWARDS and end < last and _is_letter(points, what, end, first, last):
            end += 1
    return many


@inlined
def _letter(
    points: NDArray[np.uint32],
    what: NDArray[np.uint8],
    letters: NDArray[np.uint8],
    ascii: NDArray[np.uint8],
    place: int,
    view: int,
    which: int,
) -> int:
    """The letter that a character is taken for at the ``which``-th try; 0: no more."""
    point = int(points[place])
    if point < 0x80 and what[point] == PLAIN and not 48 <= point < 58:
        return int(ascii[128 * view + point]) if which == 0 else 0
    return int(letters[MOST_SHAPES * point + which]) if which < MOST_SHAPES and point < len(what) else 0


@inlined
def _from_here(
    points: NDArray[np.uint32],
    what: NDArray[np.uint8],
    letters: NDArray[np.uint8],
    ascii: NDArray[np.uint8],
    starts: NDArray[np.uint8],
    wholes: NDArray[np.uint8],
    table: NDArray[np.uint64],
    held_hashes: NDArray[np.uint64],
    own_bounds: NDArray[np.int64],
    own_letters: NDArray[np.uint32],
    own_joints: NDArray[np.uint8],
    start_bits: int,
    whole_bits: int,
    table_bits: int,
    order: NDArray[np.int64],
    flags: NDArray[np.int64],
    choice: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    powers: NDArray[np.uint64],
    many: int,
    way: int,
    view: int,
    text: int,
    made: int,
    out: NDArray[np.int64],
) -> int:
    """Try letter after letter as long as some name starts so; write names down where words end."""
    depth, steps = 0, 0
    choice[0], hashes[0], powers[0] = 0, np.uint64(0), np.uint64(1)
    while depth >= 0 and steps < MOST_STEPS:
        steps += 1
        letter = _letter(points, what, letters, ascii, order[depth], view, choice[depth])
        if letter == 0:
            depth -= 1
            if depth >= 0:
                choice[depth] += 1
            continue
        hashed = hashes[depth] + (np.uint64(letter) + np.uint64(1)) * powers[depth]
        spread = mixed(hashed)
        if flags[depth] and depth + 1 >= LEAST and held(wholes, whole_bits, spread):
            entry = first_entry(table, table_bits, held_hashes, hashed)
            if entry >= 0 and _says(
                points,
                what,
                letters,
                ascii,
                order,
                flags,
                choice,
                depth,
                way,
                view,
                own_bounds,
                own_letters,
                own_joints,
                entry,
            ):
                low, high = order[0], order[0]
                for k in range(depth + 1):
                    low, high = min(low, order[k]), max(high, order[k])
                while entry < len(held_hashes) and held_hashes[entry] == hashed:
                    to = _COLUMNS * made
                    if to + _COLUMNS <= len(out):
                        out[to], out[to + 1], out[to + 2], out[to + 3] = text, low, high + 1, entry
                        out[to + 4] = 1 if way != FORWARDS or view != UPRIGHT else 0
                    made, entry = made + 1, entry + 1
                return made
        if depth + 1 < many and held(starts, start_bits, spread):
            depth += 1
            choice[depth], hashes[depth] = 0, hashed
            powers[depth] = powers[depth - 1] * BASE
        else:
            choice[depth] += 1
    return made


@inlined
def _says(
    points: NDArray[np.uint32],
    what: NDArray[np.uint8],
    letters: NDArray[np.uint8],
    ascii: NDArray[np.uint8],
    order: NDArray[np.int64],
    flags: NDArray[np.int64],
    choice: NDArray[np.int64],
    depth: int,
    way: int,
    view: int,
    own_bounds: NDArray[np.int64],
    own_letters: NDArray[np.uint32],
    own_joints: NDArray[np.uint8],
    entry: int,
) -> bool:
    """Whether the letters are those of an entry, and there is a reason to read them so."""
    if own_bounds[entry + 1] - own_bounds[entry] != depth + 1:
        return False
    unsure, words, joined = False, 0, True
    for k in range(depth + 1):
        letter = _letter(points, what, letters, ascii, order[k], view, choice[k])
        if own_letters[own_bounds[entry] + k] != letter:
            return False
        unsure = unsure or _what(what, int(points[order[k]])) == UNSURE
        words += flags[k]
        joined = joined and (k == depth or not flags[k] or own_joints[own_bounds[entry] + k + 1] & _JOINT > 0)
    return unsure or (way != FORWARDS and words > 1 and joined)
