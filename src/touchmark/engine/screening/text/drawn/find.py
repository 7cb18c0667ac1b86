"""Find names drawn with characters that may be several letters each; what is a word of another alphabet is none."""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.drawn.search import ABOUT_WORD, perhaps, search, search_backwards
from touchmark.engine.screening.text.drawn.shapes import Shapes, known_shapes
from touchmark.engine.screening.text.drawn.tries import COLUMNS, MOST
from touchmark.engine.screening.text.fold import Fold, fold, kinds, scripts
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.hashing import runs
from touchmark.engine.screening.text.index import Index, bits_of_size
from touchmark.engine.screening.text.letters import Kind, Script
from touchmark.engine.screening.text.ordinary import levels
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets

#: Without a letter of Latin in the whole text a name has so many letters.
LEAST_ALONE = 5


def drawn(points: Points, index: Index) -> Found:
    """
    Find the places of names; forms are numbered as in the index, and their rights not yet known.

    :param index: of the visual view of one layer of marks
    """
    shapes, room = known_shapes(), 256
    order, flags, choice = (np.zeros(MOST + 2, np.int64) for _ in range(3))
    hashes, powers = np.zeros(MOST + 2, np.uint64), np.zeros(MOST + 2, np.uint64)
    if not len(index) or not len(points.points):
        return Found.none()
    wanted, words = _perhaps(points, index, shapes)
    if not len(words) and not wanted.any():
        return Found.none()
    start_bits, whole_bits = bits_of_size(8 * len(index.starts)), bits_of_size(8 * len(index.wholes))
    while True:
        out = np.zeros(COLUMNS * room, np.int64)
        made = search_backwards(
            points.points, points.bounds, words, shapes.what, shapes.letters, shapes.ascii, index.starts, index.wholes,
            index.table, index.hashes, index.own, index.bounds, index.letters, index.joints, start_bits, whole_bits,
            bits_of_size(len(index.table)), order, flags, choice, hashes, powers, out,
        )  # fmt: skip
        made += search(
            points.points, points.bounds, wanted, shapes.what, shapes.letters, shapes.ascii, index.starts, index.wholes,
            index.firsts, index.table, index.hashes, index.own, index.bounds, index.letters, index.joints, start_bits,
            whole_bits, bits_of_size(8 * len(index.firsts)), bits_of_size(len(index.table)), order, flags, choice,
            hashes, powers, out[COLUMNS * made :],
        )  # fmt: skip
        if made <= room:
            return _found(points, index, out.reshape(-1, COLUMNS)[:made]) if made else Found.none()
        room = made


def _perhaps(points: Points, index: Index, shapes: Shapes) -> tuple[Mask, Ints]:
    """Tell which texts are worth a search, and which words of others are, with what ``perhaps`` says of each."""
    wanted, room = np.empty(len(points), np.bool_), 256 + len(points)
    while True:
        words = np.empty(ABOUT_WORD * room, np.int64)
        many = perhaps(
            points.points, points.bounds, shapes.what, shapes.letters, shapes.ascii, index.starts,
            bits_of_size(8 * len(index.starts)), index.firsts, bits_of_size(8 * len(index.firsts)), wanted, words,
        )  # fmt: skip
        if many <= room:
            return wanted, words[: ABOUT_WORD * many]
        room = many


def _found(every: Points, index: Index, rows: NDArray[np.int64]) -> Found:
    texts, rows[:, 0] = np.unique(rows[:, 0], return_inverse=True)  # few texts have any
    points = every.only(texts)
    rows[:, 1:3] += (points.bounds[:-1] - every.bounds[texts])[rows[:, 0], None]
    text, start, end, entry, turned = (np.ascontiguousarray(rows[:, i]) for i in range(COLUMNS))
    rows = rows[_is_no_word(points, text, start, end)]
    text, start, end, entry, turned = (np.ascontiguousarray(rows[:, i]) for i in range(COLUMNS))
    base = points.bounds[text]
    form = index.form[entry].astype(np.int64)
    # Where no letter is of Latin, all are changed, and a name that sounds so comes first.
    latin = offsets(scripts()[points.points] == Script.LATIN)
    return Found(
        text=texts[text],
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
