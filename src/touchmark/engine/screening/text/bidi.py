"""
Put texts in the order in which they are shown where controls turn it: ``\\u202eiccuG\\u202c`` is read as Gucci.

The bidirectional algorithm of Unicode (UAX #9) over arrays: embeddings, overrides and isolates, then the directions of
letters, numbers and what stands between. Left out: pairs of brackets, and the mirroring of signs. Only texts that hold
a control come here; the words of Arabic and Hebrew are read as they are stored.
"""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.fold import directions
from touchmark.engine.screening.text.letters import Direction
from touchmark.engine.screening.text.ragged import offsets
from touchmark.engine.screening.text.sourced import Sourced

_HIDDEN = int(Trick.HIDDEN)
_L, _R, _NUMBER, _NEUTRAL = (
    int(Direction.LEFT_TO_RIGHT),
    int(Direction.RIGHT_TO_LEFT),
    int(Direction.NUMBER),
    int(Direction.NEUTRAL),
)
_FIRST_CONTROL, _LAST_CONTROL = int(Direction.EMBED_LEFT), int(Direction.POP_ISOLATE)
_EMBED_RIGHT, _OVERRIDE_LEFT, _OVERRIDE_RIGHT = (
    int(Direction.EMBED_RIGHT),
    int(Direction.OVERRIDE_LEFT),
    int(Direction.OVERRIDE_RIGHT),
)
_POP, _ISOLATE_LEFT, _ISOLATE_RIGHT = int(Direction.POP), int(Direction.ISOLATE_LEFT), int(Direction.ISOLATE_RIGHT)
_ISOLATE_FIRST, _POP_ISOLATE, _PARAGRAPH = (
    int(Direction.ISOLATE_FIRST),
    int(Direction.POP_ISOLATE),
    int(Direction.PARAGRAPH),
)
_FIRST_ISOLATE, _LAST_ISOLATE = 0x2066, 0x2069
#: How deep embeddings may go, by the standard.
DEEPEST = 125


def ordered(texts: Sourced) -> Sourced:
    """
    Put every text with controls in the order shown, these left out; what is not in its stored order counts as hidden.

    Others are left in the order stored, in which they are searched as well.
    """
    size = len(texts.points)
    into = Sourced.room(size, len(texts))
    level, kind = np.zeros(size, np.uint8), directions()[texts.points]
    controls = offsets((kind >= Direction.EMBED_LEFT) & (kind < Direction.PARAGRAPH))[texts.bounds]
    kind[np.repeat(np.diff(controls) == 0, np.diff(texts.bounds))] = Direction.LEFT_TO_RIGHT
    stack = np.zeros(DEEPEST + 3, np.int64)
    _order(
        texts.points, texts.start, texts.end, texts.trick, texts.bounds, kind, level, stack, np.zeros(size, np.int64),
        into.points, into.start, into.end, into.trick, into.bounds,
    )  # fmt: skip
    return into.cut()


@inlined
def _first_strong(kind: NDArray[np.uint8], at: int, to: int, isolated: bool) -> int:
    """1 if the first letter runs from right to left, else 0; what is isolated is passed over."""
    depth = 0
    while at < to and kind[at] != _PARAGRAPH:
        if _ISOLATE_LEFT <= kind[at] <= _ISOLATE_FIRST:
            depth += 1
        elif kind[at] == _POP_ISOLATE:
            if depth == 0 and isolated:
                return 0
            depth = max(depth - 1, 0)
        elif depth == 0 and (kind[at] == _L or kind[at] == _R):
            return 1 if kind[at] == _R else 0
        at += 1
    return 0


@inlined
def _explicit(  # noqa: C901
    kind: NDArray[np.uint8], level: NDArray[np.uint8], at: int, to: int, base: int, stack: NDArray[np.int64]
) -> None:
    """
    Give each point of a paragraph the level of what it is embedded in, and turn what is overridden (X1 to X8).

    An entry of the stack is its level, times 8; plus 1 or 2: overridden to the left or right; plus 4: isolated.
    """
    top, stack[0] = 0, base << 3
    lost_isolates, lost_embeddings, isolates = 0, 0, 0
    for i in range(at, to):
        here = stack[top]
        level[i] = here >> 3
        now = int(kind[i])
        if now < _FIRST_CONTROL or now > _LAST_CONTROL:
            if here & 3:
                kind[i] = _L if here & 1 else _R
            continue
        isolate = _ISOLATE_LEFT <= now <= _ISOLATE_FIRST
        if now == _POP_ISOLATE:
            if lost_isolates:
                lost_isolates -= 1
            elif isolates:
                lost_embeddings = 0
                while not stack[top] & 4:
                    top -= 1
                top -= 1
                isolates -= 1
            level[i] = stack[top] >> 3  # it stands where its beginning stands
        elif now == _POP:
            if lost_isolates == 0 and lost_embeddings:
                lost_embeddings -= 1
            elif lost_isolates == 0 and top and not stack[top] & 4:
                top -= 1
        else:
            right = now in (_EMBED_RIGHT, _OVERRIDE_RIGHT, _ISOLATE_RIGHT)
            if now == _ISOLATE_FIRST:
                right = _first_strong(kind, i + 1, to, True) == 1
            deeper = (((here >> 3) + 1) | 1) if right else (((here >> 3) + 2) & ~1)
            if deeper <= DEEPEST and lost_isolates == 0 and lost_embeddings == 0:
                top += 1
                override = 1 if now == _OVERRIDE_LEFT else 2 if now == _OVERRIDE_RIGHT else 0
                stack[top] = (deeper << 3) | override | (4 if isolate else 0)
                isolates += 1 if isolate else 0
            elif isolate:
                lost_isolates += 1
            elif lost_isolates == 0:
                lost_embeddings += 1


