"""The public form: first the kind of right, then the notice; a link goes to the address that was given."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from touchmark.apps.accounts.actions import one_line
from touchmark.apps.blobs.evidence import UnusableFile
from touchmark.apps.catalog.naming import pasted
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.evidence import Sent
from touchmark.apps.notices.guests import Who
from touchmark.apps.notices.limits import MOST_OF_GUESTS, TooManyListings, TooManyNotices
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.notices.record import DANGER
from touchmark.apps.registry.content import RightContent
from touchmark.engine.terms import RightKind
from touchmark.flows.report_as_guest import GuestNotice, report_as_guest
from touchmark.flows.report_listing import NothingToReport
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, public
from touchmark.web.guest.forms import FILES, GuestForm
from touchmark.web.guest.letter import particulars_of
from touchmark.web.guest.shown import page
from touchmark.web.holder.draft_steps import why_of
from touchmark.web.kept import key_of
from touchmark.web.media.upload import was_refused
from touchmark.web.place import place_of
from touchmark.web.ui.words import RIGHT_KINDS

#: What each file of the form shows.
SHOWS = {"file_1": "proof_of_right", "file_2": "evidence", "file_3": "evidence"}


@public
def start(request: ActingRequest) -> HttpResponse:
    """Ask which kind of right; say what an account is for."""
    shown = {"kinds": [(kind.value, RIGHT_KINDS[kind]) for kind in RightKind], "most": MOST_OF_GUESTS}
    return render(request, "touchmark/guest/start.html", shown)


@public
def report(request: ActingRequest, kind: str) -> HttpResponse:
    """
    Show the form, and take what was sent in it.

    :raises Http404: if there is no such kind of right
    """
    of = _kind(kind)
    if request.method != "POST":
        return page(request, of, GuestForm(kind=of))
    form = GuestForm(request.POST, request.FILES, kind=of)
    if was_refused(request):
        form.add_error("file_1", _("The files are too large: send at most 30 MB in all."))
    if form.is_valid() and _taken(request, of, form):
        return redirect("guest_sent", kind)
    return page(request, of, form, status=422)


def _kind(word: str) -> RightKind:
    try:
        return RightKind(word)
    except ValueError:
        raise Http404 from None


def _taken(request: ActingRequest, kind: RightKind, form: GuestForm) -> bool:
    try:
        report = report_as_guest(_said(request, kind, form), at=clock.now())
    except NothingToReport as refusal:
        for one in refusal.refused:
            form.add_error("listings", f"{one.given[:200]}: {' '.join(why_of(one))}")
        if not refusal.refused:
            form.add_error("listings", _("Name at least one listing: its address, or its number."))
    except (TooManyListings, TooManyNotices) as refusal:
        form.add_error("listings" if isinstance(refusal, TooManyListings) else None, str(refusal))
    except UnusableFile as refusal:
        form.add_error("file_1", _(refusal.sentence))
    else:
        for one in report.refused:  # said once, here: what is not in the notice stands in no list of it
            about = {"given": one.given[:200], "why": " ".join(why_of(one))}
            messages.warning(request, _("Not in your notice: %(given)s. %(why)s") % about)
    return not form.errors


def _said(request: ActingRequest, kind: RightKind, form: GuestForm) -> GuestNotice:
    said = form.cleaned_data
    right = RightContent(
        kind=kind,
        text=one_line(said["text"]),
        owner=one_line(said["name"]),
        office=said["office"].strip(),
        number=said["number"].strip(),
        territories=said["territories"],
    )
    form_of = NoticeForm(
        reason=NoticeReason(said["reason"]),
        statement=said["statement"],
        good_faith=said["good_faith"],
        request_key=key_of(request.POST),
        particulars=particulars_of(request.POST.get("letter", "")) | {DANGER: said["danger"]},
        shared=said["shared"],
    )
    files = [Sent(said[name].read(), said[name].name, SHOWS[name]) for name in FILES if said.get(name)]
    who = Who(one_line(said["name"]), said["email"], get_language() or "en", place_of(request))
    return GuestNotice(who, right, pasted(said["listings"]), form_of, files)


@public
def sent(request: ActingRequest, kind: str) -> HttpResponse:
    """Say what happens next. The page is the same for everybody: it tells nobody whether an address is known."""
    return render(request, "touchmark/guest/sent.html")
