"""Words of this room that are kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Gone(models.TextChoices):
    """Why a marketplace does not have a listing any more, as it says."""

    SELLER = "seller", _("its seller took it off sale")
    MARKETPLACE = "marketplace", _("the marketplace took it off sale")
    UNKNOWN = "unknown", _("the marketplace does not know it any more")


class ListingKind(models.TextChoices):
    """What a page of a marketplace is. All are kept, screened, reported and decided on alike; most are offers."""

    OFFER = "offer", _("offer")
    SHOP_FRONT = "shop_front", _("shop front")
    VIDEO = "video", _("video")
    PICTURE = "picture", _("picture")
