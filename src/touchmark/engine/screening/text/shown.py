"""
Texts as a shopper sees them, where that is not what is stored: the few of a batch that markup or controls touch.

Entities and escapes are read (``entities``), signs and foreign characters among letters stand for letters
(``standins``), emoji for the words that they show (``pictures``), and what controls reorder stands as it is shown
(``bidi``). Such a text is read a second time, beside the one stored, so that nothing that stands there plainly is lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.hits import Trick, is_one
from touchmark.engine.screening.text.bidi import ordered
from touchmark.engine.screening.text.entities import read
from touchmark.engine.screening.text.fold import directions
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.letters import Direction
from touchmark.engine.screening.text.pictures import pictures, worded
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets, places
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.sourced import Sourced
from touchmark.engine.screening.text.standins import LATIN, RARE, STAND_IN, neighbours, stood_for
from touchmark.engine.screening.text.together import ALPHABET, FILLER, HAN, JAMO, are_parted, characters, together
from touchmark.engine.screening.text.views import VIEWS

_AND, _LESS, _BACKSLASH, _HASH, _PERCENT, _EQUALS = (ord(sign) for sign in "&<\\#%=")
_CONTROL, _CHARACTER, _PUT_TOGETHER, _PICTURE = 32, 64, 128, 256  # beside the bits of ``standins``
_OTHER_CHARACTERS, _TWO = (Trick.HOMOPHONE, Trick.HAN_LOOKALIKE), 2
_MARKUP, _STAND_INS, _CONTROLS, _PARTED, _PICTURES = 1, 2, 4, 8, 16
#: An emoji takes so many characters at most, and so many letters are more than one sign stands for.
_EMOJI, _LETTERS = 2, 3


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Texts of a batch as shown. ``text[i]`` is the number of text i in the batch; none is there twice."""

    sourced: Sourced
    text: Ints

    @property
    def points(self) -> Points:
        """The texts as shown."""
        return Points(self.sourced.points, self.sourced.bounds)

    def readings(self) -> list[Reading]:
        """Read them under every view; their texts have the numbers of the batch."""
        return [replace(reading, text=self.text[reading.text]) for reading in self._readings()]

    def _readings(self) -> Iterator[Reading]:
        return (Reading.of(self.points, view) for view in VIEWS)

    def back(self, found: Found) -> Found:
        """
        Give places found in the texts as shown as places in the texts as stored; ``found.text`` is of the batch.

        A place where anything is hidden or stands in for a letter is disguised by that.
        """
        if not len(found):
            return found
        base = self.sourced.bounds[np.searchsorted(self.text, found.text)]
        lengths = found.end - found.start
        where, rows = places(base + found.start, lengths), offsets(lengths)[:-1]
        trick = np.maximum.reduceat(self.sourced.trick[where], rows)
        start = np.minimum.reduceat(self.sourced.start[where], rows)
        end = np.maximum.reduceat(self.sourced.end[where], rows)
        hidden = trick != Trick.NONE
        # Two characters of Chinese, one of them another, with something between: that is no name.
        no_name = is_one(found.trick, _OTHER_CHARACTERS) & (lengths == _TWO) & (end - start > _TWO)
        # An emoji that shows the whole word is decoration, most likely.
        no_name |= (trick == Trick.STAND_INS) & (lengths >= _LETTERS) & (end - start <= _EMOJI)
        trick = np.where((trick == Trick.SIGNS) & (found.trick > Trick.SIGNS), found.trick, trick)
        placed = replace(
            found,
            start=start,
            end=end,
            plain=found.plain & ~hidden,
            distance=found.distance + np.add.reduceat((self.sourced.trick[where] != 0).astype(np.int64), rows),
            trick=np.where(hidden, trick, found.trick).astype(np.int8),
        )
        return placed.taken(~no_name)

    def __len__(self) -> int:
        return len(self.text)


