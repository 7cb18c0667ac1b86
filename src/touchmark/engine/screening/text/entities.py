"""
Read markup as a browser shows it: entities of HTML, tags within a word, escapes of JSON, and codes that readers know.

``&#71;ucci`` is Gucci, ``Louis&nbsp;Vuitton`` has a space, ``Gu<b></b>cci`` no gap. A letter of ASCII that is written
as an entity or as an escape hides from whoever searches the text, and counts as hidden; what must be escaped, or may
well be (``&amp;``, ``\\u00e8``), does not. Codes that no browser decodes in a text are read too, for people do:
``G%75cci``, ``G=75cci``, ``G\\x75cci``, ``G\\u0075cci``, ``G\\u{75}cci``.
"""

from functools import cache
from html.entities import html5

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.ragged import Mask
from touchmark.engine.screening.text.sourced import Sourced

#: An entity, a tag: no longer than this.
LONGEST_ENTITY, LONGEST_TAG = 34, 256
_HIDDEN = int(Trick.HIDDEN)
_AND, _LESS, _MORE, _BACKSLASH, _SEMICOLON, _HASH, _SLASH = (ord(sign) for sign in "&<>\\;#/")
_PERCENT, _EQUALS, _OPENS, _CLOSES = (ord(sign) for sign in "%={}")
#: How many digits an escape has by its letter: x, u, U.
_X, _U, _LONG_U = (ord(letter) for letter in "xuU")
_SPACE, _NEWLINE, _BANG, _DASH, _REPLACEMENT, _TOP = 0x20, 0x0A, ord("!"), ord("-"), 0xFFFD, 0x110000
_PRIME, _BASIS, _LOW = 0x100000001B3, 0x1234567, (1 << 56) - 1

#: Tags that change how letters look, and part no words.
INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins"}
    | {"kbd", "mark", "nobr", "o", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u"}
    | {"var", "wbr"}
)


def read(texts: Sourced, json: Mask, which: Mask) -> Sourced:
    """
    Read the markup of some texts, and the escapes of those in JSON; what an entity spells may be an entity once more.

    The other texts stay as they are.
    """
    once = _read(texts, json, which)
    shorter = len(once.points) < len(texts.points)
    return _read(once, np.zeros(len(once), np.bool_), which) if shorter else once


def _read(texts: Sourced, json: Mask, which: Mask) -> Sourced:
    names, values, more = _entities()
    into = Sourced.room(len(texts.points), len(texts))
    _decode(
        texts.points, texts.start, texts.end, texts.trick, texts.bounds, json.view(np.uint8), which, names, values,
        more, _inline(), into.points, into.start, into.end, into.trick, into.bounds,
    )  # fmt: skip
    return into.cut()


@cache
def _entities() -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint32]]:
    """Hashes of the names of entities in order; the code point of each, and its second one or 0."""
    rows = sorted((_name(name[:-1]), value) for name, value in html5.items() if name.endswith(";"))
    names = np.array([name for name, _ in rows], np.int64)
    if len(np.unique(names)) != len(names):
        raise AssertionError("two names of entities share a hash: choose another basis")
    first, second = ([ord(value[i]) if len(value) > i else 0 for _, value in rows] for i in (0, 1))
    return names, np.array(first, np.uint32), np.array(second, np.uint32)


@cache
def _inline() -> NDArray[np.int64]:
    return np.sort(np.array([_name(name) for name in INLINE], np.int64))


def _name(name: str) -> int:
    found = _BASIS
    for char in name:
        found = _step(found, ord(char))
    return found


@inlined
def _step(found: int, point: int) -> int:
    return ((found ^ point) * 0x1000193) & 0xFFFFFFFFFFFF


@inlined
def _is_name(point: int) -> bool:
    return 48 <= point <= 57 or 65 <= point <= 90 or 97 <= point <= 122


@inlined
def _hex(point: int) -> int:
    """The value of a hexadecimal digit, or -1."""
    if 48 <= point <= 57:
        return point - 48
    lower = point | 32
    return lower - 87 if 97 <= lower <= 102 else -1


@inlined
def _found(names: NDArray[np.int64], name: int) -> int:
    """Where a hash is in a sorted array, or -1."""
    low, high = 0, len(names)
    while low < high:
        middle = (low + high) >> 1
        if names[middle] < name:
            low = middle + 1
        else:
            high = middle
    return low if low < len(names) and names[low] == name else -1


