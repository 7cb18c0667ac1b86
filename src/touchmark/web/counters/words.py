"""Words of the pages on answers to notices."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.engine.lifecycle.counter_notice import CounterStatus

#: Colour, words and icon of each status.
BADGES: Mapping[str, tuple[str, Promise, str]] = {
    CounterStatus.INCOMPLETE: ("amber", _("Not complete"), "alert"),
    CounterStatus.RECEIVED: ("accent", _("Waits to be forwarded"), "clock"),
    CounterStatus.FORWARDED: ("violet", _("Forwarded to the holder"), "dispute"),
    CounterStatus.ARRIVED: ("violet", _("Waits for the holder"), "dispute"),
    CounterStatus.ANSWERED: ("violet", _("Objected to: a reviewer decides"), "dispute"),
    CounterStatus.HELD: ("red", _("Held: a suit was shown"), "restricted"),
    CounterStatus.PUT_BACK: ("green", _("Put back"), "settled"),
    CounterStatus.RULED: ("amber", _("Put back; a ruling was shown since"), "dispute"),
    CounterStatus.REJECTED: ("", _("Rejected"), "cross"),
    CounterStatus.KEPT: ("", _("Stays restricted after the suit"), "restricted"),
    CounterStatus.ANNULLED: ("", _("Does not count"), "cross"),
    CounterStatus.WITHDRAWN: ("", _("Withdrawn"), "undo"),
    CounterStatus.LAPSED: ("", _("Lapsed: not completed in time"), "cross"),
}

#: What a reviewer can do, as a button says it, and whether a reason is read by both sides.
STEPS: Mapping[str, tuple[Promise, str]] = {
    "forward": (_("Forward it to the holder"), "send"),
    "ask_for_more": (_("Ask the seller for more"), "letter"),
    "allow": (_("Put the listing back"), "undo"),
    "reject": (_("Reject the answer"), "cross"),
    "take": (_("It is a suit: keep the listing down"), "check"),
    "strike_out": (_("It is no suit: strike it out"), "cross"),
    "end_for_seller": (_("The suit ended for the seller"), "undo"),
    "end_for_holder": (_("The suit ended for the holder"), "restricted"),
    "no_ruling": (_("It is about something else"), "cross"),
    "annul": (_("It is not the seller's: annul it"), "cross"),
}

#: What the same step is called where it is about a ruling that was shown after the listing was put back.
AFTER_A_RULING: Mapping[str, Promise] = {"end_for_holder": _("Restrict it again")}


def badge_of(status: str) -> dict[str, str]:
    """Give how a status looks."""
    colour, text, icon = BADGES[status]
    return {"colour": colour, "text": str(text), "icon": icon}
