"""
The spellings of a register, read: letters under both folds, where they may be parted, the rules they are under.

They are read some at a time: what reading takes is many times what is kept of it. Called by ``marks``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.text.fold import Fold, accents, fold
from touchmark.engine.screening.text.hashing import LONGEST
from touchmark.engine.screening.text.index import JOINT, JOINT_AND, Index, sharing
from touchmark.engine.screening.text.letters import Accent, Kind, bits_of
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, gathered, offsets, places
from touchmark.engine.screening.text.rule import Rule
from touchmark.engine.screening.text.scripts.names import Row, rows_of
from touchmark.engine.screening.text.scripts.spoken import Latin, latin_of
from touchmark.engine.screening.text.tokens import Units, units_of

#: So many spellings are read at a time.
PIECE = 1 << 17

_SHORT_OF: Mapping[Kind, int] = {Kind.HAN: 1, Kind.KATAKANA: 1, Kind.HANGUL: 1, Kind.HIRAGANA: 3}
_SHORT = 2
_TWO, _THREE, _FOUR = 2, 3, 4


@dataclass(frozen=True, slots=True, eq=False)
class Lettered:
    """Spellings under one fold, one after another: their letters, where they may be parted, how many each has."""

    letters: NDArray[np.uint32]
    joints: NDArray[np.uint8]
    lengths: Ints

    @classmethod
    def of(cls, units: Units, points: Points) -> Self:
        """Take the letters of all units, by the texts that they are of."""
        return cls(units.letters, joints_of(units, points), _lengths(units))

    @classmethod
    def joined(cls, parts: "list[Lettered]") -> Self:
        """Put several runs of spellings one after another."""
        return cls(*(np.concatenate([getattr(part, n) for part in parts]) for n in ("letters", "joints", "lengths")))

    def taken(self, which: Ints) -> "Lettered":
        """Some of the spellings, by number."""
        starts, lengths = offsets(self.lengths)[:-1][which], self.lengths[which]
        return Lettered(gathered(self.letters, starts, lengths), gathered(self.joints, starts, lengths), lengths)

    def index(self, usable: Mask) -> Index:
        """Compile those that can be used and have a letter; forms have the numbers that they have here."""
        chosen = np.flatnonzero(usable & (self.lengths > 0))
        some = self.taken(chosen)
        return Index.of(some.letters, some.joints, some.lengths, chosen.astype(np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class ReadForms:
    """All spellings, read. ``usable``: not without letters, nor with too many."""

    plain: Lettered
    visual: Lettered
    usable: Mask
    rule: NDArray[np.uint8]
    chinese: list[Row]
    latin: Latin

    @classmethod
    def of(cls, texts: pa.StringArray, given: Mask) -> Self:
        """Read spellings, a piece at a time; those that nobody has given are not read by sound."""
        starts = range(0, max(len(texts), 1), PIECE)
        parts: list[Any] = [cls._piece(texts.slice(at, PIECE), given[at : at + PIECE], at) for at in starts]
        return cls(
            Lettered.joined([part.plain for part in parts]),
            Lettered.joined([part.visual for part in parts]),
            np.concatenate([part.usable for part in parts]),
            np.concatenate([part.rule for part in parts]),
            [row for part in parts for row in part.chinese],
            Latin.joined([part.latin for part in parts]),
        )

    def indexes(self) -> tuple[Index, Index]:
        """Compile all under the plain and under the visual fold."""
        return sharing(self.plain.index(self.usable), self.visual.index(self.usable))

    @classmethod
    def _piece(cls, texts: pa.StringArray, given: Mask, first: int) -> Self:
        points = Points.of(texts)
        plain, visual = (units_of(fold(points, how)) for how in (Fold.PLAIN, Fold.VISUAL))
        lengths = _lengths(plain)
        usable = (lengths > 0) & (lengths <= LONGEST) & (_lengths(visual) <= LONGEST)
        rule = _rules(plain) | _accented(points)
        chinese = [(form + first, chars, flags) for form, chars, flags in rows_of(plain, usable)]
        latin = latin_of(plain, usable & given).after(first)
        return cls(Lettered.of(plain, points), Lettered.of(visual, points), usable, rule, chinese, latin)


def _lengths(units: Units) -> Ints:
    """How many letters each text has."""
    return np.bincount(units.text, weights=units.lengths, minlength=len(units.folded.text)).astype(np.int64)


def joints_of(units: Units, points: Points) -> NDArray[np.uint8]:
    """
    Tell, per letter, whether its text may be parted before it.

    That is where it writes something between, where letters and digits or two scripts meet, and where a small letter
    (of ASCII) is followed by a capital: Coca-Cola, Levi's, G2000, PlayStation.
    """
    joints = np.zeros(len(units.letters), np.uint8)
    other = np.zeros(len(units), np.bool_)
    other[1:] = units.kind[1:] != units.kind[:-1]
    parted = ((units.bits > 0) | other) & ~units.opens
    joints[units.first_letter[:-1]] = parted * JOINT + ((units.bits & bits_of(Kind.AND)) > 0) * JOINT_AND
    joints[_humps(units, points)] |= JOINT
    return joints


def _humps(units: Units, points: Points) -> Ints:
    """Letters that are capitals right after a small one within their unit."""
    original = points.points[units.folded.source[places(units.start, units.lengths)]]
    capital = (original >= ord("A")) & (original <= ord("Z"))
    small = (original >= ord("a")) & (original <= ord("z"))
    within = np.ones(len(original), np.bool_)
    within[units.first_letter[:-1]] = False
    within[1:] &= capital[1:] & small[:-1]
    return np.flatnonzero(within[: len(original)]) if len(original) > 1 else np.empty(0, np.int64)


def _rules(units: Units) -> NDArray[np.uint8]:
    """The rules of each text, from how many letters of which kind it has."""
    texts = len(units.folded.text)
    lengths = _lengths(units) - np.bincount(units.text[units.kind == Kind.SIGN], minlength=texts)
    most = np.zeros(texts, np.int64)  # of the scripts in a text, the one whose short marks may be longest
    for kind in Kind:
        held = np.zeros(texts, np.bool_)
        held[units.text[units.kind == kind]] = True
        most[held] = np.maximum(most[held], _SHORT_OF.get(kind, _SHORT))
    number = np.ones(texts, np.bool_)
    number[units.text[units.kind != Kind.DIGIT]] = False
    with_and = np.zeros(texts, np.bool_)
    with_and[units.text[(units.bits & bits_of(Kind.AND)) > 0]] = True
    mixed = np.ones(texts, np.bool_)  # a letter and a character of Chinese: "H家" is short for something
    for kind in (Kind.LETTER, Kind.HAN):
        held = np.zeros(texts, np.bool_)
        held[units.text[units.kind == kind]] = True
        mixed &= held
    short = (lengths <= most) & ~mixed
    rules = np.where(short & with_and & (lengths > 1), Rule.WITH_AND, np.where(short | number, Rule.WHOLE_BRAND, 0))
    rules |= np.where(short & ~with_and & ~number & (lengths == _TWO), Rule.INITIALS, 0)
    rules |= np.where(lengths == _THREE, Rule.AS_IT_IS, 0) | np.where(lengths <= _FOUR, Rule.UP_TO_FOUR, 0)
    return rules.astype(np.uint8)


def _accented(points: Points) -> NDArray[np.uint8]:
    before = offsets(accents()[points.points] != Accent.NONE)[points.bounds]
    return np.where(before[1:] > before[:-1], Rule.ACCENTED, 0).astype(np.uint8)
