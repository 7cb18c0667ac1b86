"""What programs say in a notice: what they object to and why, what laws ask for besides, and the files with it."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from touchmark.api.clients import Asking
from touchmark.api.evidence import FileIn, named
from touchmark.api.forms import Body, Said
from touchmark.apps.catalog.naming import Named
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.limits import FILES
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.flows.report_listing import MOST

#: What the document says of the ways to name listings; the forms below are what checks it.
_BY_URL: dict[str, Any] = {"required": ["url"], "properties": {"url": {"type": "string"}}}
_BY_ID: dict[str, Any] = {"required": ["listing_id"], "properties": {"listing_id": {"type": "string"}}}
_BY_SHOP: dict[str, Any] = {"required": ["seller_id"], "properties": {"seller_id": {"type": "string"}}}
_SOME: dict[str, Any] = {"required": ["listings"], "properties": {"listings": {"type": "array", "minItems": 1}}}
#: What the document says of the listings: a list of them, or one.
LISTINGS_NAMED: dict[str, Any] = {"anyOf": [_SOME, _BY_ID]}


class ListingIn(Body):
    """
    What is objected to: by its web address, which may be that of a listing, of a shop front, or of a picture or a video
    that listings show; or by its number and, where several know that one, its marketplace. A shop front also by the
    ``seller_id`` of its shop and, where several know that one, its marketplace.
    """

    model_config = {"json_schema_extra": {"oneOf": [_BY_URL, _BY_ID, _BY_SHOP]}}

    url: Annotated[str | None, Field(min_length=1, max_length=2_000)] = None
    listing_id: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    marketplace: Annotated[str, Field(max_length=60)] = ""
    seller_id: Annotated[str | None, Field(min_length=1, max_length=200)] = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if sum(said is not None for said in (self.url, self.listing_id, self.seller_id)) != 1:
            raise ValueError("name the listing by its url, or by its listing_id; a shop front also by its seller_id")
        return self

    @property
    def named(self) -> Named:
        """What is meant, as it is looked up."""
        return Named(self.listing_id or "", self.marketplace, self.url or "", self.seller_id or "")


#: What laws ask for besides, by the names that ``lacking`` uses: texts, and True for a statement that is confirmed.
Particulars = Annotated[dict[str, Annotated[str, Field(max_length=10_000)] | bool], Field(max_length=40)]


class ShowsIn(FileIn):
    """A file that was sent before, by its digest, and which element it gives."""

    kind: Literal["evidence", "comparison", "claim_chart", "proof_of_right", "authority"]


Files = Annotated[list[ShowsIn], Field(max_length=FILES)]


class CompletionIn(Body):
    """What a notice lacked, by the names that ``lacking`` uses; and files that give an element."""

    particulars: Particulars = {}
    files: Files = []


class NoticeBody(Body):
    """What every notice says, whatever the right."""

    model_config = {"json_schema_extra": LISTINGS_NAMED}

    listings: Annotated[list[ListingIn], Field(max_length=MOST)] = []
    marketplace: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    listing_id: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    reason: NoticeReason
    statement: Said
    good_faith: Literal[True]
    particulars: Particulars = {}
    shared: Annotated[list[Literal["name", "email", "phone", "address"]], Field(max_length=4)] = []
    files: Files = []

    @property
    def named(self) -> list[Named]:
        """The listings, as they are looked up."""
        rows = [row.named for row in self.listings]
        return rows if self.listing_id is None else [*rows, Named(self.listing_id, self.marketplace or "")]

    @model_validator(mode="after")
    def _about_something(self) -> Self:
        if not self.listings and self.listing_id is None:
            raise ValueError("name at least one listing")
        return self

    def form(self, request: Asking, key: UUID) -> NoticeForm:
        """Give what the room takes; the files are those that this program has sent before."""
        files = named(request, self.files)
        return NoticeForm(self.reason, self.statement, self.good_faith, key, self.particulars, self.shared, files)


class NoticeIn(NoticeBody):
    """
    A report of listings under one right. ``right`` is its reference here (R-…); ``good_faith`` declares that what is
    said is accurate and complete; ``shared`` is what of your contact the sellers may see; ``files`` were sent to
    ``/evidence`` before. One listing can be named by ``marketplace`` and ``listing_id`` instead of a list.
    If the goods can injure somebody, ``particulars`` say how under ``danger``: product safety law has its own clocks.
    """

    right: Annotated[str, Field(min_length=1, max_length=40)]
