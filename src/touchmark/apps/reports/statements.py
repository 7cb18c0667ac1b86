"""Statements of reasons for the transparency database: gathered once each, and what came of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit import actions as audit
from touchmark.apps.decisions import access as decisions
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.models import Guest
from touchmark.apps.notices.standing import TRUSTED
from touchmark.apps.outbox import actions as outbox
from touchmark.apps.reports.models import Submission, Taken
from touchmark.apps.traders import queries as traders
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.policy.which_law import Size
from touchmark.engine.reporting.transparency import Told, statement
from touchmark.engine.terms import Actor, RightKind

KIND = "transparency"
RECEIVER = "transparency-database"
#: So many go with one call; the database takes no more.
BATCH = 100
#: Who is let off (DSA, art. 19 and 24(5)).
LET_OFF = (Size.MICRO, Size.SMALL)
#: What is no restriction yet, or was none.
NOT_YET = (DecisionStatus.TO_CORRECT, DecisionStatus.PROPOSED, DecisionStatus.DECLINED, DecisionStatus.CORRECTED)


class NotRefused(TouchmarkError):
    """The statement is none that was refused."""


def due() -> QuerySet[Decision]:
    """
    Give the decisions whose statement must be told and is not, the oldest first.

    What an authority ordered is no statement under Article 17 (its paragraph 5), and so none of Article 24(5).
    """
    found = Decision.objects.filter(statement__regime="eu", submission=None, order="").exclude(status__in=NOT_YET)
    found = found.exclude(kind=DecisionKind.LINK)  # it restricts nothing by itself
    found = found.exclude(listing__marketplace__size__in=LET_OFF).exclude(seller__marketplace__size__in=LET_OFF)
    shops = ("listing__marketplace", "listing__seller", "seller__marketplace")
    return (
        found.select_related("statement", "right__holder", "decided_by", "approved_by", "snapshot", *shops)
        .prefetch_related("notices__holder", "notices__notice", "notices__right__holder")
        .order_by("decided_at", "id")
    )


@transaction.atomic
def gather(*, at: datetime) -> int:
    """Make the statements of up to ``BATCH`` decisions, to go with one call; give how many."""
    rows = [
        Submission(decision=decision, puid=decision.ref, body=statement(_told(decision)), made_at=at)
        for decision in due().select_for_update(of=("self",), skip_locked=True)[:BATCH]
    ]
    if rows:
        Submission.objects.bulk_create(rows)
        outbox.put(kind=KIND, to=RECEIVER, payload={"puids": [row.puid for row in rows]}, at=at)
    return len(rows)


def _told(decision: Decision) -> Told:
    listing, seller = decision.listing, decision.concerns
    said = decision.snapshot.content if decision.snapshot else {}
    published = listing.published_at if listing else None
    return Told(
        puid=decision.ref,
        acts_as=decision.acts_as,
        by_law=decision.ground == Ground.LAW,
        ground=decision.ground_reference,
        explanation=decision.ground_explanation,
        facts=decision.facts,
        content_on=(published or decision.decided_at).date(),
        applied_on=_applied_at(decision).date(),
        ends_on=decision.ends_at.date() if decision.ends_at else None,
        kind=RightKind(decision.right.kind) if decision.right else None,
        territories=tuple(decision.territories or decision.marketplace.territories),
        content="picture" if decision.kind == DecisionKind.PICTURES else str(said.get("kind") or "offer"),
        gtin=str(said.get("gtin") or ""),
        noticed=bool(decision.notices.all()),
        flagged=any(item.notice.lane == TRUSTED for item in decision.notices.all()),
        detected=decision.automated_detection,
        automated=decision.decided_by_id is None and decision.approved_by_id is None,
        partly=decision.decided_by_id is None and decision.approved_by_id is not None,
        trader=seller is not None and traders.is_trader(seller),
        names=_names(decision, seller),
    )


def _applied_at(decision: Decision) -> datetime:
    """Give since when it restricts: what was to be corrected first, from the moment that was missed."""
    if decision.correct_by is not None and not decision.at_once:
        return decision.correct_by
    return decision.effective_at or decision.decided_at


def _names(decision: Decision, seller: Any) -> list[str]:
    """
    Give whose names must not appear: the seller's, its people's, the notifiers', the reviewers', the right's owner's.

    A right is often a person's, and a guest's always may be: texts name it after its owner.
    """
    names = [one.name for one in (decision.decided_by, decision.approved_by) if one]
    names += [seller.name, seller.seller_id] if seller else []
    organisations = [seller.organisation_id] if seller and seller.organisation_id else []
    items = list(decision.notices.all())
    for right in filter(None, [decision.right, *(item.right for item in items)]):
        names += filter(None, (right.owner, right.holder.name))
    names += Guest.objects.filter(notice__in=[item.notice_id for item in items]).values_list("name", flat=True)
    for item in items:
        organisations += filter(None, (item.holder_id, item.agent_id))
    for organisation in organisations:
        for one in accounts.members_of(organisation):
            names += [one.user.name, one.organisation.name]
    return names


def bodies_of(puids: Iterable[str]) -> list[dict[str, Any]]:
    """Give the statements of these names that are not answered yet, as they are sent."""
    rows = Submission.objects.filter(puid__in=list(puids), taken=Taken.WAITING).order_by("id")
    return [row.body for row in rows]


@transaction.atomic
def answered(results: Mapping[str, tuple[str, Mapping[str, Any]]], *, at: datetime) -> None:
    """
    Take down what came of statements.

    :param results: by name, the database's own name and, of refused ones, what is wrong by field
    """
    rows = list(Submission.objects.select_for_update().filter(puid__in=list(results), taken=Taken.WAITING))
    for row in rows:
        row.uuid, row.errors = results[row.puid][0], dict(results[row.puid][1])
        row.taken = Taken.REFUSED if row.errors else Taken.STORED
        row.answered_at = at
        said = {"uuid": row.uuid, "fields": sorted(row.errors)}
        audit.append(stream=f"submission:{row.puid}", kind=row.taken, actor=Actor.system(), at=at, payload=said)
    Submission.objects.bulk_update(rows, ["uuid", "errors", "taken", "answered_at"])


@transaction.atomic
def mend(*, puid: str, actor: Actor, at: datetime) -> Submission:
    """
    Make a refused statement anew from its decision, and send it again under the same name: it was never stored.

    :raises NotRefused: if there is none, or it is under way again
    """
    seen = refused(actor).filter(puid=puid).order_by()
    row = seen.select_for_update(of=("self",)).first()
    if row is None:
        raise NotRefused(f"No refused statement is called {puid}.")
    row.body, row.taken, row.errors = statement(_told(row.decision)), Taken.WAITING, {}
    row.save(update_fields=["body", "taken", "errors"])
    audit.append(stream=f"submission:{row.puid}", kind="again", actor=actor, at=at, payload={})
    outbox.put(kind=KIND, to=RECEIVER, payload={"puids": [row.puid]}, at=at)
    return row


def refused(actor: Actor) -> QuerySet[Submission]:
    """Give the statements that the database refused, of decisions that the actor may see, newest first."""
    seen = decisions.decisions_for(actor).order_by().values("pk")
    found = Submission.objects.filter(taken=Taken.REFUSED, decision__in=seen)
    if not actor.has(*decisions.SEE_ALL):
        return found.none()
    found = found.select_related("decision__listing__marketplace")
    return found.order_by("-made_at", "-id")


def counts() -> dict[str, int]:
    """Give how many statements stand where."""
    found = dict(Submission.objects.order_by().values_list("taken").annotate(n=Count("id")))
    return {name: found.get(name, 0) for name in Taken.values}
