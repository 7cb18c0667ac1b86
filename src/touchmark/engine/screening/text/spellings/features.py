"""What is known of a spelling that may stand for a mark: whole numbers, a column each, for the trees of ``weigh``."""

from enum import IntEnum, auto
from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.fold import kinds
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints
from touchmark.engine.screening.text.spellings.align import MOST_CELLS, Step
from touchmark.engine.screening.text.spellings.aligned import Aligned
from touchmark.engine.screening.text.spellings.cut import DIGITS, Cut
from touchmark.engine.screening.text.spellings.flow import flow, runs
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.keys import number
from touchmark.engine.screening.text.spellings.nearest import NOTHING
from touchmark.engine.screening.text.spellings.readings.ask import BACKWARD, UPSIDE_DOWN, WITHIN
from touchmark.engine.screening.text.spellings.signs import MASK, SPLIT, is_space, is_word, role_of, roles
from touchmark.engine.screening.text.spellings.words import Words, hash_of, level_of

Known = NDArray[np.int16]


class Of(IntEnum):
    """The columns. Up to ``PARTED`` the steps of ``align``, in their order."""

    DRAWN = 0
    SIGNS = auto()
    MASKED = auto()
    DIGITS = auto()
    REPEATED = auto()
    DROPPED = auto()
    ADDED = auto()
    SWAPPED = auto()
    CHANGED = auto()
    VOWELS = auto()
    SOUND = auto()
    PARTED = auto()
    COST = auto()
    SIZE = auto()  # letters of what was proposed
    SEEN = auto()  # of which are there, as they are or drawn otherwise
    EDITS = auto()
    VIEW = auto()  # 0: as it stands; 1: within a word; 2: backwards; 3: upside down
    PART = auto()  # it is a word of a mark of several
    MANY = auto()  # words of the mark; of a word that several marks may have, none
    MARK_LEVEL = auto()  # how ordinary the mark is, written as one word
    FIRST = auto()  # the first letter is the mark's; the last
    LAST = auto()
    WORDS = auto()  # of the text
    ODD = auto()  # how many of them are no ordinary words
    LEAST_LEVEL = auto()  # how ordinary the least and the most ordinary of those with three letters and more are
    MOST_LEVEL = auto()
    LITTLE = auto()  # how many have one letter or two
    NUMBERS = auto()  # how many are numbers
    TEXT_LEVEL = auto()  # how ordinary all letters are, as one word
    FIGURES = auto()  # digits
    SPLITS = auto()  # signs that part words
    MASKS = auto()  # signs that are written in place of letters
    RUN = auto()  # how often the same letter stands side by side, at most
    AT = auto()  # where the one letter that is other is: 0 none, 1 first, 2 within, 3 last
    BESIDE = auto()  # it is a neighbour on a keyboard
    BOTH_VOWELS = auto()  # how many are a vowel, as the mark's is
    PLURAL = auto()  # the mark ends with an s, and what stands there does not, or the other way about
    HUMP = auto()  # it begins and ends at a change from small to capital, or where its word does
    NEAR = auto()  # how ordinary a word is that is one letter away
    LEFT = auto()  # how ordinary what is left of the word before and after is
    RIGHT = auto()
    WHOLE = auto()  # how ordinary the whole word is, as two words
    SELDOM = auto()  # how seldom those three letters of the text are that follow each other most seldom (``flow``)
    FLOW = auto()  # how seldom its letters follow each other, on average
    MORE_SELDOM = auto()  # by how much more seldom than the mark's
    BEFORE = auto()  # letters that are the mark's, from its start on, and from its end on
    BEHIND = auto()


COLUMNS = len(Of)
_VIEWS = {0: 0, WITHIN: 1, BACKWARD: 2, UPSIDE_DOWN: 3}
_S = ord("s")
#: Kernels know numbers only.
_MASKED, _DIGITS, _DROPPED, _ADDED, _SWAPPED, _CHANGED, _VOWELS, _SOUND = (
    int(step) for step in (Of.MASKED, Of.DIGITS, Of.DROPPED, Of.ADDED, Of.SWAPPED, Of.CHANGED, Of.VOWELS, Of.SOUND)
)
_SIZE, _SEEN, _EDITS, _MANY, _FIRST, _LAST, _WORDS, _ODD, _LEAST_LEVEL, _MOST_LEVEL, _LITTLE, _NUMBERS = (
    int(of)
    for of in (
        *(Of.SIZE, Of.SEEN, Of.EDITS, Of.MANY, Of.FIRST, Of.LAST, Of.WORDS, Of.ODD),
        *(Of.LEAST_LEVEL, Of.MOST_LEVEL, Of.LITTLE, Of.NUMBERS),
    )
)
(
    _TEXT_LEVEL,
    _FIGURES,
    _SPLITS,
    _MASKS,
    _RUN,
    _AT,
    _BESIDE,
    _PLURAL,
    _HUMP,
    _SELDOM,
    _FLOW,
    _MORE_SELDOM,
    _BEFORE,
    _BEHIND,
) = (
    int(of)
    for of in (
        *(Of.TEXT_LEVEL, Of.FIGURES, Of.SPLITS, Of.MASKS, Of.RUN),
        *(Of.AT, Of.BESIDE, Of.PLURAL, Of.HUMP, Of.SELDOM, Of.FLOW, Of.MORE_SELDOM),
        *(Of.BEFORE, Of.BEHIND),
    )
)