@inlined
def _number(points: NDArray[np.uint32], at: int, to: int, base: int) -> int:
    """The number written in digits from ``at`` on, times 2 ** 9, and how many digits; 0 where there is none."""
    value, digits = 0, 0
    while at + digits < to and digits < 12:
        digit = _hex(int(points[at + digits]))
        if digit < 0 or digit >= base:
            break
        value = min(value * base + digit, _TOP)
        digits += 1
    return (value << 9) | digits


@inlined
def _entity(points: NDArray[np.uint32], at: int, to: int, names: NDArray[np.int64]) -> int:
    """What the entity at ``at`` is: its end, times 2 ** 32, and a code point, or the row of a name + 2 ** 24; or 0."""
    if at + 2 < to and points[at + 1] == _HASH:
        base = 16 if points[at + 2] | 32 == 120 else 10
        begin = at + 3 if base == 16 else at + 2
        number = _number(points, begin, to, base)
        digits, value = number & 511, number >> 9
        if digits == 0:
            return 0
        end = begin + digits
        end += 1 if end < to and points[end] == _SEMICOLON else 0
        valid = 0 < value < _TOP and not 0xD800 <= value < 0xE000
        return (end << 32) | (value if valid else _REPLACEMENT)
    end, name = at + 1, _BASIS
    while end < to and end - at < LONGEST_ENTITY and _is_name(int(points[end])):
        name = _step(name, int(points[end]))
        end += 1
    if end == at + 1 or end >= to or points[end] != _SEMICOLON:
        return 0
    row = _found(names, name)
    return 0 if row < 0 else ((end + 1) << 32) | (row + (1 << 24))


@inlined
def _tag(points: NDArray[np.uint32], at: int, to: int, inline: NDArray[np.int64]) -> int:
    """Where the tag or comment at ``at`` ends, negative if it parts words; 0 if there is none."""
    begin = at + 1
    if begin < to and points[begin] == _SLASH:
        begin += 1
    if begin >= to or not (97 <= int(points[begin]) | 32 <= 122 or points[begin] == _BANG):
        return 0
    name, end = _BASIS, begin
    while end < to and end - at < LONGEST_TAG and _is_name(int(points[end])):
        name = _step(name, int(points[end]) | 32)
        end += 1
    while end < to and end - at < LONGEST_TAG and points[end] != _MORE and points[end] != _LESS:
        end += 1
    if end >= to or points[end] != _MORE:
        return 0
    comment = points[begin] == _BANG
    return end + 1 if comment or _found(inline, name) >= 0 else -(end + 1)


@inlined
def _escape(points: NDArray[np.uint32], at: int, to: int) -> int:
    """What the escape of JSON at ``at`` is: its end, times 2 ** 32, and a code point; or 0."""
    if at + 1 >= to:
        return 0
    sign = int(points[at + 1])
    if sign == 117:  # u
        number = _number(points, at + 2, min(at + 6, to), 16)
        if number & 511 != 4:
            return 0
        value, end = number >> 9, at + 6
        if 0xD800 <= value < 0xDC00 and end + 6 <= to and points[end] == _BACKSLASH and points[end + 1] == 117:
            low = _number(points, end + 2, end + 6, 16)
            if low & 511 == 4 and 0xDC00 <= low >> 9 < 0xE000:
                return ((end + 6) << 32) | (0x10000 + ((value - 0xD800) << 10) + ((low >> 9) - 0xDC00))
        return (end << 32) | (_REPLACEMENT if 0xD800 <= value < 0xE000 else value)
    if sign in (34, _SLASH, _BACKSLASH):
        return ((at + 2) << 32) | sign
    if sign in (110, 114):  # n, r
        return ((at + 2) << 32) | _NEWLINE
    if sign in (116, 98, 102):  # t, b, f
        return ((at + 2) << 32) | _SPACE
    return 0


