"""
Trees that tell how likely it is that a spelling stands for a mark: from what is known of it to a probability.

``python -m benchmarks.words.fit`` grows them (``data/trees.md``). Each asks one column after another whether it is at
most so much, and gives a part of a sum of log-odds; the parts are added in their order, the same on every machine.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.text.spellings.features import COLUMNS, Known


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """
    Node n asks whether column ``column[n]`` is at most ``most[n]``: then comes ``yes[n]``, else ``no[n]``.

    A leaf has no column (-1) and a ``part`` of the sum. ``roots``: where each tree begins; ``bias``: where all start.
    """

    column: NDArray[np.int16]
    most: NDArray[np.int16]
    yes: NDArray[np.int16]
    no: NDArray[np.int16]
    part: NDArray[np.float64]
    roots: NDArray[np.int64]
    bias: NDArray[np.float64]

    @classmethod
    def of(cls, arrays: "dict[str, NDArray[np.generic]]") -> Self:
        """Put together what was kept."""
        return cls(**arrays)  # type: ignore[arg-type]

    def probabilities(self, known: Known) -> NDArray[np.float64]:
        """Give the probability of each row."""
        out = np.full(len(known), self.bias[0], np.float64)
        _add(
            np.ascontiguousarray(known).reshape(-1),
            self.column,
            self.most,
            self.yes,
            self.no,
            self.part,
            self.roots,
            out,
        )
        probability: NDArray[np.float64] = (1 / (1 + np.exp(-out))).round(6)
        return probability


@cache
def trees() -> Trees:
    """The trees that are kept with the project."""
    source = files("touchmark.engine.screening.text.spellings") / "data" / "trees.npz"
    with source.open("rb") as held, np.load(held, allow_pickle=False) as arrays:
        return Trees.of(dict(arrays))


@native
def _add(
    known: NDArray[np.int16],
    column: NDArray[np.int16],
    most: NDArray[np.int16],
    yes: NDArray[np.int16],
    no: NDArray[np.int16],
    part: NDArray[np.float64],
    roots: NDArray[np.int64],
    out: NDArray[np.float64],
) -> None:
    for row in range(out.size):
        for root in roots:
            node = root
            while column[node] >= 0:
                node = root + (yes[node] if known[row * COLUMNS + column[node]] <= most[node] else no[node])
            out[row] += part[node]
