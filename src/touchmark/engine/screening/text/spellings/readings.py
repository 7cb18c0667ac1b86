"""All that a text may say: every word and chunk that is not ordinary, read in every way in which it may hide a mark."""

from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text import ordinary
from touchmark.engine.screening.text.fold import Folded, kinds
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Mask
from touchmark.engine.screening.text.spellings.cut import DIGITS, LETTERS, Cut
from touchmark.engine.screening.text.spellings.keys import (
    LEAST,
    LEAST_CHANGED,
    LEAST_EDGE,
    LEAST_EDGES,
    LEAST_HEAD,
    MOST,
    as_letters,
    collapsed,
    number,
)
from touchmark.engine.screening.text.spellings.memo import Contents, Memo, is_nothing
from touchmark.engine.screening.text.spellings.signs import (
    LETTER,
    MASK,
    SPLIT,
    drawn,
    is_space,
    is_word,
    role_of,
    roles,
)
from touchmark.engine.screening.text.spellings.told import mingled

#: What a reading is asked of the table, as bits: as it is; by sound; with one letter other; each run within it; with
#: letters in place of its masks; as one written backwards, or upside down; with a letter missing; without vowels; with
#: any number of letters where one sign stands.
AS_IS, SOUNDS, CHANGED, WITHIN, MASKED, BACKWARD, UPSIDE_DOWN, LESS, BARE, SEVERAL = (1 << bit for bit in range(10))

#: Columns of what is known of a reading: the folded points and the words that it reads, what to ask of it, which of its
#: letters may be others (or: where its masks are, and how many).
START, END, WORD, LAST_WORD, ASKS, FIRST, LAST, ABOUT = range(8)

#: Between the words of one chunk stand at most so many signs; a chunk has so many characters.
MOST_SIGNS, MOST_CHUNK = 4, 44
#: Of one text so many chunks with masks are filled in, with so many masks each.
MOST_FILLED, MOST_MASKS = 24, 3
#: Beside the roles of signs: one that looks like a letter stands at the edge of a chunk; words are joined by signs;
#: what is read is the chunk itself; its letters stand one by one.
EDGE, JOINED, ITSELF, SPELLED = 32, 8, 16, 64
#: Words of one or two letters side by side are read together up to so many.
MOST_SHORT, SHORT = 30, 2
LEAST_AROUND = 6
#: Words less ordinary than this are read together with those beside them.
_PAIRED = 37

_MANY, _LETTERS, _FILLED, _GROUPS = range(4)
#: A word is read by itself, and with those around it in so many ways; what tells the first key from the others.
_MOST_GROUPS, _ALONE = 6, 7
_a, _e, _i, _o, _u = (ord(letter) for letter in "aeiou")
_SPACE, _HYPHEN, _FREQUENT = ord(" "), ord("-"), ordinary.FREQUENT
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


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """
    Reading r is ``letters[bounds[r] : bounds[r + 1]]``; ``about[ABOUT * r :]`` has the columns above.

    Readings of one word, or of the same words together, are a ``group`` with a key for the memo; others have -1.
    """

    letters: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    about: NDArray[np.int64]
    group: NDArray[np.int32]
    keys: NDArray[np.uint64]

    @classmethod
    def of(cls, original: Points, folded: Folded, cut: Cut, contents: Contents, memo: Memo) -> Self:
        """Read all texts, but for what the memo knows to hide nothing."""
        many, letters = 4 * len(cut) + 64, 24 * len(cut) + 512
        while True:
            made = cls(
                np.empty(letters, np.uint32),
                np.zeros(many + 1, np.int64),
                np.empty(ABOUT * many, np.int64),
                np.full(many, -1, np.int32),
                np.empty(_MOST_GROUPS * len(cut), np.uint64),
            )
            counts = made._read(original, folded, cut, contents, memo)
            if counts[_MANY] <= many and counts[_LETTERS] <= letters:
                return made._cut_off(*counts[[_MANY, _GROUPS]].tolist())
            many, letters = int(counts[_MANY]), int(counts[_LETTERS])

    def _read(self, original: Points, folded: Folded, cut: Cut, contents: Contents, memo: Memo) -> NDArray[np.int64]:
        counts = np.zeros(4, np.int64)
        _read(
            folded.text.points,
            folded.text.bounds,
            original.points,
            folded.source,
            kinds(),
            cut.start,
            cut.end,
            cut.text,
            cut.holds,
            cut.level,
            roles(),
            as_letters(),
            turned(),
            contents.word,
            contents.gap,
            memo.slots,
            self.letters,
            self.bounds,
            self.about,
            self.group,
            self.keys,
            counts,
        )
        return counts

    def _cut_off(self, many: int, groups: int) -> Self:
        bounds, about = self.bounds[: many + 1], self.about[: many * ABOUT]
        return type(self)(self.letters, bounds, about, self.group[:many], self.keys[:groups])

    def nothing(self, comes_to: Mask) -> NDArray[np.uint64]:
        """Give the keys of the groups of which no reading comes to anything."""
        nothing = np.ones(len(self.keys) + 1, np.bool_)
        nothing[self.group[comes_to]] = False
        return self.keys[nothing[:-1]]

    def __len__(self) -> int:
        return len(self.bounds) - 1


