"""Compare proposed windows with spellings, letter by letter and joint by joint: what is left is a match."""

from dataclasses import dataclass, fields
from typing import Self, cast

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.hashing import LONGEST
from touchmark.engine.screening.text.index import Index
from touchmark.engine.screening.text.letters import Kind, bits_of
from touchmark.engine.screening.text.marks import JOINT, JOINT_AND
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets, owners, places
from touchmark.engine.screening.text.tokens import Units
from touchmark.engine.screening.text.windows import Windows

#: Between the words of a mark, these change nothing; within a word, only white space does not.
_SPACING = bits_of(Kind.SPACE, Kind.NEWLINE, Kind.INVISIBLE, Kind.APOSTROPHE, Kind.JOINER, Kind.AND)
_SPACES = bits_of(Kind.SPACE, Kind.NEWLINE)

#: Parted by spaces where the mark is not, it must have this many letters, and each piece so many: "be st" is no "BEST",
#: "Running S" is not "Runnings".
LEAST_PARTED_BY_SPACES, LEAST_PIECE = 8, 3
#: Parted by signs ("Gu-cci") or spelled out ("G U C C I"): this many.
LEAST_PARTED_BY_SIGNS = 4


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

    def taken(self, which: Ints | Mask) -> Self:
        """The matches chosen by index or by mask."""
        return type(self)(*(getattr(self, f.name)[which] for f in fields(self)))

    def __len__(self) -> int:
        return len(self.first)


def verified(units: Units, index: Index, proposed: Windows) -> Matches:
    """Keep the windows whose letters are those of their entry and whose parts stand together as a mark's may."""
    agreeing = proposed.taken(_same_letters(units, index, proposed))
    joints = _joints(units, index, agreeing)
    stands = ~_any(joints.refused, joints) & _may_be_parted(units, index, agreeing, joints)
    odd = np.bincount(joints.row, weights=joints.odd, minlength=len(agreeing)).astype(np.int64)
    matches = Matches(
        agreeing.first,
        agreeing.last,
        index.form[agreeing.entry].astype(np.int64),
        index.lengths[agreeing.entry],
        odd,
        ~_any(joints.signs, joints),
        _with_and(index, agreeing, joints),
    )
    return matches.taken(stands)


def _same_letters(units: Units, index: Index, proposed: Windows) -> Mask:
    begins = units.first_letter[proposed.first]
    lengths = units.first_letter[proposed.last + 1] - begins
    same = lengths == index.lengths[proposed.entry]
    rows = np.flatnonzero(same)
    sizes = lengths[rows]
    differ = (
        units.letters[places(begins[rows], sizes)] != index.letters[places(index.bounds[proposed.entry[rows]], sizes)]
    )
    same[rows[np.unique(owners(sizes)[differ])]] = False
    return cast(Mask, same)


@dataclass(frozen=True, slots=True, eq=False)
class _Joints:
    """One entry per place inside a window where one unit ends and the next begins."""

    windows: int
    row: Ints  # the window
    inserted: Mask  # something is written where the mark has no joint
    spaced: Mask  # and it is a space
    odd: Mask  # not as the mark writes it
    signs: Mask  # and not by white space alone
    refused: Mask  # the parts belong to different phrases
    with_and: Mask  # the mark writes "&" here, and so does the text


def _joints(units: Units, index: Index, windows: Windows) -> _Joints:
    many = windows.count - 1
    row = owners(many)
    unit = places(windows.first + 1, many)
    bits = units.between(unit)
    at = units.first_letter[unit] - units.first_letter[windows.first[row]]
    entry = windows.entry[row]
    own = index.joints[index.bounds[entry] + at]
    written, spaced = bits > 0, (bits & _SPACES) > 0
    plural = _plural(units, unit, bits, index.lengths[entry] - 1 == at)
    inserted = written & ((own & JOINT) == 0) & ~plural
    odd = inserted | ((bits & ~_SPACING) > 0)
    breaks, unspaced = (bits & bits_of(Kind.BREAK)) > 0, units.kind[unit] >= Kind.HAN
    return _Joints(
        windows=len(windows),
        row=row,
        inserted=inserted,
        spaced=inserted & spaced,
        odd=odd,
        signs=odd & ((bits & ~_SPACES) > 0),
        refused=(breaks & (spaced | unspaced)) | (inserted & ((bits & bits_of(Kind.NEWLINE)) > 0)),
        with_and=((own & JOINT_AND) > 0) & ((bits & bits_of(Kind.AND)) > 0),
    )


def _plural(units: Units, unit: Ints, bits: NDArray[np.uint8], last: Mask) -> Mask:
    """An apostrophe before the last s: Levi's for Levis."""
    is_s = units.letters[units.first_letter[unit]] == ord("s")
    plural: Mask = last & is_s & (bits == bits_of(Kind.APOSTROPHE))
    return plural


def _may_be_parted(units: Units, index: Index, windows: Windows, joints: _Joints) -> Mask:
    """Whether a window with something inserted is still more likely the mark than words side by side."""
    lengths = index.lengths[windows.entry]
    inserted, spaced = _any(joints.inserted, joints), _any(joints.spaced, joints)
    letter_by_letter = windows.count == lengths
    unspaced = units.kind[windows.first] >= Kind.HAN
    in_pieces = spaced & ~letter_by_letter
    enough = np.where(in_pieces, LEAST_PARTED_BY_SPACES, LEAST_PARTED_BY_SIGNS)
    enough = np.where(in_pieces & (_shortest_unit(units, windows) < LEAST_PIECE), LONGEST + 1, enough)
    # Two characters of Chinese are a name already, but not when a space parts them.
    enough = np.where(unspaced, np.where(spaced, LEAST_PARTED_BY_SIGNS, 2), enough)
    return ~inserted | (lengths >= enough)


def _shortest_unit(units: Units, windows: Windows) -> Ints:
    lengths = units.lengths[places(windows.first, windows.count)]
    return np.minimum.reduceat(lengths, offsets(windows.count)[:-1]) if len(windows) else lengths


def _with_and(index: Index, windows: Windows, joints: _Joints) -> Mask:
    """Whether every "&" of the mark is written."""
    lengths = index.lengths[windows.entry]
    own = index.joints[places(index.bounds[windows.entry], lengths)] & JOINT_AND
    wanted = np.bincount(owners(lengths)[own > 0], minlength=len(windows))
    return cast(Mask, np.bincount(joints.row[joints.with_and], minlength=len(windows)) == wanted)


def _any(what: Mask, joints: _Joints) -> Mask:
    """Per window, whether any of its joints is so."""
    found = np.zeros(joints.windows, np.bool_)
    found[joints.row[what]] = True
    return found
