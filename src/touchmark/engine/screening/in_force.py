"""
Which rights ground findings: those of a kind that is screened, registered, not expired, and in force where a listing
is offered.

Nice classes are not asked yet: a listing's goods would have to be told first. Their place is ``InForce.grounds``.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from touchmark.engine.screening.hits import Hits
from touchmark.engine.terms import SCREENED_KINDS, OfficeStatus
from touchmark.engine.territories import countries

pc: Any = pyarrow.compute

Codes = frozenset[str]
EVERYWHERE: Codes = frozenset()  # no codes: no limit


@dataclass(frozen=True, slots=True, eq=False)
class InForce:
    """
    The rights of a register that are in force on a day (None: whatever the day), and where.

    ``reach[right]`` is an index into ``territories``, each a set of countries, the empty one being no limit.
    """

    on: date | None
    rights: NDArray[np.bool_]
    reach: NDArray[np.unsignedinteger[Any]]
    territories: tuple[Codes, ...]

    @classmethod
    def of(cls, rights: pa.Table, on: date | None) -> Self:
        """Ask every right of a table in the columns of ``schemas.RIGHTS``."""
        reach, territories = _distinct(rights.column("territories"), on)
        return cls(on, _registered(rights) & _within_time(rights, on), reach, territories)

    def grounds(self, batch: pa.Table | pa.RecordBatch, hits: Hits) -> NDArray[np.bool_]:
        """
        Whether each hit may ground a finding: its right is in force, and where its listing is offered.

        A listing that does not say where it is offered may be offered anywhere.
        """
        offered, places = _distinct(batch.column("offered_in"), self.on)
        meet = np.array([[_meet(right, place) for place in places] for right in self.territories], np.bool_)
        where: NDArray[np.bool_] = meet.reshape(len(self.territories), len(places))[
            self.reach[hits.right], offered[hits.listing]
        ]
        return self.rights[hits.right] & where


def _registered(rights: pa.Table) -> NDArray[np.bool_]:
    """Of a kind that is screened, and registered; a blank status is registered."""
    status = pc.fill_null(pc.utf8_lower(pc.utf8_trim_whitespace(rights.column("status"))), "")
    registered = pc.is_in(status, value_set=pa.array(["", OfficeStatus.REGISTERED]))
    kind = pc.is_in(rights.column("kind"), value_set=pa.array(sorted(SCREENED_KINDS)))
    return np.asarray(pc.and_(registered, kind)).astype(np.bool_)


def _within_time(rights: pa.Table, on: date | None) -> NDArray[np.bool_]:
    """Registered by that day, and that day not after the day of expiry; a missing date is no limit."""
    if on is None:
        return np.ones(rights.num_rows, np.bool_)
    begun = pc.fill_null(pc.less_equal(rights.column("registered_on"), pa.scalar(on)), True)
    lasting = pc.fill_null(pc.greater_equal(rights.column("expires_on"), pa.scalar(on)), True)
    return np.asarray(pc.and_(begun, lasting)).astype(np.bool_)


def _meet(right: Codes, place: Codes) -> bool:
    return not right or not place or not right.isdisjoint(place)


def _distinct(lists: Any, on: date | None) -> tuple[NDArray[np.unsignedinteger[Any]], tuple[Codes, ...]]:
    """Number the different lists of codes, and give the countries of each; few listings differ in them."""
    joined = pc.fill_null(pc.binary_join(lists, "|"), "")
    whole = joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined
    encoded = pc.dictionary_encode(whole)
    sets = tuple(countries(texts.split("|"), on) for texts in encoded.dictionary.to_pylist())
    smallest = np.min_scalar_type(len(sets))
    return encoded.indices.to_numpy(zero_copy_only=False).astype(smallest), sets
