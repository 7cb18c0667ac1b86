"""The words of a register, compiled: every spelling with its rules, and one index per view."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.problems import Problem
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Fold
from touchmark.engine.screening.text.forms import Forms, forms_of
from touchmark.engine.screening.text.hashing import LONGEST
from touchmark.engine.screening.text.index import JOINT, SHARED, Index
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints
from touchmark.engine.screening.text.read_forms import PIECE, ReadForms
from touchmark.engine.screening.text.scripts.compiled import Scripts
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.memo import Memos
from touchmark.engine.screening.text.views import VIEWS


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
            _kept_as(view, name): array for view, index in self.views.items() for name, array in index.arrays().items()
        }
        scripts = {f"scripts-{name}": array for name, array in self.scripts.arrays().items()}
        return own | ring | scripts | views

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], text: pa.StringArray) -> Self:
        """Put together what ``arrays`` took apart."""
        views = {
            view.name: Index(**{n: arrays[_kept_as(view.name, n)] for n in Index.__dataclass_fields__})
            for view in VIEWS
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


def _kept_as(view: str, name: str) -> str:
    """Name an array of an index; what all views share is kept once."""
    return f"views-{name}" if name in SHARED else f"{view}-{name}"


def compile_marks(rights: pa.Table) -> tuple[Marks, list[Problem]]:
    """Compile the words of a table of rights; a spelling that cannot be looked for is a problem of its row."""
    forms = forms_of(rights)
    read = ReadForms.of(forms.text, forms.rule == 0)
    given = np.flatnonzero(forms.rule == 0)
    spelled = read.visual.taken(given)
    ring = Keyring.of(spelled.letters, spelled.joints & JOINT, spelled.lengths, given.astype(np.int32))
    indexes = dict(zip((Fold.PLAIN, Fold.VISUAL), read.indexes(), strict=True))
    views = {view.name: indexes[view.fold] for view in VIEWS}
    scripts = Scripts.of(read.chinese, read.latin)
    marks = Marks(forms.right, read.rule | forms.rule, forms.text, _holders(rights), views, scripts=scripts, ring=ring)
    return marks, _problems(rights, forms, read.plain.lengths, np.flatnonzero(~read.usable))


def _holders(rights: pa.Table) -> Ints:
    """
    Number rights by brand, else by owner, else each alone.

    The number is made of the name, and is the same in every register: 63 bits, which no two names are likely to share.
    """
    pieces = (rights.slice(start, PIECE) for start in range(0, max(rights.num_rows, 1), PIECE))
    return np.concatenate([_holders_of(piece) for piece in pieces])


def _holders_of(rights: pa.Table) -> Ints:
    columns = zip(*(rights[name].to_pylist() for name in ("brand", "owner", "right_id")), strict=True)
    given = [(brand or owner or "").casefold() or f"\0{own}" for brand, owner, own in columns]
    names = Points.of(pa.array(given, pa.string()))
    hashes = hashing.runs(names.points, names.bounds[:-1], names.bounds[1:])
    return (hashes >> np.uint64(1)).astype(np.int64)


def _problems(rights: pa.Table, forms: Forms, letters: Ints, unusable: Ints) -> list[Problem]:
    if not len(unusable):
        return []
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
