"""Examples to learn from: what was said of a listing, and what was then decided."""

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """
    One entry per decided listing. ``amounts`` has a column per code of ``codes``.

    ``weight`` is for how many listings an example stands: those that were drawn at random stand for those not drawn.
    """

    codes: tuple[str, ...]
    amounts: Floats  # (n, codes)
    infringing: Flags  # what was decided and still stands
    weight: Floats
    brand: NDArray[Any]  # texts; blank where no brand is used
    seller: NDArray[Any]  # texts; blank where nobody is named
    day: Ints  # of the decision, counted from any day
    name: NDArray[Any]  # texts, by which a person finds the listing again

    def taken(self, which: Flags | Ints) -> Self:
        """The examples chosen by mask or by index."""
        rest = {f.name: getattr(self, f.name)[which] for f in fields(self) if f.name != "codes"}
        return type(self)(codes=self.codes, **rest)

    def __len__(self) -> int:
        return len(self.infringing)


def log_odds(amounts: Floats, bias: float, weights: Floats) -> Floats:
    """Add up what the amounts weigh."""
    return bias + amounts @ weights


def probabilities(of: Floats) -> Floats:
    """Turn log-odds into probabilities."""
    return 1 / (1 + np.exp(-np.clip(of, -40, 40)))
