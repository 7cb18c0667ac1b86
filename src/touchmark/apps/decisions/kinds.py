"""What a decision can do, and on what it can rest."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DecisionKind(models.TextChoices):
    """What a decision does; the last four, to a seller."""

    NONE = "none", "leave it on sale"
    REMOVE = "remove", "take the listing off sale"
    DISABLE = "disable", "disable it in some territories"
    HIDE = "hide", "hide it from search and recommendations"
    PICTURES = "pictures", "take pictures off it, and leave it on sale"
    CORRECT = "correct", "have it corrected by a day"
    HOLD = "hold", "hold it before it is published"
    SUSPEND = "suspend", "suspend the seller"
    CLOSE = "close", "close the seller's shop"
    BAN = "ban", "let the seller offer nothing new for a time"
    LINK = "link", "count the shop together with another"


#: What is done to a listing that is restricted; what a correction that does not come in time leads to.
MEASURES = (DecisionKind.REMOVE, DecisionKind.DISABLE, DecisionKind.HIDE)
#: What a decision can do to a listing; what takes pictures off stands beside the rest.
RESTRICTS = (*MEASURES, DecisionKind.PICTURES)
#: What shuts a shop: of these, one stands at a time.
SHUT = (DecisionKind.SUSPEND, DecisionKind.CLOSE)
OF_SELLERS = (*SHUT, DecisionKind.BAN, DecisionKind.LINK)


class Ground(models.TextChoices):
    """
    On what a restriction rests (Digital Services Act, Article 17(3)(d) and (e)); an order of an authority is neither a
    judgment of ours nor a term (Articles 9 and 17(5)).
    """

    LAW = "law", _("the law")
    TERMS = "terms", _("the marketplace's terms")
    ORDER = "order", _("an authority's order")


class DismissReason(models.TextChoices):
    """Why a listing stays on sale."""

    NO_USE = "no_use", "it does not use the right"
    REFERENCE = "reference", "it names the mark only to say what its goods fit or are compared with"
    AUTHORISED = "authorised", "the holder has authorised the seller"
    GENUINE = "genuine", "genuine goods that the holder put on the market there"
    NOT_SIMILAR = "not_similar", "it is not similar enough"
    OUTSIDE = "outside", "the right is not in force there, or not for these goods"
    CORRECTED = "corrected", "the seller has corrected it"
    PROVED = "proved", "the seller has shown where the goods come from"
    OTHER = "other", "another reason, told in the facts"
