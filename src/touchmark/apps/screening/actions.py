"""Screening the catalogue, keeping what was found, settling it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db import transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.blobs import queries as blobs
from touchmark.apps.catalog import queries as catalog
from touchmark.apps.catalog.models import Listing
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import register
from touchmark.apps.screening.models import Assessment, Finding, Run
from touchmark.engine.record.canonical import Json
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.screen import screen
from touchmark.engine.terms import Actor

#: So many listings are screened and kept in one step; a step that is cut short leaves nothing of itself behind.
BATCH = 2_000

Row = Mapping[str, Any]


def screen_catalogue(
    *, at: datetime, listings: Sequence[int] | None = None, progress: Callable[[int], None] = lambda done: None
) -> Run:
    """
    Screen the whole catalogue, or the listings with these keys, against the rights verified now.

    :param progress: called with the number of listings screened since it was last called
    """
    snapshot = register.in_force(on=at.date())
    model = Model.default()
    run = Run.objects.create(snapshot_id=snapshot.id, model_version=model.version, started_at=at)
    for keys, batch in catalog.batches(keys=listings, size=BATCH):
        findings, assessments = screen(batch, blobs.bytes_of, snapshot, model, sellers=catalog.sellers_of(keys))
        run.findings += findings.num_rows
        run.listings += len(keys)
        _keep(run, keys, batch, findings, assessments, at=at)
        progress(len(keys))
    return _finish(run, at=at)


@transaction.atomic
def _finish(run: Run, *, at: datetime) -> Run:
    run.finished_at = at
    run.save()
    payload: dict[str, Json] = {"snapshot_id": run.snapshot_id, "model": run.model_version, "listings": run.listings}
    audit.append(stream=f"screening:{run.pk}", kind="screen", actor=Actor.system(), at=at, payload=payload)
    return run


@transaction.atomic
def _keep(
    run: Run, keys: Sequence[int], batch: pa.RecordBatch, findings: pa.Table, assessments: pa.Table, *, at: datetime
) -> None:
    """
    Write the assessments that say something new; one that says what the current one says is left as it is.

    A listing that changed since the batch was read is left for its next screening.
    """
    digests = dict(Listing.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", "digest"))
    read = dict(zip(keys, catalog.digests_of(batch), strict=True))
    found = _by_row(findings)
    fresh = {
        key: (row, found[row["row"]])
        for key, row in zip(keys, assessments.to_pylist(), strict=True)
        if digests.get(key) == read[key]
    }
    bases = {key: _basis(read[key], row, places) for key, (row, places) in fresh.items()}
    current = {a.listing_id: a for a in Assessment.objects.filter(listing_id__in=fresh, superseded_at=None)}
    new = [key for key in fresh if key not in current or current[key].basis != bases[key]]
    Assessment.objects.filter(pk__in=[current[key].pk for key in new if key in current]).update(superseded_at=at)
    settled = _settled_before(bases, new)
    made = Assessment.objects.bulk_create(
        Assessment(
            listing_id=key,
            run=run,
            risk=fresh[key][0]["risk"],
            verdict=fresh[key][0]["verdict"],
            reasons=fresh[key][0]["reasons"],
            basis=bases[key],
            made_at=at,
            settled_at=settled.get((key, bases[key])),
        )
        for key in new
    )
    _keep_findings({assessment.pk: fresh[assessment.listing_id][1] for assessment in made})


def _by_row(findings: pa.Table) -> defaultdict[int, list[Row]]:
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for finding in findings.to_pylist():
        rows[finding["row"]].append(finding)
    return rows


def _basis(digest: str, assessment: Row, places: Sequence[Row]) -> str:
    """Give the digest of what an assessment rests on; a new version of the model alone changes nothing in it."""
    said = [[f["right_id"], f["way"], f["field"], f["start"], f["end"], f["image"]] for f in places]
    return hashlib.sha256(json.dumps([digest, assessment["verdict"], said]).encode()).hexdigest()


def _settled_before(bases: Mapping[int, str], keys: Sequence[int]) -> dict[tuple[int, str], datetime | None]:
    """Give when the same basis was settled before: it does not come back to the desk."""
    settled = Assessment.objects.filter(listing_id__in=keys, basis__in=[bases[key] for key in keys])
    return {
        (listing, basis): at
        for listing, basis, at in settled.exclude(settled_at=None).values_list("listing_id", "basis", "settled_at")
    }


def _keep_findings(places: Mapping[int, Sequence[Row]]) -> None:
    named = {finding["right_id"] for findings in places.values() for finding in findings}
    rights = dict(Right.objects.filter(right_id__in=named).values_list("right_id", "pk"))
    Finding.objects.bulk_create(
        (
            Finding(
                assessment_id=assessment,
                right_id=rights[finding["right_id"]],
                way=finding["way"],
                confidence=finding["confidence"],
                reasons=finding["reasons"],
                field=finding["field"],
                start=finding["start"],
                end=finding["end"],
                surface=finding["surface"] or "",
                image=finding["image"] or "",
                box=finding["box"],
            )
            for assessment, findings in places.items()
            for finding in findings
        ),
        batch_size=2_000,
    )


@transaction.atomic
def settle(*, assessment: Assessment, at: datetime) -> Assessment:
    """Note that a decision was taken on what this assessment says; it leaves the desk."""
    assessment.settled_at = at
    assessment.save(update_fields=["settled_at"])
    return assessment
