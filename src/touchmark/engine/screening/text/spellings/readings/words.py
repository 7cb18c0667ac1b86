"""Words that are not ordinary, alone and with those beside them: as they are, backwards, upside down."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text.spellings.cut import DIGITS, LETTERS
from touchmark.engine.screening.text.spellings.keys import LEAST, LEAST_CHANGED, MOST, number
from touchmark.engine.screening.text.spellings.readings.ask import (
    AS_IS,
    BACKWARD,
    BARE,
    CHANGED,
    REST,
    SOUNDS,
    UPSIDE_DOWN,
    WITHIN,
)
from touchmark.engine.screening.text.spellings.readings.edges import MOST_SIGNS, Words
from touchmark.engine.screening.text.spellings.readings.noted import LETTERS_MADE, Pen, note, once, write
from touchmark.engine.screening.text.spellings.signs import drawn

LEAST_OF_ONE = 2
LEAST_AROUND = 6
_SPACE = ord(" ")
#: What letters are upside down, drawn by other letters.
_UPSIDE_DOWN = {
    "a": "ɐ∀",
    "b": "q",
    "c": "ɔƆ",
    "d": "p",
    "e": "ǝƎ3",
    "f": "ɟℲ",
    "g": "ƃ⅁ᵷ",
    "h": "ɥ",
    "i": "ᴉı",
    "j": "ɾſ",
    "k": "ʞ",
    "l": "ꞁ⅂",
    "m": "ɯWw",
    "n": "u",
    "p": "dԀ",
    "q": "b",
    "r": "ɹᴚ",
    "t": "ʇ⊥",
    "u": "n∩",
    "v": "ʌΛ",
    "w": "ʍMm",
    "y": "ʎ⅄",
    "6": "9",
    "9": "6",
}
_TURNED_UP_TO = 0x2300


@cache
def turned() -> NDArray[np.uint32]:
    """What an original character is upside down; 0: what it is folded to."""
    table = np.zeros(_TURNED_UP_TO, np.uint32)
    for letter, others in _UPSIDE_DOWN.items():
        for other in others:
            if ord(other) < len(table):
                table[ord(other)] = ord(letter)
    return table


class Written(NamedTuple):
    """The original code points, where each folded one comes from, and what they are upside down."""

    originals: NDArray[np.uint32]
    source: NDArray[np.int64]
    turned: NDArray[np.uint32]


@inlined
def read_word(points: NDArray[np.uint32], written: Written, start: int, end: int, word: int, pen: Pen) -> None:
    """Read a word: as it is; with two letters that look like one as that one; backwards."""
    size, at, digits, pairs = end - start, pen.counts[LETTERS_MADE], 0, False
    for place in range(start, end):
        write(pen, at + place - start, number(points[place]))
        digits += 1 if 48 <= number(points[place]) < 58 else 0
        pairs = pairs or (drawn(points, place, end, True) != 0)
    asks = AS_IS
    if digits * 3 <= size:
        asks |= SOUNDS | BARE | CHANGED | (WITHIN if size >= LEAST_AROUND else 0)
    note(start, end, word, word, asks, 0, size, size, pen)
    once(start, end, word, word, size, asks & (AS_IS | CHANGED), at, pen)
    at, made, place = pen.counts[LETTERS_MADE], 0, start if pairs else end
    while place < end:
        figure = drawn(points, place, end, True)
        write(pen, at + made, figure & 255 if figure else number(points[place]))
        place += figure >> 8 if figure else 1
        made += 1
    if 0 < made < size:
        note(start, end, word, word, AS_IS | SOUNDS | BARE, 0, 0, made, pen)
    if size >= LEAST and digits == 0:
        at = pen.counts[LETTERS_MADE]
        for place in range(size):
            write(pen, at + place, number(points[end - 1 - place]))
        note(start, end, word, word, AS_IS | BACKWARD, 0, 0, size, pen)
        _upside_down(points, written, start, end, word, word, pen)


@inlined
def read_rest(points: NDArray[np.uint32], start: int, end: int, word: int, pen: Pen) -> None:
    """Read what is left of a word to which another is glued."""
    size, at, digits = end - start, pen.counts[LETTERS_MADE], 0
    for place in range(start, end):
        write(pen, at + place - start, number(points[place]))
        digits += 1 if 48 <= number(points[place]) < 58 else 0
    asks = REST | AS_IS | (SOUNDS | CHANGED if digits * 3 <= size else 0)
    note(start, end, word, word, asks, 0, size, size, pen)
    once(start, end, word, word, size, REST | AS_IS, at, pen)


@inlined
def _upside_down(
    points: NDArray[np.uint32], written: Written, start: int, end: int, word: int, last: int, pen: Pen
) -> None:
    """Read words backwards if a letter is drawn upside down; the others are then what they are upside down."""
    at, made, foreign = pen.counts[LETTERS_MADE], 0, False
    for place in range(end - 1, start - 1, -1):
        original = written.originals[written.source[place]]
        foreign = foreign or original > 127
        if points[place] != _SPACE:
            if at + made < pen.letters.size:
                pen.letters[at + made] = points[place]
                if original < written.turned.size and written.turned[original]:
                    pen.letters[at + made] = written.turned[original]
            made += 1
    if foreign:
        note(start, end, word, last, AS_IS | UPSIDE_DOWN, 0, 0, made, pen)


@inlined
def _joined(words: Words, first: int, last: int, pen: Pen, at: int) -> int:
    """Write the letters of words together: how many, or -1 if they are too many or too far from each other."""
    made = 0
    for of in range(first, last + 1):
        if made + words.ends[of] - words.starts[of] > MOST or (
            of > first and words.starts[of] - words.ends[of - 1] > MOST_SIGNS
        ):
            return -1
        for place in range(words.starts[of], words.ends[of]):
            write(pen, at + made, number(words.points[place]))
            made += 1
    return made


@inlined
def few_digits(points: NDArray[np.uint32], start: int, end: int) -> bool:
    """Whether a word has no more digits than letters."""
    digits = 0
    for place in range(start, end):
        digits += 1 if 48 <= number(points[place]) < 58 else 0
    return digits * 2 <= end - start


@inlined
def has_figures(points: NDArray[np.uint32], start: int, end: int) -> bool:
    """Whether two letters of a word look like one."""
    found = False
    for place in range(start, end):
        found = found or drawn(points, place, end, True) != 0
    return found


@inlined
def read_together(
    words: Words, written: Written, first: int, last: int, word: int, odd: bool, strange: bool, figures: bool, pen: Pen
) -> None:
    """Read two or three words as one, and two strange ones backwards; letters of the strange one may be other ones."""
    at = pen.counts[LETTERS_MADE]
    made = _joined(words, first, last, pen, at)
    if made < LEAST_CHANGED or (words.holds[first] & words.holds[last] & LETTERS) == 0:
        return
    begins = 0
    for of in range(first, word):
        begins += words.ends[of] - words.starts[of]
    stops = begins + words.ends[word] - words.starts[word]
    sounds = SOUNDS | BARE if odd else 0
    asks = (
        AS_IS
        | (CHANGED if not words.holds[word] & DIGITS and stops - begins >= LEAST_OF_ONE else 0)
        | (sounds if last == first + 1 else 0)
    )
    note(words.starts[first], words.ends[last], first, last, asks, begins, stops, made, pen)
    once(words.starts[first], words.ends[last], first, last, made, AS_IS, at, pen)
    if figures:
        drawn_at, fewer = pen.counts[LETTERS_MADE], 0
        for of in range(first, last + 1):
            place = words.starts[of]
            while place < words.ends[of]:
                figure = drawn(words.points, place, words.ends[of], True) if of == word else 0
                write(pen, drawn_at + fewer, figure & 255 if figure else number(words.points[place]))
                place += figure >> 8 if figure else 1
                fewer += 1
        note(words.starts[first], words.ends[last], first, last, AS_IS, 0, 0, fewer, pen)
    if strange and first == word and last == word + 1 and words.level[last] == 0:
        to = pen.counts[LETTERS_MADE]
        for place in range(made):
            if to + place < pen.letters.size:
                pen.letters[to + place] = pen.letters[at + made - 1 - place]
        note(words.starts[first], words.ends[last], first, last, AS_IS | BACKWARD, 0, 0, made, pen)
        _upside_down(words.points, written, words.starts[first], words.ends[last], first, last, pen)
