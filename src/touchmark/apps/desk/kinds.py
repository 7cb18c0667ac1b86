"""The words of the desk's own state: why something is skipped, what listings have in common, what became of one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SkipReason(models.TextChoices):
    """Why a reviewer leaves a listing to somebody else."""

    LANGUAGE = "language", _("I do not read its language")
    EXPERT = "expert", _("it needs somebody who knows these goods")
    UNSURE = "unsure", _("I am not sure")
    CONFLICT = "conflict", _("I know the seller or the holder")
    LATER = "later", _("something is still to come")


class Alike(models.TextChoices):
    """What listings that are decided on at once have in common."""

    PHOTO = "photo", _("the same photo")
    TEXT = "text", _("the same title and text")
    SELLER = "seller", _("the same seller and right")
    PICKED = "picked", _("picked by hand")


class Outcome(models.TextChoices):
    """What became of one listing of a decision on many."""

    WAITS = "waits", _("not yet")
    DECIDED = "decided", _("decided")
    LEFT_OUT = "left_out", _("left out")
    UNDONE = "undone", _("undone")
    STAYS = "stays", _("stays: it was changed since")


class Source(models.TextChoices):
    """With what a page came that is to prove something."""

    NOTICE = "notice", _("notice")
    ANSWER = "answer", _("answer to a notice")
    PROOF = "proof", _("proof of origin")
