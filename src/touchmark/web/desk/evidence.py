"""
What lies before a reviewer: the listing as the shopper saw it, what was found in it and where, the rights, the price.

Everything is put together here once and is plain values after; the templates only lay it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import get_language

from touchmark.apps.decisions import queries as decisions
from touchmark.apps.decisions.access import SEE_ALL, within
from touchmark.apps.decisions.facts import Place, place_of
from touchmark.apps.decisions.statement import read_by
from touchmark.apps.notices import queries as notices
from touchmark.apps.registry.access import uses_a_brand_of
from touchmark.apps.screening import queries as screening
from touchmark.engine.screening.reasons import said_in
from touchmark.engine.terms import Actor, Way
from touchmark.web.desk import attributes, pictures
from touchmark.web.ui.marked import Span
from touchmark.web.ui.pictures import Box, Picture
from touchmark.web.ui.words import RIGHT_KINDS, WAYS

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing, ListingImage
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.decisions.queries import SellerRecord
    from touchmark.apps.notices.models import NoticeItem
    from touchmark.apps.registry.models import Right
    from touchmark.apps.screening.models import Assessment, Finding

#: The ways in which a picture is used.
IN_PICTURES = (Way.COPIED_IMAGE, Way.LOGO, Way.LOOKALIKE)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the engine thinks so, in a sentence. ``for_it``: it raises what is said rather than lowering it."""

    text: str
    for_it: bool


@dataclass(frozen=True, slots=True)
class FoundRow:
    """
    One finding as a row: which right is used, which way, where, how sure, why.

    ``lights`` ties it to its place. Findings that say the same of the same words share it, and are shown as one row:
    ``times`` says how many they are.
    """

    lights: str
    times: int
    right: Right
    way: str
    field: str
    where: Place
    surface: str
    confidence: float
    reasons: tuple[Reason, ...]
    start: int | None
    end: int | None
    image: str
    box: tuple[int, int, int, int] | None

    @property
    def label(self) -> str:
        """What the place in the text or picture says on focus."""
        return f"{WAYS[Way(self.way)]}: {self.right.text or RIGHT_KINDS[self.right.kind]}"

    def span(self) -> Span | None:
        """Give the place in the text; None for a place in a picture."""
        if self.start is None or self.end is None:
            return None
        return Span(self.start, self.end, self.way, self.label, self.lights)

    def boxes(self) -> tuple[Box, ...]:
        """Give the place in a picture, if it is one."""
        return (Box(*self.box, self.way, self.label, self.lights),) if self.box else ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture of the listing, and where it is served small and large."""

    picture: Picture
    small: str
    large: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The listing's picture beside the right's own, which it appears to copy."""

    finding: FoundRow
    listing: Picture
    right: Picture


@dataclass(frozen=True, slots=True)
class Price:
    """The listing's price against the right's reference. ``share`` is the one over the other, in the same currency."""

    asked: str
    reference: str
    share: float | None

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(self.share * 100)


@dataclass(frozen=True, slots=True)
class Claim:
    """One right that is used or reported, with its findings and its price."""

    right: Right
    found: tuple[FoundRow, ...]
    price: Price
    picture: Picture | None


@dataclass(frozen=True)
class Evidence:
    """
    Everything that a decision on a listing rests on, read at one moment.

    What only some pages show of the seller is read when it is asked for: ``record``, ``reader``.
    """

    listing: Listing
    assessment: Assessment | None
    reasons: tuple[Reason, ...]
    found: tuple[FoundRow, ...]
    claims: tuple[Claim, ...]
    pictures: tuple[Shown, ...]
    pairs: tuple[Pair, ...]
    images: tuple[ListingImage, ...]  # all that the listing names, seen or not
    unseen: tuple[ListingImage, ...]
    notices: tuple[NoticeItem, ...]
    photos: tuple[str, ...]  # by their digests
    earlier: tuple[Decision, ...]
    in_force: Decision | None
    beyond: bool  # something about it lies beyond the reader's role, so that somebody else decides on it

    @cached_property
    def record(self) -> SellerRecord:
        """What was decided on the seller's listings so far."""
        return decisions.record_of(self.listing)

    @cached_property
    def reader(self) -> str:
        """The language that the seller reads."""
        return read_by(self.listing.seller)

    def spans(self, field: str) -> list[Span]:
        """Give the marks in one field's text."""
        spans = (row.span() for row in self.found if row.field == field)
        return [span for span in spans if span is not None]

    @property
    def attribute_rows(self) -> list[attributes.Attribute] | None:
        return attributes.rows(self.listing.attributes, self.spans("attributes"))

    @property
    def rights(self) -> dict[str, Right]:
        """The rights that a restriction can rest on, by reference, those found first."""
        return {claim.right.ref: claim.right for claim in self.claims}

    @property
    def open_assessment(self) -> int | None:
        """The key of the assessment that waits, as ``flows.decide.Seen`` names it."""
        waits = self.assessment is not None and self.assessment.settled_at is None
        return self.assessment.pk if self.assessment is not None and waits else None


