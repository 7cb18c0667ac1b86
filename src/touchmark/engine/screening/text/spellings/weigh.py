"""
How likely it is that a spelling stands for a mark: what was done to it, how long it is, and what else it may be.

Of each kind of trick, a table by length; then what speaks against it. The figures were read off listings and names that
were set apart for it (``docs/accuracy.md``).
"""

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.spellings.align import Step
from touchmark.engine.screening.text.spellings.counts import Counts
from touchmark.engine.screening.text.spellings.cut import Cut
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.nearest import NOTHING, NUMBER, around, remains
from touchmark.engine.screening.text.spellings.propose import Proposals
from touchmark.engine.screening.text.spellings.readings import UPSIDE_DOWN, WITHIN
from touchmark.engine.screening.text.spellings.words import Words

Strengths = NDArray[np.float64]

#: A word from this level on is met everywhere; one from the other on is seldom met but as a word.
_FREQUENT, _USUAL = 44, 36
#: What is less sure than this is not a place at all.
LEAST_STRENGTH = 0.5
_S = ord("s")

_HARD = (Step.DROPPED, Step.ADDED, Step.SWAPPED, Step.CHANGED)
_OPEN = (Step.MASKED, Step.DIGITS, Step.SIGNS)  # nobody writes so by mistake

#: Which step gives the trick its name, of several the first.
_NAMES: tuple[tuple[Step, Trick], ...] = (
    (Step.MASKED, Trick.MASKED),
    (Step.DIGITS, Trick.DIGITS),
    (Step.SWAPPED, Trick.SWAPPED),
    (Step.CHANGED, Trick.CHANGED),
    (Step.ADDED, Trick.ADDED),
    (Step.DROPPED, Trick.DROPPED),
    (Step.SOUND, Trick.SOUND),
    (Step.VOWELS, Trick.VOWELS),
    (Step.REPEATED, Trick.REPEATED),
    (Step.DRAWN, Trick.LOOKALIKES),
    (Step.SIGNS, Trick.SIGNS),
    (Step.PARTED, Trick.PARTED),
)


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """Proposals that can be what they were proposed for: at what cost, and (n, steps) how often each step was made."""

    proposed: Proposals
    cost: NDArray[np.int32]
    times: Ints

    def of(self, *steps: Step) -> Ints:
        """How often any of some steps was made."""
        many: Ints = self.times[:, list(steps)].sum(axis=1)
        return many

    def taken(self, which: Ints | Mask) -> Self:
        """Those chosen by index or by mask."""
        return type(self)(self.proposed.taken(which), self.cost[which], self.times[which])

    def __len__(self) -> int:
        return len(self.cost)


@dataclass(frozen=True, slots=True, eq=False)
class _About:
    """What the weights know of each one."""

    size: Ints  # letters of what was proposed
    part: Mask  # it is a word of a mark of several
    level: NDArray[np.uint8]  # how ordinary the most unusual word of the mark is
    words: Ints  # of the text
    odd: Ints  # how many of them are no ordinary words
    first: Mask  # the first letter is the mark's
    edits: Ints
    near: NDArray[np.uint8]  # how ordinary a word is that is one letter away
    left: NDArray[np.uint8]  # how ordinary the rest of the word before and after is
    right: NDArray[np.uint8]
    hump: Mask  # it begins and ends at a change from small to capital, or where its word does
    digits: Ints
    soft: Mask  # what hides a letter is only a hyphen, a dot or the like
    words_whole: NDArray[np.uint8]  # how ordinary the whole word is, as two words
    plain_piece: Mask  # a word among them, of three letters and more, is an ordinary one
    plural: Mask  # it ends with an s, and what stands there does not
    split: Mask  # a sign that parts words stands between them
    number: Mask  # a number stands among the words

    def taken(self, which: Ints) -> Self:
        """Those chosen by index."""
        return type(self)(*(getattr(self, f.name)[which] for f in fields(self)))


