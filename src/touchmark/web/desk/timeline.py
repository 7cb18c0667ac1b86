"""What became of a decision: who did what when, up to the marketplace's last answer, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.lifecycle.decision import STANDING, DecisionStatus
from touchmark.web.desk.words import DONE
from touchmark.web.ui.steps import Entry, Reached, Step

if TYPE_CHECKING:
    from touchmark.apps.appeals.models import Appeal
    from touchmark.apps.decisions.models import Decision, Restriction
    from touchmark.apps.decisions.queries import Told
    from touchmark.apps.outbox.models import Attempt

ORDERS = {
    "listing.restricted": gettext_lazy("told {marketplace} to carry it out"),
    "listing.restored": gettext_lazy("told {marketplace} to put the listing back"),
    "listing.cleared": gettext_lazy("told {marketplace} that it may be published"),
    "listing.correction_asked": gettext_lazy("told {marketplace} what is to be corrected, and by when"),
    "listing.correction_settled": gettext_lazy("told {marketplace} that it is corrected"),
    "buyers.inform": gettext_lazy("asked {marketplace} to inform those who bought it"),
    "buyers.inform_withdrawn": gettext_lazy("told {marketplace} that buyers need not be informed any more"),
    "seller.restricted": gettext_lazy("told {marketplace} to carry it out"),
    "seller.restored": gettext_lazy("told {marketplace} to open the shop again"),
}
OUTCOMES = {
    "in_hand": gettext_lazy("being tried"),
    "carried": gettext_lazy("answered {code}"),
    "later": gettext_lazy("did not take it ({code}); it is tried again"),
    "never": gettext_lazy("refused it ({code}); it is not tried again"),
    "failed": gettext_lazy("could not be told: a mistake on our side"),
    "broken_off": gettext_lazy("try broken off; it is tried again"),
}
ANSWERS = {
    AppealStatus.UPHELD: gettext_lazy("answered appeal {ref}: the decision stands"),
    AppealStatus.REVERSED: gettext_lazy("answered appeal {ref}: reversed"),
    AppealStatus.PARTLY: gettext_lazy("answered appeal {ref}: reversed in part"),
}


def entries(decision: Decision, told: Sequence[Told], appeals: Sequence[Appeal]) -> list[Entry]:
    """Give everything that happened to a decision, the first first."""
    found = [
        *_taken(decision),
        *(entry for message in told for entry in _told(decision, message)),
        *_carried_out(decision),
        *(entry for appeal in appeals for entry in _appealed(appeal)),
    ]
    return sorted(found, key=lambda entry: entry.at)


def _taken(decision: Decision) -> Iterator[Entry]:
    kind = DecisionKind(decision.kind)
    yield Entry(decision.by, str(DONE[kind]), decision.decided_at, decision.facts, mine=True)
    if not hasattr(decision, "statement"):
        return
    issued = decision.statement
    if issued.addressed_to is None:
        what = _("handed the statement of reasons to the marketplace, for the seller")
    else:
        what = _("delivered the statement of reasons to {seller}").format(seller=issued.addressed_to.name)
    yield Entry("Touchmark", what, issued.issued_at, mine=True)


def _told(decision: Decision, told: Told) -> Iterator[Entry]:
    marketplace = decision.marketplace.name
    order = ORDERS[told.event_type].format(marketplace=marketplace)
    yield Entry("Touchmark", order, told.message.created_at, mine=True)
    for attempt in told.tries:
        said = "\n".join(part for part in (attempt.error, attempt.answer_excerpt) if part)
        yield Entry(marketplace, _outcome(attempt), attempt.finished_at or attempt.at, said)
    if told.message.state == "given_up" and told.tries:
        text = _("Nothing more is tried by itself. Send it again under Deliveries.")
        yield Entry("Touchmark", _("gave up telling {name}").format(name=marketplace), _last(told), text, mine=True)


def _last(told: Told) -> datetime:
    last = told.tries[-1]
    return last.finished_at or last.at


def _outcome(attempt: Attempt) -> str:
    code = str(attempt.answer_code) if attempt.answer_code else _("no answer")
    return OUTCOMES[attempt.outcome].format(code=code)


def _carried_out(decision: Decision) -> Iterator[Entry]:
    restriction = restriction_of(decision)
    marketplace = decision.marketplace.name
    if restriction and restriction.confirmed_at:
        yield Entry(marketplace, _("carried it out"), restriction.confirmed_at)
    if restriction and restriction.lifted_at:
        yield Entry(marketplace, _("put the listing back"), restriction.lifted_at)
    if restriction and restriction.lift_ordered_at and restriction.lift_ordered_at != decision.reversed_at:
        yield Entry("Touchmark", _lifted(decision), restriction.lift_ordered_at, mine=True)
    if decision.reversed_at:
        yield Entry("Touchmark", _("reversed the decision"), decision.reversed_at, decision.reversal_reason, mine=True)


def _lifted(decision: Decision) -> str:
    return {
        DecisionStatus.CORRECTED: _("ended the restriction: the listing was corrected"),
        DecisionStatus.RELEASED: _("released the listing"),
    }.get(DecisionStatus(decision.status), _("ended the restriction: its time was over"))


def _appealed(appeal: Appeal) -> Iterator[Entry]:
    filed = _("appealed ({ref})").format(ref=appeal.ref)
    yield Entry(appeal.appellant.name, filed, appeal.filed_at, appeal.grounds)
    if appeal.decided_by and appeal.decided_at:
        what = ANSWERS[AppealStatus(appeal.status)].format(ref=appeal.ref)
        yield Entry(appeal.decided_by.name, what, appeal.decided_at, appeal.answer, mine=True)


def restriction_of(decision: Decision) -> Restriction | None:
    """Give what carries a decision out; None for a dismissal."""
    return getattr(decision, "restriction", None)


def steps(decision: Decision, appeals: Sequence[Appeal]) -> list[Step]:
    """Give where a decision stands, from taken to settled."""
    taken = Step(_("Decided"), Reached.PAST, decision.decided_at)
    restriction = restriction_of(decision)
    if decision.status == DecisionStatus.DISMISSED:
        return [taken, Step(_("Left on sale"), Reached.NOW)]
    if not hasattr(decision, "statement") and decision.untold_until is None:
        return [taken, *_second_person(decision)]
    told = _told_the_seller(decision)
    if restriction is None:
        return [taken, told, *_correcting(decision), *_contested(decision, appeals)]
    return [
        taken,
        *_second_person(decision),
        told,
        *_correcting(decision),
        *_obeyed(restriction),
        *_contested(decision, appeals),
        *_undone(decision, restriction),
    ]


def _told_the_seller(decision: Decision) -> Step:
    if decision.untold_until is not None:
        return Step(
            _("Seller told"), Reached.TO_COME, decision.untold_until, _("Not before, by the authority's order.")
        )
    return Step(_("Seller told"), Reached.PAST, decision.statement.issued_at)


def _second_person(decision: Decision) -> Iterator[Step]:
    if decision.status == DecisionStatus.PROPOSED:
        yield Step(_("A second person approves"), Reached.NOW)
    elif decision.approved_at:
        label = _("Approved") if decision.status != DecisionStatus.DECLINED else _("Not approved")
        yield Step(label, Reached.PAST, decision.approved_at)


def _correcting(decision: Decision) -> Iterator[Step]:
    if decision.correct_by is None:
        return
    if decision.status == DecisionStatus.TO_CORRECT:
        yield Step(_("To be corrected by"), Reached.NOW, decision.correct_by)
    elif decision.status == DecisionStatus.CORRECTED:
        yield Step(_("Corrected"), Reached.PAST)
    else:
        yield Step(_("To be corrected by"), Reached.PAST, decision.correct_by)


def _obeyed(restriction: Restriction) -> Iterator[Step]:
    yield Step(_("Marketplace told"), Reached.PAST, restriction.ordered_at)
    if restriction.confirmed_at:
        yield Step(_("Carried out"), Reached.PAST, restriction.confirmed_at)
    elif restriction.lift_ordered_at is None:
        yield Step(_("Carried out"), Reached.NOW, note=_("The marketplace has not answered yet."))


def _contested(decision: Decision, appeals: Sequence[Appeal]) -> Iterator[Step]:
    if not appeals and decision.status in STANDING and decision.untold_until is None:
        yield Step(_("Can be appealed until"), Reached.TO_COME, decision.statement.appeal_by)
    for appeal in appeals:
        waits = appeal.status == AppealStatus.FILED
        yield Step(_("Appealed"), Reached.NOW if waits else Reached.PAST, appeal.filed_at)


def _undone(decision: Decision, restriction: Restriction) -> Iterator[Step]:
    if decision.ends_at and decision.status == DecisionStatus.IN_FORCE:
        yield Step(_("Ends by itself"), Reached.TO_COME, decision.ends_at)
    if decision.status == DecisionStatus.ENDED:
        yield Step(_("Ended by itself"), Reached.PAST, restriction.lift_ordered_at)
    if restriction.lift_ordered_at is None:
        return
    if decision.reversed_at:
        yield Step(_("Reversed"), Reached.PAST, decision.reversed_at)
    if restriction.lifted_at:
        yield Step(_("Back on sale"), Reached.PAST, restriction.lifted_at)
    else:
        yield Step(_("Back on sale"), Reached.NOW, note=_("The marketplace has not answered yet."))
