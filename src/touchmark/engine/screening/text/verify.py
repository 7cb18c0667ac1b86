"""Compare proposed windows with spellings, letter by letter and joint by joint: what is left is a match."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.hashing import LONGEST
from touchmark.engine.screening.text.index import JOINT, JOINT_AND, Index, narrowed
from touchmark.engine.screening.text.letters import Kind, bits_of
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.tokens import Units
from touchmark.engine.screening.text.windows import Windows

#: Between the words of a mark, these change nothing; within a word, only white space does not.
_SPACING = int(bits_of(Kind.SPACE, Kind.NEWLINE, Kind.INVISIBLE, Kind.APOSTROPHE, Kind.JOINER, Kind.AND))
_SPACES = int(bits_of(Kind.SPACE, Kind.NEWLINE))
_NO_SPACING, _NO_SPACES = 0xFF & ~_SPACING, 0xFF & ~_SPACES
_BREAK, _AND, _NEWLINE = int(bits_of(Kind.BREAK)), int(bits_of(Kind.AND)), int(bits_of(Kind.NEWLINE))
_APOSTROPHE, _S = int(bits_of(Kind.APOSTROPHE)), ord("s")
_JOINT, _JOINT_AND, _HAN = int(JOINT), int(JOINT_AND), int(Kind.HAN)

#: Parted by spaces where the mark is not, it must have this many letters, and each piece so many: "be st" is no "BEST",
#: "Running S" is not "Runnings".
LEAST_PARTED_BY_SPACES, LEAST_PIECE = 8, 3
#: Parted by signs ("Gu-cci"): this many. Spelled out, letter by letter, fewer do ("Y-S-L", "U G G"), if ``gates`` let
#: them pass.
LEAST_PARTED_BY_SIGNS = 4
LEAST_SPELLED_BY_SIGNS, LEAST_SPELLED_BY_SPACES = 2, 3


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """
    Windows whose letters are those of a form. ``odd`` counts joints that are not as the mark writes them.

    ``plain``: those joints are white space at most, and white space is no disguise wherever it stands.
    """

    first: Ints
    last: Ints
    form: Ints
    letters: Ints
    odd: Ints
    plain: Mask
    with_and: Mask  # every "&" of the mark is written

    @classmethod
    def joined(cls, parts: "list[Matches]") -> Self:
        """The matches with several layers of marks."""
        if len(parts) == 1:
            return cls(*(getattr(parts[0], f.name) for f in fields(cls)))
        return cls(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(cls)))

    def taken(self, which: Ints | Mask) -> Self:
        """The matches chosen by index or by mask."""
        return type(self)(*(getattr(self, f.name)[which] for f in fields(self)))

    def __len__(self) -> int:
        return len(self.first)


def verified(units: Units, index: Index, proposed: Windows) -> Matches:
    """Keep the windows whose letters are those of their entry and whose parts stand together as a mark's may."""
    most = len(proposed)
    kept, odd = np.empty(most, np.int64), np.empty(most, np.int64)
    plain, with_and = np.empty(most, np.bool_), np.empty(most, np.bool_)
    many = _compare(
        proposed.first,
        proposed.count,
        proposed.entry,
        units.first_letter,
        units.letters,
        units.bits,
        units.kind,
        index.own,
        index.bounds,
        index.letters,
        index.joints,
        kept,
        odd,
        plain,
        with_and,
    )
    agreeing = proposed.taken(kept[:many])
    return Matches(
        agreeing.first,
        agreeing.last,
        index.form[agreeing.entry].astype(np.int64),
        index.bounds[agreeing.entry + 1] - index.bounds[agreeing.entry],
        odd[:many],
        plain[:many],
        with_and[:many],
    )


@native
def _compare(
    first: NDArray[np.int64],
    count: NDArray[np.int64],
    entry: NDArray[np.int64],
    first_letter: NDArray[np.int64],
    letters: NDArray[np.uint32],
    bits: NDArray[np.uint8],
    kind: NDArray[np.uint8],
    of_view: NDArray[np.bool_],
    bounds: NDArray[np.int64],
    own_letters: NDArray[np.uint16],
    own_joints: NDArray[np.uint8],
    kept: NDArray[np.int64],
    odd: NDArray[np.int64],
    plain: NDArray[np.bool_],
    with_and: NDArray[np.bool_],
) -> int:
    """Compare windows with their entries; gives how many agree, and writes which and how they are written."""
    made = 0
    for row in range(len(first)):
        if not of_view[entry[row]]:
            continue
        begin, own = first_letter[first[row]], bounds[entry[row]]
        size, units = bounds[entry[row] + 1] - own, count[row]
        if first_letter[first[row] + units] - begin != size or not _same(letters, begin, own_letters, own, size):
            continue
        strange, ands, signs, refused, inserted, spaced = 0, 0, False, False, False, False
        shortest = first_letter[first[row] + 1] - begin
        for unit in range(first[row] + 1, first[row] + units):
            here, at = bits[unit], first_letter[unit] - begin
            joint = own_joints[own + at]
            space, breaks = here & _SPACES != 0, here & _BREAK != 0
            # An apostrophe before the last s is a plural: Levi's for Levis.
            plural = at == size - 1 and here == _APOSTROPHE and letters[begin + at] == _S
            put_in = here != 0 and joint & _JOINT == 0 and not plural
            unlike = put_in or here & _NO_SPACING != 0
            strange += unlike
            signs |= unlike and here & _NO_SPACES != 0
            inserted |= put_in
            spaced |= put_in and space
            refused |= (breaks and (space or kind[unit] >= _HAN)) or (put_in and here & _NEWLINE != 0)
            ands += joint & _JOINT_AND != 0 and here & _AND != 0
            shortest = min(shortest, first_letter[unit + 1] - first_letter[unit])
        if refused or (inserted and size < _enough(spaced, units == size, kind[first[row]] >= _HAN, shortest)):
            continue
        kept[made], odd[made], plain[made] = row, strange, not signs
        with_and[made] = ands == _ands(own_joints, own, size)
        made += 1
    return made


@inlined
def _same(one: NDArray[np.uint32], at: int, other: NDArray[np.uint16], there: int, size: int) -> bool:
    """Whether runs of letters are the same."""
    for place in range(size):  # noqa: SIM110 - a kernel has no generators
        if narrowed(one[at + place]) != other[there + place]:
            return False
    return True


@inlined
def _enough(spaced: bool, letter_by_letter: bool, unspaced: bool, shortest: int) -> int:
    """Give how many letters a mark must have so that, with something put in, it is likelier than words side by side."""
    if unspaced:  # Two characters of Chinese are a name already, but not when a space parts them.
        return LEAST_PARTED_BY_SIGNS if spaced else 2
    if letter_by_letter:
        return LEAST_SPELLED_BY_SPACES if spaced else LEAST_SPELLED_BY_SIGNS
    if spaced:
        return LONGEST + 1 if shortest < LEAST_PIECE else LEAST_PARTED_BY_SPACES
    return LEAST_PARTED_BY_SIGNS


@inlined
def _ands(joints: NDArray[np.uint8], own: int, size: int) -> int:
    """Count the "&" of a mark."""
    many = 0
    for place in range(own, own + size):
        many += joints[place] & _JOINT_AND != 0
    return many
