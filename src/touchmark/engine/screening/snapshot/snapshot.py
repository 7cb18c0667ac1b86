"""The compiled register itself."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.pages import let_go_of_code
from touchmark.engine.screening import schemas
from touchmark.engine.screening.image.references import ImageReferences
from touchmark.engine.screening.in_force import InForce
from touchmark.engine.screening.snapshot.prices import Prices
from touchmark.engine.screening.snapshot.words import Words
from touchmark.engine.screening.text.marks import Marks

#: The columns of ``rights``: those of the contract. Where a right stood in its file is no part of a register.
COLUMNS = pa.schema([column for column in schemas.RIGHTS if column.name != "row"])


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """
    The rights of a register, compiled. Every index of a right is a row of ``rights``, which is sorted by ``right_id``.

    ``id`` names the content: the same rights in any order give the same id on any machine. What is in force on a day
    is no part of it. ``order`` is the place of each right by its ``right_id``, where rows stand otherwise. ``let_go``:
    what takes rights out of memory after all of them were read; a snapshot that lies in a file has it.
    """

    id: str
    rights: pa.Table = field(repr=False)
    marks: Marks = field(repr=False)
    images: ImageReferences = field(repr=False)
    in_force: InForce = field(repr=False)
    order: NDArray[np.int64] | None = field(default=None, repr=False)
    prices: Prices = field(default_factory=Prices.none, repr=False)
    words: Words = field(default_factory=Words.none, repr=False)
    let_go: Callable[[], None] | None = field(default=None, repr=False)

    def as_of(self, on: date) -> Self:
        """The same register as it is in force on a day."""
        in_force = InForce.of(self.rights, on)
        if self.let_go:
            self.let_go()
        return replace(self, in_force=in_force)

    def rest(self) -> None:
        """Keep in memory no longer what the next batch may not need: rows of rights, and what loads machine code."""
        if self.let_go:
            self.let_go()
            let_go_of_code()

    def ranks(self, rights: NDArray[np.int32]) -> NDArray[np.integer]:
        """Give numbers by which findings of these rights are put in order."""
        return rights if self.order is None else self.order[rights]

    def __len__(self) -> int:
        return self.rights.num_rows