def features(
    aligned: Aligned, original: Points, source: Ints, folded: Points, cut: Cut, ring: Keyring, words: Words
) -> Known:
    """Tell what is known; of words near and beside, which cost more to look up, the best that may be."""
    proposed, spelled = aligned.proposed, ring.spelled
    known = np.zeros((len(aligned), COLUMNS), np.int16)
    known[:, : len(Step)] = aligned.times
    spelling = ring.entries.spelling[proposed.entry]
    part = proposed.entry >= len(spelled)
    known[:, Of.COST], known[:, Of.PART], known[:, Of.BOTH_VOWELS] = aligned.cost, part, aligned.vowels
    known[:, Of.MARK_LEVEL] = np.where(part, 0, spelled.level[spelling])
    for view, column in _VIEWS.items():
        known[proposed.view == view, Of.VIEW] = column
    known[:, Of.LEFT] = known[:, Of.RIGHT] = NOTHING
    _known(
        original.points,
        source,
        folded.points,
        kinds(),
        roles(),
        proposed.start,
        proposed.end,
        proposed.word,
        proposed.last_word,
        cut.start,
        cut.end,
        cut.holds,
        cut.level,
        spelled.letters,
        spelled.joint,
        spelled.bounds[spelling] + ring.entries.first[proposed.entry],
        spelled.bounds[spelling] + ring.entries.last[proposed.entry],
        np.where(part, 0, spelled.bounds[spelling]),
        np.where(part, 0, spelled.bounds[spelling + 1]),
        words,
        beside_on_keyboards(),
        flow(),
        np.zeros(MOST_CELLS, np.uint32),
        known.reshape(-1),
    )
    return known


_ROWS = ("qwertyuiop asdfghjkl zxcvbnm", "azertyuiop qsdfghjklm wxcvbn", "qwertzuiop asdfghjkl yxcvbnm")


@cache
def beside_on_keyboards() -> NDArray[np.bool_]:
    """Whether two letters, as ``26 * one + other``, are neighbours on a keyboard, English, French or German."""
    table = np.zeros((26, 26), np.bool_)
    for rows in map(str.split, _ROWS):
        for row, keys in enumerate(rows):
            for at, key in enumerate(keys):
                below = rows[row + 1][max(0, at - 1) : at + 1] if row < len(rows) - 1 else ""
                for other in keys[at + 1 : at + 2] + below:
                    table[ord(key) - 97, ord(other) - 97] = table[ord(other) - 97, ord(key) - 97] = True
    return table.reshape(-1)


@native
def _known(
    originals: NDArray[np.uint32],
    source: NDArray[np.int64],
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    word: NDArray[np.int64],
    last_word: NDArray[np.int64],
    word_starts: NDArray[np.int64],
    word_ends: NDArray[np.int64],
    holds: NDArray[np.uint8],
    level: NDArray[np.uint8],
    letters: NDArray[np.uint32],
    joint: NDArray[np.uint8],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    begins: NDArray[np.int64],
    stops: NDArray[np.int64],
    words: NDArray[np.uint64],
    beside: NDArray[np.bool_],
    flow: NDArray[np.uint8],
    cells: NDArray[np.uint32],
    known: NDArray[np.int16],
) -> None:
    for row in range(starts.size):
        at, size = row * COLUMNS, lasts[row] - firsts[row]
        known[at + _SIZE] = size
        for place in range(begins[row], stops[row]):
            known[at + _MANY] += joint[place] != 0
        hard = known[at + _DROPPED] + known[at + _ADDED] + known[at + _SWAPPED] + known[at + _CHANGED]
        known[at + _EDITS] = hard + known[at + _VOWELS] + known[at + _SOUND]
        known[at + _SEEN] = size - hard - known[at + _MASKED] - known[at + _DIGITS] - known[at + _VOWELS]
        _of_words(word_starts, word_ends, holds, level, word[row], last_word[row], at, known)
        made = _of_characters(points, kinds, roles, starts[row], ends[row], cells, at, known)
        known[at + _TEXT_LEVEL] = level_of(words, hash_of(cells, 0, made))
        _of_letters(cells, made, letters, firsts[row], lasts[row], beside, at, known)
        text = runs(cells, 0, made, flow)
        known[at + _SELDOM], known[at + _FLOW] = text >> 8, text & 255
        known[at + _MORE_SELDOM] = (text & 255) - (runs(letters, firsts[row], lasts[row], flow) & 255)
        opens = starts[row] == word_starts[word[row]] or _hump(originals, source, starts[row])
        closes = ends[row] == word_ends[last_word[row]] or _hump(originals, source, ends[row])
        known[at + _HUMP] = opens and closes