@native
def _read(  # noqa: C901 (every word, alone, in its chunk, and with those around it)
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    originals: NDArray[np.uint32],
    source: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    text: NDArray[np.int64],
    holds: NDArray[np.uint8],
    level: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    alike: NDArray[np.uint32],
    turned: NDArray[np.uint32],
    content: NDArray[np.uint64],
    gap: NDArray[np.uint64],
    memo: NDArray[np.uint64],
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    group: NDArray[np.int32],
    keys: NDArray[np.uint64],
    counts: NDArray[np.int64],
) -> None:
    chunk_until, short_until = 0, 0
    for word in range(starts.size):
        if word == 0 or text[word] != text[word - 1]:
            counts[_FILLED] = 0
        size = ends[word] - starts[word]
        strange = (level[word] == 0 or (holds[word] & DIGITS) != 0) and (holds[word] & LETTERS) != 0
        if strange and LEAST - 1 <= size <= MOST:
            key, made = mingled(content[word], np.uint64(_ALONE)), counts[_MANY]
            if not is_nothing(memo, key):
                _word(
                    points, originals, source, starts[word], ends[word], word, alike, turned, letters, limits, about,
                    counts,
                )  # fmt: skip
                _grouped(made, key, group, keys, counts)
        if word >= chunk_until and not _by_itself(points, bounds, kinds, starts[word], ends[word], text[word]):
            chunk_until = 1 + _chunk(
                points, bounds, kinds, starts, ends, text, level, roles, alike, word, letters, limits, about, counts
            )
        if size <= SHORT and word >= short_until:
            short_until = 1 + _short(
                points, bounds, kinds, starts, ends, text, roles, word, alike, letters, limits, about, counts
            )
        odd = strange or (level[word] < _PAIRED and holds[word] == LETTERS)
        if odd and LEAST - 1 <= size <= MOST and _few_digits(points, starts[word], ends[word]):
            figures = strange and _has_figures(points, starts[word], ends[word])
            for first in range(word - 2, word + 1):
                for last in range(max(word, first + 1), first + 3):
                    if first >= 0 and last < starts.size and text[first] == text[word] == text[last]:
                        key, made = _key(content, gap, first, last, word), counts[_MANY]
                        if not is_nothing(memo, key):
                            _together(
                                points, originals, source, starts, ends, first, last, word, strange, figures, holds,
                                level, alike, turned, letters, limits, about, counts,
                            )  # fmt: skip
                            _grouped(made, key, group, keys, counts)


@inlined
def _key(content: NDArray[np.uint64], gap: NDArray[np.uint64], first: int, last: int, word: int) -> np.uint64:
    """Give the key of words together, of which one may have other letters."""
    key = content[first]
    for of in range(first + 1, last + 1):
        key = mingled(mingled(key, gap[of]), content[of])
    return mingled(key, np.uint64(word - first))


@inlined
def _grouped(
    made: int, key: np.uint64, group: NDArray[np.int32], keys: NDArray[np.uint64], counts: NDArray[np.int64]
) -> None:
    """Take together the readings that were made last, from one on; also if there are none."""
    for reading in range(made, min(counts[_MANY], group.size)):
        group[reading] = counts[_GROUPS]
    keys[counts[_GROUPS]] = key
    counts[_GROUPS] += 1


