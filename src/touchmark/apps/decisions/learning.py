"""
What the operator's decisions say of the engine's assessments: the examples that a model can learn from.

People's decisions only: a rule goes by the risk, and a model that learnt from it would learn from itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from touchmark.apps.decisions.kinds import MEASURES, DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.screening.models import Assessment, Finding
from touchmark.engine.lifecycle.decision import DecisionStatus

#: Taken back, or put back because nobody sued: no finding either way.
SAYS_NOTHING = (DecisionStatus.REOPENED, DecisionStatus.PUT_BACK)


@dataclass(frozen=True, slots=True)
class Decided:
    """
    One decision on an assessed listing.

    ``infringing``: the listing was restricted, and the restriction was not reversed; a reversal is an error of ours.
    ``stands_for``: so many listings, where it was drawn at random. ``brand`` and ``seller`` may be blank.
    """

    decision: str
    day: date
    infringing: bool
    stands_for: float
    amounts: Mapping[str, float]
    brand: str
    seller: str


def decided() -> Iterator[Decided]:
    """Give, oldest first, the last decision on each assessment of which the amounts are known."""
    last: dict[int, Decision] = {}
    taken = Decision.objects.filter(rule=None, order="", listing__isnull=False).exclude(decided_by=None)
    taken = taken.exclude(kind=DecisionKind.PICTURES)  # that says nothing of the listing as a whole
    by_people = taken.exclude(status__in=SAYS_NOTHING).select_related("right__brand", "listing")
    for decision in by_people.order_by("decided_at", "pk"):
        if (assessment := decision.evidence.get("assessment")) is not None:
            last[assessment] = decision
    assessments = Assessment.objects.in_bulk(list(last))
    brands = _brands(assessments)
    for number, decision in last.items():
        if number in assessments and assessments[number].amounts:
            yield _decided(decision, assessments[number], brands.get(number, ""))


def _decided(decision: Decision, assessment: Assessment, brand: str) -> Decided:
    listing = decision.offer
    restricted = decision.kind in (*MEASURES, DecisionKind.CORRECT)
    return Decided(
        decision=decision.ref,
        day=decision.decided_at.date(),
        infringing=restricted and decision.status != DecisionStatus.REVERSED,
        stands_for=assessment.stands_for,
        amounts=assessment.amounts,
        brand=decision.right.brand.name if decision.right and decision.right.brand else brand,
        seller=f"{listing.marketplace_id}:{listing.seller_id}" if listing.seller_id else "",
    )


def _brands(assessments: Mapping[int, Assessment]) -> dict[int, str]:
    """Give the brand of the surest finding of each assessment."""
    found = Finding.objects.filter(assessment__in=list(assessments)).order_by("confidence", "-id")
    return {number: name or "" for number, name in found.values_list("assessment_id", "right__brand__name")}
