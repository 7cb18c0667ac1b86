"""Words with signs between them and around, and letters that stand apart, read as one."""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text.spellings.cut import LETTERS
from touchmark.engine.screening.text.spellings.keys import (
    LEAST,
    LEAST_CHANGED,
    LEAST_EDGE,
    LEAST_EDGES,
    LEAST_HEAD,
    MOST,
    number,
)
from touchmark.engine.screening.text.spellings.readings.ask import (
    AS_IS,
    BARE,
    CHANGED,
    GLUED,
    LESS,
    MASKED,
    REST,
    SEVERAL,
    SOUNDS,
)
from touchmark.engine.screening.text.spellings.readings.edges import (
    EDGE,
    ITSELF,
    MOST_SIGNS,
    SPELLED,
    Words,
    around,
    is_letter,
    is_mask,
)
from touchmark.engine.screening.text.spellings.readings.glue import LEAST_REST, glued_before, glued_behind
from touchmark.engine.screening.text.spellings.readings.noted import FILLED, LETTERS_MADE, Pen, note, once, write
from touchmark.engine.screening.text.spellings.signs import LETTER, MASK, drawn, is_space, is_word, role_of

#: Something may be glued to a name that has signs in it from so many letters on, in so many words.
LEAST_GLUED, MOST_GLUED = 6, 4
#: Of one text so many chunks with masks are filled in, with so many masks each.
MOST_FILLED, MOST_MASKS = 24, 3
#: And masks of so many words are read as one.
MOST_RUNS = 3


@inlined
def read_chunk(  # noqa: C901 (the chunk, and what stands beside it)
    words: Words, glue: NDArray[np.uint64], pen: Pen, word: int
) -> int:
    """Read words with signs between them and around as one, if there are any: the last word of them."""
    last, start, end, known = around(words, word)
    if not known:
        return last
    if last - word > 2 and 3 * _size(words, word, last) < 2 * (words.ends[last] - words.starts[word]):
        known |= SPELLED
    if known & MASK and pen.counts[FILLED] < MOST_FILLED:
        _filled(words, start, end, word, last, 0, pen)
        _without_glue(words, start, end, word, last, glue, pen)
    _ranged(words, start, end, word, last, known | ITSELF, pen)
    if not known & (LETTER | MASK):
        return last
    # Words beside it may be other words of the mark: N*w B*lance.
    for before in range(3):
        for after in range(3 - before):
            first, until = word - before, last + after
            inside = before + after > 0 and first >= 0 and until < words.starts.size
            if (
                inside
                and words.text[first] == words.text[word] == words.text[until]
                and words.ends[until] - words.starts[first] <= MOST
            ):
                left, right = words.starts[first] if before else start, max(words.ends[until], end)
                if known & MASK and after:
                    ceiling = min(words.bounds[words.text[word] + 1], right + MOST_SIGNS)
                    while right < ceiling and is_mask(words, right):
                        right += 1
                if known & MASK and pen.counts[FILLED] < MOST_FILLED:
                    _filled(words, left, right, first, until, 0, pen)
                _ranged(words, left, right, first, until, known, pen)
    return last


@inlined
def _without_glue(words: Words, start: int, end: int, word: int, last: int, glue: NDArray[np.uint64], pen: Pen) -> None:
    """Read a chunk with masks without a word that is glued to its head, or its end."""
    before = glued_before(words.points, words.starts[word], words.ends[word], glue)
    if before and end - words.starts[word] - before >= LEAST_REST:
        _filled(words, words.starts[word] + before, end, word, last, REST, pen)
    behind = glued_behind(words.points, words.starts[last], words.ends[last], glue)
    if behind and words.ends[last] - behind - start >= LEAST_REST:
        _filled(words, start, words.ends[last] - behind, word, last, REST, pen)


@inlined
def _size(words: Words, first: int, last: int) -> int:
    """How many letters words have."""
    size = 0
    for word in range(first, last + 1):
        size += words.ends[word] - words.starts[word]
    return size


