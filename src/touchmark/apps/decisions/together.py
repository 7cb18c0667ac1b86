"""
What stands on a listing at once: what was decided here, and what authorities order beside it, each in its territories.

A marketplace does what the last message about a listing says, so each message says the whole.
"""

from collections.abc import Sequence
from typing import Any

from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.engine.lifecycle.decision import STANDING

#: What takes a listing off sale everywhere, before what does less.
WHOLLY = (DecisionKind.REMOVE, DecisionKind.HOLD)


def beside(decision: Decision) -> list[Decision]:
    """Give the other decisions by which the marketplace restricts the same listing now, the oldest first."""
    if decision.listing_id is None:
        return []
    found = Decision.objects.filter(listing=decision.listing_id, status__in=STANDING, restriction__isnull=False)
    found = found.filter(restriction__lift_ordered_at=None).exclude(pk=decision.pk)
    return list(found.select_related("statement", "listing__marketplace", "listing__seller").order_by("pk"))


def action_of(standing: Sequence[Decision]) -> dict[str, Any]:
    """
    Give what a marketplace does where all of these stand: ``action``, ``territories``, the ``pictures`` that are taken
    off besides, and each under ``also``.
    """
    acts = [DecisionKind(one.acts_as) for one in standing]
    pictures = list(dict.fromkeys(name for one in standing for name in one.pictures))
    besides = [kind for kind in acts if kind != DecisionKind.PICTURES]
    if whole := next((kind for kind in WHOLLY if kind in acts), None):
        said: dict[str, Any] = {"action": whole, "territories": []}
    else:
        off = {code for one in standing if one.acts_as == DecisionKind.DISABLE for code in one.territories}
        said = {"action": DecisionKind.DISABLE if off else (besides or acts)[0], "territories": sorted(off)}
        if off and DecisionKind.HIDE in acts:  # hidden where it is not disabled
            said["hide"] = True
    said |= {"pictures": pictures} if pictures else {}
    return said | ({"also": [_named(one) for one in standing[1:]]} if len(standing) > 1 else {})


def _named(decision: Decision) -> dict[str, Any]:
    named = {"decision": decision.ref, "action": decision.acts_as, "territories": decision.territories}
    return named | ({} if decision.untold_until is None else {"tell_seller": False})
