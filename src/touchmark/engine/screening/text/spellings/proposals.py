"""What a text may be: spellings proposed for places in it."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from touchmark.engine.screening.text.ragged import Ints, Mask


@dataclass(frozen=True, slots=True, eq=False)
class Proposals:
    """
    Folded points ``start[i]`` up to ``end[i]`` may be an entry; they are words ``word[i]`` up to ``last_word[i]``.

    ``view``: ``ask.BACKWARD``, ``UPSIDE_DOWN``, ``WITHIN``, else 0. ``reading``: which of those asked it was.
    """

    start: Ints
    end: Ints
    entry: Ints
    view: Ints
    word: Ints
    last_word: Ints
    reading: Ints

    def once(self) -> tuple[Self, Ints]:
        """Give those that differ, and the number of each among them."""
        order = np.lexsort((self.view, self.entry, self.end, self.start))
        every = self.taken(order)
        new = np.ones(len(every), np.bool_)
        for name in ("start", "end", "entry", "view"):
            column = getattr(every, name)
            new[1:] &= column[1:] == column[:-1]
        new[1:] = ~new[1:]
        place = np.empty(len(every), np.int64)
        place[order] = np.cumsum(new) - 1
        return every.taken(new), place

    @classmethod
    def joined(cls, parts: "list[Proposals]") -> Self:
        """All of several."""
        return cls(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(cls)))

    def taken(self, which: Ints | Mask) -> Self:
        """The proposals chosen by index or by mask."""
        return type(self)(*(getattr(self, f.name)[which] for f in fields(self)))

    def __len__(self) -> int:
        return len(self.start)
