"""Words and badges of orders, and the steps of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.orders.kinds import Outcome
from touchmark.engine.lifecycle.order import OrderStatus
from touchmark.web.ui.steps import Reached, Step

if TYPE_CHECKING:
    from touchmark.apps.orders.models import Order

S = OrderStatus
BADGES: Mapping[str, tuple[str, Promise, str]] = {
    S.RECEIVED: ("amber", gettext_lazy("Received"), "letter"),
    S.INCOMPLETE: ("amber", gettext_lazy("Something is missing"), "question"),
    S.CARRIED_OUT: ("accent", gettext_lazy("Carried out"), "check"),
    S.ANSWERED: ("green", gettext_lazy("Answered"), "settled"),
    S.DECLINED: ("", gettext_lazy("Declined"), "cross"),
    S.WITHDRAWN: ("", gettext_lazy("Withdrawn"), "undo"),
    S.LIFTED: ("", gettext_lazy("Lifted"), "undo"),
}
KINDS: Mapping[str, Promise] = {
    "act": gettext_lazy("To act against listings"),
    "give": gettext_lazy("To give information about sellers"),
}
OUTCOMES: Mapping[str, str] = {
    Outcome.RESTRICTED: "red",
    Outcome.GIVEN: "accent",
    Outcome.NOT_OFFERED: "",
    Outcome.GONE: "",
    Outcome.UNKNOWN: "",
}
#: What was done, as the record's words are read.
DONE: Mapping[str, Promise] = {
    "receive": gettext_lazy("took it in"),
    "amend": gettext_lazy("changed what it says"),
    "ask_for_more": gettext_lazy("asked the authority for what is missing"),
    "complete": gettext_lazy("completed it"),
    "carry_out": gettext_lazy("carried it out"),
    "answer": gettext_lazy("told the authority what was done"),
    "decline": gettext_lazy("declined it"),
    "withdraw": gettext_lazy("noted that the authority took it back"),
    "lift": gettext_lazy("undid what was done"),
    "again": gettext_lazy("received it once more"),
    "verify": gettext_lazy("found it to be real"),
    "confirm": gettext_lazy("found it to be real, as the second person"),
    "hold": gettext_lazy("changed until when the seller is told nothing"),
    "look": gettext_lazy("looked at the information that is asked for"),
    "disclose": gettext_lazy("took the information out for the authority"),
}


def steps(order: Order) -> list[Step]:
    """Give where an order stands, step by step."""
    return [Step(_("Received"), Reached.PAST, order.received_at), *_verified(order), *_done(order), *_told(order)]


def _verified(order: Order) -> Iterator[Step]:
    if order.verified:
        yield Step(_("Found to be real"), Reached.PAST, order.confirmed_at or order.verified_at)
    elif order.status in (S.RECEIVED, S.INCOMPLETE):
        note = _("A second person confirms.") if order.verified_at else _("Nothing is done before.")
        yield Step(_("Is it real?"), Reached.NOW, note=note)


def _done(order: Order) -> Iterator[Step]:
    if order.status == S.INCOMPLETE:
        yield Step(_("Waits for what is missing"), Reached.NOW)
    if order.carried_out_at:
        yield Step(_("Carried out"), Reached.PAST, order.carried_out_at)
    elif order.status in (S.RECEIVED, S.INCOMPLETE):
        yield Step(_("Carried out"), Reached.NOW if order.verified and order.status == S.RECEIVED else Reached.TO_COME)
    if order.answered_at:
        yield Step(_("Authority answered"), Reached.PAST, order.answered_at)
    elif order.status == S.CARRIED_OUT:
        yield Step(_("Authority answered"), Reached.NOW)
    if order.status in (S.DECLINED, S.WITHDRAWN, S.LIFTED):
        yield Step(str(BADGES[order.status][1]), Reached.PAST)


def _told(order: Order) -> Iterator[Step]:
    if order.untold_until is not None and order.status not in (S.DECLINED, S.WITHDRAWN):
        yield Step(_("Seller told"), Reached.TO_COME, order.untold_until, _("Not before, by the authority's order."))
