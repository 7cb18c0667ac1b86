"""What an examiner can say of goods."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Found(models.TextChoices):
    """The answer. Grey: put on the market by the holder, but elsewhere."""

    GENUINE = "genuine", _("They are genuine")
    COUNTERFEIT = "counterfeit", _("They are not genuine")
    GREY = "grey", _("They are genuine, but not for this market")
    CANNOT_TELL = "cannot_tell", _("I cannot tell from this")
