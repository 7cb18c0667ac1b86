"""Chinese names of a register in Latin letters, whole: ``xiang nai er``, ``xiangnaier`` for 香奈儿."""

from collections.abc import Iterator
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text import hashing, ordinary
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.index import JOINT, Index
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.scripts.names import LEAST, WHOLE, Names
from touchmark.engine.screening.text.scripts.tables import FIRST, MOST_READINGS, han
from touchmark.engine.screening.text.verify import verified
from touchmark.engine.screening.text.windows import windows

#: Fewer letters are too often a word of some language; a name has no more than so many spellings.
LEAST_LETTERS, MOST_SPELLINGS = 6, 4
#: How much a name in pinyin says, by its syllables: from six on as much as it can.
_SAYS = np.array([0, 0, 0, 0.75, 0.9, 0.95, 1.0])


def in_pinyin(names: Names) -> Index:
    """Compile the names of three characters and more, whose letters are no ordinary word, with their forms."""
    rows = [
        (syllables, int(names.form[entry]))
        for entry in np.flatnonzero(names.flags == WHOLE).tolist()
        for syllables in _spelled(names.chars[names.bounds[entry] : names.bounds[entry + 1]].tolist())
    ]
    rows = [(syllables, form) for syllables, form in rows if len("".join(syllables)) >= LEAST_LETTERS]
    letters = np.array([ord(letter) for syllables, _ in rows for letter in "".join(syllables)], np.uint32)
    joints = np.array(
        [JOINT if i == 0 else 0 for syllables, _ in rows for s in syllables for i in range(len(s))], np.uint8
    )
    lengths = np.array([len("".join(syllables)) for syllables, _ in rows], np.int64)
    return _without_words(letters, joints, lengths, np.array([form for _, form in rows], np.int32))


def _spelled(chars: list[int]) -> Iterator[tuple[str, ...]]:
    """How a name is spelled: by the usual readings, and by some others; ü as v and as u."""
    if len(chars) < LEAST:
        return
    tables = han()
    read = [tables.readings[MOST_READINGS * (char - FIRST) :][:MOST_READINGS] for char in chars]
    spelled = [[str(tables.syllables[number]) for number in numbers if number] for numbers in read]
    found = dict.fromkeys(islice(product(*spelled), MOST_SPELLINGS))
    yield from dict.fromkeys((*found, *(tuple(s.replace("v", "u") for s in syllables) for syllables in found)))


def _without_words(
    letters: NDArray[np.uint32], joints: NDArray[np.uint8], lengths: NDArray[np.int64], forms: NDArray[np.int32]
) -> Index:
    bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    usual = ordinary.levels(hashing.runs(letters, bounds[:-1], bounds[1:])) > 0
    kept = np.repeat(~usual, lengths)
    return Index.of(letters[kept], joints[kept], lengths[~usual], forms[~usual])


def spelled_in_pinyin(reading: Reading, index: Index) -> Found:
    """Find the places of names in pinyin, their forms numbered from 0 and their rights not yet known."""
    units = reading.units
    matches = verified(units, index, windows(units, index))
    text = units.text[matches.first]
    start, end = reading.spans(matches.first, matches.last)
    base = reading.points.bounds[text]
    syllables = np.minimum(_syllables(index)[matches.form], len(_SAYS) - 1)
    return Found(
        text=text,
        right=matches.form,
        start=start - base,
        end=end - base,
        form=matches.form,
        distance=matches.letters,
        plain=np.zeros(len(text), np.bool_),
        trick=np.full(len(text), Trick.HOMOPHONE, np.int8),
        strength=_SAYS[syllables].astype(np.float32),
    )


def _syllables(index: Index) -> NDArray[np.int64]:
    """How many syllables the name of each form has."""
    many = np.zeros(int(index.form.max(initial=-1)) + 1, np.int64)
    many[index.form] = np.add.reduceat(index.joints > 0, index.bounds[:-1]) if len(index) else 0
    return many