def shown(points: Points, json: Mask) -> Shown:
    """Give the texts that are shown otherwise than stored; ``json`` says which texts are written in JSON."""
    touched = np.zeros(len(points), np.uint8)
    _touched(points.points, points.bounds, json.view(np.uint8), _signs(), touched)
    perhaps = np.flatnonzero(touched == _PARTED)
    touched[perhaps[~are_parted(points.only(perhaps))]] = 0
    text = np.flatnonzero(touched)
    sourced = Sourced.of(points.only(text))
    steps = int(np.bitwise_or.reduce(touched)) if len(text) else 0
    if steps & _MARKUP:
        sourced = read(sourced, json[text], touched[text] & _MARKUP > 0)
    if steps:
        sourced = together(stood_for(sourced))
    if steps & _PICTURES:
        sourced = worded(sourced)
    if steps & (_CONTROLS | _MARKUP):
        sourced = ordered(sourced)
    return Shown(sourced, text)


@cache
def _signs() -> NDArray[np.uint16]:
    """What ``_touched`` must know of every code point."""
    signs = neighbours().astype(np.uint16)
    signs[(directions() >= Direction.EMBED_LEFT) & (directions() < Direction.PARAGRAPH)] |= _CONTROL
    signs[(characters() >= HAN) & (characters() <= ALPHABET)] |= _CHARACTER
    signs[(characters() == FILLER) | (characters() == JAMO)] |= _PUT_TOGETHER
    signs[pictures()] |= _PICTURE
    return signs


@native
def _touched(  # noqa: C901 (what each sign may do)
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    json: NDArray[np.uint8],
    signs: NDArray[np.uint16],
    touched: NDArray[np.uint8],
) -> None:
    """Mark the texts that hold what is shown otherwise: entities, tags after a letter, escapes, stand-ins, controls."""
    for text in range(len(bounds) - 1):
        begin, to, found = bounds[text], bounds[text + 1], 0
        for at in range(begin, to):
            point = points[at]
            if point < 0x80:
                if point in (_AND, _LESS, _BACKSLASH, _PERCENT, _EQUALS) and at + 1 < to:
                    after_letter = at > begin and signs[points[at - 1]] & LATIN > 0
                    found |= _markup(int(point), int(points[at + 1]), after_letter, json[text] > 0)
                    if point in (_PERCENT, _EQUALS) and at + 2 < to and _is_byte(points, at):
                        found |= _MARKUP
                continue
            sign = signs[point]
            if sign & _CONTROL:
                found |= _CONTROLS
            if sign & _PUT_TOGETHER or (sign & _CHARACTER and at + 2 < to and not signs[points[at + 1]] & _CHARACTER):
                found |= _PARTED
            if sign & _PICTURE:
                found |= _PICTURES
            if sign & STAND_IN:
                before = signs[points[at - 1]] if at > begin else np.uint16(0)
                after = signs[points[at + 1]] if at + 1 < to else np.uint16(0)
                if (before | after) & (LATIN | RARE):
                    found |= _STAND_INS
        touched[text] = found


@inlined
def _markup(point: int, following: int, after_letter: bool, json: bool) -> int:
    """``_MARKUP`` if an entity, a tag after a letter, or an escape may begin at a point."""
    letter = 97 <= following | 32 <= 122
    entity = point == _AND and (letter or following == _HASH)
    tag = point == _LESS and after_letter
    escape = point == _BACKSLASH and (json or following | 32 in (117, 120))  # u, x
    return _MARKUP if entity or tag or escape else 0


@inlined
def _is_byte(points: NDArray[np.uint32], at: int) -> bool:
    """Whether two hexadecimal digits follow, of what may be a letter: not 100%00, nor 20%5."""
    high, low = int(points[at + 1]) | 32, int(points[at + 2]) | 32
    first = 50 <= points[at + 1] <= 55 or 99 <= high <= 102  # 2 to 7, c to f
    return first and (48 <= points[at + 2] <= 57 or 97 <= low <= 102)
