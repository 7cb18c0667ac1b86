"""Where chunks of words and signs start and end, and what their signs may do."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text import ordinary
from touchmark.engine.screening.text.spellings.keys import number
from touchmark.engine.screening.text.spellings.signs import LETTER, MASK, SPLIT, drawn, is_space, is_word, role_of

#: Between the words of one chunk stand at most so many signs; a chunk has so many characters.
MOST_SIGNS, MOST_CHUNK = 4, 44
#: Beside the roles of signs: one that looks like a letter stands at the edge of a chunk; words are joined by signs;
#: what is read is the chunk itself; its letters stand one by one.
EDGE, JOINED, ITSELF, SPELLED = 32, 8, 16, 64
_BACKSLASH, _HYPHEN, _FREQUENT = ord("\\"), ord("-"), ordinary.FREQUENT
_OPEN, _OPEN_SQUARE, _CLOSE, _CLOSE_SQUARE = (ord(sign) for sign in "([)]")
#: Brackets around fewer characters than this may be among the letters of a word.
BRACKETED = 4


class Words(NamedTuple):
    """Folded texts, what each code point of them is, and the words that they were cut into."""

    points: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    roles: NDArray[np.uint8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    text: NDArray[np.int64]
    holds: NDArray[np.uint8]
    level: NDArray[np.uint8]


@inlined
def around(words: Words, word: int) -> tuple[int, int, int, int]:
    """Give the last word of the chunk, where the chunk starts and ends, and what its signs may do; 0: it has none."""
    last, start = word, _figure_before(words, word)
    known = EDGE if start < words.starts[word] else 0
    while start > words.bounds[words.text[word]] and words.starts[word] - start < MOST_SIGNS:
        role = _edge(number(words.points[start - 1]), number(words.kinds[words.points[start - 1]]), words.roles)
        if not role:
            break
        known |= role if role & MASK else EDGE
        start -= 1
    joined = 1
    while joined and last + 1 < words.starts.size and words.text[last + 1] == words.text[word]:
        gap = words.starts[last + 1] - words.ends[last]
        joined, place, signs = JOINED, words.ends[last], 0
        if words.ends[last + 1] - start > MOST_CHUNK:
            joined = 0
        while joined and place < words.starts[last + 1]:
            point, kind = number(words.points[place]), number(words.kinds[words.points[place]])
            figure = drawn(words.points, place, words.starts[last + 1], False)
            signs += 1
            role = LETTER if figure else role_of(point, kind, words.roles)
            lone = point in (_OPEN, _OPEN_SQUARE) and not _closes_soon(
                words.points, place, words.bounds[words.text[word] + 1]
            )
            many = signs > MOST_SIGNS
            joined = 0 if many or is_space(kind) or kind >= 8 or role & SPLIT or lone else joined | role
            place += figure >> 8 if figure else 1
        # An ordinary word before a hyphen is a word of its own: new-So*y.
        if gap == 1 and number(words.points[words.ends[last]]) == _HYPHEN and words.level[last] >= _FREQUENT:
            joined = 0
        if joined:
            known |= joined
            last += 1
    end = _figures_behind(words, last)
    known |= EDGE if end > words.ends[last] else 0
    while end < words.bounds[words.text[word] + 1] and end - words.ends[last] < MOST_SIGNS:
        role = _edge(number(words.points[end]), number(words.kinds[words.points[end]]), words.roles)
        if not role:
            break
        known |= role if role & MASK else EDGE
        end += 1
    return last, start, end, known


@inlined
def _figure_before(words: Words, word: int) -> int:
    """Where a letter begins that several signs right before a word draw; else where the word begins."""
    start = words.starts[word]
    for back in range(4, 1, -1):
        at = words.starts[word] - back
        if at >= words.bounds[words.text[word]] and start == words.starts[word]:
            start = at if drawn(words.points, at, words.starts[word], False) >> 8 == back else start
    return start  # type: ignore[no-any-return]


@inlined
def _figures_behind(words: Words, word: int) -> int:
    """Where letters end that several signs each draw right behind a word."""
    end, limit = words.ends[word], words.bounds[words.text[word] + 1]
    figure = drawn(words.points, end, limit, False)
    while figure and end - words.ends[word] < MOST_SIGNS:
        end += figure >> 8
        figure = drawn(words.points, end, limit, False)
    return end  # type: ignore[no-any-return]


@inlined
def _closes_soon(points: NDArray[np.uint32], place: int, end: int) -> bool:
    """Whether a bracket holds only a letter or two."""
    soon = False
    for at in range(place + 1, min(place + BRACKETED, end)):
        soon = soon or number(points[at]) in (_CLOSE, _CLOSE_SQUARE)
    return soon


@inlined
def _edge(point: int, kind: int, roles: NDArray[np.uint8]) -> int:
    """What a sign before or after a chunk may do; 0: it is none of it."""
    if kind >= 8 or is_space(kind):
        return 0
    return LETTER if point == _BACKSLASH else role_of(point, kind, roles) & (LETTER | MASK)


@inlined
def is_mask(words: Words, place: int) -> bool:
    """Whether a sign may hide letters."""
    point, kind = number(words.points[place]), number(words.kinds[words.points[place]])
    return kind < 8 and not is_word(kind) and not is_space(kind) and (role_of(point, kind, words.roles) & MASK) != 0


@inlined
def is_letter(words: Words, place: int) -> bool:
    """Whether a sign looks like a letter."""
    kind = number(words.kinds[words.points[place]])
    return kind < 8 and not is_space(kind) and (role_of(number(words.points[place]), kind, words.roles) & LETTER) != 0
