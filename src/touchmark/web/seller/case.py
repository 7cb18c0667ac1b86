"""One decision as its seller sees it: the steps with their dates, and what was said after the statement of reasons."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.audit import queries as audit
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.engine.lifecycle.decision import DecisionStatus, RestrictionStatus
from touchmark.web.seller.standing import Standing
from touchmark.web.ui.steps import Entry, Reached, Step

if TYPE_CHECKING:
    from touchmark.apps.appeals.models import Appeal
    from touchmark.apps.decisions.models import Decision


def steps_of(decision: "Decision", appeal: "Appeal | None", standing: Standing) -> list[Step]:
    """Give where a decision stands, from the restriction to its end, past and due."""
    return [*_restricted(decision), *_appealed(decision, appeal, standing), *_ended(decision, appeal, standing)]


def withdrawn_at(appeal: "Appeal | None") -> datetime | None:
    """Give when an appeal was taken back, as the record says."""
    events = audit.events_of(f"appeal:{appeal.ref}") if appeal else ()
    return next((event.at for event in events if event.kind == "withdraw"), None)


def _restricted(decision: "Decision") -> Iterator[Step]:
    yield Step(str(FIRST.get(decision.kind, _("We restricted the listing"))), Reached.PAST, decision.effective_at)
    if decision.correct_by is not None:
        yield _to_correct(decision)
    marketplace = {"marketplace": decision.marketplace.name}
    restriction = getattr(decision, "restriction", None)
    if restriction is None:
        return
    confirmed = restriction.confirmed_at
    if confirmed:
        yield Step(_("%(marketplace)s carried it out") % marketplace, Reached.PAST, confirmed)
    else:
        told = _("It has not told us yet that it did.")
        yield Step(_("%(marketplace)s was told") % marketplace, Reached.PAST, restriction.ordered_at, told)


FIRST: Mapping[str, Promise] = {
    DecisionKind.PICTURES: gettext_lazy("Pictures were taken off the listing"),
    DecisionKind.CORRECT: gettext_lazy("We asked you to correct the listing"),
    DecisionKind.HOLD: gettext_lazy("The listing is held"),
    DecisionKind.SUSPEND: gettext_lazy("Your shop was suspended"),
    DecisionKind.CLOSE: gettext_lazy("Your shop was closed"),
    DecisionKind.BAN: gettext_lazy("New offers were stopped"),
    DecisionKind.LINK: gettext_lazy("Your shop was linked to another"),
}


def _to_correct(decision: "Decision") -> Step:
    if decision.status == DecisionStatus.TO_CORRECT:
        return Step(_("Correct it"), Reached.NOW, decision.correct_by, _("Until this date."))
    if decision.status == DecisionStatus.CORRECTED:
        return Step(_("Corrected in time"), Reached.PAST)
    return Step(_("The time to correct it ended"), Reached.PAST, decision.correct_by)


def _appealed(decision: "Decision", appeal: "Appeal | None", standing: Standing) -> Iterator[Step]:
    if appeal is not None:
        yield Step(_("You appealed"), Reached.PAST, appeal.filed_at)
    elif standing == Standing.OPEN:
        yield Step(_("You can appeal"), Reached.NOW, decision.statement.appeal_by, _("Until this date."))
        yield Step(_("Somebody else decides again"), Reached.TO_COME)
    elif standing == Standing.LAPSED:
        yield Step(_("The time to appeal ended"), Reached.PAST, decision.statement.appeal_by)


def _ended(decision: "Decision", appeal: "Appeal | None", standing: Standing) -> Iterator[Step]:
    if standing == Standing.APPEALED:
        yield Step(_("Somebody else decides again"), Reached.NOW, None, _("We write to you as soon as it is decided."))
    elif standing == Standing.WITHDRAWN:
        yield Step(_("You withdrew the appeal"), Reached.NOW, withdrawn_at(appeal))
    elif standing == Standing.UPHELD and appeal:
        yield Step(_("The decision stands"), Reached.NOW, appeal.decided_at)
    elif standing == Standing.PARTLY and appeal:
        yield Step(_("The decision was reversed in part"), Reached.NOW, appeal.decided_at)
    elif standing == Standing.BACK:
        yield Step(_back_because(decision), Reached.PAST, decision.reversed_at)
        if hasattr(decision, "restriction"):
            yield _back(decision)
    elif standing == Standing.ENDED:
        yield Step(_("The restriction ended by itself"), Reached.PAST, decision.restriction.lift_ordered_at)
        yield _back(decision)
    else:
        yield from _let_go(decision, standing)
    if decision.ends_at and decision.status == DecisionStatus.IN_FORCE:
        yield Step(_("The restriction ends by itself"), Reached.TO_COME, decision.ends_at)


def _back_because(decision: "Decision") -> str:
    if decision.status == DecisionStatus.PUT_BACK:
        return _("The notice was answered or taken back")
    return _("The decision was reversed")


def _let_go(decision: "Decision", standing: Standing) -> Iterator[Step]:
    if standing == Standing.HELD:
        yield Step(_waits_for(decision) or _("Somebody decides"), Reached.NOW)
    elif standing in (Standing.CORRECTED, Standing.RELEASED):
        label = _("The decision is closed") if standing == Standing.CORRECTED else _("The listing is released")
        yield Step(label, Reached.PAST)
        if hasattr(decision, "restriction"):
            yield _back(decision)


def _waits_for(decision: "Decision") -> str:
    """Say what a held listing waits for, where that is not somebody's decision on it."""
    if decision.because is not None:
        return _("The ban on new offers ends")
    return _("You show where the goods come from") if decision.gate else ""


def _back(decision: "Decision") -> Step:
    restriction, marketplace = decision.restriction, {"marketplace": decision.marketplace.name}
    if restriction.status == RestrictionStatus.LIFTED:
        return Step(_("%(marketplace)s put the listing back") % marketplace, Reached.NOW, restriction.lifted_at)
    told = _("It has not told us yet that it did.")
    return Step(
        _("%(marketplace)s was told to put it back") % marketplace, Reached.NOW, restriction.lift_ordered_at, told
    )


def exchange_of(decision: "Decision", appeal: "Appeal | None") -> list[Entry]:
    """Give what was said after the statement of reasons, in order."""
    if appeal is None:
        return _taken_back(decision)
    said = [Entry(_("You"), _("appealed"), appeal.filed_at, appeal.grounds, mine=True)]
    if taken_back := withdrawn_at(appeal):
        said.append(Entry(_("You"), _("withdrew the appeal"), taken_back, mine=True))
    if appeal.decided_at:
        what = _("reversed the decision") if decision.reversed_at else _("decided that it stands")
        said.append(Entry(_("A second reviewer"), what, appeal.decided_at, appeal.answer))
    return said


def _taken_back(decision: "Decision") -> list[Entry]:
    """Give why a decision was reversed that nobody appealed."""
    if decision.reversed_at is None:
        return []
    what = _("put the listing back") if decision.status == DecisionStatus.PUT_BACK else _("reversed the decision")
    return [Entry(_("We"), what, decision.reversed_at, decision.reversal_reason)]
