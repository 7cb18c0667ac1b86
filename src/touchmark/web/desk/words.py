"""Words of the desk for what the code calls by short names, and the one word that needs proof."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.lifecycle.decision import DecisionStatus, RestrictionStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.terms import Verdict

if TYPE_CHECKING:
    from touchmark.apps.decisions.models import Decision

VERDICTS: dict[str, Promise] = {
    Verdict.CLEAR: _("nothing to act on"),
    Verdict.REVIEW: _("to be looked at"),
    Verdict.ACT: _("likely to act on"),
}

EVERYTHING = _("Everything")

#: What a message in the outbox is, by its kind.
MESSAGES: dict[str, Promise] = {
    "webhook": _("order to a marketplace"),
    "organisation": _("event to an organisation’s program"),
    "email": _("e-mail"),
}

#: Safety-critical goods, by the groups of ``engine.policy.safety``.
GOODS: dict[str, Promise] = {
    "medicines": _("medicines"),
    "medical_devices": _("medical devices"),
    "protective_equipment": _("protective equipment"),
    "vehicle_parts": _("vehicle parts"),
    "children": _("toys and baby goods"),
    "electrical": _("chargers and batteries"),
    "fire_and_gas": _("fire and gas safety"),
    "cosmetics": _("cosmetics"),
    "food": _("food and drink"),
}

#: Why a decision waits for a second pair of eyes, by the rules of ``engine.policy.second_eyes``.
WHY_TWO: dict[str, Promise] = {
    "widely_sold": _("Very many have bought it: two must look before it is restricted."),
    "widely_seen": _("Very many look at it: two must look before it is restricted."),
    "dangerous_left": _("Its fakes can injure people: two must look before it stays on sale."),
    "asked": _("The reviewer asks for a second pair of eyes."),
}

#: What somebody did by a decision.
DONE: dict[str, Promise] = {
    DecisionKind.NONE: _("left the listing on sale"),
    DecisionKind.REMOVE: _("took the listing off sale"),
    DecisionKind.DISABLE: _("disabled the listing in some territories"),
    DecisionKind.HIDE: _("hid the listing from search"),
    DecisionKind.PICTURES: _("took pictures off the listing"),
    DecisionKind.CORRECT: _("asked for the listing to be corrected"),
    DecisionKind.HOLD: _("held the listing before it is published"),
    DecisionKind.SUSPEND: _("suspended the seller"),
    DecisionKind.CLOSE: _("closed the seller's shop"),
    DecisionKind.BAN: _("stopped the seller's new offers"),
    DecisionKind.LINK: _("linked the shop to another"),
}

#: What is proposed against a seller.
PROPOSES: dict[str, Promise] = {
    DecisionKind.SUSPEND: _("Suspend the seller"),
    DecisionKind.CLOSE: _("Close the shop"),
    DecisionKind.BAN: _("Stop new offers for a time"),
    DecisionKind.LINK: _("Count it together with another shop"),
}

DECISIONS: dict[str, tuple[str, Promise]] = {
    DecisionStatus.IN_FORCE: ("red", _("in force")),
    DecisionStatus.REVERSED: ("green", _("reversed")),
    DecisionStatus.ENDED: ("green", _("ended")),
    DecisionStatus.PUT_BACK: ("green", _("put back")),
    DecisionStatus.DISMISSED: ("", _("left on sale")),
    DecisionStatus.TO_CORRECT: ("amber", _("to be corrected")),
    DecisionStatus.CORRECTED: ("green", _("corrected in time")),
    DecisionStatus.HELD: ("amber", _("held")),
    DecisionStatus.RELEASED: ("green", _("released")),
    DecisionStatus.REPLACED: ("", _("replaced by another")),
    DecisionStatus.PROPOSED: ("amber", _("proposed, waits for a second person")),
    DecisionStatus.DECLINED: ("", _("not approved")),
    DecisionStatus.REOPENED: ("", _("taken back")),
}

RESTRICTIONS: dict[str, tuple[str, Promise]] = {
    RestrictionStatus.ORDERED: ("amber", _("marketplace told, no answer yet")),
    RestrictionStatus.IN_PLACE: ("red", _("carried out by the marketplace")),
    RestrictionStatus.LIFT_ORDERED: ("amber", _("marketplace told to put it back, no answer yet")),
    RestrictionStatus.LIFTED: ("green", _("back on sale")),
}

#: Where one listing of a notice stands, as the desk sees it.
ITEMS: dict[str, tuple[str, Promise]] = {
    ItemStatus.WAITING: ("", _("not complete yet")),
    ItemStatus.RECEIVED: ("amber", _("to be judged")),
    ItemStatus.PROPOSED: ("amber", _("to be judged, evident")),
    ItemStatus.EXAMINED: ("", _("the holder examines the goods")),
    ItemStatus.JOINED: ("", _("joined to another notice")),
    ItemStatus.GONE: ("", _("the listing is gone")),
    ItemStatus.UNGROUNDED: ("", _("the right is not good there")),
    ItemStatus.UPHELD: ("red", _("upheld")),
    ItemStatus.REFUSED: ("green", _("refused")),
    ItemStatus.WITHDRAWN: ("", _("withdrawn")),
    ItemStatus.LAPSED: ("", _("lapsed")),
    ItemStatus.STOPPED: ("", _("stopped")),
    ItemStatus.RETRACTED: ("", _("taken back")),
    ItemStatus.PUT_BACK: ("green", _("listing put back")),
    ItemStatus.REVERSED: ("green", _("reversed on appeal")),
}

APPEALS: dict[str, tuple[str, Promise]] = {
    AppealStatus.FILED: ("violet", _("waits for an answer")),
    AppealStatus.UPHELD: ("", _("decision stands")),
    AppealStatus.REVERSED: ("green", _("decision reversed")),
    AppealStatus.PARTLY: ("green", _("decision reversed in part")),
    AppealStatus.WITHDRAWN: ("", _("withdrawn")),
}


#: Where it matters how far the marketplace has got.
MARKETPLACES_TURN = (
    DecisionStatus.IN_FORCE,
    DecisionStatus.REVERSED,
    DecisionStatus.ENDED,
    DecisionStatus.PUT_BACK,
)


def standing_of(decision: Decision) -> tuple[str, Promise]:
    """Give where a decision stands as a badge: in force, that is how far the marketplace has got."""
    restriction = getattr(decision, "restriction", None)
    if restriction is None or decision.status not in MARKETPLACES_TURN:
        return DECISIONS[decision.status]
    return RESTRICTIONS[restriction.status]


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|„[^“”]*[“”]|«[^»]*»|‘[^’]*’")
_NEEDS_PROOF = re.compile(r"\bcounterfeit\w*", re.IGNORECASE)


def unproven(text: str) -> str:
    """
    Give the word in a text that only an examination, an admission or a judgment allows; blank where there is none.

    What is quoted from the listing is the seller's word and may stand.
    """
    found = _NEEDS_PROOF.search(_QUOTED.sub(" ", text))
    return found.group() if found else ""
