"""The spellings of a register as words: each once, however many forms have it, and the words that tell one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.ragged import Ints, gathered, offsets, places
from touchmark.engine.screening.text.spellings.keys import LEAST, MOST
from touchmark.engine.screening.text.spellings.needs import asked_of
from touchmark.engine.screening.text.spellings.words import Words, levels

#: A word of a mark of several words must have so many letters, and be no frequent word, to be looked for by itself.
LEAST_PART, FREQUENT = 4, 40

_JOINED = np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True, eq=False)
class Spelled:
    """
    Spelling s is ``letters[bounds[s] : bounds[s + 1]]``, of the forms ``form[form_bounds[s] : form_bounds[s + 1]]``.

    ``joint`` goes with letters: whether a word begins. ``level`` is how ordinary it is as one word.
    """

    letters: NDArray[np.uint32]
    joint: NDArray[np.uint8]
    bounds: Ints
    level: NDArray[np.uint8]
    form: NDArray[np.int32]
    form_bounds: Ints

    def __len__(self) -> int:
        return len(self.level)


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """
    What is looked for: every spelling, then every word that tells a spelling of several, each once.

    Entry e is letters ``first[e]`` up to ``last[e]`` of a spelling; for the first entries that is spelling e, all of
    it. ``members[member_bounds[e] : member_bounds[e + 1]]`` are the spellings that hold it, with so many words
    ``before`` it and ``after``, and letters that it ``needs`` and ``explains``; of a whole
    spelling there are none.
    """

    spelling: NDArray[np.int32]
    first: NDArray[np.int16]
    last: NDArray[np.int16]
    member_bounds: NDArray[np.int32]
    members: NDArray[np.int32]
    before: NDArray[np.int8]
    after: NDArray[np.int8]
    needs: NDArray[np.uint64]
    explains: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.spelling)


def spelled(
    letters: NDArray[np.uint32], joint: NDArray[np.uint8], lengths: Ints, forms: NDArray[np.int32], words: Words
) -> tuple[Spelled, Entries]:
    """Take together the forms, given one after another, that are spelled alike, without those too short or long."""
    chosen = np.flatnonzero((lengths >= 2) & (lengths <= 2 * MOST))
    begins = offsets(lengths)[:-1][chosen]
    lengths, forms = lengths[chosen], forms[chosen]
    kinds = hashing.runs(letters, begins, begins + lengths)
    kinds ^= hashing.runs(joint.astype(np.uint32), begins, begins + lengths) * _JOINED
    order = np.lexsort((forms, kinds))
    new = np.append(True, kinds[order][1:] != kinds[order][:-1])[: len(order)]
    one = order[np.flatnonzero(new)]
    # Spellings in the order of their first forms: a form added later changes nothing of those before it.
    rank = np.argsort(forms[one], kind="stable")
    one = one[rank]
    number = np.empty(len(rank), np.int64)
    number[rank] = np.arange(len(rank))
    of_form = number[np.cumsum(new) - 1]
    by_spelling = np.lexsort((forms[order], of_form))
    text, joints = (gathered(flat, begins[one], lengths[one]) for flat in (letters, joint))
    bounds = offsets(lengths[one])
    joints[bounds[:-1]] = 1
    word = _words(text, joints, bounds, words)
    level = levels(words, hashing.runs(text, bounds[:-1], bounds[1:]))
    held = Spelled(
        text,
        joints,
        bounds,
        level,
        forms[order][by_spelling],
        offsets(np.bincount(of_form, minlength=len(one))),
    )
    return held, _entries(held, word)


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The words of all spellings: where each starts within its spelling, how long and how ordinary it is."""

    spelling: Ints
    start: Ints
    size: Ints
    level: NDArray[np.uint8]
    many: Ints  # per spelling


def _words(letters: NDArray[np.uint32], joint: NDArray[np.uint8], bounds: Ints, words: Words) -> _Words:
    begins = np.flatnonzero(joint)
    ends = np.append(begins[1:], len(letters))[: len(begins)]
    spelling = np.searchsorted(bounds, begins, side="right") - 1
    level = levels(words, hashing.runs(letters, begins, ends))
    many = np.bincount(spelling, minlength=len(bounds) - 1).astype(np.int64)
    return _Words(spelling, begins - bounds[spelling], ends - begins, level, many)


def _entries(held: Spelled, word: _Words) -> Entries:
    whole, lengths = np.arange(len(held)), np.diff(held.bounds)
    among = places(np.zeros(len(held), np.int64), word.many)  # the how-manieth word of its spelling
    telling = (word.size >= LEAST_PART) & (word.size <= MOST) & (word.level < FREQUENT) & (word.many[word.spelling] > 1)
    part = np.flatnonzero(telling)
    of = word.spelling[part]
    begins = held.bounds[of] + word.start[part]
    hashes = hashing.runs(held.letters, begins, begins + word.size[part])
    _, first, number = np.unique(hashes, return_index=True, return_inverse=True)
    # Words in the order in which they are first met: a form added later changes nothing of those before it.
    rank = np.argsort(first, kind="stable")
    one, place = first[rank], np.argsort(rank)[number]
    before, after = among[part], word.many[of] - 1 - among[part]
    order = np.lexsort((after, before, place))  # those that ask for the same words around lie side by side
    start = word.start[part[one]]
    return Entries(
        np.append(whole, of[one]).astype(np.int32),
        np.append(np.zeros(len(held), np.int64), start).astype(np.int16),
        np.append(lengths, start + word.size[part[one]]).astype(np.int16),
        np.append(np.zeros(len(held), np.int32), offsets(np.bincount(place, minlength=len(one)))).astype(np.int32),
        of[order].astype(np.int32),
        before[order].astype(np.int8),
        after[order].astype(np.int8),
        *(asked[of[order]] for asked in asked_of(held.letters, held.bounds)),
    )


def usable(held: Spelled, entries: Entries) -> NDArray[np.bool_]:
    """Whether an entry has enough letters for keys, and not too many; digits are no letters."""
    sizes = (entries.last - entries.first).astype(np.int64)
    digits = offsets((held.letters >= ord("0")) & (held.letters <= ord("9")))
    begins = held.bounds[entries.spelling]
    digits_of = digits[begins + entries.last] - digits[begins + entries.first]
    fits: NDArray[np.bool_] = (sizes - digits_of >= LEAST - 1) & (sizes >= LEAST) & (sizes <= MOST)
    fits &= digits_of * 2 <= sizes
    return fits
