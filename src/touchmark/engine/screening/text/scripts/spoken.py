"""The names of a register in Latin letters, compiled by how they sound."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text import ordinary
from touchmark.engine.screening.text.ragged import Ints, offsets, places
from touchmark.engine.screening.text.scripts.skeletons import LETTER, LONGEST, MOST_KEYS, WORD_ENDS, keys_of
from touchmark.engine.screening.text.scripts.sounds import sounds
from touchmark.engine.screening.text.tokens import Units

#: A name has so many letters; one of several words, of which each may be an ordinary one, has more.
LEAST, MOST, LEAST_TOGETHER = 4, 20, 6
#: What reading a letter may cost, in hundredths, for a key.
_DEAREST = 35
_A, _Z = ord("a"), ord("z")


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """
    Name e is ``letters[bounds[e] : bounds[e + 1]]``, a as 1 (see ``skeletons.LETTER``), of ``form[e]``; ``usual[e]`` is
    how ordinary it is (``ordinary.levels``), 1 for several ordinary words.

    ``keys`` are skeletons of consonants, times 2, ascending, each once; names with key k are ``entry[key_bounds[k] :
    key_bounds[k + 1]]``. Names of several words are also there with 1 added, for runs of several words.
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

    def __len__(self) -> int:
        return len(self.form)


def spoken_of(units: Units, usable: NDArray[np.bool_]) -> Spoken:
    """Compile the forms in Latin letters, given by their units under the plain fold."""
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
    letters = numbers[places(bounds[form], lengths[form])]
    return _made(
        letters,
        offsets(lengths[form]),
        form.astype(np.int32),
        np.where(words[form] > 1, np.minimum(level[form], 1), level[form]),
    )


def _made(letters: NDArray[np.uint8], bounds: Ints, form: NDArray[np.int32], usual: NDArray[np.uint8]) -> Spoken:
    tables = sounds()
    keys = np.zeros(len(form) * MOST_KEYS, np.int64)
    keys_of(
        letters, bounds, tables.letters, tables.sizes, tables.heard, tables.many, tables.cost, tables.first,
        tables.classes, _DEAREST, np.zeros((LONGEST + 1) * MOST_KEYS, np.int64), np.zeros(LONGEST + 1, np.int64), keys,
    )  # fmt: skip
    where = np.flatnonzero(keys)
    entry = where // MOST_KEYS
    words = np.add.reduceat((letters & WORD_ENDS) > 0, bounds[:-1], dtype=np.int64) if len(form) else entry
    several = np.flatnonzero(words[entry] > 1)
    key = np.append(keys[where] << 1, (keys[where][several] << 1) | 1)
    names = np.append(entry, entry[several]).astype(np.int32)
    order = np.lexsort((names, key))
    key = key[order]
    begins = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
    return Spoken(letters, bounds, form, usual, key[begins], np.append(begins, len(key)).astype(np.int32), names[order])
