"""
The clocks of traders' details: who must be asked is, who does not answer is warned, and whoever stays silent is
proposed for suspension, which a person approves.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from touchmark.apps.decisions import sellers
from touchmark.apps.decisions.actions import AlreadyRestricted
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.sellers import SellerChoice
from touchmark.apps.decisions.statement import read_by
from touchmark.apps.traders import actions, queries
from touchmark.engine.lifecycle.trader import TraderStatus
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Seller
    from touchmark.apps.traders.models import TraderDetails

#: So many are looked at in one pass.
BATCH = 200
#: How long who must be asked is not looked for again.
AN_HOUR = 3_600


def keep_up(*, at: datetime) -> int:
    """Ask whom must be asked, once an hour, and let time pass for those whose time is over; give how many it was."""
    asked = ask_all(at=at) if cache.add(f"traders:{at:%Y%m%d%H}", 1, AN_HOUR) else 0
    return asked + sum(_passed(key, at) for key in queries.fallen_due(at, size=BATCH))


def ask_all(*, at: datetime) -> int:
    """Ask every trader that has a duty and was never asked."""
    found = queries.to_ask(at)
    for organisation, duty in found:
        actions.ask(organisation=organisation, duty=duty, at=at)
    return len(found)


@transaction.atomic
def _passed(key: int, at: datetime) -> bool:
    details = queries.taken_due(key, at)
    if details is None:
        return False
    actions.pass_time(details=details, at=at)
    if details.status == TraderStatus.LATE:
        for shop in queries.shops_of(details):
            _propose(shop, details, at)
    return True


def _propose(shop: Seller, details: TraderDetails, at: datetime) -> None:
    with translation.override(read_by(shop)):
        choice = SellerChoice(
            kind=DecisionKind.SUSPEND,
            facts=_("The details that the law asks traders for were not given, though they were asked for twice."),
            ground=Ground.LAW,
            ground_reference=details.duty.source,
            ground_explanation=_("A trader that does not say who it is may not offer to consumers."),
            request_key=uuid5(NAMESPACE_OID, f"touchmark:trader:{shop.pk}:{at.isoformat()}"),
        )
    try:
        with transaction.atomic():
            sellers.propose(seller=shop, choice=choice, actor=Actor.system(), at=at)
    except AlreadyRestricted:  # it is suspended, or proposed, for something else
        return
