"""What an order asks for, and what became of each thing that it names."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderKind(models.TextChoices):
    """To act against listings, or to give information about sellers."""

    ACT = "act", _("act against listings")
    GIVE = "give", _("give information about sellers")


class Product(models.TextChoices):
    """What an order to act says of the goods themselves: by that more is owed than acting."""

    OTHER = "", _("not the goods, but something about the listing")
    ILLEGAL = "illegal", _("the goods are illegal: whoever bought them is informed")
    DANGEROUS = "dangerous", _("they are illegal and can injure people: the duties of product safety begin as well")


class Outcome(models.TextChoices):
    """What became of one listing or seller that an order names."""

    RESTRICTED = "restricted", _("disabled in the order's territories")
    GIVEN = "given", _("information given")
    NOT_OFFERED = "not_offered", _("not offered in the order's territories")
    GONE = "gone", _("not there any more")
    UNKNOWN = "unknown", _("not known here")


class Asked(models.TextChoices):
    """What an authority can ask about a seller: what is held already, each by itself (DSA, article 10(2)(b))."""

    SHOP = "shop", _("name of the shop")
    OPENED_ON = "opened_on", _("since when it sells")
    COUNTRY = "country", _("country of the shop")
    NAME = "name", _("name of the trader")
    ADDRESS = "address", _("address")
    PHONE = "phone", _("telephone number")
    EMAIL = "email", _("e-mail address")
    PAYMENT_ACCOUNT = "payment_account", _("payment account")
    REGISTER = "register", _("trade register")
    REGISTER_NUMBER = "register_number", _("number in the register")
    TAX_NUMBER = "tax_number", _("tax number")


#: The elements of an order that are text, by the names that the law's data uses.
TEXTS = ("legal_basis", "reasons", "redress", "inform", "language")
#: So many listings or sellers at most are named by one order.
MOST = 300
