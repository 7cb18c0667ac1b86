"""The words of a register, compiled: every spelling with its rules, and one index per view."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.problems import Problem
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Fold, accents, fold
from touchmark.engine.screening.text.forms import Forms, forms_of
from touchmark.engine.screening.text.hashing import LONGEST
from touchmark.engine.screening.text.index import JOINT, JOINT_AND, Index
from touchmark.engine.screening.text.letters import Accent, Kind, bits_of
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, offsets, places
from touchmark.engine.screening.text.scripts.compiled import Scripts
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.memo import Memos
from touchmark.engine.screening.text.tokens import Units, units_of
from touchmark.engine.screening.text.views import VIEWS


class Rule(IntFlag):
    """How a spelling must be met, beyond its letters."""

    WHOLE_BRAND = 1  # only as the whole of a listing's brand field: too short, or nothing but a number
    WITH_AND = 2  # only with its "&" written: without it, too short
    AS_IT_IS = 4  # three letters: not parted, no other accents, not with letters of another alphabet alone
    ACCENTED = 8  # written with an accent
    UP_TO_FOUR = 16  # three or four letters: a word of Vietnamese is soon made of so many
    INITIALS = 32  # two letters: in a title too, as they are, in capitals


_SHORT_OF: Mapping[Kind, int] = {Kind.HAN: 1, Kind.KATAKANA: 1, Kind.HANGUL: 1, Kind.HIRAGANA: 3}
_SHORT = 2
_TWO, _THREE, _FOUR = 2, 3, 4


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """
    Every spelling of every right: ``right`` and ``rule`` per form, ``text`` as registered, one index per view.

    ``holder`` is per right: rights of one holder or brand have the same number, and have it in every register.

    Marks put together of layers hold everything but the indexes, which the layers keep.
    """

    right: NDArray[np.int32]
    rule: NDArray[np.uint8]
    text: pa.StringArray
    holder: Ints
    views: Mapping[str, Index] = field(repr=False)
    parts: "tuple[Marks, ...]" = field(default=(), repr=False)
    scripts: Scripts = field(default_factory=Scripts.none, repr=False)
    ring: Keyring = field(default_factory=Keyring.none, repr=False)
    memos: Memos = field(default_factory=Memos, repr=False)

    @property
    def layers(self) -> "Iterator[tuple[int, Marks]]":
        """The layers that are looked into one after another, each with the number that its first form has here."""
        first = 0
        for part in self.parts or (self,):
            yield first, part
            first += len(part)

    def with_layer(self, other: "Marks") -> "Marks":
        """
        Put the marks of more rights on top, which are numbered behind those here.

        What is found is what marks compiled of all those rights together would find, but for the numbers of forms.
        """
        right = np.concatenate([self.right, other.right + np.int32(len(self.holder))])
        rule, holder = np.concatenate([self.rule, other.rule]), np.concatenate([self.holder, other.holder])
        text: Any = pa.concat_arrays([self.text, other.text])
        return Marks(right, rule, text, holder, {}, (*(self.parts or (self,)), *(other.parts or (other,))))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything but the texts, as named arrays."""
        own: dict[str, NDArray[Any]] = {"right": self.right, "rule": self.rule, "holder": self.holder}
        ring = {f"ring-{name}": array for name, array in self.ring.arrays().items()}
        views = {
            f"{view}-{name}": array for view, index in self.views.items() for name, array in index.arrays().items()
        }
        scripts = {f"scripts-{name}": array for name, array in self.scripts.arrays().items()}
        return own | ring | scripts | views

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], text: pa.StringArray) -> Self:
        """Put together what ``arrays`` took apart."""
        views = {
            view.name: Index(**{n: arrays[f"{view.name}-{n}"] for n in Index.__dataclass_fields__}) for view in VIEWS
        }
        scripts = Scripts.restored(
            {name.removeprefix("scripts-"): array for name, array in arrays.items() if name.startswith("scripts-")}
        )
        ring = {name.removeprefix("ring-"): array for name, array in arrays.items() if name.startswith("ring-")}
        return cls(
            arrays["right"], arrays["rule"], text, arrays["holder"], views, scripts=scripts, ring=Keyring.restored(ring)
        )

    def __len__(self) -> int:
        return len(self.right)


