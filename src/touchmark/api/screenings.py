"""``POST /api/v1/screenings``: one offer, before it is published, answered at once."""

from http import HTTPStatus
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from touchmark.api import clock, limits
from touchmark.api.clients import Asking, may
from touchmark.api.files import Base64, bytes_of
from touchmark.api.forms import Body, Moment
from touchmark.api.once import Key, once_in_steps
from touchmark.api.problems import Refused, refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.screening.asking import Answer, Offer, ask
from touchmark.flows import hold_publication

router = Router(tags=["screening"])

Text = Annotated[str, Field(max_length=1_000_000)]
Short = Annotated[str, Field(max_length=500)]
Count = Annotated[int, Field(ge=0, le=2**62)]


class OfferIn(Body):
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
    published_at: Moment | None = None


class PictureIn(Body):
    """A picture of the offer: the bytes of its file in Base64."""

    name: Short = "image"
    base64: Base64


#: What the document says of holding; ``_held`` is what checks it.
_NOT_HELD: dict[str, Any] = {"properties": {"hold": {"const": False}}}
_NAMED: dict[str, Any] = {"required": ["listing_id"], "properties": {"listing_id": {"minLength": 1}}}
_WITH_AN_ID: dict[str, Any] = {"properties": {"listing": _NAMED}}


class ScreeningIn(Body):
    """
    What is to be screened. With ``hold`` the listing is kept, and held until somebody decides if it is not clear.

    ``hold`` needs a ``listing_id``, and the scope ``listings:write``.
    """

    model_config = {"json_schema_extra": {"anyOf": [_NOT_HELD, _WITH_AN_ID]}}

    listing: OfferIn
    image: PictureIn | None = None
    hold: bool = False


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
    """
    What was found, and by which register and model.

    Where it was asked to ``hold``: ``publication`` is ``cleared`` or ``held``, ``decision`` what it is held by.
    """

    assessment: AssessmentOut
    findings: list[FindingOut]
    snapshot_id: str
    model_version: str
    publication: str | None = None
    decision: str | None = None


@router.post(
    "/screenings",
    response={200: ScreeningOut, **refusing(409, 413)},
    auth=may(Scope.SCREEN, limits.SCREENINGS),
    operation_id="screen",
    summary="Screen an offer before it is published",
)
@once_in_steps
def screen(request: Asking, asked: ScreeningIn, idempotency_key: Key = None) -> tuple[int, ScreeningOut]:
    """
    Screen one offer, and keep nothing of it, unless you ask to `hold` it.

    It is screened as the catalogue is. Asked twice, it says the same for as long as the register and the model are the
    same, so an `Idempotency-Key` is taken, and not needed.
    """
    pictures = {asked.image.name: bytes_of(asked.image.base64)} if asked.image else {}
    columns = asked.listing.dict(exclude_none=True)
    offer = Offer(request.actor.marketplace, columns, pictures, clock.now())
    told = _told(ask(offer))
    return HTTPStatus.OK, _held(request, offer, told) if asked.hold else told


def _held(request: Asking, offer: Offer, told: ScreeningOut) -> ScreeningOut:
    """Keep the offer as a listing that waits to be published, and answer for it."""
    if not offer.columns.get("listing_id"):
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "listing.listing_id is missing: a listing is held under its id.")
    if Scope.LISTINGS_WRITE not in request.auth.scopes:
        raise Refused(HTTPStatus.FORBIDDEN, f"To hold a listing, the token needs the scope '{Scope.LISTINGS_WRITE}'.")
    publication, decision = hold_publication.take_in(offer, actor=request.actor)
    return told.model_copy(update={"publication": publication, "decision": decision})


def _told(answer: Answer) -> ScreeningOut:
    return ScreeningOut.model_validate(
        {
            "assessment": answer.assessment,
            "findings": answer.findings,
            "snapshot_id": answer.snapshot_id,
            "model_version": answer.model_version,
        }
    )
