"""Reading assessments and findings."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from touchmark.apps.catalog.models import Listing
from touchmark.apps.screening.models import Assessment, Finding, Run
from touchmark.engine.terms import Way


def current(listing: Listing) -> Assessment | None:
    """Give the listing's latest assessment, settled or not."""
    return Assessment.objects.filter(listing=listing, superseded_at=None).select_related("run").first()


def findings_of(assessment: Assessment | None) -> QuerySet[Finding]:
    """Give the findings of an assessment, as the engine ordered them."""
    if assessment is None:
        return Finding.objects.none()
    return assessment.findings.select_related("right__holder", "right__image").order_by("id")


def current_of_each(listing_keys: Iterable[int]) -> dict[int, tuple[Assessment, list[Finding]]]:
    """Give the latest assessment of each of these listings with its findings; none for a listing never screened."""
    assessments = Assessment.objects.filter(listing_id__in=list(listing_keys), superseded_at=None)
    found: dict[int, tuple[Assessment, list[Finding]]] = {a.listing_id: (a, []) for a in assessments}
    findings = Finding.objects.filter(assessment__in=[assessment.pk for assessment, _ in found.values()])
    for finding in findings.select_related("right", "assessment").order_by("id"):
        found[finding.assessment.listing_id][1].append(finding)
    return found


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


def first_of_way(way: Way, *, right_id: str) -> Finding | None:
    """Give the surest finding of this way for a right, among the current assessments."""
    findings = Finding.objects.filter(way=way, right__right_id=right_id, assessment__superseded_at=None)
    return findings.select_related("right", "assessment__listing__marketplace").order_by("-confidence", "id").first()


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
