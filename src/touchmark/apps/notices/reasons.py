"""Why a holder can object to a listing."""

from django.db import models


class NoticeReason(models.TextChoices):
    """Why the holder objects. There is none for price or for distribution: those are not infringements."""

    SUSPECTED_FAKE = "suspected_fake", "The goods are not genuine"
    MARK_IN_TEXT = "mark_in_text", "The mark is used for other goods"
    COPIED_PICTURE = "copied_picture", "Our picture or design is copied"