def gathered(listing: Listing, actor: Actor) -> Evidence:
    """
    Read what there is about a listing, as far as the actor's role reaches.

    The caller got it through ``catalog.access``.
    """
    assessment, reaches = screening.current(listing), actor.reaches(*SEE_ALL)
    images = list(listing.images.select_related("blob"))
    findings = list(screening.findings_of(assessment))
    waiting = list(notices.open_on(listing).prefetch_related("notice__evidence__pages"))
    seen = [finding for finding in findings if uses_a_brand_of(reaches, finding.right)]
    found = _tied([_row(finding, images) for finding in seen])
    reported = tuple(notice for notice in waiting if uses_a_brand_of(reaches, notice.right))
    earlier = tuple(decisions.earlier_on(listing).filter(within(reaches)))
    return Evidence(
        listing=listing,
        assessment=assessment,
        reasons=_reasons(assessment.reasons if assessment else ()),
        found=found,
        claims=_claims(listing, found, reported),
        pictures=tuple(_shown(images, found)),
        pairs=tuple(_pairs(found, images)),
        images=tuple(images),
        unseen=tuple(image for image in images if not pictures.can_be_shown(image.blob)),
        notices=reported,
        photos=tuple(image.blob_id for image in images if image.blob_id),
        earlier=earlier,
        in_force=next((decision for decision in earlier if decision.status == "in_force"), None),
        beyond=len(seen) < len(findings) or len(reported) < len(waiting),
    )


def _row(finding: Finding, images: Sequence[ListingImage]) -> FoundRow:
    return FoundRow(
        lights="",
        times=1,
        right=finding.right,
        way=finding.way,
        field=finding.field,
        where=place_of(finding.field, finding.image, [image.blob_id or "" for image in images]),
        surface=finding.surface,
        confidence=finding.confidence,
        reasons=_reasons(finding.reasons),
        start=finding.start,
        end=finding.end,
        image=finding.image,
        box=_box(finding.box),
    )


def _tied(rows: Sequence[FoundRow]) -> tuple[FoundRow, ...]:
    """Tie each row to its places: rows that say the same of the same words are one to a reader."""
    said = Counter(_said(row) for row in rows)
    names = {key: f"f{number}" for number, key in enumerate(said)}
    return tuple(replace(row, lights=names[_said(row)], times=said[_said(row)]) for row in rows)


def _said(row: FoundRow) -> tuple[object, ...]:
    return row.right.pk, row.way, row.where, row.surface, row.reasons


def _once(rows: Sequence[FoundRow]) -> tuple[FoundRow, ...]:
    return tuple({row.lights: row for row in reversed(rows)}.values())[::-1]


def _box(box: Sequence[int] | None) -> tuple[int, int, int, int] | None:
    if not box or len(box) != 4:
        return None
    x0, y0, x1, y1 = box
    return x0, y0, x1, y1


def _reasons(reasons: Sequence[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """Give the sentences in the reader's language, the weightiest first."""
    ordered = sorted(reasons, key=lambda reason: -abs(reason["weight"]))
    code = get_language() or settings.LANGUAGE_CODE
    return tuple(Reason(said_in(code, reason), reason["weight"] >= 0) for reason in ordered)


def _claims(listing: Listing, found: Sequence[FoundRow], reported: Sequence[NoticeItem]) -> tuple[Claim, ...]:
    rights = {row.right.pk: row.right for row in sorted(found, key=_strength)}
    rights |= {notice.right_id: notice.right for notice in reported if notice.right_id not in rights}
    return tuple(
        Claim(
            right=right,
            found=_once([row for row in found if row.right.pk == right.pk]),
            price=_price(listing, right),
            picture=pictures.of_right(right),
        )
        for right in rights.values()
    )


def _strength(row: FoundRow) -> tuple[bool, float]:
    """Order rights by what counts: a mere reference last, the surest first."""
    return row.way == Way.REFERENTIAL, -row.confidence


def _price(listing: Listing, right: Right) -> Price:
    same = listing.currency.strip().upper() == right.currency.strip().upper() != ""
    share = None
    if same and listing.price is not None and right.reference_price and listing.price > 0:
        share = float(listing.price / right.reference_price)
    return Price(
        asked=money(listing.price, listing.currency),
        reference=money(right.reference_price, right.currency),
        share=share,
    )


def money(amount: Decimal | None, currency: str) -> str:
    """Write an amount with its currency, as the marketplace named it; blank where there is none."""
    if amount is None:
        return ""
    places = 2 if amount == amount.quantize(Decimal("0.01")) else 4
    return f"{number_format(amount, places, use_l10n=True, force_grouping=True)} {currency}".strip()


def _shown(images: Sequence[ListingImage], found: Sequence[FoundRow]) -> Iterator[Shown]:
    for number, image in enumerate(images, start=1):
        if image.blob_id and pictures.can_be_shown(image.blob):
            picture = pictures.of_listing(
                image, number, (box for row in found if row.image == image.blob_id for box in row.boxes())
            )
            small, large = (pictures.address(image.blob_id, width) for width in (pictures.SMALL, pictures.LARGE))
            yield Shown(picture, small, large)


def _pairs(found: Sequence[FoundRow], images: Sequence[ListingImage]) -> Iterator[Pair]:
    numbered = [(number, image) for number, image in enumerate(images, start=1)]
    by_digest = {image.blob_id: (number, image) for number, image in reversed(numbered)}
    for row in found:
        number, image = by_digest.get(row.image, (0, None))
        own = pictures.of_right(row.right)
        if row.way in IN_PICTURES and image is not None and own is not None and pictures.can_be_shown(image.blob):
            yield Pair(row, pictures.of_listing(image, number, row.boxes()), own)