@inlined
def _implicit(kind: NDArray[np.uint8], level: NDArray[np.uint8], place: NDArray[np.int64], many: int, base: int) -> int:
    """
    Settle the levels of the points that are seen, run by run of one level (W7, N1, N2, I1, I2).

    Give the highest level.
    """
    highest, begin = base, 0
    while begin < many:
        own = int(level[place[begin]])
        end = begin + 1
        while end < many and level[place[end]] == own:
            end += 1
        outer = max(own, int(level[place[begin - 1]]) & 127 if begin else base)
        # What an isolate parts is one run to the standard; here each part is a run between what it is embedded in.
        outer = own if kind[place[begin]] == _POP_ISOLATE else outer
        strong = _R if outer & 1 else _L
        last_letter, settled = strong, begin  # neutrals from ``settled`` on wait for what follows
        outer_after = max(own, int(level[place[end]]) if end < many else base)
        outer_after = own if _ISOLATE_LEFT <= kind[place[end - 1]] <= _ISOLATE_FIRST else outer_after
        for i in range(begin, end + 1):
            if i < end and (kind[place[i]] == _NEUTRAL or kind[place[i]] >= _ISOLATE_LEFT):
                continue
            now = int(kind[place[i]]) if i < end else (_R if outer_after & 1 else _L)
            if now == _NUMBER and last_letter == _L:
                now = _L
            side = _R if now == _NUMBER else now
            between = side if side == strong else (_R if own & 1 else _L)
            for k in range(settled, i):
                kind[place[k]] = between
            if i < end:
                kind[place[i]] = now
                last_letter = now if now in (_L, _R) else last_letter
            strong, settled = side, i + 1
        for i in range(begin, end):
            now, into = int(kind[place[i]]), own
            if own & 1:
                into += 0 if now == _R else 1
            else:
                into += 1 if now == _R else 2 if now == _NUMBER else 0
            kind[place[i]] = into
            highest = max(highest, into)
        begin = end
    return highest


@inlined
def _reverse(place: NDArray[np.int64], kind: NDArray[np.uint8], many: int, highest: int) -> None:
    """Reverse, from the highest level down to the lowest odd one, every run of that level or above (L2)."""
    for floor in range(highest, 0, -1):
        begin = 0
        while begin < many:
            if kind[place[begin]] < floor:
                begin += 1
                continue
            end = begin + 1
            while end < many and kind[place[end]] >= floor:
                end += 1
            low, high = begin, end - 1
            while low < high:
                place[low], place[high] = place[high], place[low]
                low += 1
                high -= 1
            begin = end


@native
def _order(
    points: NDArray[np.uint32],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    trick: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    kind: NDArray[np.uint8],
    level: NDArray[np.uint8],
    stack: NDArray[np.int64],
    place: NDArray[np.int64],
    into: NDArray[np.uint32],
    into_start: NDArray[np.int64],
    into_end: NDArray[np.int64],
    into_trick: NDArray[np.uint8],
    into_bounds: NDArray[np.int64],
) -> int:
    """Write every text anew in the order shown, paragraph by paragraph; give how many points there are."""
    size = 0
    into_bounds[0] = 0
    for text in range(len(bounds) - 1):
        at, to = bounds[text], bounds[text + 1]
        while at < to:
            past = at
            while past < to and kind[past] != _PARAGRAPH:
                past += 1
            base = _first_strong(kind, at, past, False)
            _explicit(kind, level, at, past, base, stack)
            many = 0
            for i in range(at, past):
                # Isolates part what stands in them from what stands around; other controls are as if not there (X9).
                if not _FIRST_CONTROL <= kind[i] <= _POP:
                    place[many] = i
                    many += 1
            highest = _implicit(kind, level, place, many, base)
            _reverse(place, kind, many, highest)
            past += 1 if past < to else 0
            if past > at and kind[past - 1] == _PARAGRAPH:
                place[many] = past - 1
                many += 1
            for i in range(many):
                if _FIRST_ISOLATE <= points[place[i]] <= _LAST_ISOLATE:
                    continue
                at_home = (i == 0 or place[i - 1] < place[i]) and (i == many - 1 or place[i] < place[i + 1])
                into[size], into_trick[size] = points[place[i]], trick[place[i]]
                into_start[size], into_end[size] = start[place[i]], end[place[i]]
                if not at_home:
                    into_trick[size] = max(_HIDDEN, int(trick[place[i]]))
                size += 1
            at = past
        into_bounds[text + 1] = size
    return size
