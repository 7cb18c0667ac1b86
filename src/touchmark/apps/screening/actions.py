"""Screening the catalogue, keeping what was found, settling it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
from django.conf import settings
from django.db import transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.blobs import queries as blobs
from touchmark.apps.catalog import queries as catalog
from touchmark.apps.catalog.models import Listing
from touchmark.apps.registry.models import Right
from touchmark.apps.rules import queries as rules
from touchmark.apps.screening import queries, register, shards, touched, waiting
from touchmark.apps.screening.judging import Held, Ruled
from touchmark.apps.screening.looking import looks
from touchmark.apps.screening.models import Assessment, Finding, Hit, Run
from touchmark.apps.screening.sampling import Draw
from touchmark.engine.record.canonical import Json
from touchmark.engine.screening.compare.context import Context
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.engine.terms import Actor, Verdict

#: So many listings are screened and kept in one step; a step that is cut short leaves nothing of itself behind.
BATCH = 2_000

Row = Mapping[str, Any]


def screen_catalogue(*, at: datetime, progress: Callable[[int], None] = lambda done: None) -> Run:
    """
    Screen the whole catalogue against the rights verified now.

    :param progress: called with the number of listings screened since it was last called
    """
    tools = Tools.in_force(at)
    run = _begin(tools, covers=True, at=at)
    while screened := _go_on(run, tools, at=at):
        progress(screened)
    return run


def keep_up(*, at: datetime) -> int:
    """
    Screen one batch of what has not been screened as it is now by what is in force now, and give how many listings.

    When the register, or what of it is in force, has changed, that is the listings in which one of the rights that
    changed may stand; when the model has, the whole catalogue; else the listings that are new or have changed. With
    nothing else to do, what is read often is put together. Several workers may do this at once: what one has written,
    the other finds said already.
    """
    tools = Tools.in_force(at)
    covering = Run.objects.filter(covers=True).select_related("since").order_by("-id").first()
    if covering is None or covering.basis != tools.basis:
        covering = _begin(tools, covers=True, since=_can_go_on_from(covering, tools), at=at)
    if covering.finished_at is None:
        return _go_on(covering, tools, at=at)
    keys = queries.changed_since(queries.begun(covering))[:BATCH]
    screened = _screen_these(list(keys), tools, at=at)
    if not screened:
        register.merge()
        shards.tidy(at=at)
    return screened


def _can_go_on_from(covering: Run | None, tools: "Tools") -> Run | None:
    """Only a finished run by the same model says what the catalogue was like; after another, all is done anew."""
    if covering is None or covering.finished_at is None or covering.on is None:
        return None
    return covering if covering.model_version == tools.model.version else None


@dataclass(frozen=True, slots=True)
class Tools:
    """What listings are screened by; ``basis`` is its digest."""

    snapshot: Snapshot
    model: Model
    basis: str
    edition: int
    on: date

    @classmethod
    def in_force(cls, at: datetime) -> Self:
        """Give the verified rights as they are in force, and the model."""
        edition, snapshot = register.in_force(on=at.date())
        model = model_in_force()
        return cls(snapshot, model, register.basis_of(snapshot, model.version), edition.number, at.date())


def model_in_force() -> Model:
    """
    Give the model that ``settings.TOUCHMARK_MODEL`` names, else the one that comes along.

    :raises ModelRefused: if it cannot be used
    """
    path = Path(settings.TOUCHMARK_MODEL) if settings.TOUCHMARK_MODEL else None
    if path is None:
        return Model.default()
    return _model_as_of(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=1)
def _model_as_of(path: Path, changed: int) -> Model:
    """A file of weights is read again when it has changed, and not for every offer."""
    return Model.load(path)


def _begin(tools: Tools, *, covers: bool, since: Run | None = None, at: datetime) -> Run:
    return Run.objects.create(
        snapshot_id=tools.snapshot.id,
        model_version=tools.model.version,
        basis=tools.basis,
        edition=tools.edition,
        on=tools.on,
        covers=covers,
        since=since,
        started_at=at,
    )


def _go_on(run: Run, tools: Tools, *, at: datetime) -> int:
    """Screen the next listings of a covering run; when there are none, it is finished."""
    keys = catalog.keys_after(run.reached, size=BATCH) if run.since is None else touched.keys_after(run, size=BATCH)
    if not keys:
        _finish(run, at=at)
        return 0
    _screen(run, keys, tools, at=at)
    run.reached = keys[-1]
    run.save()
    return len(keys)


def screen_now(keys: Sequence[int], *, at: datetime) -> int:
    """
    Screen these listings before all others, of those that have not been screened as they are; give how many.
    """
    stale = queries.not_screened_as_they_are(keys)
    return _screen_these(stale, Tools.in_force(at), at=at) if stale else 0


def screen_for(moments: Mapping[int, datetime], *, at: datetime) -> int:
    """Screen these listings before all others, of those not screened as they are since the moment beside each."""
    stale = queries.not_screened_since(moments)
    return _screen_these(stale, Tools.in_force(at), at=at) if stale else 0


def _screen_these(keys: Sequence[int], tools: Tools, *, at: datetime) -> int:
    if not keys:
        return 0
    run = _begin(tools, covers=False, at=at)
    _screen(run, keys, tools, at=at)
    _finish(run, at=at)
    return len(keys)


def _screen(run: Run, keys: Sequence[int], tools: Tools, *, at: datetime) -> None:
    for found, batch in catalog.batches(keys=keys, size=BATCH):
        sellers = catalog.sellers_of(found)
        shards.append(found, catalog.digests_of(batch), batch, at=at)
        shown = Context(catalog.pictures_of_many(found))
        findings, assessments = screen(
            batch, blobs.bytes_of, tools.snapshot, tools.model, sellers=sellers, context=shown, looks=looks()
        )
        run.findings += findings.num_rows
        run.listings += len(found)
        ruled = Ruled.of(batch, sellers, findings, assessments, rules.in_force())
        _keep(run, found, batch, findings, assessments, ruled, tools.model, at=at)


@transaction.atomic
def _finish(run: Run, *, at: datetime) -> Run:
    run.finished_at = at
    run.save()
    payload: dict[str, Json] = {"snapshot_id": run.snapshot_id, "model": run.model_version, "listings": run.listings}
    audit.append(stream=f"screening:{run.pk}", kind="screen", actor=Actor.system(), at=at, payload=payload)
    return run


@transaction.atomic
def _keep(
    run: Run,
    keys: Sequence[int],
    batch: pa.RecordBatch,
    findings: pa.Table,
    assessments: pa.Table,
    ruled: Ruled,
    model: Model,
    *,
    at: datetime,
) -> None:
    """
    Write the assessments that say something new; one that says what the current one says is left as it is.

    A listing that changed since the batch was read is left for its next screening. Of those that are clear some are
    drawn at random, to be looked at all the same. Written rules make the verdict, and are no part of the basis: what
    was settled does not come back to the desk because a rule has changed.
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
    new = {key: None for key in fresh if key not in current or current[key].basis != bases[key]}
    Assessment.objects.filter(pk__in=[current[key].pk for key in new if key in current]).update(superseded_at=at)
    same = [current[key].pk for key in fresh if key not in new and not run.covers]
    Assessment.objects.filter(pk__in=same).update(made_at=at)  # looked at again: it stands for the listing as it is
    settled = _settled_before(bases, new)
    by_rules = dict(zip(keys, ruled.assessments, strict=True))
    draw = Draw.of_this_installation()
    drawn = {key for key in new if by_rules[key]["verdict"] == Verdict.CLEAR and draw.takes(key, read[key])}
    made = Assessment.objects.bulk_create(
        Assessment(
            listing_id=key,
            run=run,
            risk=fresh[key][0]["risk"],
            verdict=by_rules[key]["verdict"],
            reasons=by_rules[key]["reasons"],
            amounts=model.amounts(fresh[key][0]["reasons"]),
            sampled=key in drawn,
            stands_for=draw.stands_for if key in drawn else 1.0,
            basis=bases[key],
            made_at=at,
            settled_at=settled.get((key, bases[key])),
        )
        for key in new
    )
    _keep_findings({assessment.pk: fresh[assessment.listing_id][1] for assessment in made})
    _keep_hits(made, dict(zip(keys, ruled.held, strict=True)), at=at)
    waiting.renew(new)


