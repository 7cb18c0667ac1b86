"""Writing where a tier stands: the event, the status, the clock that runs in it. The only place that assigns it."""

from datetime import datetime
from typing import Any

from touchmark.apps.audit import actions as audit
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.tiers.models import Tier
from touchmark.engine.lifecycle.tier import TIER, TierStatus
from touchmark.engine.policy.load import BASE, regimes
from touchmark.engine.policy.rules import Place
from touchmark.engine.terms import Actor


def stream_of(tier: Tier) -> str:
    """Give the name of a tier's stream in the record."""
    return f"tier:{tier.organisation_id}-{tier.side}"


def record(tier: Tier, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None) -> Tier:
    """Append the event to a tier's stream and write all that follows from it."""
    before = TierStatus.NEW if tier.pk is None else TierStatus(tier.status)
    tier.status, tier.changed_at = TIER.after(before, event), at
    tier.save()
    audit.append(stream=stream_of(tier), kind=event, actor=actor, at=at, payload=payload or {})
    deadlines.stop([stream_of(tier)], at=at)
    for clock in TIER.clocks_in(TierStatus(tier.status)):
        rule = regimes()[BASE].clock(clock, on=at.date())
        deadlines.start([Start(stream_of(tier), rule, BASE, Place("weekdays", rule.zone))], at=at)
    return tier
