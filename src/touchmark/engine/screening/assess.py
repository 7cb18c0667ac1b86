"""From hits to one assessment per listing: evidence, risk, reasons, verdict."""

from typing import Any

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.columns import Batch, whole
from touchmark.engine.screening.evidence import Evidence, Floats, Register
from touchmark.engine.screening.features import remarks
from touchmark.engine.screening.hits import Hits
from touchmark.engine.screening.image.match import Unreadable
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.reasons import listed
from touchmark.engine.screening.schemas import ASSESSMENTS
from touchmark.engine.screening.verdict import Rules, verdicts


def assess(
    batch: Batch,
    hits: Hits,
    confidence: Floats,
    snapshot: Register,
    sellers: pa.Table | None,
    unreadable: Unreadable,
    model: Model,
    rules: Rules,
) -> pa.Table:
    """
    Give one row per listing of the batch, in its order, clear ones too, with the columns of ``schemas.ASSESSMENTS``.

    ``hits`` are those that are written as findings, ``confidence`` has one entry each. The weights of the reasons and
    the model's bias add up to the log-odds of the risk.
    """
    evidence = Evidence.of(batch, hits, confidence, snapshot, sellers, unreadable)
    risk, terms = model.risk(evidence)
    columns: list[Any] = [
        whole(batch, "row"),
        whole(batch, "listing_id"),
        whole(batch, "marketplace"),
        pa.array(risk),
        verdicts(risk, evidence, rules),
        listed([*terms, *remarks(evidence)], batch.num_rows),
        pa.array(np.bincount(hits.listing, minlength=batch.num_rows)),
    ]
    return pa.Table.from_arrays(columns, schema=ASSESSMENTS)
