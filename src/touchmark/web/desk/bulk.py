"""Deciding on many alike at once: which, what, a look at what would happen; then what became of each, and the undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import queue
from touchmark.apps.decisions.actions import IncompleteDecision
from touchmark.apps.decisions.queue import Row
from touchmark.apps.desk import alike as likes
from touchmark.apps.desk import bulk as bulks
from touchmark.apps.desk import holds
from touchmark.apps.desk.bulk import SeenOne
from touchmark.apps.desk.kinds import Alike, Outcome
from touchmark.engine.terms import Role
from touchmark.flows import decide_many
from touchmark.web import clock
from touchmark.web.desk import start
from touchmark.web.desk.addresses import queue_address, wanted_of
from touchmark.web.desk.evidence import Evidence, gathered
from touchmark.web.desk.forms import DecisionForm, ManyForm, PhotoForm, first_seen
from touchmark.web.desk.queue import READS, Line, line
from touchmark.web.guard import ActingRequest, roles

if TYPE_CHECKING:
    from touchmark.apps.decisions.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Chosen:
    """One listing that can be chosen: its row, what a form says of it, whether it is chosen, why it would not go."""

    line: Line
    value: str
    chosen: bool
    left_out: Promise | str


@roles(Role.REVIEWER)
def alike(request: ActingRequest, marketplace: str, listing_id: str) -> HttpResponse:
    """
    1. show the listings that are alike, each ticked, and the form of a decision
    2. asked to check, show how many would be decided on, which would not and why, and what sellers would read
    3. asked to decide, do, and show what became of each
    """
    listing = catalog.listing_for(request.actor, marketplace, listing_id)
    evidence = gathered(listing, request.actor)
    way = request.POST.get("alike") or request.GET.get("alike", "")
    way = way if way in Alike.values else Alike.PICKED
    if request.method != "POST":
        form, _answers = start.forms(evidence, first_seen(evidence, ""), on=clock.now().date(), of=_form_of(way))
        return _page(request, evidence, way, form, _every(request, evidence, way))
    form = _form_of(way)(evidence, request.POST)
    chosen = seen_of(request.POST.getlist("listing"))
    problems = [] if chosen else [("", _("Choose at least one listing."))]
    if not form.is_valid() or problems:
        return _page(request, evidence, way, form, _again(request, evidence, way, chosen), problems=problems)
    if "decide" not in request.POST:
        return _preview(request, evidence, way, form, _again(request, evidence, way, chosen))
    return _decide(request, evidence, way, form, chosen)


def _form_of(way: str) -> type[DecisionForm]:
    """Of those that show the same photo, that photo alone can be taken off each."""
    return PhotoForm if way == Alike.PHOTO else ManyForm


def _decide(
    request: ActingRequest, evidence: Evidence, way: str, form: DecisionForm, chosen: Sequence[SeenOne]
) -> HttpResponse:
    seen = catalog.listings_for(request.actor).filter(pk__in=[one.listing_id for one in chosen])
    mine = set(seen.values_list("pk", flat=True))
    at = clock.now()
    try:
        bulk = bulks.ask(
            alike=way,
            choice=form.choice(),
            seen=[one for one in chosen if one.listing_id in mine],
            actor=request.actor,
            at=at,
        )
    except IncompleteDecision as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _page(request, evidence, way, form, _again(request, evidence, way, chosen))
    if bulk.finished_at is None:
        decide_many.carry_out(bulk=bulk, actor=request.actor, at=at)
    holds.release(listing=evidence.listing, actor=request.actor, at=at)
    return redirect("desk_many", bulk.ref)


def seen_of(values: Sequence[str]) -> list[SeenOne]:
    """Read which listings were chosen and what was seen of each; what is none of these is left out."""
    found = []
    for value in values:
        key, _colon, rest = value.partition(":")
        digest, _colon, assessment = rest.partition(":")
        if key.isdecimal() and digest:
            found.append(SeenOne(int(key), digest, int(assessment) if assessment.isdecimal() else None))
    return found


def _value(row: Row, assessment: int | None) -> str:
    return f"{row.listing.pk}:{row.listing.digest}:{'' if assessment is None else assessment}"


def _every(request: ActingRequest, evidence: Evidence, way: str) -> list[Chosen]:
    """Give the listing itself and those that are like it, all chosen but for those that cannot go."""
    like = likes.waiting_like(evidence.listing, way, request.actor).values_list("listing_id", flat=True)
    return _chosen(request, [evidence.listing.pk, *like[: likes.AT_MOST - 1]], None)


def _again(request: ActingRequest, evidence: Evidence, way: str, chosen: Sequence[SeenOne]) -> list[Chosen]:
    """Give the same listings as they are now, with what was chosen and seen before."""
    shown = [
        evidence.listing.pk,
        *likes.waiting_like(evidence.listing, way, request.actor).values_list("listing_id", flat=True)[
            : likes.AT_MOST - 1
        ],
    ]
    return _chosen(request, list(dict.fromkeys([*shown, *(one.listing_id for one in chosen)])), chosen)


def _chosen(request: ActingRequest, keys: Sequence[int], before: Sequence[SeenOne] | None) -> list[Chosen]:
    wanted = wanted_of(request)
    held = holds.in_others_hands(keys, request.actor, at=clock.now())
    seen = {one.listing_id: one for one in before or ()}
    rows = queue.rows_of(request.actor, keys)
    waits = queue.open_assessments(keys)
    made = []
    for row in sorted(rows, key=lambda row: row.listing.pk != keys[0]):
        now = _value(row, waits.get(row.listing.pk))
        then = seen.get(row.listing.pk)
        why = _left_out(row, held, now, then)
        value = f"{then.listing_id}:{then.digest}:{then.assessment_id or ''}" if then else now
        made.append(Chosen(line(row, wanted), value, (before is None and not why) or then is not None, why))
    return made


def _left_out(row: Row, held: Mapping[int, str], now: str, then: SeenOne | None) -> Promise | str:
    if row.listing.pk in held:
        return bulks.LEFT["held"]
    if row.notices:
        return bulks.LEFT["reported"]
    if then is not None and now != f"{then.listing_id}:{then.digest}:{then.assessment_id or ''}":
        return bulks.LEFT["changed"]
    return ""


def _page(
    request: ActingRequest,
    evidence: Evidence,
    way: str,
    form: DecisionForm,
    chosen: Sequence[Chosen],
    *,
    problems: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or problems else HTTPStatus.OK
    at = clock.now()
    said = {"suggestions": start.suggestions(evidence, on=at.date()), "drafts": start.drafts(evidence)}
    shown = _shown(request, evidence, way, form, chosen) | said | {"problems": problems}
    return render(request, "touchmark/desk/alike.html", shown, status=status)


def _shown(
    request: ActingRequest, evidence: Evidence, way: str, form: DecisionForm, chosen: Sequence[Chosen]
) -> dict[str, Any]:
    wanted: Wanted = wanted_of(request)
    return {
        "listing": evidence.listing,
        "alike": way,
        "way": Alike(way).label,
        "form": form,
        "chosen": chosen,
        "queue": queue_address(wanted),
        "at_most": likes.AT_MOST,
    }


def _preview(
    request: ActingRequest, evidence: Evidence, way: str, form: DecisionForm, chosen: Sequence[Chosen]
) -> HttpResponse:
    """Show what would be done to how many, which are left out and why, and what the sellers would read."""
    picked = [one for one in chosen if one.chosen]
    going = [one for one in picked if not one.left_out]
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    hidden = [(name, value) for name, value in sent if name not in ("check", "csrfmiddlewaretoken")]
    shown = _shown(request, evidence, way, form, chosen) | {
        "going": going,
        "staying": [one for one in picked if one.left_out],
        "sellers": len({one.line.listing.seller_id for one in going}),
        "hidden": hidden,
        "kind": form.cleaned_data["kind"],
        "statement": start.statement(evidence, form, [], at=clock.now()),
        "minutes": int(bulks.UNDO.total_seconds() // 60),
    }
    return render(request, "touchmark/desk/alike_preview.html", shown)


@roles(*READS)
def many(request: ActingRequest, ref: str) -> HttpResponse:
    """Show what became of each listing of a decision on many."""
    bulk = bulks.bulk_for(request.actor, ref)
    counted = bulks.counts(bulk, request.actor)
    at = clock.now()
    shown = {
        "bulk": bulk,
        "items": [(item, bulks.LEFT.get(item.why, "")) for item in bulks.items_of(bulk, request.actor)],
        "counts": [(Outcome(outcome).label, counted[outcome]) for outcome in Outcome.values if outcome in counted],
        "kind": bulk.choice["kind"],
        "undo_until": bulks.undo_until(bulk),
        "may_undo": _may_undo(bulk, request) and at <= bulks.undo_until(bulk),
        "waits": counted.get(Outcome.WAITS, 0) and bulk.undone_at is None and bulk.by_id == request.actor.user_id,
        "way": Alike(bulk.alike).label,
    }
    return render(request, "touchmark/desk/many.html", shown)


def _may_undo(bulk: Any, request: ActingRequest) -> bool:
    return bulk.undone_at is None and bulk.by_id == request.actor.user_id and request.actor.has(Role.REVIEWER)


@roles(Role.REVIEWER)
@require_POST
def go_on(request: ActingRequest, ref: str) -> HttpResponse:
    """Go on with a decision on many that was cut short."""
    bulk = bulks.bulk_for(request.actor, ref)
    decide_many.carry_out(bulk=bulk, actor=request.actor, at=clock.now())
    return redirect("desk_many", ref)


@roles(Role.REVIEWER)
@require_POST
def undo(request: ActingRequest, ref: str) -> HttpResponse:
    """Take a decision on many back as a whole."""
    bulk = bulks.bulk_for(request.actor, ref)
    decide_many.undo(bulk=bulk, actor=request.actor, at=clock.now())
    messages.success(request, _("Undone. What was taken off is put back, and every listing waits again."))
    return redirect("desk_many", ref)
