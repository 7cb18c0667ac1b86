"""Texts as read under one view: their units, and where each lies in the original."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.fold import fold, lookalikes, scripts
from touchmark.engine.screening.text.letters import Script
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, owners, places
from touchmark.engine.screening.text.tokens import Units, units_of
from touchmark.engine.screening.text.views import View


@dataclass(frozen=True, eq=False)
class Reading:
    """Original texts and their units under a view. ``text[i]`` is the number of text i in the batch."""

    view: View
    points: Points
    units: Units
    text: Ints

    @classmethod
    def of(cls, points: Points, view: View) -> Self:
        """Read all texts."""
        return cls(view, points, units_of(fold(points, view.fold)), np.arange(len(points)))

    @cached_property
    def looked_at(self) -> Mask:
        """Whether the view looks at a text; where it looks for letters drawn otherwise, it needs one."""
        only = self.view.only_lookalikes
        return self.points.holding(lookalikes()) if only else np.ones(len(self.points), np.bool_)

    def spans(self, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Give where windows of units lie among the original points; accents belong to the letter before them."""
        source = self.units.folded.source
        return source[self.units.start[first]], self._after_accents(source[self.units.end[last] - 1] + 1)

    def _after_accents(self, end: Ints) -> Ints:
        """Give the first point, at each place or after it, that is no accent upon the letter before it."""
        points, bounds = self.points.points, self.points.bounds
        following = points[np.minimum(end, len(points) - 1)] if len(points) else end
        if not (scripts()[following] == Script.ACCENT).any():
            return end
        stands = np.append(scripts()[points] != Script.ACCENT, True)
        stands[bounds] = True  # an accent at the start of a text is upon nothing
        where = np.flatnonzero(stands)
        return where[np.searchsorted(where, end)]

    def count(self, so: NDArray[np.bool_], start: Ints, end: Ints) -> Ints:
        """Count, from each start up to each end, the original points that are so; ``so`` is over all code points."""
        lengths = end - start
        within = so[self.points.points[places(start, lengths)]]
        return np.bincount(owners(lengths)[within], minlength=len(start)).astype(np.int64)

    def around(self, so: NDArray[np.bool_], which: NDArray[np.bool_], start: Ints, end: Ints) -> Ints:
        """Count as ``count`` in the rest of the text of each span that is wanted; of the others nothing is said."""
        counts = np.zeros(len(start), np.int64)
        text, back = np.unique(np.searchsorted(self.points.bounds, start[which], side="right") - 1, return_inverse=True)
        whole = self.count(so, self.points.bounds[text], self.points.bounds[text + 1])
        counts[which] = whole[back] - self.count(so, start[which], end[which])
        return counts
