"""``/assessments`` and ``/findings``: what screening makes of listings."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema

from touchmark.api.clients import Asking, may
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import ID, Since, Slug
from touchmark.api.problems import refusing
from touchmark.api.screenings import FindingOut, ReasonOut
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.screening import access
from touchmark.engine.terms import Verdict, Way

router = Router(tags=["screening"])


class AssessedOut(Schema):
    """Whether a listing should be acted on, as of its last screening."""

    marketplace: str
    listing_id: str
    risk: float
    verdict: str
    reasons: list[ReasonOut]
    made_at: datetime
    settled_at: datetime | None
    snapshot_id: str
    model_version: str


class AssessmentsOut(Schema):
    """A page of assessments, newest first."""

    items: list[AssessedOut]
    next: str | None


class FoundOut(FindingOut):
    """A finding of the last screening of a listing."""

    marketplace: str
    listing_id: str
    made_at: datetime
    snapshot_id: str
    model_version: str


class FindingsOut(Schema):
    """A page of findings, newest first."""

    items: list[FoundOut]
    next: str | None


@router.get(
    "/assessments",
    response={200: AssessmentsOut, **refusing(404)},
    auth=may(Scope.ASSESSMENTS_READ),
    operation_id="list_assessments",
    summary="Read assessments",
)
def list_assessments(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    marketplace: Slug = None,
    listing_id: ID = None,
    verdict: Annotated[Verdict | None, Query(description="Only those of this verdict.")] = None,
    made_since: Since = None,
) -> AssessmentsOut:
    """Give the current assessment of each listing that you may see."""
    filters = {
        "listing__marketplace__slug": marketplace,
        "listing__listing_id": listing_id,
        "verdict": verdict,
        "made_at__gte": made_since,
    }
    given = {name: value for name, value in filters.items() if value is not None}
    rows = access.assessments_for(request.actor).filter(superseded_at=None, **given)
    items, following = page(request, "list_assessments", rows, cursor, limit, _assessed)
    return AssessmentsOut(items=items, next=following)


@router.get(
    "/findings",
    response={200: FindingsOut, **refusing(404)},
    auth=may(Scope.ASSESSMENTS_READ),
    operation_id="list_findings",
    summary="Read findings",
)
def list_findings(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    marketplace: Slug = None,
    listing_id: ID = None,
    way: Annotated[Way | None, Query(description="Only those of this way of use.")] = None,
    made_since: Since = None,
) -> FindingsOut:
    """Give where rights are used in the listings that you may see, as of their last screening."""
    filters = {
        "assessment__listing__marketplace__slug": marketplace,
        "assessment__listing__listing_id": listing_id,
        "way": way,
        "assessment__made_at__gte": made_since,
    }
    given = {name: value for name, value in filters.items() if value is not None}
    rows = access.findings_for(request.actor).filter(**given)
    items, following = page(request, "list_findings", rows, cursor, limit, _found)
    return FindingsOut(items=items, next=following)


def _assessed(row: Any) -> AssessedOut:
    return AssessedOut(
        marketplace=row.listing.marketplace.slug,
        listing_id=row.listing.listing_id,
        risk=row.risk,
        verdict=row.verdict,
        reasons=row.reasons,
        made_at=row.made_at,
        settled_at=row.settled_at,
        snapshot_id=row.run.snapshot_id,
        model_version=row.run.model_version,
    )


def _found(row: Any) -> FoundOut:
    assessment = row.assessment
    columns = ("way", "confidence", "reasons", "field", "start", "end", "box")
    return FoundOut(
        **{name: getattr(row, name) for name in columns},
        right_id=row.right.right_id,
        surface=row.surface or None,
        image=row.image or None,
        marketplace=assessment.listing.marketplace.slug,
        listing_id=assessment.listing.listing_id,
        made_at=assessment.made_at,
        snapshot_id=assessment.run.snapshot_id,
        model_version=assessment.run.model_version,
    )
