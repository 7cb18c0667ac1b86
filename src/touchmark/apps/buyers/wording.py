"""What buyers are told: the product, who sold it, why it is illegal, where to turn (art. 32(1)). Words follow proof."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from touchmark.apps.decisions.models import Decision
from touchmark.apps.orders.kinds import Product
from touchmark.apps.orders.models import Order
from touchmark.engine.policy.safety import critical


def content_of(decision: Decision) -> dict[str, Any]:
    """Give what is said, as values: what is frozen with the decision, and never what somebody wrote of a person."""
    said = decision.snapshot.content if decision.snapshot else {}
    seller = decision.concerns
    return {
        "title": str(said.get("title") or ""),
        "listing_id": decision.listing.listing_id if decision.listing else "",
        "marketplace": decision.marketplace.name,
        "seller": seller.name or seller.seller_id if seller else "",
        "ground": decision.ground_reference,
        "decided_on": decision.decided_at.date().isoformat(),
        "dangerous": ordered_as_dangerous(decision)
        or bool(critical(str(said.get("category") or ""), on=decision.decided_at.date())),
    }


def ordered_as_dangerous(decision: Decision) -> bool:
    """Whether an authority's order, which a decision carries out, says that the goods can injure people."""
    return bool(decision.order) and Order.objects.filter(ref=decision.order, product=Product.DANGEROUS).exists()


def texts_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Give the text in every language that there is."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = text_of(content)
    return found


def text_of(content: Mapping[str, Any]) -> str:
    """Give the text in the language in force."""
    bought = _(
        "On %(marketplace)s, you bought “%(title)s”, sold by %(seller)s. It was found to be illegal: %(ground)s."
    )
    parts = [bought % content]
    if content["dangerous"]:
        parts.append(_("Goods of this kind can injure people if they are not what they say. Do not use it any more."))
    turn = _("You can ask the seller for your money back, or turn to the marketplace, a consumer centre, or a court.")
    return " ".join([*parts, turn])
