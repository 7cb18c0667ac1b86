"""``POST /api/v1/screenings``: one offer, before it is published, answered at once."""

import base64
import binascii
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, cast

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import may
from touchmark.api.problems import Problem, Refused
from touchmark.apps.catalog.clients import Scope
from touchmark.apps.screening.asking import Answer, Offer, ask

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Client

router = Router(tags=["screening"])

Text = Annotated[str, Field(max_length=1_000_000)]
Short = Annotated[str, Field(max_length=500)]
Count = Annotated[int, Field(ge=0, le=2**62)]


class OfferIn(Schema):
    """An offer; the names are those of the columns of listings in files."""

    title: Text
    listing_id: Short = ""
    seller_id: Short | None = None
    description: Text | None = None
    brand: Text | None = None
    category: Text | None = None
    price: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    currency: Short | None = None
    condition: Short | None = None
    quantity: Count | None = None
    gtin: Short | None = None
    url: Text | None = None
    attributes: Text | None = None
    offered_in: Annotated[list[Short], Field(max_length=300)] | None = None
    ships_from: Short | None = None
    published_at: datetime | None = None


class PictureIn(Schema):
    """A picture of the offer: the bytes of its file in Base64."""

    name: Short = "image"
    base64: str


class ScreeningIn(Schema):
    """What is to be screened."""

    listing: OfferIn
    image: PictureIn | None = None


class ReasonOut(Schema):
    """One term of a sum of log-odds, and what it means."""

    feature: str
    value: str | None
    weight: float
    text: str


class FindingOut(Schema):
    """One use of one right: where, how, how sure, why."""

    right_id: str
    way: str
    confidence: float
    reasons: list[ReasonOut]
    field: str
    start: int | None
    end: int | None
    surface: str | None
    image: str | None
    box: list[int] | None


class AssessmentOut(Schema):
    """Whether the offer should be acted on."""

    risk: float
    verdict: str
    reasons: list[ReasonOut]


class ScreeningOut(Schema):
    """What was found, and by which register and model."""

    assessment: AssessmentOut
    findings: list[FindingOut]
    snapshot_id: str
    model_version: str


@router.post(
    "/screenings",
    response={200: ScreeningOut, 400: Problem, 401: Problem, 403: Problem, 413: Problem, 422: Problem},
    auth=may(Scope.SCREEN),
    operation_id="screen",
    summary="Screen an offer before it is published",
)
def screen(request: HttpRequest, asked: ScreeningIn) -> dict[str, Any]:
    """
    Screen one offer, and keep nothing of it.

    It is screened as the catalogue is. Asked twice, it says the same for as long as the register and the model are the
    same, so an `Idempotency-Key` has nothing to do here.
    """
    client = cast("Client", request.auth)  # type: ignore[attr-defined]
    pictures = {asked.image.name: _bytes(asked.image.base64)} if asked.image else {}
    columns = asked.listing.dict(exclude_none=True)
    return _told(ask(Offer(client.marketplace.slug, columns, pictures, clock.now())))


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY, "image.base64 is not Base64; send the file's bytes in it."
        ) from None


def _told(answer: Answer) -> dict[str, Any]:
    return {
        "assessment": answer.assessment,
        "findings": answer.findings,
        "snapshot_id": answer.snapshot_id,
        "model_version": answer.model_version,
    }
