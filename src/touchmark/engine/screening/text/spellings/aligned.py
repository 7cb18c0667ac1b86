"""Proposals that were compared with their spellings: what was done to each, and at what cost."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.spellings.align import Step
from touchmark.engine.screening.text.spellings.proposals import Proposals


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """
    Proposals that can be what they were proposed for: at what cost, and (n, steps) how often each step was made.

    ``vowels``: how many of the letters changed are a vowel for another.
    """

    proposed: Proposals
    cost: NDArray[np.int32]
    times: Ints
    vowels: Ints

    def of(self, *steps: Step) -> Ints:
        """How often any of some steps was made."""
        many: Ints = self.times[:, list(steps)].sum(axis=1)
        return many

    def taken(self, which: Ints | Mask) -> Self:
        """Those chosen by index or by mask."""
        return type(self)(self.proposed.taken(which), self.cost[which], self.times[which], self.vowels[which])

    def __len__(self) -> int:
        return len(self.cost)
