"""What a reviewer starts from: a form with drafts and suggestions in it, and what the seller would read of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.decisions import facts
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.draft import drafted
from touchmark.apps.decisions.kinds import MEASURES, DecisionKind, Ground
from touchmark.apps.notices.law import governing
from touchmark.apps.notices.standing import TRUSTED
from touchmark.engine.policy.which_law import NoGround
from touchmark.web.desk.forms import UPHOLD, AnswerForm, DecisionForm, end_of
from touchmark.web.desk.grounds import reached_by, suggested
from touchmark.web.desk.proposed import drafted_answer
from touchmark.web.ui.words import words_of_reason

if TYPE_CHECKING:
    from django.http import QueryDict

    from touchmark.apps.decisions.models import Statement
    from touchmark.apps.registry.models import Right
    from touchmark.web.desk.evidence import Claim, Evidence

NO_KEY = UUID(int=0)
#: What stands in the preview for what is not written yet.
GAP = "…"
#: What a seller is usually given to correct a listing.
A_WEEK = timedelta(days=7)


def forms(
    evidence: Evidence,
    hidden: Mapping[str, Any],
    *,
    on: date,
    typed: QueryDict | None = None,
    of: type[DecisionForm] = DecisionForm,
) -> tuple[DecisionForm, list[AnswerForm]]:
    """Give the forms to begin with, the first ``of`` this kind: drafts, or what was ``typed`` into them before."""
    initial = _first(evidence, on) | (_typed(typed) if typed is not None else {})
    form = of(evidence, initial=initial | dict(hidden))
    answers = [AnswerForm(notice.ref, initial={"reasons": drafted_answer(notice)}) for notice in evidence.notices]
    for answer in answers:
        if typed is not None:
            answer.initial = {name: typed.get(answer.add_prefix(name), "") for name in answer.fields}
    return form, answers


def _first(evidence: Evidence, on: date) -> dict[str, Any]:
    claim = evidence.claims[0] if evidence.claims else None
    offered = suggestions(evidence, on=on).get(claim.right.ref, {}).get(Ground.LAW, {}) if claim else {}
    return {
        "right": claim.right.ref if claim else "",
        "ground": Ground.LAW,
        "correct_on": on + A_WEEK,
        "ground_reference": offered.get("reference", ""),
        "ground_explanation": offered.get("explanation", ""),
        "facts": drafts(evidence)["restrict"],
    }


def _typed(data: QueryDict) -> dict[str, Any]:
    names = (
        "kind",
        "ends_on",
        "correct_on",
        "measure",
        "at_once",
        "reason",
        "right",
        "ground",
        "ground_reference",
        "ground_explanation",
        "facts",
    )
    return {name: data.get(name, "") for name in names} | {"territories": data.getlist("territories")}


def drafts(evidence: Evidence) -> dict[str, str]:
    """Give the facts to start from: for a restriction as the seller will read them, and for a dismissal."""
    price = evidence.claims[0].price if evidence.claims else None
    with translation.override(evidence.reader):
        restrict = facts.facts(evidence.found, share=price.share if price else None, price=price.asked if price else "")
        if not evidence.found and evidence.notices:
            first = evidence.notices[0]
            restrict = facts.reported(first.right, words_of_reason(first.reason))
    return {"restrict": restrict, "dismiss": facts.dismissal(evidence.found)}


def suggestions(evidence: Evidence, *, on: date) -> dict[str, dict[str, dict[str, Any]]]:
    """Give, for each right by reference and each ground, what to cite and why it applies; ``none``: why nothing is."""
    return {
        claim.right.ref: {Ground.LAW: _law(evidence, claim.right, on), Ground.TERMS: _terms(evidence, claim)}
        for claim in evidence.claims
    }


#: Why no law is suggested, by why the right grounds nothing there.
NO_LAW: dict[str, Promise] = {
    NoGround.OUTSIDE_TERRITORY: gettext_lazy("not in force where this listing is offered: no law is suggested"),
    NoGround.TERRITORY_UNKNOWN: gettext_lazy("nobody said where it is in force: no law is suggested"),
}
NONE_KNOWN = gettext_lazy("we know no law to suggest")


def _law(evidence: Evidence, right: Right, on: date) -> dict[str, Any]:
    law = governing(right, evidence.listing, on)
    found = suggested(
        kind=right.kind,
        office=right.office,
        territories=right.territories,
        reached=reached_by(law, evidence.listing.marketplace.established),
        on=on,
    )
    if found is None:
        why = NO_LAW[law] if isinstance(law, NoGround) else NONE_KNOWN
        return {"reference": "", "explanation": "", "verified": True, "url": "", "none": str(why)}
    return {
        "none": "",
        "reference": found.reference,
        "explanation": found.explanation,
        "verified": found.verified,
        "url": found.url,
    }


def _terms(evidence: Evidence, claim: Claim) -> dict[str, Any]:
    reference = _("Terms for sellers of {marketplace}: respect for the rights of others")
    explanation = _("The terms do not allow a listing to use somebody else's right without consent.")
    return {
        "reference": reference.format(marketplace=evidence.listing.marketplace.name),
        "explanation": explanation,
        "verified": True,
        "url": "",
        "none": "",
    }


def statement(
    evidence: Evidence, form: DecisionForm, answers: Sequence[AnswerForm], *, at: datetime
) -> Statement | None:
    """
    Give what the seller would read if the form were sent as it stands, with a gap for what is not written yet.

    None for a dismissal: the seller is told nothing then. Nothing chosen yet is shown as a removal.
    """
    kind = form["kind"].value() or DecisionKind.REMOVE
    if kind not in DecisionKind.values or kind == DecisionKind.NONE:
        return None
    choice = Choice(
        kind=DecisionKind(kind),
        facts=_written(form, "facts"),
        request_key=NO_KEY,
        ground=Ground.TERMS if form["ground"].value() == Ground.TERMS else Ground.LAW,
        ground_reference=_written(form, "ground_reference"),
        ground_explanation=_written(form, "ground_explanation"),
        territories=tuple(form["territories"].value() or (GAP,)),
        ends_at=_end(form, "ends_on", at),
        correct_by=_end(form, "correct_on", at) or at + A_WEEK if kind == DecisionKind.CORRECT else None,
        measure=_measure(form) if kind == DecisionKind.CORRECT else None,
        at_once=bool(form["at_once"].value()),
        pictures=form.named(form["pictures"].value() or ()) or (GAP,),
    )
    upheld = {answer.ref for answer in answers if answer["outcome"].value() == UPHOLD}
    lanes = {item.notice.lane for item in evidence.notices if item.ref in upheld}
    return drafted(
        listing=evidence.listing,
        choice=choice,
        automated_detection=bool(evidence.found),
        from_notice=bool(upheld),
        flagged=lanes == {TRUSTED},
        reader=evidence.reader,
        at=at,
    )


def _measure(form: DecisionForm) -> DecisionKind:
    asked = form["measure"].value()
    return DecisionKind(asked) if asked in MEASURES else DecisionKind.REMOVE


def _end(form: DecisionForm, name: str, at: datetime) -> datetime | None:
    """Give the moment of a day to come, where one is chosen."""
    try:
        end = end_of(date.fromisoformat(str(form[name].value() or "")))
    except ValueError:
        return None
    return end if end and end > at else None


def _written(form: DecisionForm, name: str) -> str:
    return (form[name].value() or "").strip() or GAP
