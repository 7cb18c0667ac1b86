"""
How likely it is that a spelling stands for a mark: what was done to it, how long it is, and what else it may be.

What is known of each (``features``) goes through trees that were fitted (``trees``). They can only fall where a word
near or beside is more ordinary, so that those words are looked up only where it still matters.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text import hashing, ordinary
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.spellings.align import Step
from touchmark.engine.screening.text.spellings.aligned import Aligned
from touchmark.engine.screening.text.spellings.cut import Cut
from touchmark.engine.screening.text.spellings.features import Known, Of, features
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.nearest import around, remains
from touchmark.engine.screening.text.spellings.proposals import Proposals
from touchmark.engine.screening.text.spellings.readings.ask import WITHIN
from touchmark.engine.screening.text.spellings.sift import LEAST_REVOWELLED
from touchmark.engine.screening.text.spellings.trees import trees
from touchmark.engine.screening.text.spellings.words import Words

Strengths = NDArray[np.float64]

#: What is less sure than this is not a place at all; goods of the right's own make up for much doubt.
LEAST_STRENGTH = 0.12
#: Up to so many characters, words near a proposal are looked up.
MOST_NEAR = 40

#: A name of so many letters that is set off by capitals is at least so sure.
LEAST_SET_OFF, SET_OFF = 5, 0.75

#: A hint of a mark (as in ``use.HINT``) is no surer than that, and so many of its letters are seen.
HINT, LEAST_HINT, LEAST_HINTED = 0.1, 0.3, 3
#: Fewer than half are enough if they are so many, and both ends are seen: "Co_____la".
LEAST_ENDS = 4

#: A name with a vowel left out, two letters changed about or another of the same sound is such a hint from here on,
#: before words near it are looked up, however near they are: "Prda handbag".
LEAST_SLIP = 0.13

_HARD = (Step.DROPPED, Step.ADDED, Step.SWAPPED, Step.CHANGED)

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


#: How much less sure it is that a slip of the pen in what the listing gives as its brand is a disguise.
OWN_BRAND = 0.4


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
    which = np.flatnonzero(disguises(aligned, ring))
    aligned = aligned.taken(which)
    known = features(aligned, original, source, folded, cut, ring, words)
    first = sure(known)
    slips = _slipped(known) & (first >= LEAST_SLIP)
    hopeful = np.flatnonzero((first >= LEAST_STRENGTH) | hinted(known))
    aligned, known, which, slips = aligned.taken(hopeful), known[hopeful], which[hopeful], slips[hopeful]
    honest(known, aligned.proposed, folded, cut, words)
    strength = np.minimum(sure(known), MOST_STRENGTH)
    strength = np.where(hinted(known) & (strength < LEAST_HINT), HINT, strength)
    strength = np.where(slips & (strength < LEAST_STRENGTH), HINT, strength)
    kept = np.flatnonzero((strength >= LEAST_STRENGTH) | (strength == HINT))
    return Weighed(which[kept], _tricks(aligned.taken(kept)), strength[kept], known[kept, Of.EDITS] > 0)


#: A strength of 1 would say that nothing was measured.
MOST_STRENGTH = 0.9999


def sure(known: Known) -> Strengths:
    """Tell how sure it is; a name set off by capitals within a word (AdidasNMD) is meant, whatever the rest is."""
    whole = (known[:, Of.COST] == 0) & (known[:, Of.PART] == 0) & (known[:, Of.MARK_LEVEL] == 0)
    set_off = whole & (known[:, Of.VIEW] == 1) & (known[:, Of.HUMP] > 0) & (known[:, Of.SIZE] >= LEAST_SET_OFF)
    found: Strengths = np.maximum(trees().probabilities(known), np.where(set_off, SET_OFF, 0.0))
    return found


def hinted(known: Known) -> Mask:
    """
    Whether a name is covered letter by letter, as many signs as letters, with half of them and its head to be seen.

    That is a hint of a mark, for names of one length and the same ends are many: goods of the right's own must tell.
    """
    covered = (known[:, Of.MASKED] > 0) & (known[:, Of.MASKS] == known[:, Of.MASKED]) & (known[:, Of.EDITS] == 0)
    covered &= (known[:, Of.DIGITS] == 0) & (known[:, Of.VIEW] == 0) & (known[:, Of.PART] == 0)
    seen = (known[:, Of.SEEN] >= LEAST_HINTED) & (2 * known[:, Of.SEEN] >= known[:, Of.SIZE])
    seen |= (known[:, Of.SEEN] >= LEAST_ENDS) & (known[:, Of.LAST] > 0)
    found: Mask = covered & seen & (known[:, Of.FIRST] > 0) & (known[:, Of.MARK_LEVEL] < ordinary.FREQUENT)
    return found


def _slipped(known: Known) -> Mask:
    """Whether a name of one word has one slip, and what is written is no word."""
    slip = (known[:, Of.EDITS] == 1) & (known[:, Of.VIEW] == 0) & (known[:, Of.PART] == 0) & (known[:, Of.MANY] <= 1)
    slip &= (known[:, Of.TEXT_LEVEL] == 0) & (known[:, Of.WORDS] == 1)
    slip &= (known[:, Of.VOWELS] > 0) | (known[:, Of.SWAPPED] > 0) | (known[:, Of.SOUND] > 0)
    found: Mask = slip & (known[:, Of.MARK_LEVEL] < ordinary.FREQUENT) & (known[:, Of.PLURAL] == 0)
    return found


def _tricks(aligned: Aligned) -> NDArray[np.int8]:
    view = aligned.proposed.view
    trick = np.full(len(aligned), Trick.NONE, np.int8)
    for step, name in reversed(_NAMES):
        trick[aligned.of(step) > 0] = name
    trick[view == WITHIN] = Trick.GLUED
    trick[view > WITHIN] = Trick.TURNED
    return trick


def disguises(aligned: Aligned, ring: Keyring) -> Mask:
    """Whether something was done to a spelling, and not too much; a word of a mark alone must have all its letters."""
    part = aligned.proposed.entry >= len(ring.spelled)
    edits = aligned.of(*_HARD, Step.VOWELS, Step.SOUND)
    done = (aligned.cost > 0) | (aligned.proposed.view > 0)
    may: Mask = done & ~_too_far(aligned, ring) & ~(part & ((edits > 0) | (aligned.proposed.view == WITHIN)))
    return may


def _too_far(aligned: Aligned, ring: Keyring) -> Mask:
    """Whether so much is other that no weight makes up for it."""
    entry = aligned.proposed.entry
    size = ring.entries.last[entry] - ring.entries.first[entry]
    edits = aligned.of(*_HARD) + (aligned.of(Step.SOUND) + 1) // 2 + np.minimum(aligned.of(Step.VOWELS), 1)
    edits = np.where(_of_other_vowels(aligned) & (size >= LEAST_REVOWELLED), 1, edits)
    most = np.where(aligned.proposed.view > 0, 0, np.where(size < 9, 1, 2))
    far: Mask = edits > most
    return far


def _of_other_vowels(aligned: Aligned) -> Mask:
    """Whether two vowels of one word are others, and nothing else is."""
    one_word = (aligned.proposed.word == aligned.proposed.last_word) & (aligned.proposed.view == 0)
    only: Mask = one_word & (aligned.vowels == 2) & (aligned.times.sum(axis=1) == 2)
    return only


def honest(known: Known, proposed: Proposals, folded: Points, cut: Cut, words: Words) -> None:
    """Write down how ordinary words are that are one letter away, or beside a piece of a word."""
    near = (known[:, Of.EDITS] > 0) & (proposed.view <= WITHIN) & (proposed.end - proposed.start <= MOST_NEAR)
    typed = np.flatnonzero(near)
    found = np.empty(len(typed), np.uint8)
    around(folded.points, proposed.start[typed], proposed.end[typed], words, hashing.powers(64), found)
    known[typed, Of.NEAR] = found
    glued = np.flatnonzero(proposed.view == WITHIN)
    word, ends = proposed.word[glued], cut.end[proposed.last_word[glued]]
    start, end = proposed.start[glued], proposed.end[glued]
    rest = ((Of.LEFT, cut.start[word], start), (Of.RIGHT, end, ends), (Of.WHOLE, cut.start[word], ends))
    for column, a, b in rest:
        found = np.empty(len(glued), np.uint8)
        remains(folded.points, a, b, words, beside(), found)
        known[glued, column] = found


#: Short words that stand beside a mark in one word.
_BESIDE = (
    "my new buy the for men man kid kids boy set bag hat cap top tee pro max air box usa uk eu of by tv pc hot "
    "fan fit era car art fx lux sale shop mini gold red tie toy wax gel oil pen mug key usb led dvd ssd vip xl xxl hq "
    "ig diy hub log fab luv ltd inc co orig auth og official original genuine authentic ofc lovers deals outlet 4u 4you"
)


@cache
def beside() -> NDArray[np.uint64]:
    """The hashes of short words that stand beside a mark in one word."""
    points = Points.of(pa.array(_BESIDE.split()))
    return hashing.runs(points.points, points.bounds[:-1], points.bounds[1:])
