"""The screen to decide on: one listing with everything that a decision rests on, and the form that takes it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import queries, queue
from touchmark.apps.decisions.actions import AlreadyRestricted, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.wanted import Place, Wanted
from touchmark.apps.desk import due, holds, notes, recycled
from touchmark.apps.desk.holds import HeldBySomebody
from touchmark.apps.desk.kinds import SkipReason, Source
from touchmark.apps.desk.proposals import ProposedAlready
from touchmark.apps.notices import joining
from touchmark.apps.screening import tips
from touchmark.apps.screening.kinds import TipReason
from touchmark.engine.policy.particulars import IncompleteParticulars
from touchmark.engine.terms import Role
from touchmark.flows.decide import Overtaken, Seen
from touchmark.flows.second_eyes import decide_or_propose
from touchmark.web import clock
from touchmark.web.desk import answering, beside, overtaken, sharing, start
from touchmark.web.desk.addresses import decision_link, queue_address, wanted_of
from touchmark.web.desk.evidence import Evidence, gathered
from touchmark.web.desk.forms import AnswerForm, DecisionForm, first_seen
from touchmark.web.desk.proposed import Proposed, proposed_for
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.looked import looks_at
from touchmark.web.ui.due import Due, due_of

if TYPE_CHECKING:
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.desk.models import Proposal
    from touchmark.apps.notices.models import NoticeItem


@dataclass(frozen=True, slots=True)
class Filled:
    """The form of a decision with the answers to the notices that were seen."""

    form: DecisionForm
    answers: Sequence[AnswerForm]

    def errors(self) -> list[tuple[str, str]]:
        """Give what to mend: the field's id and the sentence."""
        return [
            (str(form[name].auto_id) if name in form.fields else "", str(text))
            for form in (self.form, *self.answers)
            for name, texts in form.errors.items()
            for text in texts
        ]

    @property
    def valid(self) -> bool:
        """Whether nothing is to be mended. Each form is looked at, so that all errors show at once."""
        checked = [form.is_valid() for form in (self.form, *self.answers)]
        return all(checked)


#: So many words of shoppers are shown, the newest of them.
TIPS = 20


@roles(*READS)
@looks_at("listing")
def listing(request: ActingRequest, marketplace: str, listing_id: str) -> HttpResponse:
    """Show a listing to decide on, or take the decision that was sent."""
    found = catalog.listing_for(request.actor, marketplace, listing_id)
    evidence = gathered(found, request.actor)
    if request.method == "POST":
        return _decided(request, evidence)
    wanted = wanted_of(request)
    row = queue.row_of(request.actor, found, Wanted(order=wanted.order))
    place = str(Place.of(row, wanted.order)) if row else ""
    _open(request, evidence, waits=row is not None)
    filled = start.forms(evidence, first_seen(evidence, place), on=clock.now().date())
    return _page(request, evidence, Filled(*filled))


def _open(request: ActingRequest, evidence: Evidence, *, waits: bool) -> None:
    """Hold what waits for whoever opens it to decide, unless somebody else does; what called them here is seen."""
    at = clock.now()
    notes.seen(listing=evidence.listing, actor=request.actor, at=at)
    if waits and request.actor.has(Role.REVIEWER):
        with suppress(HeldBySomebody):
            holds.hold(listing=evidence.listing, actor=request.actor, at=at)


