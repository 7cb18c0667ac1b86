"""Good faith at the desk: who is watched, warned or suspended, what the rule proposes, and appeals against measures."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.counters import access as counters
from touchmark.apps.notices import access as notices
from touchmark.apps.tiers import actions, queries
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.penalties.tiers import Side
from touchmark.engine.terms import Actor
from touchmark.web import clock
from touchmark.web.desk.forms import ProvenWords
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.looked import looks_at
from touchmark.web.tiers.shown import LANES, shown

LATELY = 50
UNFOUNDED = (ItemStatus.REFUSED, ItemStatus.REVERSED, ItemStatus.PUT_BACK, ItemStatus.RETRACTED)


class WhyForm(forms.Form):
    """Why a reviewer does what the button says."""

    text = ProvenWords(
        label=gettext_lazy("Why"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=5_000
    )


@roles(*READS)
def good_faith(request: ActingRequest) -> HttpResponse:
    """Show the appeals that wait, and who is watched, warned or suspended."""
    tiers = [(tier, LANES[tier.status]) for tier in queries.watched()[:LATELY]]
    return render(request, "touchmark/tiers/desk.html", {"tiers": tiers, "appeals": queries.appealed()[:LATELY]})


@roles(*READS)
@looks_at("seller")
def one(request: ActingRequest, organisation_id: int, side: str) -> HttpResponse:
    """Show one record with its numbers; a POST does what its button says."""
    organisation = accounts.organisations().filter(pk=organisation_id).first()
    if organisation is None or side not in set(Side):
        raise Http404
    form = WhyForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            _do(request, organisation, Side(side), form.cleaned_data["text"])
        except TouchmarkError as refusal:
            form.add_error("text", str(refusal))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            messages.success(request, _("Done. Whom it concerns is told, with the numbers and how to appeal."))
            return redirect("desk_record", organisation_id, side)
    return render(
        request, "touchmark/tiers/desk_one.html", _page(request, organisation, Side(side), form), status=status
    )


def _do(request: ActingRequest, organisation: Any, side: Side, why: str) -> None:
    do, at = request.POST.get("do", ""), clock.now()
    if do in ("warn", "suspend"):
        actions.take(organisation=organisation, side=side, kind=do, why=why, actor=request.actor, at=at)
    elif do in ("lift", "uphold"):
        ref = request.POST.get("measure", "")
        actions.answer(ref=ref, lift=do == "lift", text=why, actor=request.actor, at=at)
    elif do in ("manifest", "intended"):
        _mark(request.actor, request.POST.get("about", ""), why, intended=do == "intended")


def _mark(actor: Actor, about: str, why: str, *, intended: bool) -> None:
    if about.startswith("N-"):
        actions.mark(item=notices.item_for(actor, about), intended=intended, why=why, actor=actor, at=clock.now())
    else:
        found = counters.counter_for(actor, about)
        actions.mark(counter=found, intended=intended, why=why, actor=actor, at=clock.now())


def _page(request: ActingRequest, organisation: Any, side: Side, form: WhyForm) -> dict[str, Any]:
    at = clock.now()
    standing = queries.standing_of(organisation.pk, side, at=at)
    if side == Side.NOTIFIER:
        found = notices.items_for(request.actor).filter(
            Q(holder=organisation) | Q(agent=organisation), status__in=UNFOUNDED
        )
        lately = [(item.ref, item.listing.title, item.outcome_text, hasattr(item, "mark")) for item in found[:LATELY]]
    else:
        given = counters.counters_for(request.actor).filter(seller=organisation, status__in=("rejected", "kept"))
        lately = [(one.ref, one.item.listing.title, one.outcome_text, hasattr(one, "mark")) for one in given[:LATELY]]
    return shown(standing, at) | {
        "organisation": organisation,
        "form": form,
        "measures": queries.measures_of(organisation.pk, side),
        "lately": lately,
        "wrong": queries.wrong_examinations(organisation.pk),
    }
