"""Uses of rights in a batch with how sure each is and why: what findings are written from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch
from touchmark.engine.screening.hits import Hits
from touchmark.engine.screening.model import Model, surest
from touchmark.engine.screening.schemas import REASON
from touchmark.engine.screening.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Uses:
    """One entry per use in each array; ``read`` is what a picture says, null where no words were read in one."""

    hits: Hits
    sure: NDArray[np.float64]
    reasons: Any
    read: Any

    @classmethod
    def of(cls, hits: Hits, batch: Batch, snapshot: Snapshot, model: Model, least: float) -> Self:
        """Judge the hits whose rights are in force where the listings are offered; keep those that are sure enough."""
        hits = hits.taken(snapshot.in_force.grounds(batch, hits))
        if not len(hits):
            return cls(hits, np.empty(0), pa.array([], pa.list_(REASON)), pa.nulls(0, pa.string()))
        return cls.judged(hits, batch, snapshot, model, least=least)

    @classmethod
    def judged(
        cls,
        hits: Hits,
        batch: Batch,
        snapshot: Snapshot,
        model: Model,
        surely_read: NDArray[np.float64] | None = None,
        least: float = 0.0,
    ) -> Self:
        """Judge hits, and keep those that are so sure; ``surely_read`` as in ``confidence``."""
        kept, sure, reasons = surest(hits, batch, snapshot, model, surely_read, least)
        return cls(hits.taken(kept), sure, reasons, pa.nulls(len(kept), pa.string()))

    @classmethod
    def joined(cls, parts: Sequence["Uses"]) -> Self:
        """All uses, in the order given; at least one part is there."""
        return cls(
            Hits.joined([part.hits for part in parts]),
            np.concatenate([part.sure for part in parts]),
            pa.concat_arrays([part.reasons for part in parts]),
            pa.concat_arrays([part.read for part in parts]),
        )

    def taken(self, which: NDArray[np.int64]) -> Self:
        """The uses chosen by index, in that order."""
        at = pa.array(which)
        return type(self)(self.hits.taken(which), self.sure[which], self.reasons.take(at), self.read.take(at))

    def surer_than(self, least: float) -> Self:
        """The uses that are at least so sure."""
        return self.taken(np.flatnonzero(self.sure >= least))

    def __len__(self) -> int:
        return len(self.hits)
