"""A reviewer, or a written rule, decides on a listing: one transaction, from what was seen to everybody being told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.catalog import access as catalog
from touchmark.apps.catalog import actions as catalog_actions
from touchmark.apps.counters.windows import open_to_answers, told_of
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions import queries as decision_queries
from touchmark.apps.decisions.access import SEE_ALL
from touchmark.apps.decisions.actions import Choice, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices import joining
from touchmark.apps.notices import queries as notice_queries
from touchmark.apps.registry.access import uses_a_brand_of
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screening_queries
from touchmark.apps.screening import tips
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role, Verdict
from touchmark.flows.hold_by_law import bounded

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.notices.models import NoticeItem
    from touchmark.apps.rules.models import RuleVersion
    from touchmark.apps.screening.models import Assessment


class Overtaken(TouchmarkError):
    """What the reviewer saw is not what stands now: somebody decided, or the listing or its findings changed."""


class BeyondReach(TouchmarkError):
    """The listing is also about what the actor's role does not reach."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was before the reviewer when the page was drawn; a decision on anything else is refused."""

    listing_digest: str
    assessment_id: int | None
    notice_refs: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoticeAnswer:
    """What a reviewer makes of one notice, and what its holder is told: no word of another holder's right."""

    upheld: bool
    reasons: str


@transaction.atomic
def decide(
    *,
    marketplace: str,
    listing_id: str,
    choice: Choice,
    seen: Seen,
    answers: Mapping[str, NoticeAnswer],
    actor: Actor,
    at: datetime,
    rule: RuleVersion | None = None,
) -> Decision:
    """
    Decide on a listing as it was seen. The same form sent again gives the decision that stands.

    1. take the listing's row, so that two reviewers cannot both decide
    2. refuse if what was seen has changed meanwhile
    3. freeze the listing and record the decision on it
    4. explain it to the seller and order it at the marketplace, if it restricts
    5. settle what was waiting: the assessment and the notices, whose holders are told

    :param answers: one for each notice that waits, by its reference
    :param rule: the version that decides, where no person does
    :raises NoSuchListing: if there is none that the actor may see
    :raises BeyondReach: if the listing is also about a brand that the actor's role does not reach
    :raises Overtaken: if the listing, its assessment or its notices are not those that were seen
    :raises IncompleteDecision: if something that must be said is missing
    :raises NotYours: if the actor may not decide
    """
    listing = catalog.listing_for(actor, marketplace, listing_id, lock=True)
    if sent := decision_queries.sent_before(choice.request_key, actor):
        return sent
    assessment = screening_queries.current(listing)
    waiting = list(notice_queries.open_on(listing).select_for_update(of=("self",)))
    refuse_if_beyond(listing, assessment, waiting, actor)
    _refuse_if_overtaken(listing, assessment, waiting, seen)
    held = choice.kind == DecisionKind.HOLD
    if held:  # nothing is decided yet: what waits goes on waiting
        _require_waiting(assessment, waiting)
        waiting, answers = [], {}
    _require_answers(waiting, answers, choice)
    followers = joining.joined_to(waiting)
    choice = bounded(choice, [notice for notice in waiting if answers[notice.ref].upheld], at=at)
    decision = decisions.take(
        listing=listing,
        snapshot=catalog_actions.take_snapshot(listing, at=at),
        choice=choice,
        evidence=screening_queries.evidence(assessment),
        notices=[*waiting, *followers],
        actor=actor,
        at=at,
        rule=rule,
    )
    if choice.kind != DecisionKind.NONE:
        upheld = [notice for notice in waiting if answers[notice.ref].upheld]
        behind = [one for one in followers if any(one.joined_to_id == notice.pk for notice in upheld)]
        told = told_of([*upheld, *behind], at=at)
        decisions.explain(decision=decision, from_notice=bool(upheld), at=at, answers=told)
        decisions.carry_out(decision=decision, actor=actor, at=at)
    if assessment is not None and assessment.settled_at is None and not held:
        screening.settle(assessment=assessment, at=at)
    if not held:
        tips.settle(listing, at=at)
    for notice in waiting:
        answer = answers[notice.ref]
        event = "uphold" if answer.upheld else "refuse"
        notices.settle(notice=notice, event=event, reasons=answer.reasons, actor=actor, at=at)
        if answer.upheld:
            open_to_answers(notice, at=at)
    _answer_followers(followers, answers, {notice.pk: notice.ref for notice in waiting}, at=at)
    return decision


def _answer_followers(
    followers: list[NoticeItem], answers: Mapping[str, NoticeAnswer], refs: Mapping[int | None, str], *, at: datetime
) -> None:
    """Give what is joined to another notice the answer of that one."""
    for item in followers:
        answer = answers[refs[item.joined_to_id]]
        event = "follow" if answer.upheld else "close"
        notices.settle(notice=item, event=event, reasons=answer.reasons, actor=Actor.system(), at=at)
        if answer.upheld:
            open_to_answers(item, at=at)


def refuse_if_beyond(
    listing: Listing, assessment: Assessment | None, waiting: Iterable[NoticeItem], actor: Actor
) -> None:
    """
    Pass if the actor sees all that waits on a listing: a decision settles all of it.

    :raises BeyondReach: if it is also about a brand that the actor's role does not reach
    """
    reaches = actor.reaches(*SEE_ALL)
    if actor.has(Role.SYSTEM) or all(not reach.brands for reach in reaches):
        return
    found = [finding.right for finding in screening_queries.findings_of(assessment)]
    rights = [*found, *(notice.right for notice in waiting)]
    if not all(uses_a_brand_of(reaches, right) for right in rights):
        raise BeyondReach(
            "This listing is also about a brand that your role does not reach. Somebody whose role does decides on it."
        )


def _refuse_if_overtaken(
    listing: Listing, assessment: Assessment | None, waiting: list[NoticeItem], seen: Seen
) -> None:
    if assessment is not None and assessment.settled_at is not None and seen.assessment_id == assessment.pk:
        raise Overtaken("Somebody else has decided on this listing meanwhile. Nothing was changed by you.")
    now = Seen(
        listing_digest=listing.digest,
        assessment_id=assessment.pk if assessment and assessment.settled_at is None else None,
        notice_refs=frozenset(notice.ref for notice in waiting),
    )
    if now != seen:
        raise Overtaken("The listing, its findings or its notices have changed since you opened it. Look again.")


def _require_waiting(assessment: Assessment | None, waiting: list[NoticeItem]) -> None:
    """What is held must wait in the queue for whoever decides."""
    found = assessment is not None and (assessment.verdict != Verdict.CLEAR or assessment.sampled)
    if not waiting and (assessment is None or assessment.settled_at is not None or not found):
        raise IncompleteDecision(
            "kind",
            "Nothing of this listing waits at the desk, so nobody would decide: restrict it, or leave it on sale.",
        )


def _require_answers(waiting: list[NoticeItem], answers: Mapping[str, NoticeAnswer], choice: Choice) -> None:
    for notice in waiting:
        answer = answers.get(notice.ref)
        if answer is None or not answer.reasons.strip():
            raise IncompleteDecision(
                f"answer-{notice.ref}", f"Tell the holder why notice {notice.ref} is or is not upheld."
            )
        if answer.upheld and choice.kind == DecisionKind.NONE:
            raise IncompleteDecision(
                f"answer-{notice.ref}", f"Notice {notice.ref} cannot be upheld while the listing stays on sale."
            )
