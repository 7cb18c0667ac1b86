"""
A live rule decides by itself on what it found: the same decision as a person's, with the rule's version as its author.

Whatever a person should look at is left to people: a listing that somebody has decided on before, that a holder has
reported, or that has changed since it was screened. So is everything when the rule is stopped meanwhile.
"""

from __future__ import annotations

import logging
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction
from django.utils import translation

from touchmark.apps.decisions import facts
from touchmark.apps.decisions import queries as decisions
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.statement import read_by
from touchmark.apps.notices import queries as notices
from touchmark.apps.registry import queries as registry
from touchmark.apps.rules import queries as rules
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screened
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Way
from touchmark.flows.decide import Seen, decide
from touchmark.flows.rule_brakes import braked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.rules.models import RuleVersion
    from touchmark.apps.screening.models import Finding, Hit

log = logging.getLogger(__name__)

#: So many are looked at in one pass.
BATCH = 100


class Left(StrEnum):
    """Why a listing was left to people, though a rule would act."""

    STOPPED = "stopped"
    OVERTAKEN = "overtaken"
    DECIDED_BEFORE = "decided_before"
    REPORTED = "reported"
    NO_RIGHT = "no_right"
    REFUSED = "refused"


def act(*, at: datetime) -> int:
    """Decide on a batch of what waits for live rules, the oldest first, and give how many were looked at."""
    waiting = screened.waiting_hits(BATCH)
    for key in waiting:
        _act_on(key, at=at)
    return len(waiting)


@transaction.atomic
def _act_on(key: int, *, at: datetime) -> Decision | None:
    """
    1. take the hit, its rule's row (so that its decisions are counted one by one) and the listing's
    2. leave it to people where they should look
    3. decide, as the rule says and on the uses that it holds for
    """
    hit = screened.waiting_hit(key)
    if hit is None:  # another worker was first
        return None
    version = rules.locked(hit.version_id)
    left = Left.STOPPED if braked(version, at=at) else _for_people(hit)
    used = [] if left else _uses(hit, version)
    if left or not used:
        screening.settle_hit(hit, left=left or Left.NO_RIGHT)
        return None
    try:
        with transaction.atomic():
            decision = _decided(hit, version, used, at=at)
    except TouchmarkError:
        log.exception("rule %s could not decide", version)
        screening.settle_hit(hit, left=Left.REFUSED)
        return None
    screening.settle_hit(hit)
    return decision


def _for_people(hit: Hit) -> Left | None:
    assessment, listing = hit.assessment, hit.assessment.listing
    stale = assessment.superseded_at is not None or assessment.settled_at is not None
    if stale or listing.changed_at > assessment.made_at:
        return Left.OVERTAKEN
    if decisions.earlier_on(listing).exists():
        return Left.DECIDED_BEFORE
    return Left.REPORTED if notices.open_on(listing).exists() else None


def _uses(hit: Hit, version: RuleVersion) -> Sequence[Finding]:
    """
    Give the uses of one right that the rule holds for, of the right that is used most surely.

    A right that is verified no more, or whose holder names this seller, grounds nothing.
    """
    asked = version.rule.when
    fitting = [
        finding
        for finding in screened.findings_of(hit.assessment)
        if finding.way != Way.REFERENTIAL
        and (not asked.way or finding.way in asked.way)
        and (not asked.right or finding.right.right_id in asked.right)
        and finding.confidence >= (asked.confidence_from or 0.0)
        and registry.can_ground(finding.right, seller=_seller(hit.assessment.listing))
    ]
    surest = max(fitting, key=lambda finding: finding.confidence, default=None)
    return [finding for finding in fitting if surest is not None and finding.right_id == surest.right_id]


def _seller(listing: Listing) -> tuple[str, str]:
    return listing.marketplace.slug, listing.seller.seller_id if listing.seller else ""


def _decided(hit: Hit, version: RuleVersion, used: Sequence[Finding], *, at: datetime) -> Decision:
    listing = hit.assessment.listing
    return decide(
        marketplace=listing.marketplace.slug,
        listing_id=listing.listing_id,
        choice=_choice(hit, version, used),
        seen=Seen(listing.digest, hit.assessment_id, frozenset()),
        answers={},
        actor=Actor.system(),
        at=at,
        rule=version,
    )


def _choice(hit: Hit, version: RuleVersion, used: Sequence[Finding]) -> Choice:
    measure = version.rule.measure
    assert measure is not None  # noqa: S101  # no rule that acts is tried without one
    with translation.override(read_by(hit.assessment.listing.seller)):
        stated = facts.facts([facts.Stated.of(finding) for finding in used], share=None, price="")
    return Choice(
        kind=DecisionKind(measure.kind),
        facts=stated,
        request_key=uuid5(NAMESPACE_OID, f"touchmark:hit:{hit.pk}"),
        right=used[0].right,
        ground=Ground(measure.ground),
        ground_reference=measure.reference,
        ground_explanation=measure.explanation,
        territories=measure.territories,
    )
