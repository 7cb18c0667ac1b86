"""Words of this room that are kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TipReason(models.TextChoices):
    """What a shopper thinks is wrong with a listing."""

    LOOKS_FAKE = "looks_fake", _("It looks like a fake")
    OTHER_NAME = "other_name", _("It bears a brand’s name, and is not of that brand")
    STOLEN_PICTURES = "stolen_pictures", _("The pictures are somebody else’s")
    DANGEROUS = "dangerous", _("It could hurt somebody")
    OTHER = "other", _("Something else")
