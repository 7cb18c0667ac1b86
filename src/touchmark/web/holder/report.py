"""Reporting a listing: which right, which listing, why, in words; checked before it is sent."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from touchmark.apps.catalog import access as catalog
from touchmark.apps.notices import queries as notices
from touchmark.apps.notices.actions import AlreadyReported, NoticeForm, RightNotVerified
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry import access as registry
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.terms import Role
from touchmark.flows import report_listing
from touchmark.flows.report_listing import NoGroundThere, NotOnSale
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.forms import ListingForm, ReasonForm, RightForm, StatementForm
from touchmark.web.holder.right_shown import line_of
from touchmark.web.holder.way import Way
from touchmark.web.holder.words import REASONS
from touchmark.web.kept import Kept, answers_kept, carry, keeps_answers, key_of

if TYPE_CHECKING:
    from touchmark.apps.registry.models import Right

#: So many rights are offered at once; a holder with more looks for the right by its words or number.
RIGHTS_OFFERED = 20

#: What the last step asks for, and the earlier ones that it can go back to.
WRITTEN = ("statement", "good_faith", "request_key")
EARLIER = {"right": "holder_report", "listing": "holder_report_listing", "reason": "holder_report_reason"}

#: Why a listing cannot be reported: a page in plain words, which keeps what was written.
CANNOT = (NotOnSale, AlreadyReported, RightNotVerified, NoGroundThere)


@roles(Role.HOLDER, Role.AGENT)
def which_right(request: PersonRequest) -> HttpResponse:
    """Ask under which right."""
    way, words = Way.of(request), request.GET.get("q", "").strip()
    verified = registry.rights_for(request.actor).filter(status=RightStatus.VERIFIED).order_by("text", "id")
    meant = verified.filter(Q(text__icontains=words) | Q(number__icontains=words)) if words else verified
    offered = [(right.ref, _named(right)) for right in meant[:RIGHTS_OFFERED]]
    page: dict[str, object] = {
        "form": RightForm(_asked(request), rights=offered, initial={"right": way.right}),
        "offered": len(offered),
        "meant": meant.count(),
        "in_all": verified.count(),
        "searchable": verified.count() > RIGHTS_OFFERED,
        "q": words,
    }
    return render(request, "touchmark/holder/report_right.html", page | way.frame("holder_report"))


def _named(right: "Right") -> str:
    """Give a right as its holder knows it: words, kind, office and number."""
    line = line_of(right)
    return " · ".join(part for part in (line.name, line.kind, line.registered) if part)


def _asked(request: PersonRequest) -> dict[str, str] | None:
    """Give the data of a form that was passed by without an answer, so that it says so; None for one not sent yet."""
    return {} if "missing" in request.GET else None


@roles(Role.HOLDER, Role.AGENT)
def which_listing(request: PersonRequest) -> HttpResponse:
    """Ask for the listing, by its address or its number, and show what was found."""
    way = Way.of(request)
    if not way.right:
        return redirect(way.asked_again("holder_report"))
    form = ListingForm(request.GET if "q" in request.GET else _asked(request), initial={"q": way.listing})
    words = form.cleaned_data["q"] if form.is_valid() else ""
    page: dict[str, object] = {
        "right": registry.right_for(request.actor, way.right),
        "form": form,
        "q": words,
        "found": [
            (listing, way.to("holder_report_reason", marketplace=listing.marketplace, listing=listing.listing_id))
            for listing in catalog.find_public(request.actor, words)
        ],
        "marketplaces": catalog.marketplaces(),
    }
    return render(request, "touchmark/holder/report_listing.html", page | way.frame("holder_report_listing"))


@roles(Role.HOLDER, Role.AGENT)
def which_reason(request: PersonRequest) -> HttpResponse:
    """Ask why; a listing that cannot be reported is said here, before anything is written."""
    way = Way.of(request)
    if not (way.right and way.listing):
        return redirect(way.asked_again("holder_report_listing" if way.right else "holder_report"))
    right = registry.right_for(request.actor, way.right)
    if refused := _cannot(request, way, right):
        return refused
    page: dict[str, object] = {
        "right": right,
        "listing": catalog.public_listing_for(request.actor, way.marketplace, way.listing),
        "form": ReasonForm(_asked(request), initial={"reason": way.reason}),
    }
    return render(request, "touchmark/holder/report_reason.html", page | way.frame("holder_report_reason"))


@keeps_answers(*WRITTEN)
@roles(Role.HOLDER, Role.AGENT)
def statement(request: PersonRequest) -> HttpResponse:
    """Ask for the statement, show everything to be checked, send it."""
    way = Way.of(request)
    if not (way.right and way.listing):
        return redirect(way.asked_again("holder_report_listing" if way.right else "holder_report"))
    if way.reason not in REASONS:
        return redirect(way.asked_again("holder_report_reason"))
    right = registry.right_for(request.actor, way.right)
    if sent := notices.sent_before(key_of(request.POST), request.actor):
        return redirect("holder_notice_sent", sent.ref)
    if refused := _cannot(request, way, right):
        return refused
    return _answered(request, way, right) if request.method == "POST" else _ask(request, way, right)


def _answered(request: PersonRequest, way: Way, right: "Right") -> HttpResponse:
    form, key, step = StatementForm(request.POST, reason=way.reason), key_of(request.POST), request.POST.get("step")
    if step in EARLIER:
        carry(request, *WRITTEN)
        return redirect(way.to(EARLIER[step]))
    if step == "change":
        return _ask(request, way, right, StatementForm(initial=request.POST.dict(), reason=way.reason))
    if not form.is_valid():
        return _ask(request, way, right, form)
    if step != "send":
        return _show(request, "touchmark/holder/report_check.html", way, right, said=form.cleaned_data, key=key)
    return _send(request, way, right, form.cleaned_data["statement"], key)


def _send(request: PersonRequest, way: Way, right: "Right", written: str, key: UUID) -> HttpResponse:
    form = NoticeForm(reason=NoticeReason(way.reason), statement=written, good_faith=True, request_key=key)
    try:
        notice = report_listing.report(
            right=right.ref,
            marketplace=way.marketplace,
            listing_id=way.listing,
            form=form,
            actor=request.actor,
            at=clock.now(),
        )
    except CANNOT as refusal:
        return _refused(request, way, right, refusal)
    return redirect("holder_notice_sent", notice.ref)


def _ask(request: PersonRequest, way: Way, right: "Right", form: StatementForm | None = None) -> HttpResponse:
    kept = answers_kept(request) if form is None else Kept()
    form = form or StatementForm(initial=dict(kept.answers), reason=way.reason)
    more = {"form": form, "key": key_of(kept.answers or request.POST), "kept": kept.signed_out}
    return _show(request, "touchmark/holder/report_statement.html", way, right, **more)


def _show(request: PersonRequest, template: str, way: Way, right: "Right", **more: object) -> HttpResponse:
    page: dict[str, object] = {
        "right": right,
        "listing": catalog.public_listing_for(request.actor, way.marketplace, way.listing),
        "reason": REASONS[way.reason],
    }
    return render(request, template, page | way.frame("holder_report_statement") | more)


def _cannot(request: PersonRequest, way: Way, right: "Right") -> HttpResponse | None:
    """Give the page that says why this listing cannot be reported, if it cannot."""
    listing = catalog.listing_for(request.actor, way.marketplace, way.listing)
    try:
        report_listing.require_reportable(right=right, listing=listing, actor=request.actor, on=clock.now().date())
    except CANNOT as refusal:
        return _refused(request, way, right, refusal)
    return None


def _refused(request: PersonRequest, way: Way, right: "Right", refusal: TouchmarkError) -> HttpResponse:
    page: dict[str, object] = {
        "right": right,
        "listing": catalog.public_listing_for(request.actor, way.marketplace, way.listing),
        "refusal": refusal,
        "written": request.POST.get("statement", ""),
    }
    return render(
        request, "touchmark/holder/report_cannot.html", {**page, **way.frame("holder_report_reason")}, status=409
    )
