"""
News over a compiled register: rights that came, changed or went since it was compiled, in force without a rebuild.

What is found is the same as after compiling all of it again, byte for byte but for the snapshot's id; a test holds it.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from touchmark.engine.screening.in_force import InForce
from touchmark.engine.screening.snapshot.snapshot import Snapshot

pc: Any = pyarrow.compute

#: The status, in the table of a changed register, of rights that are out of it or stand further below as they are now.
REPLACED = "replaced"


def with_changes(base: Snapshot, news: Snapshot, *, gone: Collection[str] = (), sequence: str) -> Snapshot:
    """
    Lay a small compiled register over another.

    :param news: rights that came or changed, compiled by themselves
    :param gone: the ``right_id`` of rights that went; one that is among the news has changed, and did not go
    :param sequence: what names this state of the register since the base; the id is that of the base and this
    """
    news_ids: list[Any] = news.rights["right_id"].to_pylist()
    out = pc.is_in(base.rights["right_id"], value_set=pa.array(sorted({*gone, *news_ids}), pa.string()))
    rights = pa.concat_tables([_without(base.rights, out), news.rights]).combine_chunks()
    return replace(
        base,
        id=f"{base.id}+{sequence}",
        rights=rights,
        marks=base.marks.with_layer(news.marks),
        images=base.images.with_layer(news.images, len(base)),
        in_force=InForce.of(rights, base.in_force.on),
        order=_order(base, news_ids),
    )


def _without(rights: pa.Table, out: Any) -> pa.Table:
    status = pc.if_else(out, REPLACED, rights["status"])
    return rights.set_column(rights.schema.get_field_index("status"), rights.schema.field("status"), status)


def _order(base: Snapshot, news: Sequence[str]) -> NDArray[np.int64]:
    """Give the place of each right by its id; the news are few, and sorted by themselves."""
    own = np.arange(len(base)) if base.order is None else base.order
    ids = _Sorted(base.rights["right_id"], np.argsort(own))
    before = np.array([bisect_left(ids, right_id) for right_id in news], np.int64)
    return np.concatenate([own + np.searchsorted(before, own, side="right"), before + np.arange(len(news))])


class _Sorted:
    """A column in order, as bisection wants it, without making a list of a million texts."""

    def __init__(self, column: Any, rows: NDArray[np.int64]) -> None:
        self._column, self._rows = column, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> str:
        return str(self._column[int(self._rows[place])].as_py())
