"""
A decision takes a product of a shop on django-oscar off sale, and puts it back as it was.

Whatever message is in hand, the shop is brought to where the *last* message about the product wants it, and looked at
again: a worker that died in the middle, the same message twice, or one that comes late all end in the same place. What
the shop itself had hidden is noted before it is touched, and stays hidden when a decision is reversed.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from touchmark.apps.decisions.told import ASKS_NOTHING, OF_A_SELLER, RESTRICTED
from touchmark.apps.outbox import actions as outbox
from touchmark.apps.outbox import queries
from touchmark.flows.hear_marketplace import TRIAL
from touchmark.integrations.answers import Answer, Later, Never

if TYPE_CHECKING:
    from touchmark.apps.outbox.models import Message
    from touchmark.integrations.oscar.shop import Shop

#: What the shop itself had a product as when we took it off; that it is the shop's own affair again.
PUBLIC, HIDDEN, BACK = "public", "hidden", "back"
#: What takes a product off sale. The shop sells everywhere alike, so that nothing less can be done there.
TAKES_OFF = frozenset({"remove", "hold"})
#: How often a product is set and looked at in one go.
ROUNDS = 5


def tell(message: Message, shop: Shop, at: datetime) -> Answer:
    """
    Carry a message out at a shop, and give the answer once the shop's own flag says so.

    :raises Never: if the shop cannot do it
    :raises Later: if the shop does not answer, or somebody keeps setting it otherwise
    """
    if message.payload["type"] == TRIAL:
        next(shop.partners(), None)
        return Answer(200, "the shop answers")
    if message.payload["type"] in ASKS_NOTHING:
        return Answer(200, "a shop on django-oscar is told nothing: there is nothing to do")
    if message.payload["type"] in OF_A_SELLER:
        return Answer(200, "a shop on django-oscar is told of each product of the seller by itself")
    _require_possible(message)
    product = str(message.payload["data"]["listing_id"])
    return _settle(message, shop, product)


def _require_possible(message: Message) -> None:
    action = message.payload["data"].get("action", "remove")
    if message.payload["type"] == RESTRICTED and action not in TAKES_OFF:
        raise Never(f"A shop on django-oscar cannot do '{action}': a product is on sale everywhere, or nowhere.")


def _not_there(message: Message) -> Answer:
    if message.payload["type"] == RESTRICTED:
        return Answer(404, "the shop has no such product: it is not on sale")
    raise Never("The shop has no such product any more: it cannot be put back.", answer=Answer(404))


def _settle(message: Message, shop: Shop, product: str) -> Answer:
    for _ in range(ROUNDS):
        public = shop.is_public(product)
        if public is None:
            return _not_there(message)
        last = queries.last_about(message, besides=ASKS_NOTHING)
        wanted = _wants_public(last, public=public)
        shop.publish(product, public=wanted)
        if shop.is_public(product) == wanted and queries.last_about(message, besides=ASKS_NOTHING) == last:
            if not _takes_off(last):
                outbox.note(message_id=last.pk, text=BACK)
            return Answer(200, f"is_public is {str(wanted).lower()}")
    raise Later("The product is set otherwise as soon as we have set it.")


def _wants_public(last: Message, *, public: bool) -> bool:
    """
    Say where the last message about the product wants it: on sale unless it is restricted, or was hidden before.

    What the shop has itself is noted at the message that takes it off, whichever is in hand, and counts until it is
    back: what is hidden meanwhile is hidden by us.
    """
    noted = queries.last_note_about(last)
    off_already = noted in (PUBLIC, HIDDEN)
    if not _takes_off(last):
        return noted == PUBLIC if off_already else public
    if not off_already:
        outbox.note(message_id=last.pk, text=PUBLIC if public else HIDDEN)
    return False


def _takes_off(message: Message) -> bool:
    return message.payload["type"] == RESTRICTED or bool(message.payload["data"].get("seller_restricted"))
