"""Holding one listing: the decision, the statement of reasons, and the word to the marketplace, in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from touchmark.apps.catalog import actions as catalog
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.screening import queries as screened
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.actions import Choice
    from touchmark.apps.decisions.models import Decision


def hold(listing: Listing, choice: Choice, *, at: datetime) -> Decision:
    """Hold a listing, tell the seller why and the marketplace what to do. The caller holds the listing's row."""
    system = Actor.system()
    decision = decisions.take(
        listing=listing,
        snapshot=catalog.take_snapshot(listing, at=at),
        choice=choice,
        evidence=screened.evidence(screened.current(listing)),
        notices=(),
        actor=system,
        at=at,
    )
    decisions.explain(decision=decision, from_notice=False, at=at)
    decisions.carry_out(decision=decision, actor=system, at=at)
    return decision
