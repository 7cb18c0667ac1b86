"""Reading assessments and findings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db.models import Count, Exists, F, OuterRef, QuerySet

from touchmark.apps.catalog.models import Listing
from touchmark.apps.screening.models import Assessment, Finding, Hit, Run
from touchmark.engine.screening.schemas import ASSESSMENTS, FINDINGS
from touchmark.engine.terms import Way


def current(listing: Listing) -> Assessment | None:
    """Give the listing's latest assessment, settled or not."""
    return Assessment.objects.filter(listing=listing, superseded_at=None).select_related("run").first()


def findings_of(assessment: Assessment | None) -> QuerySet[Finding]:
    """Give the findings of an assessment, as the engine ordered them."""
    if assessment is None:
        return Finding.objects.none()
    return assessment.findings.select_related("right__holder", "right__image", "right__verified_by").order_by("id")


def current_of_each(listing_keys: Iterable[int]) -> dict[int, tuple[Assessment, list[Finding]]]:
    """
    Give the latest assessment of each of these listings with its findings; none for a listing never screened.

    For rows of a list: why something was found, and all but the name of its right, is read where it is asked for.
    """
    current_ones = Assessment.objects.filter(listing_id__in=list(listing_keys), superseded_at=None)
    assessments = {a.pk: a for a in current_ones.defer("reasons", "amounts")}
    found: dict[int, tuple[Assessment, list[Finding]]] = {a.listing_id: (a, []) for a in assessments.values()}
    findings = Finding.objects.filter(assessment__in=list(assessments)).select_related("right")
    for finding in findings.defer("reasons", "box", *_LONG).order_by("id"):
        found[assessments[finding.assessment_id].listing_id][1].append(finding)
    return found


def assessed_of(listing_keys: Iterable[int]) -> dict[int, Assessment]:
    """Give the latest assessment of each of these listings, settled or not."""
    found = Assessment.objects.filter(listing__in=list(listing_keys), superseded_at=None)
    return {assessment.listing_id: assessment for assessment in found.defer("reasons")}


def uses_of(right_key: int, listing_keys: Iterable[int]) -> dict[int, list[Finding]]:
    """Give where one right is used in each of these listings, the surest first, by what was found last."""
    found: dict[int, list[Finding]] = {}
    current_ones = Finding.objects.filter(
        right=right_key, assessment__listing__in=list(listing_keys), assessment__superseded_at=None
    )
    for finding in current_ones.select_related("assessment").order_by("-confidence", "id"):
        found.setdefault(finding.assessment.listing_id, []).append(finding)
    return found


#: What of a right no row of a list shows.
_LONG = ("right__aliases", "right__nice_classes", "right__territories", "right__authorised_sellers", "right__extra")


def assessed_after(key: int, *, size: int) -> list[int]:
    """Give the keys of the next listings that have been assessed, in their order."""
    current_ones = Assessment.objects.filter(superseded_at=None, listing_id__gt=key).order_by("listing_id")
    return list(current_ones.values_list("listing_id", flat=True)[:size])


def as_tables(listing_keys: Sequence[int]) -> tuple[pa.Table, pa.Table]:
    """
    Give what stands of these listings as the engine writes it: findings, as far as rules read them, and assessments.

    Rows are numbered from 1 in the order of the keys, which is that of the assessments.
    """
    found = Assessment.objects.filter(listing_id__in=listing_keys, superseded_at=None).order_by("listing_id")
    names = ("pk", "listing_id", "risk", "verdict", "reasons")
    assessed = list(found.values_list(*names))
    row = {key: number for number, (key, *_rest) in enumerate(assessed, start=1)}
    findings = Finding.objects.filter(assessment__in=found).order_by("assessment_id", "id")
    uses = findings.values_list("assessment_id", "right__right_id", "way", "confidence")
    columns = list(zip(*((row[key], *use) for key, *use in uses), strict=True)) or [(), (), (), ()]
    _, listing, risk, verdict, reasons = list(zip(*assessed, strict=True)) or [(), (), (), (), ()]
    made = {"row": list(row.values()), "risk": risk, "verdict": verdict, "reasons": reasons}
    made |= {"listing_id": [str(key) for key in listing], "findings": [0] * len(row)}
    return (
        pa.table({name: pa.array(column, _type(FINDINGS, name)) for name, column in zip(_USES, columns, strict=True)}),
        pa.table({name: pa.array(made[name], _type(ASSESSMENTS, name)) for name in made}),
    )


