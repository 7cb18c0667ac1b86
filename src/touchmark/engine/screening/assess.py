"""From hits to one assessment per listing: evidence, risk, reasons, verdict."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.columns import Batch, compute, rows_of, whole
from touchmark.engine.screening.evidence import Evidence, Floats, Index, Known, Register
from touchmark.engine.screening.features import remarks
from touchmark.engine.screening.hits import Hits
from touchmark.engine.screening.image.shown import Unreadable
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.reasons import listed
from touchmark.engine.screening.schemas import ASSESSMENTS, REASON
from touchmark.engine.screening.use import probability
from touchmark.engine.screening.verdict import Rules, grounds_said, verdicts
from touchmark.engine.terms import Verdict


def assess(
    batch: Batch,
    hits: Hits,
    confidence: Floats,
    snapshot: Register,
    known: Known,
    unreadable: Unreadable,
    model: Model,
    rules: Rules,
) -> pa.Table:
    """
    Give one row per listing of the batch, in its order, clear ones too, with the columns of ``schemas.ASSESSMENTS``.

    ``hits`` are those that are written as findings, ``confidence`` has one entry each. The weights of the reasons and
    the model's bias add up to the log-odds of the risk. Only listings of which there is something to say are looked
    into: most of a catalogue uses no right.
    """
    rows = batch.num_rows
    at = _touched(batch, hits, unreadable)
    risk_of_none = probability(np.array([model.bias]))[0]
    risk = np.full(rows, risk_of_none)
    verdict = np.full(rows, Verdict.CLEAR.value if risk_of_none < rules.review_at else Verdict.REVIEW.value, object)
    if not len(at):  # most offers that are asked about one by one
        return _table(batch, risk, verdict, pa.array([[]] * rows, pa.list_(REASON)), hits)
    few = rows_of(batch, at)
    moved = replace(hits, listing=np.searchsorted(at, hits.listing))
    unseen = replace(unreadable, listing=np.searchsorted(at, unreadable.listing))
    evidence = Evidence.of(few, moved, confidence, snapshot, known, unseen)
    risk_of_few, terms = model.risk(evidence)
    risk[at] = risk_of_few
    verdict[at] = verdicts(risk_of_few, evidence, rules)
    reasons = [replace(term, at=at[term.at]) for term in (*terms, *remarks(evidence), grounds_said(evidence))]
    return _table(batch, risk, verdict, listed(reasons, rows), hits)


def _table(batch: Batch, risk: Floats, verdict: Any, reasons: Any, hits: Hits) -> pa.Table:
    columns: list[Any] = [
        whole(batch, "row"),
        whole(batch, "listing_id"),
        whole(batch, "marketplace"),
        pa.array(risk),
        pa.array(verdict, pa.string()),
        reasons,
        pa.array(np.bincount(hits.listing, minlength=batch.num_rows)),
    ]
    return pa.Table.from_arrays(columns, schema=ASSESSMENTS)


def _touched(batch: Batch, hits: Hits, unreadable: Unreadable) -> Index:
    """Number the listings that use a right, or of which something could not be read."""
    values = np.asarray(compute.fill_null(compute.list_value_length(whole(batch, "unreadable")), 0))
    return np.unique(np.concatenate([hits.listing, unreadable.listing, np.flatnonzero(values)])).astype(np.int64)