def compile_marks(rights: pa.Table) -> tuple[Marks, list[Problem]]:
    """Compile the words of a table of rights; a spelling that cannot be looked for is a problem of its row."""
    forms = forms_of(rights)
    points = Points.of(forms.text)
    units = {how: units_of(fold(points, how)) for how in Fold}
    letters = _letters(units[Fold.PLAIN])
    usable = (letters > 0) & (letters <= LONGEST) & (_letters(units[Fold.VISUAL]) <= LONGEST)
    views = {view.name: _index(units[view.fold], points, usable) for view in VIEWS}
    rules = _rules(units[Fold.PLAIN]) | _accented(points)
    scripts = Scripts.of(units[Fold.PLAIN], usable)
    ring = _ring(units[Fold.VISUAL], points)
    marks = Marks(forms.right, rules, forms.text, _holders(rights), views, scripts=scripts, ring=ring)
    return marks, _problems(rights, forms, letters, np.flatnonzero(~usable))


def _letters(units: Units) -> Ints:
    """How many letters each text has."""
    return np.bincount(units.text, weights=units.lengths, minlength=len(units.folded.text)).astype(np.int64)


def _index(units: Units, points: Points, usable: NDArray[np.bool_]) -> Index:
    lengths = _letters(units)
    chosen = np.flatnonzero(usable & (lengths > 0))
    where = places(offsets(lengths)[:-1][chosen], lengths[chosen])
    return Index.of(units.letters[where], joints_of(units, points)[where], lengths[chosen], chosen.astype(np.int32))


def _ring(units: Units, points: Points) -> Keyring:
    lengths = _letters(units)
    return Keyring.of(units.letters, joints_of(units, points) & JOINT, lengths, np.arange(len(lengths), dtype=np.int32))


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
    lengths = _letters(units) - np.bincount(units.text[units.kind == Kind.SIGN], minlength=texts)
    most = np.zeros(texts, np.int64)  # of the scripts in a text, the one whose short marks may be longest
    for kind in Kind:
        held = np.zeros(texts, np.bool_)
        held[units.text[units.kind == kind]] = True
        most[held] = np.maximum(most[held], _SHORT_OF.get(kind, _SHORT))
    number = np.ones(texts, np.bool_)
    number[units.text[units.kind != Kind.DIGIT]] = False
    with_and = np.zeros(texts, np.bool_)
    with_and[units.text[(units.bits & bits_of(Kind.AND)) > 0]] = True
    short = lengths <= most
    rules = np.where(short & with_and & (lengths > 1), Rule.WITH_AND, np.where(short | number, Rule.WHOLE_BRAND, 0))
    rules |= np.where(short & ~with_and & ~number & (lengths == _TWO), Rule.INITIALS, 0)
    rules |= np.where(lengths == _THREE, Rule.AS_IT_IS, 0) | np.where(lengths <= _FOUR, Rule.UP_TO_FOUR, 0)
    return rules.astype(np.uint8)


def _accented(points: Points) -> NDArray[np.uint8]:
    before = offsets(accents()[points.points] != Accent.NONE)[points.bounds]
    return np.where(before[1:] > before[:-1], Rule.ACCENTED, 0).astype(np.uint8)


def _holders(rights: pa.Table) -> Ints:
    """
    Number rights by brand, else by owner, else each alone.

    The number is made of the name, and is the same in every register: 63 bits, which no two names are likely to share.
    """
    columns = zip(*(rights[name].to_pylist() for name in ("brand", "owner", "right_id")), strict=True)
    names = Points.of(pa.array([(brand or owner or "").casefold() or f"\0{own}" for brand, owner, own in columns]))
    hashes = hashing.runs(names.points, names.bounds[:-1], names.bounds[1:])
    return (hashes >> np.uint64(1)).astype(np.int64)


def _problems(rights: pa.Table, forms: Forms, letters: Ints, unusable: Ints) -> list[Problem]:
    rows: list[Any] = rights["row"].to_pylist()
    texts = rights["text"].to_pylist()
    found = []
    for form in unusable.tolist():
        right, spelling = int(forms.right[form]), forms.text[form].as_py()
        long = letters[form] > 0
        found.append(
            Problem(
                row=rows[right],
                column="text" if spelling == texts[right] else "aliases",
                value=spelling,
                reason=f"longer than {LONGEST} letters" if long else "holds no letter and no digit",
                remedy="give its distinctive part as an alias" if long else "give the words by which it is known",
            )
        )
    return found