@inlined
def _coded(points: NDArray[np.uint32], at: int, to: int) -> int:
    """What the escape of a programming language at ``at`` is: its end, times 2 ** 32, and a code point; or 0."""
    if at + 3 >= to:
        return 0
    sign, begin = int(points[at + 1]), at + 2
    digits = 2 if sign == _X else 4 if sign == _U else 8 if sign == _LONG_U else 0
    if digits == 0:
        return 0
    braces = sign == _U and points[begin] == _OPENS
    begin += 1 if braces else 0
    number = _number(points, begin, min(begin + (6 if braces else digits), to), 16)
    end, value = begin + (number & 511), number >> 9
    if number & 511 == 0 or (not braces and number & 511 != digits):
        return 0
    if braces:
        if end >= to or points[end] != _CLOSES:
            return 0
        end += 1
    return (end << 32) | value if _visible(value) else 0


@inlined
def _visible(value: int) -> bool:
    """Whether a code point may be what somebody wrote in code, so that it is seen."""
    return 0x20 < value < _TOP and not 0x7F <= value < 0xA0 and not 0xD800 <= value < 0xE000


@inlined
def _byte(points: NDArray[np.uint32], at: int, to: int, sign: int) -> int:
    """The byte written as a sign and two digits at ``at``, or -1."""
    if at + 2 >= to or points[at] != sign:
        return -1
    high, low = _hex(int(points[at + 1])), _hex(int(points[at + 2]))
    return -1 if high < 0 or low < 0 else (high << 4) | low


@inlined
def _bytes(points: NDArray[np.uint32], at: int, to: int) -> int:
    """What bytes in code, ``%c3%a9``, are at ``at``: their end, times 2 ** 32, and a code point; or 0."""
    sign = int(points[at])
    lead = _byte(points, at, to, sign)
    if lead < 0 or 0x80 <= lead < 0xC2 or lead >= 0xF5:
        return 0
    more = 0 if lead < 0x80 else 1 if lead < 0xE0 else 2 if lead < 0xF0 else 3
    value = lead if more == 0 else lead & (0x3F >> more)
    for k in range(1, more + 1):
        following = _byte(points, at + 3 * k, to, sign)
        if following < 0 or following >> 6 != 2:
            return 0
        value = (value << 6) | (following & 0x3F)
    return ((at + 3 * (more + 1)) << 32) | value if _visible(value) else 0


@native
def _decode(  # noqa: C901
    points: NDArray[np.uint32],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    trick: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    json: NDArray[np.uint8],
    which: NDArray[np.bool_],
    names: NDArray[np.int64],
    values: NDArray[np.uint32],
    more: NDArray[np.uint32],
    inline: NDArray[np.int64],
    into: NDArray[np.uint32],
    into_start: NDArray[np.int64],
    into_end: NDArray[np.int64],
    into_trick: NDArray[np.uint8],
    into_bounds: NDArray[np.int64],
) -> int:
    """Write every text anew with its markup read; nothing grows longer by that. Give how many points there are."""
    size = 0
    into_bounds[0] = 0
    for text in range(len(bounds) - 1):
        at, to, tags = bounds[text], bounds[text + 1], 0
        while at < to:
            point, found, ends = int(points[at]), 0, at + 1
            if not which[text]:
                pass
            elif point == _AND:
                found = _entity(points, at, to, names)
            elif point == _BACKSLASH:
                found = _escape(points, at, to) if json[text] else 0
                found = found if found else _coded(points, at, to)
            elif point in (_PERCENT, _EQUALS):
                found = _bytes(points, at, to)
            elif point == _LESS:
                tag = _tag(points, at, to, inline)
                if tag > 0:
                    # One tag within a word is a way of setting it; two, or a comment, are there for no reader.
                    tags += 2 if points[at + 1] == _BANG else 1
                    at = tag
                    continue
                if tag < 0:
                    point, ends = _NEWLINE, -tag
            value, second, hides = point, 0, 0
            if found:
                ends, value = found >> 32, found & 0xFFFFFFFF
                if value >= 1 << 24:
                    row = value - (1 << 24)
                    value, second = int(values[row]), int(more[row])
                hides = _HIDDEN if _is_name(value) else 0
            if tags > 1 and _is_name(value) and size > into_bounds[text] and _is_name(int(into[size - 1])):
                hides = _HIDDEN
            tags = 0
            for k in range(2 if second else 1):
                into[size] = second if k else value
                into_start[size], into_end[size] = start[at], end[ends - 1]
                into_trick[size] = max(hides, int(trick[at]))
                size += 1
            at = ends
        into_bounds[text + 1] = size
    return size