@inlined
def _ranged(words: Words, start: int, end: int, word: int, last: int, known: int, pen: Pen) -> None:
    """Read from one place to another without signs, with signs as letters, and with letters that look like one too."""
    pairs = False
    for signs in range(3 if known & (LETTER | EDGE) else 1):
        if signs == 2 and not pairs:
            break
        at, made, place = pen.counts[LETTERS_MADE], 0, start
        while place < end:
            point, kind = number(words.points[place]), number(words.kinds[words.points[place]])
            figure = drawn(words.points, place, end, signs == 2) if signs else 0
            pairs = pairs or (signs == 1 and figure == 0 and drawn(words.points, place, end, True) != 0)
            if figure or is_word(kind) or (signs and not is_space(kind) and role_of(point, kind, words.roles) & LETTER):
                write(pen, at + made, figure & 255 if figure else point)
                made += 1
            place += figure >> 8 if figure else 1
        if LEAST - 1 <= made <= MOST:
            typed = known & SPELLED or (known & ITSELF and signs == 0 and _one_sign(words, word, last))
            asks = AS_IS | (SOUNDS | BARE if signs or typed else 0) | (LESS if known & ITSELF else 0)
            asks |= BARE if known & MASK and last > word else 0
            until = made if typed and made > LEAST_CHANGED else 0
            asks |= CHANGED if until else 0
            glued = known & ITSELF and signs == 0 and made >= LEAST_GLUED and 0 < last - word < MOST_GLUED
            asks |= GLUED if glued and not known & (MASK | SPELLED) else 0
            note(start, end, word, last, asks, 0, until, made, pen)
            once(start, end, word, last, made, AS_IS, at, pen)


@inlined
def _one_sign(words: Words, word: int, last: int) -> bool:
    """Whether these are two words of letters, not both ordinary, that one sign parts."""
    if last != word + 1 or words.starts[last] - words.ends[word] != 1:
        return False
    letters = words.holds[word] == LETTERS and words.holds[last] == LETTERS
    return bool(letters and (words.level[word] == 0 or words.level[last] == 0))


@inlined
def _filled(words: Words, start: int, end: int, word: int, last: int, more: int, pen: Pen) -> None:
    """Read a chunk with its masks in place; where all stand together, or are many, as one sign for all between."""
    masks, made, seen, where, runs, until = 0, 0, 0, 0, 0, start
    at = pen.counts[LETTERS_MADE]
    for place in range(start, end):
        point, kind = number(words.points[place]), number(words.kinds[words.points[place]])
        hides = is_mask(words, place)
        runs += 1 if hides and (place == start or not is_mask(words, place - 1)) else 0
        if hides and masks < MOST_MASKS:
            where |= made << 8 * masks
        masks += 1 if hides else 0
        until = place if hides else until
        if hides or is_word(kind):
            write(pen, at + made, point)
            made += 1
            seen += 0 if hides or 48 <= point < 58 else 1
    if 0 < masks <= MOST_MASKS and seen >= (LEAST if masks > 2 else LEAST - 1):
        pen.counts[FILLED] += 1
        note(start, end, word, last, MASKED | more, where, masks, made, pen)
        at = pen.counts[LETTERS_MADE]
    if (runs == 1 or (masks > MOST_MASKS and runs <= MOST_RUNS)) and LEAST - 1 <= made <= MOST:
        # Masks of several words, too: Ch****te T***ry. What stands between them is not asked for.
        head, made = 0, 0
        for place in range(start, end):
            point, kind = number(words.points[place]), number(words.kinds[words.points[place]])
            hides = is_mask(words, place)
            if (is_word(kind) and (head == 0 or place > until)) or (hides and head == 0):
                head = made + 1 if hides else head
                write(pen, at + made, point)
                made += 1
        _several(start, end, word, last, head - 1, made, more, pen)


@inlined
def _several(start: int, end: int, word: int, last: int, head: int, made: int, more: int, pen: Pen) -> None:
    """Note a reading with one sign, at ``head``, for any number of letters, if enough is seen beside it."""
    behind = made - 1 - head
    if head >= (LEAST_HEAD if behind == 0 else LEAST_EDGE) and head + behind >= LEAST_EDGES:
        note(start, end, word, last, SEVERAL | more, head, 1, made, pen)


@inlined
def read_short(words: Words, word: int, pen: Pen) -> int:
    """Read words of one or two letters together, from this one on, three or more: the last of them."""
    last = word
    while (
        last + 1 < words.starts.size
        and last + 1 - word < MOST_SHORT
        and words.text[last + 1] == words.text[word]
        and words.ends[last + 1] - words.starts[last + 1] <= SHORT
        and words.starts[last + 1] - words.ends[last] <= MOST_SIGNS
    ):
        last += 1
    # All of them, if they are three; and without the first or the last, which may be words of their own.
    if 2 <= last - word < MOST_SHORT - 1:
        for less in range(3):
            first, until = word + (less & 1), last - (less >> 1)
            left, right = words.starts[first], words.ends[until]
            floor = (
                words.ends[first - 1]
                if first > 0 and words.text[first - 1] == words.text[first]
                else words.bounds[words.text[first]]
            )
            left -= 2 if left - 2 >= floor and is_letter(words, left - 2) else 0
            ceiling = words.bounds[words.text[first] + 1]
            right += 2 if right + 2 <= ceiling and is_letter(words, right + 1) else 0
            if until - first >= 2:
                _ranged(words, left, right, first, until, LETTER | ITSELF | SPELLED, pen)
    return last


#: Words of one or two letters side by side are read together up to so many.
MOST_SHORT, SHORT = 30, 2
