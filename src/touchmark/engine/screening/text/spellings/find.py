"""Disguised spellings in the texts of a batch: cut, propose, align, weigh."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Folded, kinds
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, owners, places
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.spellings.across import across
from touchmark.engine.screening.text.spellings.align import BITS, MOST_CELLS, OF_VOWELS, TOO_MUCH, WIDTH, Step, align
from touchmark.engine.screening.text.spellings.aligned import Aligned
from touchmark.engine.screening.text.spellings.cut import Cut
from touchmark.engine.screening.text.spellings.distinct import Distinct, seen_in_place_of
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.keys import as_letters, as_sounds
from touchmark.engine.screening.text.spellings.memo import Contents, Memo
from touchmark.engine.screening.text.spellings.pieces import (
    TOGETHER,
    TWO_BEGIN,
    TWO_END,
    Hashed,
    Pieces,
    edges_of,
    names,
)
from touchmark.engine.screening.text.spellings.proposals import Proposals
from touchmark.engine.screening.text.spellings.propose import proposals
from touchmark.engine.screening.text.spellings.readings.ask import BACKWARD, UPSIDE_DOWN
from touchmark.engine.screening.text.spellings.readings.read import Readings
from touchmark.engine.screening.text.spellings.readings.words import turned
from touchmark.engine.screening.text.spellings.sift import hopeful, in_company, parts
from touchmark.engine.screening.text.spellings.signs import roles
from touchmark.engine.screening.text.spellings.weigh import LEAST_STRENGTH, OWN_BRAND, weighed
from touchmark.engine.screening.text.spellings.words import ordinary_words

#: A word of a mark and the words around it stand at most so many characters apart.
MOST_APART = 4

#: A word as common as this, beside another, is not taken for the first or the last of some mark.
_COMMON = 58
#: What the way to a word of a mark may cost, for the whole mark to be looked for around it.
MOST_OF_PART = 13

_MOST_VOWELS = 7
_BRAND = 1  # the number of the field
#: Where a row of numbers holds what: bits of where it starts and ends; of the distance, and of the trick.
_START, _END, _DISTANCE, _TRICK = 16, 32, 16, 24
#: The distance of a word of a mark that is near.
_NEAR = 0
_TOLD = ("distance", "trick", "strength", "typed")


def disguised(
    reading: Reading, rings: Sequence[tuple[int, Keyring]], right: NDArray[np.int32], rows: int, memo: Memo
) -> Found:
    """
    Find the places of disguised spellings in texts read by look.

    :param rings: of every layer of the register, with the number of its first form
    :param right: of each form
    :param rows: how many listings there are; their texts are numbered field by field
    :param memo: what these very layers are known not to hold
    """
    folded = reading.units.folded
    if not len(folded.text.points):
        return Found.none()
    words = ordinary_words()
    cut = Cut.of(folded.text, words)
    seen = seen_in_place_of(reading.points, folded)
    layers = [(first, ring) for first, ring in rings if len(ring.entries)]
    hashes = Hashed.of(folded.text, cut)
    edges = [edges_of(cut, hashes, ring) for _, ring in layers]
    telling = np.where(cut.level < _COMMON, 255, TWO_BEGIN | TWO_END).astype(np.uint8)
    of_any = np.bitwise_or.reduce([np.zeros(len(cut), np.uint8), *edges]) & telling
    read = Readings.of(reading.points, folded, cut, of_any, Contents.of(folded.text.points, seen, cut, memo), memo)
    same = Distinct.of(read, seen)
    comes_to = np.zeros(len(same), np.bool_)
    told = [_told(reading, cut, same, seen, ring, first, memo) for first, ring in layers]
    found = [
        _in_layer(reading, cut, same, *of_layer, ring, first, right, rows)
        for of_layer, (first, ring) in zip(told, layers, strict=True)
    ]
    for alone, near in told:
        comes_to[alone.proposed.reading] = comes_to[near.reading] = True
    memo.keep(read.nothing(comes_to[same.which]))
    found += [
        _in_pieces(reading, cut, hashes, own, ring, first, right, rows)
        for own, (first, ring) in zip(edges, layers, strict=True)
    ]
    found += [
        across(reading, cut, hashes, own, ring, first, right, rows)
        for own, (first, ring) in zip(edges, layers, strict=True)
    ]
    return strongest(Found.joined([Found.none(), *found]))


@dataclass(frozen=True, slots=True, eq=False)
class _Disguised:
    """Proposals that are disguises: how many steps were made, the trick, its strength; ``typed`` as by mistake."""

    proposed: Proposals
    distance: Ints
    trick: NDArray[np.int8]
    strength: NDArray[np.float64]
    typed: Mask

    @classmethod
    def of(cls, proposed: Proposals, reading: Reading, cut: Cut, ring: Keyring) -> Self:
        """Align and weigh what was proposed, each once; what was proposed by several readings stays so."""
        folded = reading.units.folded
        if not len(proposed):
            return cls.near(proposed)
        once, place = proposed.once()
        aligned, which = _aligned(once, reading.points, folded, ring)
        found = weighed(aligned, reading.points, folded.source, folded.text, cut, ring, ordinary_words())
        number = np.full(len(once), -1)
        number[which[found.which]] = np.arange(len(found.which))
        rows = np.flatnonzero(number[place] >= 0)
        of = number[place[rows]]
        distance = np.maximum(aligned.times[found.which].sum(axis=1), 1)
        return cls(proposed.taken(rows), distance[of], found.trick[of], found.strength[of], found.typed[of])

    @classmethod
    def near(cls, near: Proposals) -> Self:
        """Words of marks that are near, of which nothing more is told."""
        none = np.zeros(len(near), np.int64)
        return cls(near, none + _NEAR, none.astype(np.int8), none.astype(np.float64), none.astype(np.bool_))

    @classmethod
    def joined(cls, parts: "Sequence[_Disguised]") -> Self:
        """All of several."""
        return cls(
            Proposals.joined([part.proposed for part in parts]),
            *(np.concatenate([getattr(part, name) for part in parts]) for name in _TOLD),
        )

    def taken(self, which: Ints | Mask) -> Self:
        """Those chosen by index or by mask."""
        return type(self)(self.proposed.taken(which), *(getattr(self, name)[which] for name in _TOLD))

    def packed(self, same: Distinct) -> Ints:
        """Give a row of numbers for each, the same wherever its reading stands."""
        proposed, base = self.proposed, same.start(self.proposed.reading)
        span = (proposed.start - base) | (proposed.end - base) << _START | proposed.view << _END
        told = self.distance | self.trick.astype(np.int64) << _DISTANCE | self.typed.astype(np.int64) << _TRICK
        return np.stack([proposed.entry, span, told, self.strength.view(np.int64)], axis=1)

    @classmethod
    def unpacked(cls, rows: Ints, reading: Ints, same: Distinct) -> Self:
        """Put together what ``packed`` gave, for readings among those that differ."""
        entry, span, told, strength = np.ascontiguousarray(rows.T)
        start, end = span & ((1 << _START) - 1), (span >> _START) & ((1 << (_END - _START)) - 1)
        base, (word, last_word) = same.start(reading), same.words(reading)
        proposed = Proposals(start + base, end + base, entry, span >> _END, word, last_word, reading)
        trick = (told >> _DISTANCE) & ((1 << (_TRICK - _DISTANCE)) - 1)
        distance, typed = told & ((1 << _DISTANCE) - 1), told >> _TRICK > 0
        return cls(proposed, distance, trick.astype(np.int8), strength.view(np.float64), typed)

    def spread(self, same: Distinct) -> Self:
        """Give them at every place where their readings stand."""
        proposed, row = same.spread(self.proposed)
        return type(self)(proposed, self.distance[row], self.trick[row], self.strength[row], self.typed[row])

    def at_home(self, own: Mask) -> Self:
        """Be less sure where a slip of the pen is in what the listing gives as its brand."""
        if not own.any():
            return self
        less = self.typed & own
        strength = np.where(less, OWN_BRAND * self.strength, self.strength)
        kept = np.flatnonzero(~less | (strength >= LEAST_STRENGTH))
        columns = (self.distance[kept], self.trick[kept], strength[kept], self.typed[kept])
        return type(self)(self.proposed.taken(kept), *columns)


def _in_layer(
    reading: Reading,
    cut: Cut,
    same: Distinct,
    alone: _Disguised,
    near: Proposals,
    ring: Keyring,
    first: int,
    right: NDArray[np.int32],
    rows: int,
) -> Found:
    """Find what readings are by themselves, at every place, and what words of marks are with those around them."""
    around = in_company(near, same, reading.units.folded.text, cut, ring)
    whole = _Disguised.of(around, reading, cut, ring)
    both = (each.at_home(_own_brand(reading, cut, each.proposed, rows)) for each in (alone.spread(same), whole))
    return Found.joined([_found(each, reading, ring, first, right) for each in both])


def _told(
    reading: Reading, cut: Cut, same: Distinct, seen: NDArray[np.uint32], ring: Keyring, first: int, memo: Memo
) -> tuple[_Disguised, Proposals]:
    """Tell what readings that differ are by themselves, and which words of marks are near them, each once."""
    keys = same.keys(seen, memo.seed ^ first << 1)
    numbers = memo.told.numbers(keys)
    fresh, known = np.flatnonzero(numbers < 0), np.flatnonzero(numbers >= 0)
    proposed = proposals(same.read, same.first[fresh], ring)
    proposed = replace(proposed, reading=fresh[proposed.reading])
    alone = _Disguised.of(hopeful(proposed, reading.units.folded.text, ring), reading, cut, ring)
    near = parts(proposed, reading.units.folded.text, ring)
    near = near.taken(_good_enough(near, reading, ring))
    rows, of = memo.told.of(numbers[known])
    before = _Disguised.unpacked(rows, known[of], same)
    kept = _Disguised.joined([alone, _Disguised.near(near)])
    worth = same.worth_telling(kept.proposed.reading) & (numbers < 0)
    memo.told.keep(keys[worth], (np.cumsum(worth) - 1)[kept.proposed.reading], kept.packed(same))
    both = _Disguised.joined([kept, before])
    is_near = both.distance == _NEAR
    return both.taken(~is_near), both.proposed.taken(is_near)


def _in_pieces(
    reading: Reading,
    cut: Cut,
    hashes: Hashed,
    edges: NDArray[np.uint8],
    ring: Keyring,
    first: int,
    right: NDArray[np.int32],
    rows: int,
) -> Found:
    """Find marks whose words stand otherwise, and words side by side that are one word of a mark."""
    folded = reading.units.folded.text
    pieces = Pieces.of(folded, cut, hashes, edges, ring)
    if not len(pieces):
        return Found.none()
    together = _Disguised.of(_together(pieces, cut), reading, cut, ring)
    together = together.at_home(_own_brand(reading, cut, together.proposed, rows))
    others = names(pieces, folded, cut).found(reading, cut, ring, first, right)
    return Found.joined([_found(together, reading, ring, first, right), others])


def _together(pieces: Pieces, cut: Cut) -> Proposals:
    """Propose what words side by side make, written together."""
    made = pieces.taken(pieces.way == TOGETHER)
    none = np.zeros(len(made), np.int64)
    return Proposals(cut.start[made.first], cut.end[made.last], made.spelling, none, made.first, made.last, none)


def _own_brand(reading: Reading, cut: Cut, proposed: Proposals, rows: int) -> Mask:
    """Whether the words of a proposal are what the listing's brand field says, and so most likely a name of its own."""
    if not len(proposed):
        return np.zeros(0, np.bool_)
    brand = np.flatnonzero(reading.text // rows == _BRAND)
    first = np.searchsorted(cut.text, brand, side="left")
    last = np.searchsorted(cut.text, brand, side="right") - 1
    some = last >= first
    brand, first, last = reading.text[brand[some]] % rows, first[some], last[some]
    stated = np.zeros(rows, np.uint64)
    points = reading.units.folded.text.points
    stated[brand] = hashing.runs(points, cut.start[first], cut.end[last])
    said = hashing.runs(points, cut.start[proposed.word], cut.end[proposed.last_word])
    text = reading.text[cut.text[proposed.word]]
    own: Mask = stated[text % rows] == said
    return own


def _good_enough(near: Proposals, reading: Reading, ring: Keyring) -> Mask:
    """Whether what stands for a word of a mark is near enough to it for the whole mark to be looked for around."""
    if not len(near):
        return np.zeros(0, np.bool_)
    once, place = near.once()
    aligned, which = _aligned(once, reading.points, reading.units.folded, ring)
    good = np.zeros(len(once), np.bool_)
    good[which] = aligned.cost <= MOST_OF_PART
    enough: Mask = good[place]
    return enough


def _aligned(proposed: Proposals, original: Points, folded: Folded, ring: Keyring) -> tuple[Aligned, Ints]:
    """Align what was proposed; gives those that can be, and which they are."""
    spelling = ring.entries.spelling[proposed.entry]
    begins = ring.spelled.bounds[spelling]
    cost, steps = np.empty(len(proposed), np.int32), np.empty(len(proposed), np.int64)
    align(
        folded.text.points,
        kinds(),
        original.points,
        folded.source,
        turned(),
        proposed.start,
        proposed.end,
        (1 * (proposed.view == BACKWARD) + 2 * (proposed.view == UPSIDE_DOWN)).astype(np.uint8),
        ring.spelled.letters,
        ring.spelled.joint,
        begins + ring.entries.first[proposed.entry],
        begins + ring.entries.last[proposed.entry],
        roles(),
        as_letters(),
        as_sounds(),
        np.zeros(MOST_CELLS, np.uint32),
        np.zeros(MOST_CELLS, np.uint8),
        np.zeros((MOST_CELLS + 1) * WIDTH, np.int32),
        np.zeros((MOST_CELLS + 1) * WIDTH, np.int64),
        cost,
        steps,
    )
    kept = np.flatnonzero(cost < TOO_MUCH)
    shifts = BITS * np.arange(len(Step))
    times = (steps[kept, None] >> shifts) & ((1 << BITS) - 1)
    vowels = (steps[kept] >> OF_VOWELS) & _MOST_VOWELS
    return Aligned(proposed.taken(kept), cost[kept], times, vowels), kept


def _found(kept: _Disguised, reading: Reading, ring: Keyring, before: int, right: NDArray[np.int32]) -> Found:
    """Say every place for each form that is spelled so, among the original points of its text."""
    if not len(kept.proposed):
        return Found.none()
    proposed, folded = kept.proposed, reading.units.folded
    form, row = _forms(proposed.entry, ring)
    form = before + form
    text = np.searchsorted(folded.text.bounds, proposed.start, side="right") - 1
    base = reading.points.bounds[text]
    start = folded.source[proposed.start] - base
    end = folded.source[proposed.end - 1] + 1 - base
    return Found(
        text=reading.text[text[row]],
        right=right[form].astype(np.int64),
        start=start[row],
        end=end[row],
        form=form.astype(np.int64),
        distance=kept.distance[row],
        plain=np.zeros(len(row), np.bool_),
        trick=kept.trick[row],
        strength=kept.strength[row].astype(np.float32),
    )


def _forms(entry: Ints, ring: Keyring) -> tuple[Ints, Ints]:
    """Give the forms that are spelled as an entry, or hold it as a word, and of each the row of the entry."""
    begins = ring.entries.member_bounds[entry]
    many = ring.entries.member_bounds[entry + 1] - begins
    whole = entry < len(ring.spelled)
    row = owners(np.where(whole, 1, many))
    spelling = np.empty(len(row), np.int64)
    spelling[whole[row]] = entry[whole]
    spelling[~whole[row]] = ring.entries.members[places(begins[~whole].astype(np.int64), many[~whole])]
    first = ring.spelled.form_bounds[spelling]
    forms = ring.spelled.form_bounds[spelling + 1] - first
    return ring.spelled.form[places(first, forms)].astype(np.int64), row[owners(forms)]


def strongest(found: Found) -> Found:
    """Keep, of overlapping places of one right, the stronger, the less changed, the shorter, the first."""
    size = found.end - found.start
    rank = np.empty(len(found), np.int64)
    rank[np.lexsort((found.form, found.start, size, found.distance, -found.strength))] = np.arange(len(found))
    order = np.lexsort((rank, found.start, found.right, found.text))
    found, rank = found.taken(order), rank[order]
    while len(found) > 1:
        same = (np.diff(found.text) == 0) & (np.diff(found.right) == 0)
        overlaps = same & (found.start[1:] < found.end[:-1])
        if not overlaps.any():
            break
        weaker = np.zeros(len(found), np.bool_)
        weaker[1:] |= overlaps & (rank[1:] > rank[:-1])
        weaker[:-1] |= overlaps & (rank[1:] < rank[:-1])
        found, rank = found.taken(~weaker), rank[~weaker]
    return found


def beyond(hidden: Found, found: Found) -> Found:
    """Leave out of the hidden places those that overlap one of the same right and text that was found otherwise."""
    if not len(hidden) or not len(found):
        return hidden
    right = int(max(hidden.right.max(), found.right.max())) + 1
    far = int(max(hidden.end.max(), found.end.max())) + 1
    order = np.lexsort((found.start, found.right, found.text))
    base = (found.text * right + found.right)[order] * far
    starts, ends = base + found.start[order], np.maximum.accumulate(base + found.end[order])
    own = (hidden.text * right + hidden.right) * far
    before = np.searchsorted(starts, own + hidden.end, side="left") - 1
    overlaps = (before >= 0) & (ends[np.maximum(before, 0)] > own + hidden.start)
    return hidden.taken(~overlaps)
