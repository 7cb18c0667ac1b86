"""The names of a register in Latin letters, compiled by how they sound."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text import ordinary
from touchmark.engine.screening.text.ragged import Ints, gathered, offsets
from touchmark.engine.screening.text.scripts.skeletons import LETTER, LONGEST, MOST_KEYS, WORD_ENDS, keys_of
from touchmark.engine.screening.text.scripts.sounds import sounds
from touchmark.engine.screening.text.tokens import Units

#: A name has so many letters; one of several words, of which each may be an ordinary one, has more.
LEAST, MOST, LEAST_TOGETHER = 4, 20, 6
#: A name of one word and so many letters may be written as several.
LEAST_PARTED = 8
#: What reading a letter may cost, in hundredths, for a key.
_DEAREST = 35
#: The keys of so many names are made at once.
_AT_ONCE = 1 << 16
_A, _Z = ord("a"), ord("z")


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """
    Name e is ``letters[bounds[e] : bounds[e + 1]]``, a as 1 (see ``skeletons.LETTER``), of ``form[e]``; ``usual[e]`` is
    how ordinary it is (``ordinary.levels``), 1 for several ordinary words.

    ``keys`` are skeletons of consonants, times 2, ascending, each once; names with key k are ``entry[key_bounds[k] :
    key_bounds[k + 1]]``. Names of several words, and long ones, are also there with 1 added, for runs of several words.
    """

    letters: NDArray[np.uint8]
    bounds: Ints
    form: NDArray[np.int32]
    usual: NDArray[np.uint8]
    keys: NDArray[np.int64]
    key_bounds: NDArray[np.int32]
    entry: NDArray[np.int32]

    @classmethod
    def none(cls) -> Self:
        """No names at all."""
        no, begins = np.empty(0, np.int32), np.zeros(1, np.int64)
        keys = (no.astype(np.int64), begins.astype(np.int32), no)
        return cls(no.astype(np.uint8), begins, no, no.astype(np.uint8), *keys)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All arrays by name, to be stored."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Put together what ``arrays`` took apart."""
        return cls(**{f.name: arrays[f.name] for f in fields(cls)})

    @classmethod
    def compiled(cls, latin: "Latin") -> Self:
        """Compile forms in Latin letters."""
        bounds = offsets(latin.lengths)
        key, name = _keys(latin.letters, bounds)
        begins = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
        ends = np.append(begins, len(key)).astype(np.int32)
        return cls(latin.letters, bounds, latin.form, latin.usual, key[begins], ends, name)

    def __len__(self) -> int:
        return len(self.form)


@dataclass(frozen=True, slots=True, eq=False)
class Latin:
    """Forms in Latin letters: their letters one after another, how many each has, its number, how ordinary it is."""

    letters: NDArray[np.uint8]
    lengths: Ints
    form: NDArray[np.int32]
    usual: NDArray[np.uint8]

    @classmethod
    def joined(cls, parts: "list[Latin]") -> Self:
        """Put several runs one after another."""
        return cls(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(cls)))

    def after(self, many: int) -> "Latin":
        """Number the forms behind so many others."""
        return replace(self, form=self.form + np.int32(many))


def latin_of(units: Units, usable: NDArray[np.bool_]) -> Latin:
    """Take the forms in Latin letters, given by their units under the plain fold."""
    texts = len(units.folded.text)
    lengths = np.bincount(units.text, weights=units.lengths, minlength=texts).astype(np.int64)
    bounds = offsets(lengths)
    latin = offsets((units.letters >= _A) & (units.letters <= _Z))
    level = np.full(texts, 255, np.uint8)
    np.minimum.at(level, units.text, ordinary.levels(units.hashes))
    words = np.bincount(units.text, minlength=texts)
    fits = (latin[bounds[1:]] - latin[bounds[:-1]] == lengths) & (lengths <= MOST) & (words <= 3)
    fits &= np.where(words > 1, lengths >= LEAST_TOGETHER, lengths >= LEAST) & usable
    form = np.flatnonzero(fits)
    numbers = np.clip(units.letters.astype(np.int64) - (_A - 1), 0, LETTER).astype(np.uint8)
    numbers[units.first_letter[1:] - 1] |= WORD_ENDS
    usual = np.where(words[form] > 1, np.minimum(level[form], 1), level[form])
    return Latin(
        gathered(numbers, bounds[:-1][form], lengths[form]),
        lengths[form],
        form.astype(np.int32),
        usual.astype(np.uint8),
    )


def _keys(letters: NDArray[np.uint8], bounds: Ints) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Give all keys of names, ascending, and the name of each."""
    parts = [_keys_of_some(letters, bounds, first) for first in range(0, max(len(bounds) - 1, 1), _AT_ONCE)]
    key, name = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(key, kind="stable")
    return key[order], name[order]


def _keys_of_some(letters: NDArray[np.uint8], bounds: Ints, first: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    bounds, tables = bounds[first : first + _AT_ONCE + 1], sounds()
    many = len(bounds) - 1
    keys = np.zeros(many * MOST_KEYS, np.int64)
    states, dears = np.zeros((2, (LONGEST + 1) * MOST_KEYS), np.int64)
    keys_of(
        letters, bounds, tables.letters, tables.sizes, tables.heard, tables.many, tables.cost, tables.first,
        tables.classes, _DEAREST, states, dears, np.zeros(LONGEST + 1, np.int64), keys,
    )  # fmt: skip
    where = np.flatnonzero(keys)
    entry = where // MOST_KEYS
    ends = offsets((letters[bounds[0] : bounds[-1]] & WORD_ENDS) > 0)[bounds - bounds[0]]
    several = np.flatnonzero((np.diff(ends)[entry] > 1) | (np.diff(bounds)[entry] >= LEAST_PARTED))
    key = np.append(keys[where] << 1, (keys[where][several] << 1) | 1)
    return key, (first + np.append(entry, entry[several])).astype(np.int32)