@inlined
def _by_itself(
    points: NDArray[np.uint32], bounds: NDArray[np.int64], kinds: NDArray[np.uint8], start: int, end: int, text: int
) -> bool:
    """Whether a word stands between spaces, or ends of its text."""
    before = start == bounds[text] or is_space(number(kinds[points[start - 1]]))
    return before and (end == bounds[text + 1] or is_space(number(kinds[points[end]])))


@inlined
def _note(
    start: int,
    end: int,
    word: int,
    last_word: int,
    asks: int,
    first: int,
    last: int,
    made: int,
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Keep the reading whose letters were written last."""
    at = counts[_MANY] * ABOUT
    if at + ABOUT <= about.size:
        about[at + START], about[at + END], about[at + WORD], about[at + LAST_WORD] = start, end, word, last_word
        about[at + ASKS], about[at + FIRST], about[at + LAST] = asks, first, last
        limits[counts[_MANY] + 1] = counts[_LETTERS] + made
    counts[_MANY] += 1
    counts[_LETTERS] += made


@inlined
def _write(letters: NDArray[np.uint32], at: int, point: int, alike: NDArray[np.uint32]) -> None:
    if at < letters.size:
        letters[at] = alike[point] if point < alike.size else np.uint32(point)


@inlined
def _word(
    points: NDArray[np.uint32],
    originals: NDArray[np.uint32],
    source: NDArray[np.int64],
    start: int,
    end: int,
    word: int,
    alike: NDArray[np.uint32],
    turned: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Read a word: as it is; with two letters that look like one as that one; backwards."""
    size, at, digits, pairs = end - start, counts[_LETTERS], 0, False
    for place in range(start, end):
        _write(letters, at + place - start, number(points[place]), alike)
        digits += 1 if 48 <= number(points[place]) < 58 else 0
        pairs = pairs or (drawn(points, place, end, True) != 0)
    asks = AS_IS
    if digits * 3 <= size:
        asks |= SOUNDS | BARE | CHANGED | (WITHIN if size >= LEAST_AROUND else 0)
    _note(start, end, word, word, asks, 0, size, size, limits, about, counts)
    _once(start, end, word, word, size, asks & (AS_IS | CHANGED), at, letters, limits, about, counts)
    at, made, place = counts[_LETTERS], 0, start if pairs else end
    while place < end:
        figure = drawn(points, place, end, True)
        _write(letters, at + made, figure & 255 if figure else number(points[place]), alike)
        place += figure >> 8 if figure else 1
        made += 1
    if 0 < made < size:
        _note(start, end, word, word, AS_IS | SOUNDS | BARE, 0, 0, made, limits, about, counts)
    if size >= LEAST and digits == 0:
        at = counts[_LETTERS]
        for place in range(size):
            _write(letters, at + place, number(points[end - 1 - place]), alike)
        _note(start, end, word, word, AS_IS | BACKWARD, 0, 0, size, limits, about, counts)
        _upside_down(points, originals, source, start, end, word, word, turned, letters, limits, about, counts)


@inlined
def _once(
    start: int,
    end: int,
    word: int,
    last: int,
    size: int,
    asks: int,
    read: int,
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Read so many letters, that were written at ``read``, with what is repeated once."""
    at, made = counts[_LETTERS], size
    if read + size <= letters.size:
        made = collapsed(letters[read : read + size], size, letters, at)
    if LEAST - 1 <= made < size:
        # One letter written twice is a reading by itself; where more are, the rest may have an error.
        more = asks if size - made > 1 else AS_IS
        _note(start, end, word, last, more, 0, made if more & CHANGED else 0, made, limits, about, counts)


@inlined
def _upside_down(
    points: NDArray[np.uint32],
    originals: NDArray[np.uint32],
    source: NDArray[np.int64],
    start: int,
    end: int,
    word: int,
    last: int,
    turned: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Read words backwards if a letter is drawn upside down; the others are then what they are upside down."""
    at, made, foreign = counts[_LETTERS], 0, False
    for place in range(end - 1, start - 1, -1):
        original = originals[source[place]]
        foreign = foreign or original > 127
        if points[place] != _SPACE:
            if at + made < letters.size:
                letters[at + made] = points[place]
                if original < turned.size and turned[original]:
                    letters[at + made] = turned[original]
            made += 1
    if foreign:
        _note(start, end, word, last, AS_IS | UPSIDE_DOWN, 0, 0, made, limits, about, counts)


@inlined
def _chunk(  # noqa: C901 (the chunk, and what stands beside it)
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    text: NDArray[np.int64],
    level: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    alike: NDArray[np.uint32],
    word: int,
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> int:
    """Read words with signs between them and around as one, if there are any: the last word of them."""
    last, start, end, known = _around(points, bounds, kinds, starts, ends, text, level, roles, word)
    if not known:
        return last
    if last - word > 2 and 3 * _size(starts, ends, word, last) < 2 * (ends[last] - starts[word]):
        known |= SPELLED
    if known & MASK and counts[_FILLED] < MOST_FILLED:
        _filled(points, kinds, start, end, word, last, roles, alike, letters, limits, about, counts)
    _ranged(points, kinds, start, end, word, last, known | ITSELF, roles, alike, letters, limits, about, counts)
    if not known & (LETTER | MASK):
        return last
    # Words beside it may be other words of the mark: N*w B*lance.
    for before in range(3):
        for after in range(3 - before):
            first, until = word - before, last + after
            inside = before + after > 0 and first >= 0 and until < starts.size
            if inside and text[first] == text[word] == text[until] and ends[until] - starts[first] <= MOST:
                left, right = starts[first] if before else start, max(ends[until], end)
                if known & MASK and after:
                    ceiling = min(bounds[text[word] + 1], right + MOST_SIGNS)
                    while right < ceiling and _is_mask(points, right, kinds, roles):
                        right += 1
                if known & MASK and counts[_FILLED] < MOST_FILLED:
                    _filled(points, kinds, left, right, first, until, roles, alike, letters, limits, about, counts)
                _ranged(points, kinds, left, right, first, until, known, roles, alike, letters, limits, about, counts)
    return last


@inlined
def _size(starts: NDArray[np.int64], ends: NDArray[np.int64], first: int, last: int) -> int:
    """How many letters words have."""
    size = 0
    for word in range(first, last + 1):
        size += ends[word] - starts[word]
    return size


@inlined
def _ranged(
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    start: int,
    end: int,
    word: int,
    last: int,
    known: int,
    roles: NDArray[np.uint8],
    alike: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Read from one place to another without signs, and with signs as letters."""
    for signs in range(2 if known & (LETTER | EDGE) else 1):
        at, made, place = counts[_LETTERS], 0, start
        while place < end:
            point, kind = number(points[place]), number(kinds[points[place]])
            figure = drawn(points, place, end, False) if signs else 0
            if figure or is_word(kind) or (signs and not is_space(kind) and role_of(point, kind, roles) & LETTER):
                _write(letters, at + made, figure & 255 if figure else point, alike)
                made += 1
            place += figure >> 8 if figure else 1
        if LEAST - 1 <= made <= MOST:
            asks = AS_IS | (SOUNDS | BARE if signs or known & SPELLED else 0) | (LESS if known & ITSELF else 0)
            until = made if known & SPELLED and made > LEAST_CHANGED else 0
            asks |= CHANGED if until else 0
            _note(start, end, word, last, asks, 0, until, made, limits, about, counts)
            _once(start, end, word, last, made, AS_IS, at, letters, limits, about, counts)


@inlined
def _around(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    text: NDArray[np.int64],
    level: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    word: int,
) -> tuple[int, int, int, int]:
    """Give the last word of the chunk, where the chunk starts and ends, and what its signs may do; 0: it has none."""
    start, known, last = starts[word], 0, word
    while start > bounds[text[word]] and starts[word] - start < MOST_SIGNS:
        role = _edge(number(points[start - 1]), number(kinds[points[start - 1]]), roles)
        if not role:
            break
        known |= role if role & MASK else EDGE
        start -= 1
    joined = 1
    while joined and last + 1 < starts.size and text[last + 1] == text[word]:
        gap = starts[last + 1] - ends[last]
        joined, place = JOINED, ends[last]
        if gap > MOST_SIGNS or ends[last + 1] - start > MOST_CHUNK:
            joined = 0
        while joined and place < starts[last + 1]:
            point, kind = number(points[place]), number(kinds[points[place]])
            figure = drawn(points, place, starts[last + 1], False)
            role = LETTER if figure else role_of(point, kind, roles)
            lone = point in (_OPEN, _OPEN_SQUARE) and not _closes_soon(points, place, bounds[text[word] + 1])
            joined = 0 if is_space(kind) or kind >= 8 or role & SPLIT or lone else joined | role
            place += figure >> 8 if figure else 1
        # An ordinary word before a hyphen is a word of its own: new-So*y.
        if gap == 1 and number(points[ends[last]]) == _HYPHEN and level[last] >= _FREQUENT:
            joined = 0
        if joined:
            known |= joined
            last += 1
    end = ends[last]
    while end < bounds[text[word] + 1] and end - ends[last] < MOST_SIGNS:
        role = _edge(number(points[end]), number(kinds[points[end]]), roles)
        if not role:
            break
        known |= role if role & MASK else EDGE
        end += 1
    return last, start, end, known


_BACKSLASH = ord("\\")
_OPEN, _OPEN_SQUARE, _CLOSE, _CLOSE_SQUARE = (ord(sign) for sign in "([)]")
#: Brackets around fewer characters than this may be among the letters of a word.
BRACKETED = 4


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
def _filled(
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    start: int,
    end: int,
    word: int,
    last: int,
    roles: NDArray[np.uint8],
    alike: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Read a chunk with its masks in place; where all stand together, as one sign for any number of letters."""
    masks, made, seen, where, runs = 0, 0, 0, 0, 0
    at = counts[_LETTERS]
    for place in range(start, end):
        point, kind = number(points[place]), number(kinds[points[place]])
        hides = _is_mask(points, place, kinds, roles)
        runs += 1 if hides and (place == start or not _is_mask(points, place - 1, kinds, roles)) else 0
        if hides and masks < MOST_MASKS:
            where |= made << 8 * masks
        masks += 1 if hides else 0
        if hides or is_word(kind):
            _write(letters, at + made, point, alike)
            made += 1
            seen += 0 if hides or 48 <= point < 58 else 1
    if 0 < masks <= MOST_MASKS and seen >= (LEAST if masks > 2 else LEAST - 1):
        counts[_FILLED] += 1
        _note(start, end, word, last, MASKED, where, masks, made, limits, about, counts)
        at = counts[_LETTERS]
    if runs == 1 and LEAST - 1 <= made <= MOST:
        head, made = 0, 0
        for place in range(start, end):
            point, kind = number(points[place]), number(kinds[points[place]])
            hides = _is_mask(points, place, kinds, roles)
            if is_word(kind) or (hides and head == 0):
                head = made + 1 if hides else head
                _write(letters, at + made, point, alike)
                made += 1
        _several(start, end, word, last, head - 1, made, limits, about, counts)


@inlined
def _several(
    start: int,
    end: int,
    word: int,
    last: int,
    head: int,
    made: int,
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Note a reading with one sign, at ``head``, for any number of letters, if enough is seen beside it."""
    behind = made - 1 - head
    if head >= (LEAST_HEAD if behind == 0 else LEAST_EDGE) and head + behind >= LEAST_EDGES:
        _note(start, end, word, last, SEVERAL, head, 1, made, limits, about, counts)


@inlined
def _is_mask(points: NDArray[np.uint32], place: int, kinds: NDArray[np.uint8], roles: NDArray[np.uint8]) -> bool:
    """Whether a sign may hide letters."""
    point, kind = number(points[place]), number(kinds[points[place]])
    return kind < 8 and not is_word(kind) and not is_space(kind) and (role_of(point, kind, roles) & MASK) != 0


@inlined
def _short(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    text: NDArray[np.int64],
    roles: NDArray[np.uint8],
    word: int,
    alike: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> int:
    """Read words of one or two letters together, from this one on, three or more: the last of them."""
    last = word
    while (
        last + 1 < starts.size
        and last + 1 - word < MOST_SHORT
        and text[last + 1] == text[word]
        and ends[last + 1] - starts[last + 1] <= SHORT
        and starts[last + 1] - ends[last] <= MOST_SIGNS
    ):
        last += 1
    # All of them, if they are three; and without the first or the last, which may be words of their own.
    if 2 <= last - word < MOST_SHORT - 1:
        for less in range(3):
            first, until = word + (less & 1), last - (less >> 1)
            left, right = starts[first], ends[until]
            floor = ends[first - 1] if first > 0 and text[first - 1] == text[first] else bounds[text[first]]
            left -= 2 if left - 2 >= floor and _is_letter(points, left - 2, kinds, roles) else 0
            ceiling = bounds[text[first] + 1]
            right += 2 if right + 2 <= ceiling and _is_letter(points, right + 1, kinds, roles) else 0
            if until - first >= 2:
                _ranged(
                    points, kinds, left, right, first, until, LETTER | ITSELF | SPELLED, roles, alike,
                    letters, limits, about, counts,
                )  # fmt: skip
    return last


@inlined
def _is_letter(points: NDArray[np.uint32], place: int, kinds: NDArray[np.uint8], roles: NDArray[np.uint8]) -> bool:
    """Whether a sign looks like a letter."""
    kind = number(kinds[points[place]])
    return kind < 8 and not is_space(kind) and (role_of(number(points[place]), kind, roles) & LETTER) != 0


@inlined
def _joined(
    points: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    first: int,
    last: int,
    alike: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    at: int,
) -> int:
    """Write the letters of words together: how many, or -1 if they are too many or too far from each other."""
    made = 0
    for of in range(first, last + 1):
        if made + ends[of] - starts[of] > MOST or (of > first and starts[of] - ends[of - 1] > MOST_SIGNS):
            return -1
        for place in range(starts[of], ends[of]):
            _write(letters, at + made, number(points[place]), alike)
            made += 1
    return made


@inlined
def _few_digits(points: NDArray[np.uint32], start: int, end: int) -> bool:
    """Whether a word has no more digits than letters."""
    digits = 0
    for place in range(start, end):
        digits += 1 if 48 <= number(points[place]) < 58 else 0
    return digits * 2 <= end - start


@inlined
def _has_figures(points: NDArray[np.uint32], start: int, end: int) -> bool:
    """Whether two letters of a word look like one."""
    found = False
    for place in range(start, end):
        found = found or drawn(points, place, end, True) != 0
    return found


@inlined
def _bare(points: NDArray[np.uint32], start: int, end: int) -> bool:
    """Whether a word has no vowels, or a letter three times in a row."""
    vowels, again = 0, False
    for place in range(start, end):
        letter = number(points[place])
        vowels += 1 if letter in (_a, _e, _i, _o, _u) else 0
        again = again or (place > start + 1 and letter == number(points[place - 1]) == number(points[place - 2]))
    return vowels == 0 or again


@inlined
def _together(
    points: NDArray[np.uint32],
    originals: NDArray[np.uint32],
    source: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    first: int,
    last: int,
    word: int,
    strange: bool,
    figures: bool,
    holds: NDArray[np.uint8],
    level: NDArray[np.uint8],
    alike: NDArray[np.uint32],
    turned: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Read two or three words as one, and two strange ones backwards; letters of the strange one may be other ones."""
    at = counts[_LETTERS]
    made = _joined(points, starts, ends, first, last, alike, letters, at)
    if made < LEAST_CHANGED or (holds[first] & holds[last] & LETTERS) == 0:
        return
    begins = 0
    for of in range(first, word):
        begins += ends[of] - starts[of]
    stops = begins + ends[word] - starts[word]
    sounds = SOUNDS | BARE
    asks = (
        AS_IS
        | (CHANGED if not holds[word] & DIGITS and stops - begins >= LEAST - 1 else 0)
        | (sounds if last == first + 1 else 0)
    )
    _note(starts[first], ends[last], first, last, asks, begins, stops, made, limits, about, counts)
    _once(starts[first], ends[last], first, last, made, AS_IS, at, letters, limits, about, counts)
    if figures:
        drawn_at, fewer = counts[_LETTERS], 0
        for of in range(first, last + 1):
            place = starts[of]
            while place < ends[of]:
                figure = drawn(points, place, ends[of], True) if of == word else 0
                _write(letters, drawn_at + fewer, figure & 255 if figure else number(points[place]), alike)
                place += figure >> 8 if figure else 1
                fewer += 1
        _note(starts[first], ends[last], first, last, AS_IS, 0, 0, fewer, limits, about, counts)
    if strange and first == word and last == word + 1 and level[last] == 0:
        to = counts[_LETTERS]
        for place in range(made):
            if to + place < letters.size:
                letters[to + place] = letters[at + made - 1 - place]
        _note(starts[first], ends[last], first, last, AS_IS | BACKWARD, 0, 0, made, limits, about, counts)
        _upside_down(
            points, originals, source, starts[first], ends[last], first, last, turned, letters, limits, about, counts
        )
