"""
What frequent words of a catalogue look like: for each word that is, or is near, a mark, who writes it and how.

Counted over titles, by sellers: what many sellers write, and hardly any as the brand, is a word of the trade; what most
of them write where they name that brand is a name. Evasions become frequent too, so that words *near* a mark are
told apart, and nothing is put in force here: a person says of each row what it is.
"""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.columns import compute, taken
from touchmark.engine.screening.hits import FIELDS, WAYS, Hits, Trick
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.engine.screening.snapshot.words import NAME, ORDINARY, Words
from touchmark.engine.screening.surroundings.around import Surroundings
from touchmark.engine.screening.text.match import match_text
from touchmark.engine.screening.text.points import Points
from touchmark.engine.terms import Way

#: Words of fewer sellers say nothing of the trade.
FEWEST_SELLERS = 5
#: From this share of brand fields down a word is proposed as ordinary, from the next one up as a name.
RARELY, MOSTLY = 0.05, 0.5

_FIELDS: "list[pa.Field[Any]]" = [
    pa.field("word", pa.string(), nullable=False),
    pa.field("kind", pa.string()),  # to be filled in: ordinary, name, phrase, or nothing
    pa.field("mark", pa.string(), nullable=False),
    pa.field("written", pa.string(), nullable=False),  # as the mark, or near it
    pa.field("proposed", pa.string()),
    pa.field("sellers", pa.int64(), nullable=False),
    pa.field("listings", pa.int64(), nullable=False),
    pa.field("with_brand", pa.int64(), nullable=False),  # of those, how many have a brand field that is filled
    pa.field("as_brand", pa.int64(), nullable=False),  # of those, in how many it is that mark
    pa.field("level", pa.int64(), nullable=False),  # how ordinary dictionaries have it, in tenths of Zipf's scale
    pa.field("example", pa.string(), nullable=False),
]
COLUMNS = pa.schema(_FIELDS)


@dataclass
class Seen:
    """What was seen in the batches read so far."""

    parts: list[pa.Table] = field(default_factory=list)

    def read(self, batch: pa.Table | pa.RecordBatch, snapshot: Snapshot) -> None:
        """Take in a batch of listings, in the columns of ``schemas.LISTINGS``."""
        hits = match_text(batch, snapshot.marks)
        around = Surroundings.of(hits, batch, snapshot)
        at = np.flatnonzero((hits.field == FIELDS.index("title")) & _written_as_words(hits))
        listing, text = np.unique(hits.listing[at], return_inverse=True)
        surface = Points.of(taken(batch, "title", listing)).cut(text, hits.start[at], hits.end[at])
        columns = {
            "word": compute.utf8_lower(surface),
            "mark": compute.take(snapshot.marks.text, pa.array(hits.form[at])),
            "near": pa.array(hits.way[at] == WAYS.index(Way.DISGUISED)),
            "seller": compute.fill_null(taken(batch, "seller_id", hits.listing[at]), ""),
            "listing": taken(batch, "listing_id", hits.listing[at]),
            "branded": pa.array((around.other_brand | around.named_brand)[at].astype(np.int64)),
            "as_brand": pa.array(around.named_brand[at].astype(np.int64)),
            "level": pa.array(around.spelling.level[at].astype(np.int64)),
            "title": taken(batch, "title", hits.listing[at]),
        }
        self.parts.append(pa.table(columns))

    def table(self, fewest_sellers: int = FEWEST_SELLERS) -> pa.Table:
        """Give the words that so many sellers write, the most widely written first, in the columns ``COLUMNS``."""
        if not self.parts:
            return COLUMNS.empty_table()
        once = pa.concat_tables(self.parts).group_by(["word", "mark", "near", "seller", "listing"])
        seen = once.aggregate([(name, "max") for name in ("branded", "as_brand", "level")] + [("title", "min")])
        counts = seen.group_by(["word", "mark", "near"]).aggregate(
            [
                ("seller", "count_distinct"),
                ("listing", "count"),
                ("branded_max", "sum"),
                ("as_brand_max", "sum"),
                ("level_max", "max"),
                ("title_min", "min"),
            ]
        )
        counts = counts.filter(compute.greater_equal(counts["seller_count_distinct"], fewest_sellers))
        order: Any = [("seller_count_distinct", "descending"), ("word", "ascending"), ("mark", "ascending")]
        return _told(counts.sort_by(order))


def with_words(snapshot: Snapshot, words: Words) -> Snapshot:
    """Give the snapshot with what a person has said of words; its id names that too."""
    if not words.table.num_rows:
        return snapshot
    said = sha256(f"{snapshot.id} {words.table.to_pydict()}".encode()).hexdigest()[:24]
    return replace(snapshot, words=words, id=said)


def _written_as_words(hits: Hits) -> Any:
    """Openly, or by letters that anybody may write so."""
    loose = np.isin(hits.trick, (Trick.NONE, Trick.GLUED, Trick.REPEATED, Trick.DROPPED, Trick.ADDED, Trick.SWAPPED))
    return loose | np.isin(hits.trick, (Trick.CHANGED, Trick.VOWELS, Trick.SOUND, Trick.SHORTENED))


def _told(counts: pa.Table) -> pa.Table:
    near = counts["near"]
    branded, as_brand = counts["branded_max_sum"], counts["as_brand_max_sum"]
    share = compute.divide(compute.cast(as_brand, pa.float64()), compute.max_element_wise(branded, 1))
    enough = compute.and_(compute.greater_equal(branded, FEWEST_SELLERS), compute.invert(near))
    name = compute.and_(enough, compute.greater_equal(share, MOSTLY))
    known = compute.greater(counts["level_max_max"], 0)  # a name beside another brand is a reference, and no word
    word = compute.and_(compute.and_(enough, known), compute.less_equal(share, RARELY))
    none = pa.scalar(None, pa.string())
    return pa.Table.from_arrays(
        [
            counts["word"],
            pa.nulls(counts.num_rows, pa.string()),
            counts["mark"],
            compute.if_else(near, "near it", "as the mark"),
            compute.if_else(name, NAME, compute.if_else(word, ORDINARY, none)),
            counts["seller_count_distinct"],
            counts["listing_count"],
            branded,
            as_brand,
            counts["level_max_max"],
            counts["title_min_min"],
        ],
        names=COLUMNS.names,
    ).cast(COLUMNS)
