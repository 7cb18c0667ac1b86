"""Texts as read under one view: their units, where each lies in the original, and whose letters it is written in."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from touchmark.engine.screening.text.fold import accents, fold, lookalikes, scripts
from touchmark.engine.screening.text.letters import Accent, Script
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, offsets
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
        """Read all texts that the view looks at."""
        text = np.arange(len(points))
        if view.only_lookalikes:
            before = offsets(lookalikes()[points.points])[points.bounds]
            text = np.flatnonzero(before[1:] > before[:-1])
            points = points.only(text)
        return cls(view, points, units_of(fold(points, view.fold)), text)

    def spans(self, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Give where windows of units lie among the original points; accents belong to the letter before them."""
        source = self.units.folded.source
        start = source[self.units.start[first]]
        end = source[self.units.end[last] - 1] + 1
        return start, self._after_accents[np.searchsorted(self._after_accents, end)]

    @cached_property
    def _after_accents(self) -> Ints:
        """The points that are no accents, and the end; the first of every text is taken for one that is none."""
        stands = scripts()[self.points.points] != Script.ACCENT
        stands[self.points.bounds[:-1][self.points.lengths > 0]] = True
        return np.append(np.flatnonzero(stands), len(stands))

    @cached_property
    def beyond_ascii_before(self) -> Ints:
        """How many points that are not ASCII come before each point."""
        return offsets(self.points.points > 0x7F)

    @cached_property
    def accents_before(self) -> Ints:
        """How many letters with an accent, or accents by themselves, come before each point."""
        return offsets(accents()[self.points.points] != Accent.NONE)

    @cached_property
    def vietnamese_before(self) -> Ints:
        """How many letters with an accent that only Vietnamese uses come before each point."""
        return offsets(accents()[self.points.points] == Accent.VIETNAMESE)

    @cached_property
    def lookalikes_before(self) -> Ints:
        """How many points that the folds tell apart come before each point."""
        return offsets(lookalikes()[self.points.points])

    @cached_property
    def latin_before(self) -> Ints:
        """How many Latin letters come before each point."""
        return offsets(scripts()[self.points.points] == Script.LATIN)

    @cached_property
    def other_before(self) -> Ints:
        """How many letters of other alphabets come before each point."""
        return offsets(scripts()[self.points.points] == Script.OTHER)
