"""Pictures of listings and rights as the desk shows them: re-encoded ones only, with the places that were found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from touchmark.web.ui.pictures import Box, Picture

if TYPE_CHECKING:
    from touchmark.apps.blobs.models import Blob
    from touchmark.apps.catalog.models import ListingImage
    from touchmark.apps.registry.models import Right

SMALL, MIDDLE, LARGE = 96, 480, 1280
#: Of a picture whose size is not known; the box that it is shown in, no more.
UNKNOWN = (480, 480)


def address(sha256: str, width: int) -> str:
    """Give where a picture is served, drawn anew at most this wide."""
    return reverse("media", args=[sha256, width])


def can_be_shown(blob: Blob | None) -> bool:
    """Whether the picture's bytes are here and can be read as one."""
    return blob is not None and not blob.problem


def of_listing(image: ListingImage, number: int, boxes: Iterable[Box] = ()) -> Picture:
    """Give a listing's picture with the places marked. It can be shown; it is called by its ``number``."""
    return _picture(
        image.blob,
        alt=_("Picture {number} of the listing").format(number=number),
        caption=_("The listing, picture {number}").format(number=number),
        boxes=tuple(boxes),
    )


def of_right(right: Right) -> Picture | None:
    """Give the right's own picture, where it has one that can be shown."""
    if not can_be_shown(right.image):
        return None
    name = right.text or right.owner or right.ref
    return _picture(
        right.image,
        alt=_("The picture of {right} in the register").format(right=name),
        caption=_("In the register: {right}").format(right=name),
    )


def _picture(blob: Blob | None, *, alt: str, caption: str, boxes: tuple[Box, ...] = ()) -> Picture:
    if blob is None:
        raise ValueError("there is nothing to show")
    width, height = (blob.width or UNKNOWN[0], blob.height or UNKNOWN[1])
    return Picture(address(blob.sha256, MIDDLE), alt, width, height, caption, boxes)