def _decided(request: ActingRequest, evidence: Evidence) -> HttpResponse:
    """
    1. a form that was sent before gives the decision that stands
    2. a form on what has changed meanwhile comes back with what was typed, on what is there now
    3. a form that lacks something comes back with what to mend
    4. else the decision is taken, and the next listing follows
    """
    filled = _filled(request, evidence)
    whole = filled.valid
    given = filled.form.cleaned_data
    if "request_key" in given and (sent := queries.sent_before(given["request_key"], request.actor)):
        return _onward(request, sent, given.get("place", ""))
    held = holds.holder_of(evidence.listing, at=clock.now())
    if held is not None and held.by_id != request.actor.user_id:
        return _held(request, evidence, _("%s works on this listing now.") % held.by.name)
    if "show" in request.POST:
        return _page(request, evidence, _again(request, evidence))
    if {"seen_digest", "seen_assessment", "seen_notices"} <= given.keys():
        seen = filled.form.seen()
        if seen != overtaken.now_of(evidence):
            return _overtaken(request, evidence, seen)
    if not whole:
        return _page(request, evidence, filled, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _taken(request, evidence, filled)


def _filled(request: ActingRequest, evidence: Evidence) -> Filled:
    form = DecisionForm(evidence, request.POST)
    refs = request.POST.get("seen_notices", "").split()
    return Filled(form, [AnswerForm(ref, request.POST) for ref in refs])


def _taken(request: ActingRequest, evidence: Evidence, filled: Filled) -> HttpResponse:
    listing = evidence.listing
    try:
        taken = decide_or_propose(
            marketplace=listing.marketplace.slug,
            listing_id=listing.listing_id,
            choice=filled.form.choice(),
            seen=filled.form.seen(),
            answers={answer.ref: answer.answer() for answer in filled.answers},
            asked="second_eyes" in request.POST,
            actor=request.actor,
            at=clock.now(),
        )
    except (Overtaken, AlreadyRestricted):
        again = catalog.listing_for(request.actor, listing.marketplace.slug, listing.listing_id)
        fresh = gathered(again, request.actor)
        return _overtaken(request, fresh, filled.form.seen())
    except ProposedAlready:
        return _held(request, evidence, _("A proposal on this listing waits for a second pair of eyes."))
    except IncompleteDecision as refusal:
        _say(filled, refusal.field, str(refusal))
    except IncompleteParticulars as refusal:
        filled.form.add_error(None, str(refusal))
    else:
        return _onward(request, taken, filled.form.cleaned_data["place"])
    return _page(request, evidence, filled, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _say(filled: Filled, field: str, text: str) -> None:
    """Put a refusal beside the field that it is about."""
    for answer in filled.answers:
        if answer.prefix == field:
            answer.add_error("reasons", text)
            return
    filled.form.add_error(field if field in filled.form.fields else None, text)


def _overtaken(request: ActingRequest, evidence: Evidence, seen: Seen) -> HttpResponse:
    """Show what is there now and what has changed, with what was typed kept in a form on what is there now."""
    changes = overtaken.changes(evidence, seen)
    return _page(request, evidence, _again(request, evidence), changes=changes, status=HTTPStatus.CONFLICT)


def _held(request: ActingRequest, evidence: Evidence, why: str) -> HttpResponse:
    """Say who was first, with what was typed kept: one of the two would work for nothing."""
    return _page(request, evidence, _again(request, evidence), changes=[why], status=HTTPStatus.CONFLICT)


def _again(request: ActingRequest, evidence: Evidence) -> Filled:
    """Give the form on what is there now, with what was typed."""
    hidden = first_seen(evidence, request.POST.get("place", ""))
    return Filled(*start.forms(evidence, hidden, on=clock.now().date(), typed=request.POST))


def _onward(request: ActingRequest, decision: Decision | Proposal, place: str) -> HttpResponse:
    """Go to what follows in the queue, with a word on what was decided."""
    messages.success(request, _said(decision))
    if decision.listing is not None:
        holds.release(listing=decision.listing, actor=request.actor, at=clock.now())
    return sharing.onward(request, wanted_of(request), place)


def _said(decision: Decision | Proposal) -> str:
    if not hasattr(decision, "kind"):  # a proposal, not a decision
        return _("Proposal %s waits for a second pair of eyes. Nothing happens until somebody confirms it.") % decision
    if decision.kind == DecisionKind.NONE:
        return format_html(_("Decision {ref}: the listing stays on sale."), ref=decision_link(decision.ref))
    text = _("Decision {ref}: the marketplace and the seller are told. Undone only on appeal, by somebody else.")
    return format_html(text, ref=decision_link(decision.ref))


def _page(
    request: ActingRequest,
    evidence: Evidence,
    filled: Filled,
    *,
    changes: Sequence[str] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    wanted = wanted_of(request)
    at = clock.now()
    suggestions = start.suggestions(evidence, on=at.date())
    around = beside.of(evidence, wanted, request.actor, at=at)
    reviews = request.actor.has(Role.REVIEWER)
    elsewhere = around.held is not None and not changes  # whoever typed something keeps the form with it
    shown = {
        "evidence": evidence,
        "listing": evidence.listing,
        "form": filled.form,
        "notices": _with_answers(evidence, filled),
        "tips": [(tip, TipReason(tip.reason).label) for tip in tips.open_on(evidence.listing)[:TIPS]],
        "problems": filled.errors() if status == HTTPStatus.UNPROCESSABLE_ENTITY else [],
        "changes": changes,
        "reviews": reviews,
        "may_decide": reviews and not elsewhere,
        "may_confirm": reviews and _may_confirm(request, around, elsewhere=elsewhere),
        "suggestions": suggestions,
        "claims": [(claim, suggestions[claim.right.ref][Ground.LAW]["none"]) for claim in evidence.claims],
        "drafts": start.drafts(evidence),
        "answer_drafts": answering.drafts(evidence),
        "statement": start.statement(evidence, filled.form, filled.answers, at=at),
        "queue": queue_address(wanted),
        "beside": around,
        "waits": evidence.open_assessment is not None,
        "skip_reasons": SkipReason.choices,
        "place": filled.form["place"].value() or "",
        "query": request.GET.urlencode(),
    }
    return render(request, "touchmark/desk/listing.html", shown, status=status)


def _may_confirm(request: ActingRequest, around: beside.Beside, *, elsewhere: bool) -> bool:
    """Whoever proposed it keeps nobody from it by looking at it again; a third person who works on it does."""
    if around.proposal is None or around.proposal.by_id == request.actor.user_id:
        return False
    return not elsewhere or (around.held is not None and around.held.by_id == around.proposal.by_id)


@dataclass(frozen=True, slots=True)
class Reported:
    """
    One notice as it lies before the reviewer: the answer to it, by when the law wants it, what is proposed, recycled
    evidence, and how many notices of the same right are ``joined`` to it and get the same answer.
    """

    notice: NoticeItem
    answer: AnswerForm
    due: list[Due]
    proposed: Proposed | None
    recycled: list[Any]
    joined: int


def _with_answers(evidence: Evidence, filled: Filled) -> list[Reported]:
    """Give each notice with what belongs to it."""
    answers = {answer.ref: answer for answer in filled.answers}
    clocks = due.of_items(evidence.notices)
    refs = {notice.notice.ref for notice in evidence.notices}
    used_before = recycled.found_of(Source.NOTICE, refs) if refs else {}
    behind = joining.behind_each(notice.pk for notice in evidence.notices) if refs else {}
    return [
        Reported(
            notice=notice,
            answer=answers.get(notice.ref) or AnswerForm(notice.ref),
            due=due_of([clocks[notice.ref]] if notice.ref in clocks else []),
            proposed=proposed_for(notice),
            recycled=used_before.get(notice.notice.ref, []),
            joined=behind.get(notice.pk, 0),
        )
        for notice in evidence.notices
    ]


@roles(Role.REVIEWER)
@require_POST
def statement(request: ActingRequest, marketplace: str, listing_id: str) -> HttpResponse:
    """Give what the seller would read, as the form stands: a fragment for the page's preview."""
    found = catalog.listing_for(request.actor, marketplace, listing_id)
    evidence = gathered(found, request.actor)
    filled = _filled(request, evidence)
    drafted = start.statement(evidence, filled.form, filled.answers, at=clock.now())
    return render(request, "touchmark/desk/statement.html", {"statement": drafted})
