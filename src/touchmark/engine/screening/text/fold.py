"""
Fold texts to what a reader takes them for, keeping for every folded character the place it came from.

Two folds: ``PLAIN`` (case, width, accents, spacing) and ``VISUAL`` (also letters that look like others; what nobody
sees is left out). A character becomes nothing, one character or several, by a table that ``make_fold``
wrote; nothing here asks Python's own Unicode tables, so that every machine folds alike.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, offsets, places

TOP = 0x110000
_NOTHING = np.uint32(TOP)
_SEVERAL = np.uint32(TOP + 1)  # from here on: which row of the folds into several characters


class Fold(StrEnum):
    """Which differences are folded away."""

    PLAIN = "plain"
    VISUAL = "visual"


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """Folded texts. ``source[i]`` is the index, in the points before folding, of what became point i."""

    text: Points
    source: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One fold over all code points."""

    into: NDArray[np.uint32]  # (TOP,): the folded code point, 0 for itself, or _NOTHING, or _SEVERAL + a row
    several: NDArray[np.uint32]
    bounds: Ints  # row i of several is several[bounds[i] : bounds[i + 1]]


def fold(text: Points, how: Fold) -> Folded:
    """Fold all texts."""
    table, room = _table(how), len(text.points) + 16
    bounds = np.empty(len(text.bounds), np.int64)
    while True:
        folded, source = np.empty(room, np.uint32), np.empty(room, np.int64)
        made = _fold(text.points, text.bounds, table.into, table.several, table.bounds, folded, source, bounds)
        if made <= room:
            return Folded(Points(folded[:made], bounds), source[:made])
        room = made


@native
def _fold(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    into: NDArray[np.uint32],
    several: NDArray[np.uint32],
    several_bounds: NDArray[np.int64],
    folded: NDArray[np.uint32],
    source: NDArray[np.int64],
    folded_bounds: NDArray[np.int64],
) -> int:
    """Fold point by point; gives how many points there are then, also where there is no room for all."""
    made = 0
    for text in range(len(bounds) - 1):
        folded_bounds[text] = made
        for at in range(bounds[text], bounds[text + 1]):
            point = into[points[at]]
            if point == 0:
                point = points[at]
            if point < TOP:
                if made < len(folded):
                    folded[made], source[made] = point, at
                made += 1
            elif point > TOP:
                row = np.int64(point) - TOP - 1
                for place in range(several_bounds[row], several_bounds[row + 1]):
                    if made < len(folded):
                        folded[made], source[made] = several[place], at
                    made += 1
    folded_bounds[len(bounds) - 1] = made
    return made


@cache
def kinds() -> NDArray[np.uint8]:
    """The ``Kind`` of every folded code point, (TOP,)."""
    return _spread("kind")


@cache
def scripts() -> NDArray[np.uint8]:
    """The ``Script`` of every original code point, (TOP,)."""
    return _spread("script")


@cache
def accents() -> NDArray[np.uint8]:
    """The ``Accent`` of every original code point, (TOP,)."""
    return _spread("accent")


@cache
def directions() -> NDArray[np.uint8]:
    """The ``Direction`` of every original code point, (TOP,)."""
    return _spread("direction")


@cache
def turned() -> NDArray[np.uint32]:
    """What every code point is upside down, (TOP,); itself where it is nothing. Turned text also runs backwards."""
    into = _table("turned").into
    return np.where(into == 0, np.arange(TOP, dtype=np.uint32), into)


@cache
def only_turned() -> NDArray[np.bool_]:
    """Whether a code point tells that its text is upside down, (TOP,): it is a letter so, and is not of ASCII."""
    found: NDArray[np.bool_] = _table("turned").into != 0
    found[:0x80] = False
    return thin(found)


@cache
def beside_letters() -> Table:
    """What stands for letters only beside letters of Latin, as a fold over all code points."""
    return _table("beside")


@cache
def rarely_itself() -> NDArray[np.bool_]:
    """Of those in ``beside_letters``: whether a word of them alone is read as Latin too, (TOP,)."""
    found = np.zeros(TOP, np.bool_)
    found[_committed()["rare"]] = True
    return found


@cache
def lookalikes() -> NDArray[np.bool_]:
    """Whether the two folds differ on a code point, (TOP,): only texts that hold one can be disguised by look."""
    plain, visual = _table(Fold.PLAIN), _table(Fold.VISUAL)
    differ: NDArray[np.bool_] = plain.into != visual.into
    for point in np.flatnonzero((plain.into >= _SEVERAL) & (visual.into >= _SEVERAL)):
        differ[point] = _row(plain, int(point)) != _row(visual, int(point))
    return thin(differ)


def thin(table: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Lay out a table of which most is false, so that pages of memory on which nothing is true are not taken."""
    laid = np.zeros(len(table), np.bool_)
    laid[np.flatnonzero(table)] = True
    return laid


def _row(table: Table, point: int) -> list[int]:
    row = int(table.into[point] - _SEVERAL)
    return list(table.several[table.bounds[row] : table.bounds[row + 1]])


@cache
def fold_version() -> str:
    """A name for the tables, those of other scripts too: a snapshot compiled with others is compiled anew."""
    digest = sha256()
    others = files("touchmark.engine.screening.text.scripts") / "data"
    for name in ("han.npz", "look.npz", "sounds.npz", "sounds.toml"):
        digest.update((others / name).read_bytes())
    for name, array in sorted(_committed().items()):
        digest.update(name.encode() + str(array.dtype).encode() + array.tobytes())
    return digest.hexdigest()[:12]


@cache
def _committed() -> dict[str, NDArray[np.generic]]:
    source = files("touchmark.engine.screening.text") / "data" / "fold.npz"
    with source.open("rb") as held, np.load(held, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


@cache
def _table(how: str) -> Table:
    arrays = _committed()
    changed, bounds = arrays[f"{how}_from"], arrays[f"{how}_offsets"].astype(np.int64)
    target = arrays[f"{how}_into"].astype(np.uint32)
    lengths = np.diff(bounds)
    into = np.zeros(TOP, np.uint32)  # what is not written to takes no memory
    into[changed[lengths == 0]] = _NOTHING
    into[changed[lengths == 1]] = target[bounds[:-1][lengths == 1]]
    many = np.flatnonzero(lengths > 1)
    into[changed[many]] = _SEVERAL + np.arange(len(many), dtype=np.uint32)
    return Table(into, target[places(bounds[many], lengths[many])], offsets(lengths[many]))


def _spread(name: str) -> NDArray[np.uint8]:
    """Lay out the runs of equal values; what comes before the first run is 0."""
    starts, values = _committed()[f"{name}_starts"], _committed()[f"{name}_values"]
    bounds = np.concatenate([[0], starts, [TOP]]).astype(np.int64)
    return np.repeat(np.concatenate([[0], values]).astype(np.uint8), np.diff(bounds))
