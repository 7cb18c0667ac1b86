"""
Where each role goes: its first page, and the places in its top bar.

Two tables and nothing else. A name here is the name of a route; ``tests/web/ui`` holds that each exists.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.engine.terms import Actor, Role


@lru_cache(maxsize=1024)
def _address(route: str, _below: str, _among: str | None) -> str:
    """The address of a route: every page asks for those of a dozen places, ten times."""
    return reverse(route)


@dataclass(frozen=True, slots=True)
class Place:
    """A page that stands in the top bar. Addresses below its own belong to it, and those below the route ``also``."""

    route: str
    label: Promise
    icon: str
    also: str = ""

    @property
    def address(self) -> str:
        return _address(self.route, get_script_prefix(), get_urlconf())

    def reach_of(self, path: str) -> int:
        """Give how much of an address is this place's own; 0 where it lies elsewhere."""
        own = [self.address, *([_address(self.also, get_script_prefix(), get_urlconf())] if self.also else [])]
        return max((len(address) for address in own if path.startswith(address)), default=0)


DESK = Place("desk_home", _("Overview"), "chart")
QUEUE = Place("desk_queue", _("Queue"), "queue")
ANSWERS = Place("desk_answers", _("Answers"), "dispute")
APPEALS = Place("desk_appeals", _("Appeals"), "dispute")
VERIFY = Place("desk_rights", _("Rights to verify"), "right-proof")
DECIDED = Place("desk_decisions", _("Decisions"), "letter")
DELIVERIES = Place("desk_deliveries", _("Deliveries"), "send")
RULES = Place("policy_rules", _("Rules"), "filter")
HOLDER = Place("holder_home", _("Overview"), "chart")
RIGHTS = Place("holder_rights", _("Rights"), "right-proof")
TO_NOTICES = Place("holder_answers", _("Answers"), "dispute")
NOTICES = Place("holder_notices", _("Notices"), "flag", also="holder_report")
SELLER = Place("seller_home", _("Overview"), "chart")
SELLERS = Place("desk_sellers", _("Sellers"), "shop")
STANDING = Place("seller_standing", _("Standing"), "chart")
TRADER = Place("seller_trader", _("Trader details"), "person")
TRADERS = Place("traders", _("Traders"), "person")
PROOFS = Place("seller_proofs", _("Proofs"), "right-proof")
GATES = Place("desk_gates", _("Brand gates"), "key")
RECORD = Place("own_record", _("Your record"), "chart")
RESTRICTED = Place("seller_decisions", _("Decisions on my listings"), "letter")
ORGANISATIONS = Place("organisations", _("Organisations"), "shop")
MARKETPLACES = Place("marketplaces", _("Marketplaces"), "globe")
OPERATOR = Place("operator_home", _("Overview"), "chart")
SAFETY = Place("safety", _("Product safety"), "alert")
INFORMING = Place("desk_informing", _("Informing buyers"), "letter")
HARM = (SAFETY, INFORMING)
FLAGGERS = Place("flaggers", _("Trusted flaggers"), "flag")
MANDATES = Place("mandates", _("Mandates"), "key")
ORDERS = Place("orders", _("Authorities' orders"), "letter")
AUTHORITY = Place("authority_home", _("Overview"), "chart")
TEAM = Place("team", _("People"), "people")
INBOX = Place("inbox", _("Inbox"), "inbox")

#: What stands in the top bar, by role; somebody with several roles sees each place once, in this order.
PLACES: dict[Role, tuple[Place, ...]] = {
    Role.REVIEWER: (DESK, QUEUE, ANSWERS, APPEALS, ORDERS, VERIFY, DECIDED, SELLERS, GATES, *HARM, DELIVERIES, RULES),
    Role.POLICY_OWNER: (DESK, RULES, QUEUE, ANSWERS, APPEALS, DECIDED, SELLERS, GATES, *HARM, DELIVERIES, FLAGGERS),
    Role.HOLDER: (HOLDER, RIGHTS, NOTICES, TO_NOTICES, RECORD, MANDATES, TEAM),
    Role.AGENT: (HOLDER, RIGHTS, NOTICES, TO_NOTICES, RECORD, MANDATES),
    Role.SELLER: (SELLER, RESTRICTED, RECORD, STANDING, PROOFS, TRADER, TEAM),
    Role.OPERATOR: (OPERATOR, TEAM, ORGANISATIONS, MARKETPLACES, TRADERS, FLAGGERS),
    Role.INVESTIGATOR: (SAFETY,),
    Role.AUTHORITY: (AUTHORITY, TEAM),
    Role.MEMBER: (),
    Role.SECRETARIAT: (),
}

#: The first page after signing in, by role; of several roles, the first in this order decides.
FIRST: dict[Role, str] = {
    Role.REVIEWER: "desk_home",
    Role.POLICY_OWNER: "desk_home",
    Role.HOLDER: "holder_home",
    Role.AGENT: "holder_home",
    Role.SELLER: "seller_home",
    Role.OPERATOR: "operator_home",
    Role.INVESTIGATOR: "safety",
    Role.AUTHORITY: "authority_home",
    Role.MEMBER: "account",
    Role.SECRETARIAT: "account",
}


def places_of(actor: Actor) -> list[Place]:
    """Give the places in this actor's top bar, each once."""
    return list(dict.fromkeys(place for role, found in PLACES.items() if role in actor.roles for place in found))


def first_page(actor: Actor) -> str:
    """Give the name of the route that this actor starts on: the account page for somebody without a role."""
    return next((route for role, route in FIRST.items() if role in actor.roles), "account")
