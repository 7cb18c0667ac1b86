"""What a notice objects to, one by one: a listing, or another thing that a marketplace shows."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from touchmark.apps.catalog.kinds import ListingKind


class Target(models.TextChoices):
    """What an item of a notice is about; each is judged and answered by itself, as a listing is."""

    LISTING = "listing", _("listing")
    SHOP_FRONT = "shop_front", _("shop front")
    PICTURE = "picture", _("picture")  # one that a listing shows, or that stands by itself
    VIDEO = "video", _("video")


#: What is objected to where a page is named by its own address or number.
OF_PAGES: Mapping[ListingKind, Target] = {
    ListingKind.OFFER: Target.LISTING,
    ListingKind.SHOP_FRONT: Target.SHOP_FRONT,
    ListingKind.PICTURE: Target.PICTURE,
    ListingKind.VIDEO: Target.VIDEO,
}
