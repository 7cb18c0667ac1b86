"""The texts that places stand in, each decoded once, however often one looks around its places."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from touchmark.engine.screening.columns import Batch, taken
from touchmark.engine.screening.hits import FIELDS, Hits
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints

#: The fields that have texts, in the order of ``hits.FIELDS``.
TEXTS = FIELDS[:4]


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Per field the texts with a place in them; ``text``: per hit, which one of its field's it is."""

    fields: tuple[Points, ...]
    text: Ints

    @classmethod
    def of(cls, hits: Hits, batch: Batch) -> Self:
        """Decode the texts of all places; of hits in pictures nothing is told."""
        text, fields = np.zeros(len(hits), np.int64), []
        for number, name in enumerate(TEXTS):
            at = np.flatnonzero((hits.field == number) & (hits.start >= 0))
            if not len(at):
                fields.append(Points.none())
                continue
            listing, text[at] = np.unique(hits.listing[at], return_inverse=True)
            fields.append(Points.of(taken(batch, name, listing)))
        return cls(tuple(fields), text)