_USES = ("row", "right_id", "way", "confidence")


def _type(schema: pa.Schema, name: str) -> Any:
    return schema.field(name).type


def evidence(assessment: Assessment | None) -> Mapping[str, Any]:
    """Give what an assessment found, as plain values to be kept beside a decision and in the record."""
    if assessment is None:
        return {}
    return {
        "assessment": assessment.pk,
        "risk": assessment.risk,
        "verdict": assessment.verdict,
        "snapshot_id": assessment.run.snapshot_id,
        "model_version": assessment.run.model_version,
        "findings": [
            {
                "right": finding.right.right_id,
                "way": finding.way,
                "confidence": finding.confidence,
                "field": finding.field,
                "start": finding.start,
                "end": finding.end,
                "image": finding.image,
            }
            for finding in findings_of(assessment)
        ],
    }


def last_run() -> Run | None:
    """Give the last screening run that was finished."""
    return Run.objects.exclude(finished_at=None).order_by("-finished_at", "-id").first()


def counts_by_way() -> dict[str, int]:
    """Give how many findings of the current assessments there are, by way of use."""
    current_ones = Finding.objects.filter(assessment__superseded_at=None)
    return dict(current_ones.order_by().values_list("way").annotate(n=Count("id")))


def of_way(way: Way, *, right_id: str) -> QuerySet[Finding]:
    """Give the findings of this way for a right, among the current assessments, the surest first."""
    findings = Finding.objects.filter(way=way, right__right_id=right_id, assessment__superseded_at=None)
    return findings.select_related("right", "assessment__listing__marketplace").order_by("-confidence", "id")


def begun(run: Run) -> datetime:
    """Give since when the catalogue is looked after by a covering run and those it goes on from."""
    while run.since is not None:
        run = run.since
    return run.started_at


def changed_since(moment: datetime) -> QuerySet[Listing, int]:
    """Give the keys of listings that changed at or after this moment and have not been screened since, oldest first."""
    screened = Assessment.objects.filter(
        listing=OuterRef("pk"), superseded_at=None, made_at__gte=OuterRef("changed_at")
    )
    changed = Listing.objects.filter(~Exists(screened), changed_at__gte=moment)
    return changed.order_by("changed_at", "pk").values_list("pk", flat=True)


def not_screened_as_they_are(keys: Sequence[int]) -> list[int]:
    """Give which of these listings have changed since they were last screened, or never were."""
    screened = Assessment.objects.filter(
        listing=OuterRef("pk"), superseded_at=None, made_at__gte=OuterRef("changed_at")
    )
    return list(Listing.objects.filter(~Exists(screened), pk__in=keys).order_by("pk").values_list("pk", flat=True))


def not_screened_since(moments: Mapping[int, datetime]) -> list[int]:
    """Give which of these listings were not screened, as they are, at or after the moment that stands beside each."""
    made = Assessment.objects.filter(
        listing__in=list(moments), superseded_at=None, made_at__gte=F("listing__changed_at")
    )
    fresh = {key for key, at in made.values_list("listing_id", "made_at") if at >= moments[key]}
    return sorted(moments.keys() - fresh)


def made_after(key: int, *, before: datetime, size: int) -> list[tuple[int, int]]:
    """Give the next assessments made before a moment, in the order of their keys: each with its listing's."""
    made = Assessment.objects.filter(pk__gt=key, made_at__lt=before).order_by("pk")
    return list(made.values_list("pk", "listing_id")[:size])


def waiting_hits(size: int) -> list[int]:
    """Give the keys of what waits for live rules to act, the oldest first."""
    return list(Hit.objects.filter(waits=True).order_by("pk").values_list("pk", flat=True)[:size])


def waiting_hit(key: int) -> Hit | None:
    """Take one of them; None where it waits no more."""
    waiting = Hit.objects.filter(pk=key, waits=True).select_for_update(of=("self",))
    return waiting.select_related("assessment__listing__marketplace", "assessment__listing__seller").first()
