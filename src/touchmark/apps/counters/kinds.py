"""What kinds of files an answer, a suit or a claim of delay come with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """What a file shows. The grounds of an answer name those of which one is needed (``engine.policy.reasons``)."""

    INVOICE = "invoice", _("an invoice")
    AUTHORISATION = "authorisation", _("an authorisation, or a chain of them")
    CERTIFICATE = "certificate", _("a certificate of a right")
    COMPARISON = "comparison", _("a comparison")
    PRIOR_ART = "prior_art", _("something published earlier")
    CUSTOMS = "customs", _("a customs document")
    RULING = "ruling", _("a ruling of a court or an office")
    IDENTITY = "identity", _("proof of who you are")
    SUIT = "suit", _("a stamped claim, or an authority's receipt")
    DELAY = "delay", _("a notary's or a consulate's receipt")
    OTHER = "other", _("something else")


#: What a seller's files can be; the others are the holder's.
OF_SELLERS = tuple(kind for kind in FileKind if kind not in (FileKind.SUIT, FileKind.DELAY))


class Said(models.TextChoices):
    """What a holder can say to an answer, as the lives of answers call it."""

    ACCEPT = "accept", _("accepted the answer")
    OBJECT = "object", _("objected")
    SHOW_SUIT = "show_suit", _("showed a suit or a complaint")
    SHOW_RULING = "show_ruling", _("showed that a court has ruled")
    CLAIM_DELAY = "claim_delay", _("claimed a delay")
    END_DELAY = "end_delay", _("said that the delay is over")


class SuitKind(models.TextChoices):
    """Before whom a holder went."""

    SUIT = "suit", _("a suit before a court")
    COMPLAINT = "complaint", _("a complaint to an authority")
