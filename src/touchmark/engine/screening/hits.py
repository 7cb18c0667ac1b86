"""Places where rights are used in a batch, as parallel arrays: what matchers give and the model reads."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.terms import Way

#: A hit's ``way`` and ``field`` are indexes into these.
WAYS: tuple[Way, ...] = tuple(Way)
FIELDS: tuple[str, ...] = ("title", "brand", "description", "attributes", "images")


class Trick(IntEnum):
    """How a spelling differs from the mark, where it does; of several tricks at once, the one that hides most."""

    NONE = 0
    LOOKALIKES = 1  # letters of other alphabets, or drawn otherwise: Νіkе, 𝕃𝕠𝕦𝕚𝕤
    SIGNS = 2  # signs between letters: n.i.k.e
    HIDDEN = 3  # characters that nobody sees, or that reorder the others
    MASKED = 4  # signs for letters: G*cci
    DIGITS = 5  # digits and signs that look like letters: N1ke, Ch@nel
    STAND_INS = 6  # emoji and symbols for letters or words
    GLUED = 7  # within a longer word: nikeshoes
    PARTED = 8  # apart, or over several fields
    REPEATED = 9  # niiike
    DROPPED = 10  # a letter missing
    ADDED = 11
    SWAPPED = 12  # two neighbours changed places
    CHANGED = 13  # another letter, most often a neighbouring key
    VOWELS = 14  # vowels left out
    SOUND = 15  # another spelling of the same sound
    TURNED = 16  # backwards, upside down, mirrored
    SCRIPT = 17  # written in another script by sound
    HOMOPHONE = 18  # Chinese characters of the same sound
    HAN_LOOKALIKE = 19  # Chinese characters of a like look, or taken apart
    SHORTENED = 20  # a part of the name alone
    MISREAD = 21  # read otherwise in a picture, perhaps by the reader's mistake


def is_one(number: NDArray[np.int8], of: tuple[int, ...]) -> NDArray[np.bool_]:
    """Whether each trick, or field, is one of some."""
    found: NDArray[np.bool_] = _table(of)[number]
    return found


@cache
def _table(of: tuple[int, ...]) -> NDArray[np.bool_]:
    table = np.zeros(max(len(Trick), len(FIELDS)), np.bool_)
    table[list(of)] = True
    return table


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """
    One entry per place, all arrays of the same length n.

    A hit in text has ``image`` -1 and a zero box; a hit in a picture has ``start`` and ``end`` -1, and ``form`` too
    unless it is of words that were read there.
    """

    listing: NDArray[np.int64]  # index of the listing within the batch
    right: NDArray[np.int32]  # index of the right within the snapshot
    way: NDArray[np.int8]
    field: NDArray[np.int8]
    start: NDArray[np.int64]  # half-open, code points of the original field
    end: NDArray[np.int64]
    form: NDArray[np.int32]  # which spelling of the right was met (its text or an alias), within the snapshot's forms
    image: NDArray[np.int32]  # place of the picture within the listing's own list of pictures
    box: NDArray[np.int32]  # (n, 4)
    distance: NDArray[np.int16]  # text: characters changed; picture: bits of the code that differ, -1 = same bytes
    trick: NDArray[np.int8]  # a ``Trick``; in pictures NONE
    strength: NDArray[np.float32]  # what the matcher measured, 0 to 1; 1 where it has no more to say

    @classmethod
    def none(cls) -> Self:
        """No places at all."""
        return cls(
            listing=np.empty(0, np.int64),
            right=np.empty(0, np.int32),
            way=np.empty(0, np.int8),
            field=np.empty(0, np.int8),
            start=np.empty(0, np.int64),
            end=np.empty(0, np.int64),
            form=np.empty(0, np.int32),
            image=np.empty(0, np.int32),
            box=np.empty((0, 4), np.int32),
            distance=np.empty(0, np.int16),
            trick=np.empty(0, np.int8),
            strength=np.empty(0, np.float32),
        )

    @classmethod
    def joined(cls, parts: "Sequence[Hits]") -> Self:
        """All places of several matchers, in the order given."""
        return cls(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)})

    def taken(self, which: NDArray[np.int64] | NDArray[np.bool_]) -> Self:
        """The places chosen by index or by mask, in that order."""
        return type(self)(**{f.name: getattr(self, f.name)[which] for f in fields(self)})

    def __len__(self) -> int:
        return len(self.listing)
