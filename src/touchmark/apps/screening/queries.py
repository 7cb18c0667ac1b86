"""Reading assessments and findings."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet

from touchmark.apps.catalog.models import Listing
from touchmark.apps.screening.models import Assessment, Finding, Run


def current(listing: Listing) -> Assessment | None:
    """Give the listing's latest assessment, settled or not."""
    return Assessment.objects.filter(listing=listing, superseded_at=None).select_related("run").first()


def findings_of(assessment: Assessment | None) -> QuerySet[Finding]:
    """Give the findings of an assessment, as the engine ordered them."""
    if assessment is None:
        return Finding.objects.none()
    return assessment.findings.select_related("right__holder", "right__image").order_by("id")


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