#: How much less sure it is that a slip of the pen in what the listing gives as its brand is a disguise.
OWN_BRAND = 0.55


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Those that are some disguise: which they are, the trick and its strength; ``typed``: by edits, as by mistake."""

    which: Ints
    trick: NDArray[np.int8]
    strength: Strengths
    typed: Mask


def weighed(
    aligned: Aligned, original: Points, source: Ints, folded: Points, cut: Cut, ring: Keyring, words: Words
) -> Weighed:
    """Weigh what was aligned."""
    which = np.flatnonzero(~_too_far(aligned, ring))
    aligned = aligned.taken(which)
    about = _about(aligned, original, source, folded, cut, ring)
    # Words one letter away, or beside a piece of a word, are looked for only where it still matters.
    hopeful = np.flatnonzero(_strength(aligned, about) >= LEAST_STRENGTH)
    aligned, which = aligned.taken(hopeful), which[hopeful]
    about = _honest(about.taken(hopeful), aligned, folded, cut, words)
    view, strength = aligned.proposed.view, _strength(aligned, about)
    trick = np.full(len(aligned), Trick.NONE, np.int8)
    for step, name in reversed(_NAMES):
        trick[aligned.of(step) > 0] = name
    trick[view == WITHIN] = Trick.GLUED
    trick[view > WITHIN] = Trick.TURNED
    kept = np.flatnonzero((strength >= LEAST_STRENGTH) & (trick != Trick.NONE))
    return Weighed(which[kept], trick[kept], strength[kept], about.edits[kept] > 0)


def _about(aligned: Aligned, original: Points, source: Ints, folded: Points, cut: Cut, ring: Keyring) -> _About:
    proposed, entries = aligned.proposed, ring.entries
    spelling = entries.spelling[proposed.entry]
    size = (entries.last - entries.first)[proposed.entry].astype(np.int64)
    part = proposed.entry >= len(ring.spelled)
    begins = ring.spelled.bounds[spelling] + entries.first[proposed.entry]
    edits = aligned.of(*_HARD, Step.VOWELS, Step.SOUND)
    nothing, none = np.full(len(aligned), NOTHING, np.uint8), np.zeros(len(aligned), np.uint8)
    hump = _hump(original, source, proposed, cut)
    points, counts = folded.points, Counts.of(proposed, folded, cut)
    words_in = proposed.last_word - proposed.word + 1
    return _About(
        size=size,
        part=part,
        level=np.where(part, 0, ring.spelled.level[spelling]).astype(np.uint8),
        words=words_in,
        odd=counts.odd,
        first=points[proposed.start] == ring.spelled.letters[begins],
        edits=edits,
        near=none,
        left=nothing,
        right=nothing,
        hump=hump,
        digits=counts.digits,
        soft=(aligned.of(Step.MASKED) > 0) & (counts.masks == 0),
        words_whole=none,
        plain_piece=counts.pieces > 0,
        plural=(points[proposed.end - 1] != _S) & (ring.spelled.letters[begins + size - 1] == _S),
        split=counts.splits > 0,
        number=(words_in > 1) & (words_in < 4) & (counts.numbers > 0),
    )


def _strength(aligned: Aligned, about: _About) -> Strengths:
    view = aligned.proposed.view
    strength = np.where(view == WITHIN, _glued(aligned, about), _as_written(aligned, about))
    return np.where(view > WITHIN, _turned(aligned, about), strength)


def _too_far(aligned: Aligned, ring: Keyring) -> Mask:
    """Whether so much is other that no weight makes up for it."""
    size = (ring.entries.last - ring.entries.first)[aligned.proposed.entry]
    edits = aligned.of(*_HARD) + (aligned.of(Step.SOUND) + 1) // 2 + np.minimum(aligned.of(Step.VOWELS), 1)
    most = np.where(aligned.proposed.view > 0, 0, np.where(size < 9, 1, 2))
    far: Mask = edits > most
    return far


def _honest(about: _About, aligned: Aligned, folded: Points, cut: Cut, words: Words) -> _About:
    """Look up what honest words there are near, and beside."""
    proposed = aligned.proposed
    near = np.zeros(len(aligned), np.uint8)
    typed = np.flatnonzero((about.edits > 0) & (proposed.view <= WITHIN) & (proposed.end - proposed.start <= 40))
    power = hashing.powers(64)
    said = np.empty(len(typed), np.uint8)
    around(folded.points, proposed.start[typed], proposed.end[typed], words, power, said)
    near[typed] = said
    left, right = np.full(len(aligned), NOTHING, np.uint8), np.full(len(aligned), NOTHING, np.uint8)
    glued = np.flatnonzero(proposed.view == WITHIN)
    word = proposed.word[glued]
    whole = np.zeros(len(aligned), np.uint8)
    ends = cut.end[word]
    rest = ((left, cut.start[word], proposed.start[glued]), (right, proposed.end[glued], ends))
    for out, a, b in (*rest, (whole, cut.start[word], ends)):
        found = np.empty(len(glued), np.uint8)
        remains(folded.points, a, b, words, beside(), found)
        out[glued] = found
    return replace(about, near=near, left=left, right=right, words_whole=whole)


def _hump(original: Points, source: Ints, proposed: Proposals, cut: Cut) -> Mask:
    """Whether a piece of a word begins and ends where small letters change to capitals, or the word does."""
    points = original.points

    def edge(place: Ints, at_end: Mask) -> Mask:
        here = points[source[np.minimum(place, len(source) - 1)]]
        before = points[source[np.maximum(place - 1, 0)]]
        small = (before >= ord("a")) & (before <= ord("z"))
        change: Mask = small & (here >= ord("A")) & (here <= ord("Z"))
        return at_end | change

    starts = edge(proposed.start, proposed.start == cut.start[proposed.word])
    ends = edge(proposed.end, proposed.end == cut.end[proposed.last_word])
    both: Mask = starts & ends
    return both


#: Short words that stand beside a mark in one word.
_BESIDE = (
    "my new buy the for men man kid kids boy set bag hat cap top tee pro max air box usa uk eu of by tv pc hot "
    "fan fit era car art fx lux sale shop mini gold red tie toy wax gel oil pen mug key usb led dvd ssd"
)


@cache
def beside() -> NDArray[np.uint64]:
    """The hashes of short words that stand beside a mark in one word."""
    points = Points.of(pa.array(_BESIDE.split()))
    return hashing.runs(points.points, points.bounds[:-1], points.bounds[1:])


def _by_size(size: Ints, *steps: tuple[int, float]) -> Strengths:
    """Give what is said of the greatest size that is not more; 0 below all."""
    least = np.array([at for at, _ in steps])
    values = np.array([0.0, *(value for _, value in steps)])
    return values[np.searchsorted(least, size, side="right")]


def _as_written(aligned: Aligned, about: _About) -> Strengths:
    """Weigh what stands there as words of its own."""
    size, of = about.size, aligned.of
    hard, vowels = of(*_HARD), of(Step.VOWELS)
    opened, repeated, drawn, parted = of(*_OPEN), of(Step.REPEATED), of(Step.DRAWN), of(Step.PARTED)
    seen = size - of(Step.MASKED, Step.DIGITS) - hard - vowels
    level = about.level
    # 1. Done on purpose: nobody masks a letter by mistake.
    purpose = _by_size(size, (4, 0.8), (5, 0.93), (6, 0.97))
    figures = of(Step.DIGITS) > 0
    few = np.where(figures & (size > 5), seen < 2, (seen < 3) | (seen * 2 < size))
    purpose = np.where(few | (figures & about.number), 0.0, purpose)
    purpose *= np.where((of(Step.MASKED) > 2) & (seen * 3 < size * 2), 0.8, 1.0)
    soft = about.soft & ((about.edits > 0) | about.plain_piece | (about.digits > 0))
    purpose *= np.where(soft, 0.4, np.where(about.soft, 0.8, 1.0))
    repeats = np.where(
        repeated > 1, _by_size(size, (4, 0.8), (5, 0.9), (6, 0.95)), _by_size(size, (5, 0.6), (6, 0.75), (8, 0.9))
    )
    look = _by_size(size, (4, 0.6), (5, 0.8), (6, 0.93))
    apart = np.where(
        (about.odd * 2 >= about.words) | ((about.odd > 0) & (size >= 8)),
        _by_size(size, (5, 0.6), (6, 0.75), (8, 0.9)),
        0.0,
    )
    strength = np.select([opened > 0, repeated > 0, drawn > 0, parted > 0], [purpose, repeats, look, apart], 0.0)
    # 2. An ordinary word is hidden for many reasons, and drawn out for joy.
    strength *= np.where(level >= _USUAL, np.where(opened > 0, 0.7, 0.0), np.where(level > 0, 0.8, 1.0))
    # 3. Edits.
    typed = np.where(about.edits > 0, _typed(aligned, about, level), 1.0)
    strength = np.where(opened + repeated + drawn + parted > 0, np.minimum(strength, 1.0) * typed, typed)
    strength = np.where(about.edits + opened + repeated + drawn + parted > 0, strength, 0.0)
    apart = (parted > 0) | (of(Step.SIGNS) > 1) | about.split
    strength = np.where((about.edits > 0) & apart, 0.0, strength)
    # 4. A word of the mark, hidden on purpose; as it is, it may be anybody's.
    alone = np.where(about.edits == 0, 0.6 * strength, 0.0)
    return np.where(about.part, alone, np.where(aligned.cost == 0, 0.0, strength))


def _typed(aligned: Aligned, about: _About, level: NDArray[np.uint8]) -> Strengths:
    """Weigh letters that are missing, too many, others or in another order."""
    size, of = about.size, aligned.of
    hard, sound, vowels = of(*_HARD), of(Step.SOUND), of(Step.VOWELS)
    one = _by_size(size, (5, 0.5), (6, 0.65), (7, 0.75), (8, 0.85), (10, 0.93))
    one -= np.where(of(Step.CHANGED) > 0, _by_size(size, (5, 0.15), (8, 0.05)), 0.0)
    two = _by_size(size, (9, 0.6), (10, 0.7), (12, 0.85))
    without = vowels > 1
    bare = _by_size(size - vowels, (4, 0.7), (5, 0.85), (6, 0.93))
    weight = hard + (sound + 1) // 2 + np.minimum(vowels, 1)
    typed = np.select([(hard + sound == 0) & without, weight == 1, weight == 2], [bare, one, two], 0.0)
    plural = about.plural & (of(Step.DROPPED) == 1) & (about.edits == 1)
    typed = np.where(plural | (level >= _USUAL) | (about.odd == 0) | (of(Step.ADDED) > 1), 0.0, typed)
    typed *= np.where(about.first, 1.0, 0.8) * np.where(level > 0, 0.8, 1.0)
    bare_word = without & (hard + sound == 0)
    near = np.where((about.words > 1) | bare_word, 0, about.near)
    typed *= np.where(near >= 45, np.where(size > 6, 0.7, 0.6), np.where(near >= 36, 0.8, 1.0))
    return typed * np.where(about.digits > 0, 0.6, 1.0)


def _glued(aligned: Aligned, about: _About) -> Strengths:
    """Weigh a piece of a word by what the rest of it is."""
    rest = np.minimum(about.left, about.right).astype(np.int64)
    strength = _by_size(rest, (30, 0.8), (38, 0.95)) * _by_size(about.size, (4, 0.65), (5, 0.85), (6, 1.0))
    strength *= np.where(about.words_whole >= 40, 0.5, 1.0)
    begins = (about.left == NOTHING) | (about.left == NUMBER)
    strength *= np.where((about.size > 4) | begins, 1.0, 0.5)
    strength = np.where(about.hump, _by_size(about.size, (4, 0.8), (5, 0.9), (6, 0.95)), strength)
    seen = about.size - aligned.of(Step.MASKED, Step.DIGITS)
    never = about.part | (about.level >= _FREQUENT) | (seen < 3) | (about.edits > 0)
    return np.where(never | (aligned.of(Step.PARTED) > 0), 0.0, strength)


def _turned(aligned: Aligned, about: _About) -> Strengths:
    strength = _by_size(about.size, (4, 0.45), (5, 0.75), (6, 0.9), (8, 0.97))
    strength = np.where(aligned.proposed.view == UPSIDE_DOWN, _by_size(about.size, (4, 0.9), (5, 0.97)), strength)
    return np.where((aligned.cost > 0) | (about.level >= _FREQUENT), 0.0, strength)
