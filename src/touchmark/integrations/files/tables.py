"""What may stand in each kind of file: columns, which are required, which have a fixed list of words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from touchmark.engine.screening import schemas
from touchmark.engine.screening.snapshot import words
from touchmark.engine.terms import RightKind


@dataclass(frozen=True, slots=True)
class Table:
    """
    One kind of file: rights, listings or sellers.

    ``schema`` is what the engine wants, ``row`` and ``unreadable`` included; the file has the other columns. A row
    without a ``required`` value, or without any of ``one_of``, is refused; so is one whose ``key``, if there is one,
    an earlier row of the file has. ``choices`` are the words that a column may hold.
    """

    name: str
    schema: pa.Schema
    required: tuple[str, ...]
    one_of: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a file may have, in the contract's order."""
        return tuple(name for name in self.schema.names if name not in ("row", "unreadable"))


RIGHTS = Table(
    name="rights",
    schema=schemas.RIGHTS,
    required=("right_id", "kind"),
    one_of=("text", "image"),
    key=("right_id",),
    choices={"kind": tuple(RightKind)},
)
#: A repeated listing_id is no fault: each row is screened (an importer keeps the last).
LISTINGS = Table(name="listings", schema=schemas.LISTINGS, required=("listing_id", "title"))
#: One seller may be on several marketplaces under the same id.
SELLERS = Table(name="sellers", schema=schemas.SELLERS, required=("seller_id",), key=("seller_id", "marketplace"))
#: What a person has said of words, after ``touchmark learn-words``; its other columns are for reading.
WORDS = Table(
    name="words",
    schema=pa.schema([pa.field("row", pa.int64(), nullable=False), *words.COLUMNS]),
    required=("word",),
    choices={"kind": words.KINDS},
)
