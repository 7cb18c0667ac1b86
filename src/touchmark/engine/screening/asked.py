"""
Of which listings the pictures are worth a dear look: those of which something else speaks already, and a few at random.

Everything is told of the listing, its seller and the register as it is in force, so that batches and news over a base
change nothing. What is cheap has been found already: words, copies of whole pictures.
"""

from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.columns import Batch, compute, rows_of, whole
from touchmark.engine.screening.evidence import Evidence, Flags, Floats, Known
from touchmark.engine.screening.features import FEW_SELLERS, LOW_PRICE, NEW
from touchmark.engine.screening.hits import Hits
from touchmark.engine.screening.image.shown import Unreadable
from touchmark.engine.screening.looks import Looks, When
from touchmark.engine.screening.snapshot.snapshot import Snapshot

#: Up to so many rights with pictures the closer look is taken of every picture: who screens against few can afford it.
SMALL_REGISTER = 10_000
#: One in so many listings is looked at for no reason, so that what nothing else tells of comes to light.
SAMPLE = 50
#: Words for a seller's standing that speak against him.
DOUBTFUL = ("warned", "restricted", "suspended", "closed")


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Per listing, whether its pictures are looked at more closely, and whether their words are read."""

    closer: Flags
    reading: Flags

    @classmethod
    def of(cls, batch: Batch, hits: Hits, sure: Floats, snapshot: Snapshot, known: Known, looks: Looks) -> "Asked":
        """
        Tell it for a batch.

        :param hits: uses of marks in its texts, with how sure each is
        """
        reading = looks.reading if looks.reader else When.NEVER
        pictured = _pictured(snapshot)
        closer = When.ALWAYS if looks.closer is When.ASKED and pictured.sum() <= SMALL_REGISTER else looks.closer
        suspicious = np.zeros(batch.num_rows, np.bool_)
        if When.ASKED in (closer, reading):
            suspicious = _suspicious(batch, hits, sure, snapshot, known)
        named = np.zeros(batch.num_rows, np.bool_)
        if closer is When.ASKED:
            named[hits.listing[_of_pictured_holders(hits, pictured, snapshot)]] = True
        return cls(_when(closer, suspicious | named), _when(reading, suspicious))


def _when(when: When, asked: Flags) -> Flags:
    return asked if when is When.ASKED else np.full(len(asked), when is When.ALWAYS)


def _pictured(snapshot: Snapshot) -> Flags:
    """Per right: whether it is in force and has a picture."""
    has = np.zeros(len(snapshot), np.bool_)
    for layer in snapshot.images.layers:
        has[layer.right] = True
    return has & snapshot.in_force.rights


def _of_pictured_holders(hits: Hits, pictured: Flags, snapshot: Snapshot) -> Flags:
    """Tell the uses of marks of which the holder has registered pictures, too."""
    holder = snapshot.marks.holder
    shown = np.zeros(int(holder.max(initial=0)) + 1, np.bool_)
    shown[holder[pictured]] = True
    found: Flags = shown[holder[hits.right]]
    return found


def _suspicious(batch: Batch, hits: Hits, sure: Floats, snapshot: Snapshot, known: Known) -> Flags:
    """Tell the listings with pictures of which something speaks against them, and those drawn at random."""
    counts = np.asarray(compute.fill_null(compute.list_value_length(whole(batch, "images")), 0))
    at = np.flatnonzero(counts)
    if not len(at):
        return np.zeros(batch.num_rows, np.bool_)
    here = np.isin(hits.listing, at)
    uses = hits.taken(here)
    moved = replace(uses, listing=np.searchsorted(at, uses.listing))
    few = rows_of(batch, at)
    evidence = Evidence.of(few, moved, sure[here], snapshot, known, Unreadable.none())
    used = evidence.marks > 0
    low = (evidence.price_ratio < LOW_PRICE) | (evidence.below_usual < 1)
    coded = np.logical_or.reduce([_there(words) for words in evidence.coded.values()])
    seller = _there(compute.index_in(evidence.standing, value_set=pa.array(DOUBTFUL))) | (evidence.days_open < NEW)
    many = evidence.photo_sellers > FEW_SELLERS
    drawn = _drawn(few)
    suspicious = np.zeros(batch.num_rows, np.bool_)
    suspicious[at] = (evidence.disguised.confidence > 0) | (used & (low | coded)) | seller | many | drawn
    return suspicious


def _there(column: Any) -> Flags:
    return np.asarray(column.is_valid()).astype(np.bool_)


def _drawn(rows: Batch) -> Flags:
    """Draw some listings by marketplace and name: the same ones every time. One without a name is never drawn."""
    names = zip(rows.column("marketplace").to_pylist(), rows.column("listing_id").to_pylist(), strict=False)
    drawn = [bool(name) and crc32(f"{place}\x1f{name}".encode()) % SAMPLE == 0 for place, name in names]
    return np.array(drawn, np.bool_)
