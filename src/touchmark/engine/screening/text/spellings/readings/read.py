"""All that a text may say: every word and chunk that is not ordinary, in every way in which it may hide a mark."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.fold import Folded, kinds
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Mask
from touchmark.engine.screening.text.spellings.cut import DIGITS, LETTERS, Cut
from touchmark.engine.screening.text.spellings.keys import LEAST, MOST, as_letters, number
from touchmark.engine.screening.text.spellings.memo import Contents, Memo, is_nothing
from touchmark.engine.screening.text.spellings.pieces import BEGINS, ENDS, TWO_BEGIN, TWO_END
from touchmark.engine.screening.text.spellings.readings.ask import ABOUT
from touchmark.engine.screening.text.spellings.readings.chunks import SHORT, read_chunk, read_short
from touchmark.engine.screening.text.spellings.readings.edges import Words
from touchmark.engine.screening.text.spellings.readings.glue import LEAST_REST, glue, glued_before, glued_behind
from touchmark.engine.screening.text.spellings.readings.noted import FILLED, GROUPS, LETTERS_MADE, MANY, Pen
from touchmark.engine.screening.text.spellings.readings.words import (
    Written,
    few_digits,
    has_figures,
    read_rest,
    read_together,
    read_word,
    turned,
)
from touchmark.engine.screening.text.spellings.signs import is_space, roles
from touchmark.engine.screening.text.spellings.told import mingled

#: Words less ordinary than this are read together with those beside them.
_PAIRED = 37
#: A word is read by itself, and with those around it in so many ways; what tells the first key from the others.
_MOST_GROUPS, _ALONE = 6, 7


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
    def of(
        cls, original: Points, folded: Folded, cut: Cut, edges: NDArray[np.uint8], contents: Contents, memo: Memo
    ) -> Self:
        """
        Read all texts, but for what the memo knows to hide nothing.

        :param edges: with what marks of several words may begin and end (``pieces.edges_of``)
        """
        many, letters = 4 * len(cut) + 64, 32 * len(cut) + 512
        while True:
            made = cls(
                np.empty(letters, np.uint32),
                np.zeros(many + 1, np.int64),
                np.empty(ABOUT * many, np.int64),
                np.full(many, -1, np.int32),
                np.empty(_MOST_GROUPS * len(cut), np.uint64),
            )
            counts = made._read(original, folded, cut, edges, contents, memo)
            if counts[MANY] <= many and counts[LETTERS_MADE] <= letters:
                return made._cut_off(*counts[[MANY, GROUPS]].tolist())
            # Where there is no room, what is read of what was written is not counted either.
            many, letters = 2 * max(many, int(counts[MANY])), 2 * max(letters, int(counts[LETTERS_MADE]))

    def _read(
        self, original: Points, folded: Folded, cut: Cut, edges: NDArray[np.uint8], contents: Contents, memo: Memo
    ) -> NDArray[np.int64]:
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
            edges,
            roles(),
            as_letters(),
            turned(),
            contents.word,
            contents.gap,
            memo.slots,
            glue(),
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
    edges: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    alike: NDArray[np.uint32],
    turned: NDArray[np.uint32],
    content: NDArray[np.uint64],
    gap: NDArray[np.uint64],
    memo: NDArray[np.uint64],
    glue: NDArray[np.uint64],
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    group: NDArray[np.int32],
    keys: NDArray[np.uint64],
    counts: NDArray[np.int64],
) -> None:
    pen = Pen(alike, letters, limits, about, counts)
    words = Words(points, bounds, kinds, roles, starts, ends, text, holds, level)
    written = Written(originals, source, turned)
    chunk_until, short_until = 0, 0
    for word in range(starts.size):
        if word == 0 or text[word] != text[word - 1]:
            counts[FILLED] = 0
        size = ends[word] - starts[word]
        strange = (level[word] == 0 or (holds[word] & DIGITS) != 0) and (holds[word] & LETTERS) != 0
        if strange and LEAST - 1 <= size <= MOST:
            key, made = mingled(content[word], np.uint64(_ALONE)), counts[MANY]
            if not is_nothing(memo, key):
                read_word(points, written, starts[word], ends[word], word, pen)
                _read_rests(points, starts[word], ends[word], word, glue, pen)
                _grouped(made, key, group, keys, counts)
        if word >= chunk_until and not _by_itself(words, word):
            chunk_until = 1 + read_chunk(words, glue, pen, word)
        if size <= SHORT and word >= short_until:
            short_until = 1 + read_short(words, word, pen)
        odd = strange or (level[word] < _PAIRED and holds[word] == LETTERS)
        beside = not odd and holds[word] == LETTERS and _may_be_within(text, edges, word)
        if (beside or (odd and size >= LEAST - 1)) and size <= MOST and few_digits(points, starts[word], ends[word]):
            figures = strange and has_figures(points, starts[word], ends[word])
            for first in range(word - 2, word + 1):
                for last in range(max(word, first + 1), first + 3):
                    inside = first >= 0 and last < starts.size and text[first] == text[word] == text[last]
                    if inside and (odd or _is_within(edges, first, word, last)):
                        key, made = _key(content, gap, first, last, word), counts[MANY]
                        if not is_nothing(memo, key):
                            read_together(words, written, first, last, word, odd, strange, figures, pen)
                            _grouped(made, key, group, keys, counts)


@inlined
def _read_rests(
    points: NDArray[np.uint32], start: int, end: int, word: int, glue: NDArray[np.uint64], pen: Pen
) -> None:
    """Read what is left of a word before or behind what sellers glue to names."""
    if end - start < LEAST_REST + 2:
        return
    before, behind = glued_before(points, start, end, glue), glued_behind(points, start, end, glue)
    if before and end - start - before >= LEAST_REST:
        read_rest(points, start + before, end, word, pen)
    if behind and end - start - behind >= LEAST_REST:
        read_rest(points, start, end - behind, word, pen)


@inlined
def _may_be_within(text: NDArray[np.int64], edges: NDArray[np.uint8], word: int) -> bool:
    """Whether the words before or after one are those of some mark of several words."""
    begun = word > 0 and text[word - 1] == text[word] and (edges[word - 1] & BEGINS) != 0
    begun = begun or (word > 1 and text[word - 2] == text[word] and (edges[word - 2] & TWO_BEGIN) != 0)
    ended = word + 1 < text.size and text[word + 1] == text[word] and (edges[word + 1] & (ENDS | TWO_END)) != 0
    return begun or ended


@inlined
def _is_within(edges: NDArray[np.uint8], first: int, word: int, last: int) -> bool:
    """Whether all words but one are with what some mark of several words begins, or ends, or both."""
    if first < word < last:
        within = (edges[first] & BEGINS) != 0 and (edges[last] & ENDS) != 0
    elif first == word:
        within = (edges[word + 1] & (ENDS if last == word + 1 else TWO_END)) != 0
    else:
        within = (edges[first] & (BEGINS if first == word - 1 else TWO_BEGIN)) != 0
    return bool(within)


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
    for reading in range(made, min(counts[MANY], group.size)):
        group[reading] = counts[GROUPS]
    keys[counts[GROUPS]] = key
    counts[GROUPS] += 1


@inlined
def _by_itself(words: Words, word: int) -> bool:
    """Whether a word stands between spaces, or ends of its text."""
    start, end, text = words.starts[word], words.ends[word], words.text[word]
    before = start == words.bounds[text] or is_space(number(words.kinds[words.points[start - 1]]))
    return before and (end == words.bounds[text + 1] or is_space(number(words.kinds[words.points[end]])))
