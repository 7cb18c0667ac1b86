"""Why a holder can object to a listing, by the codes of the engine's table; which of them fit which kind of right."""

from django.db import models

from touchmark.engine.policy import reasons
from touchmark.engine.terms import RightKind


class NoticeReason(models.TextChoices):
    """The codes of ``engine.policy.reasons``; what each says, and of which rights, stands there."""

    SUSPECTED_FAKE = "suspected_fake"
    MARK_IN_TEXT = "mark_in_text"
    MARK_IN_PICTURE = "mark_in_picture"
    MARK_IN_SHOP_NAME = "mark_in_shop_name"
    COPIED_PICTURE = "copied_picture"
    COPIED_TEXT = "copied_text"
    COPIED_VIDEO = "copied_video"
    PIRATED_COPY = "pirated_copy"
    LOOKALIKE_DESIGN = "lookalike_design"
    USES_INVENTION = "uses_invention"
    USES_UTILITY_MODEL = "uses_utility_model"
    FALSE_ORIGIN = "false_origin"


def require_fit(code: str, kind: str) -> None:
    """
    Pass if this is a reason for a notice under a right of this kind.

    :raises NotAReason: otherwise; also for a price or for distribution, which infringe nothing
    """
    reasons.reason(code, RightKind(kind))
