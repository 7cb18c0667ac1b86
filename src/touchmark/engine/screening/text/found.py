"""Places of marks in texts, as parallel arrays, and which of them are kept."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.ragged import Ints, Mask

#: At most so many findings of one right in one field.
MOST_PER_FIELD = 20


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Place i is code points ``start[i]`` up to ``end[i]`` of a text; ``plain``: as the mark is written."""

    text: Ints
    right: Ints
    start: Ints
    end: Ints
    form: Ints
    distance: Ints  # characters and joints that are not as the mark has them
    plain: Mask
    trick: NDArray[np.int8]  # a ``hits.Trick``: how the spelling is disguised; NONE where it is plain
    strength: NDArray[np.float32]  # what the matcher measured, 0 to 1; 1 where it has no more to say

    @classmethod
    def none(cls) -> Self:
        """No places at all."""
        no, false = np.empty(0, np.int64), np.empty(0, np.bool_)
        return cls(no, no, no, no, no, no, false, np.empty(0, np.int8), np.empty(0, np.float32))

    @classmethod
    def joined(cls, parts: "list[Found]") -> Self:
        """The places of several views."""
        return cls(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(cls)))

    def taken(self, which: Ints | Mask) -> Self:
        """The places chosen by index or by mask, in that order."""
        return type(self)(*(getattr(self, f.name)[which] for f in fields(self)))

    def __len__(self) -> int:
        return len(self.text)


def without_overlaps(found: Found) -> Found:
    """
    Keep, of places of one right that overlap, the longer one, the plainer, the less changed, the stronger, the first.

    Places of different rights never displace each other. The result is sorted by text, right and start.
    """
    least = (found.form, found.trick, -found.strength, found.distance, ~found.plain)
    found = found.taken(np.lexsort((*least, -found.end, found.start, found.right, found.text)))
    found = found.taken(~_contained(found))
    while (overlapping := _overlaps_previous(found)).any():
        # Of a chain of overlaps, each round takes out those that follow a place which stays.
        stays_before = np.concatenate([[True], ~overlapping[:-1]])
        found = found.taken(~(overlapping & stays_before))
    return found


def _same_group(found: Found) -> Mask:
    """Whether a place is of the same text and right as the one before it."""
    same = np.zeros(len(found), np.bool_)
    same[1:] = (np.diff(found.text) == 0) & (np.diff(found.right) == 0)
    return same


def _contained(found: Found) -> Mask:
    """Whether a place lies within an earlier one of its text and right."""
    same = _same_group(found)
    far = int(found.end.max(initial=0)) + 1
    reach = np.maximum.accumulate(np.cumsum(~same) * far + found.end)
    inside = np.zeros(len(found), np.bool_)
    inside[1:] = same[1:] & ((np.cumsum(~same) * far + found.end)[1:] <= reach[:-1])
    return inside


def _overlaps_previous(found: Found) -> Mask:
    overlapping = _same_group(found)
    overlapping[1:] &= found.start[1:] < found.end[:-1]
    return overlapping


def not_too_many(found: Found, referential: Mask) -> Mask:
    """Whether a place is among the ``MOST_PER_FIELD`` of its right and text; lawful references give way to the rest."""
    order = np.lexsort((found.start, referential, found.right, found.text))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(found.text[order]) != 0) | (np.diff(found.right[order]) != 0)
    first = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    among = np.empty(len(order), np.bool_)
    among[order] = np.arange(len(order)) - first < MOST_PER_FIELD
    return among