def _keep_hits(made: Sequence[Assessment], held: Mapping[int, Sequence[Held]], *, at: datetime) -> None:
    """Write which rules hold; what was settled before waits for no rule."""
    Hit.objects.bulk_create(
        (
            Hit(
                assessment=assessment,
                version=one.version,
                live=one.live,
                verdict=one.verdict,
                at=at,
                waits=one.acts and assessment.settled_at is None,
            )
            for assessment in made
            for one in held[assessment.listing_id]
        ),
        batch_size=2_000,
    )


def _by_row(findings: pa.Table) -> defaultdict[int, list[Row]]:
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for finding in findings.to_pylist():
        rows[finding["row"]].append(finding)
    return rows


def _basis(digest: str, assessment: Row, places: Sequence[Row]) -> str:
    """Give the digest of what an assessment rests on; a new version of the model alone changes nothing in it."""
    said = [[f["right_id"], f["way"], f["field"], f["start"], f["end"], f["image"]] for f in places]
    return hashlib.sha256(json.dumps([digest, assessment["verdict"], said]).encode()).hexdigest()


def _settled_before(bases: Mapping[int, str], keys: Collection[int]) -> dict[tuple[int, str], datetime | None]:
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
    waiting.renew([assessment.listing_id])
    return assessment


@transaction.atomic
def open_again(*, assessment: Assessment) -> Assessment:
    """
    Note that the decision on what this assessment says was undone: the listing waits at the desk again.

    One that a later assessment has replaced stays as it was: that one waits, or has been decided on.
    """
    if assessment.superseded_at is None:
        assessment.settled_at = None
        assessment.save(update_fields=["settled_at"])
        waiting.renew([assessment.listing_id])
    return assessment


@transaction.atomic
def settle_hit(hit: Hit, *, left: str = "") -> Hit:
    """Note that a rule has acted, or why the listing was left to people. The caller holds the hit's row."""
    hit.waits, hit.left = False, left
    hit.save(update_fields=["waits", "left"])
    return hit