#: From here on letters are of other scripts than Latin: "לNAME".
_BEYOND_LATIN = 0x370


@inlined
def _hump(originals: NDArray[np.uint32], source: NDArray[np.int64], place: int) -> bool:
    """Whether a capital of ASCII begins at a folded point, behind a small letter or one of a script beyond Latin."""
    if place < 1 or place >= source.size:
        return False
    before, here = number(originals[source[place - 1]]), number(originals[source[place]])
    return (97 <= before <= 122 or before >= _BEYOND_LATIN) and 65 <= here <= 90


@inlined
def _of_words(
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    holds: NDArray[np.uint8],
    level: NDArray[np.uint8],
    first: int,
    last: int,
    at: int,
    known: NDArray[np.int16],
) -> None:
    """Count words, and tell how ordinary they are."""
    known[at + _WORDS], least, most = last - first + 1, 99, 0
    for word in range(first, last + 1):
        size, here = ends[word] - starts[word], number(level[word])
        known[at + _ODD] += here == 0
        known[at + _LITTLE] += size < 3
        known[at + _NUMBERS] += holds[word] == DIGITS
        if size > 2:
            least, most = min(least, here), max(most, here)
    known[at + _LEAST_LEVEL], known[at + _MOST_LEVEL] = least, most


@inlined
def _of_characters(
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    start: int,
    end: int,
    cells: NDArray[np.uint32],
    at: int,
    known: NDArray[np.int16],
) -> int:
    """Count signs and digits, and write the letters: how many."""
    made, run = 0, 1
    for place in range(start, end):
        point, kind = number(points[place]), number(kinds[points[place]])
        known[at + _FIGURES] += 48 <= point < 58
        if is_word(kind):
            if made < cells.size:
                run = run + 1 if made > 0 and number(cells[made - 1]) == point else 1
                known[at + _RUN] = max(number(known[at + _RUN]), run)
                cells[made] = point
                made += 1
        elif not is_space(kind):
            role = role_of(point, kind, roles)
            known[at + _SPLITS] += (role & SPLIT) != 0
            known[at + _MASKS] += (role & MASK) != 0
    return made


@inlined
def _of_letters(
    cells: NDArray[np.uint32],
    made: int,
    letters: NDArray[np.uint32],
    first: int,
    last: int,
    beside: NDArray[np.bool_],
    at: int,
    known: NDArray[np.int16],
) -> None:
    """Tell where the letters begin to differ from the mark's, from either end, and what the first other one is."""
    size, before, behind = last - first, 0, 0
    while before < made and before < size and cells[before] == letters[first + before]:
        before += 1
    while behind < made and behind < size and cells[made - 1 - behind] == letters[last - 1 - behind]:
        behind += 1
    known[at + _FIRST], known[at + _LAST] = before > 0, behind > 0
    known[at + _BEFORE], known[at + _BEHIND] = before, behind
    known[at + _AT] = 0 if before == size == made else 1 if before == 0 else 3 if behind == 0 else 2
    known[at + _PLURAL] = before >= min(made, size) and _ends_with_s(cells, made, letters, last, size)
    if known[at + _CHANGED] == 1 and before < made and before < size:
        one, other = number(cells[before]), number(letters[first + before])
        if 97 <= one <= 122 and 97 <= other <= 122:
            known[at + _BESIDE] = beside[26 * (one - 97) + other - 97]


@inlined
def _ends_with_s(cells: NDArray[np.uint32], made: int, letters: NDArray[np.uint32], last: int, size: int) -> bool:
    """Whether one of both is the other with an s behind."""
    if made == size + 1:
        return number(cells[made - 1]) == _S
    return size == made + 1 and number(letters[last - 1]) == _S
