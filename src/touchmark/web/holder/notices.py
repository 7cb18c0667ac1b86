"""The holder's notices: the list, one with its outcome, and taking one back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.catalog import access as catalog
from touchmark.apps.inbox import access as inbox
from touchmark.apps.notices import access, actions
from touchmark.engine.lifecycle.notice import NoticeStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.case import exchange_of, moments_of, steps_of
from touchmark.web.holder.rows import row_of

ON_A_PAGE = 25


@roles(Role.HOLDER, Role.AGENT)
def notices(request: PersonRequest) -> HttpResponse:
    """Show the holder's notices, newest first."""
    page = Paginator(access.notices_for(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "touchmark/holder/notices.html", {"page": page, "rows": [row_of(n) for n in page]})


@roles(Role.HOLDER, Role.AGENT)
def notice(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one notice: where it stands, what was said, what the holder can do."""
    found = access.notice_for(request.actor, ref)
    moments = moments_of(found)
    letters = inbox.letters_for(request.actor).filter(about=ref, kind="notice_outcome")
    page = {
        "row": row_of(found),
        "right": found.right,
        "listing": catalog.public_listing_for(request.actor, found.listing.marketplace.slug, found.listing.listing_id),
        "steps": steps_of(found, moments),
        "exchange": exchange_of(found, letters, moments),
        "redress": actions.redress(found) if found.status in (NoticeStatus.REFUSED, NoticeStatus.REVERSED) else None,
        "waits": found.status == NoticeStatus.RECEIVED,
    }
    return render(request, "touchmark/holder/notice.html", page)


@roles(Role.HOLDER, Role.AGENT)
def sent(request: PersonRequest, ref: str) -> HttpResponse:
    """Say that the notice is here, and what happens next."""
    found = access.notice_for(request.actor, ref)
    if found.status != NoticeStatus.RECEIVED:
        return redirect("holder_notice", ref)
    return render(request, "touchmark/holder/notice_sent.html", {"row": row_of(found), "right": found.right})


@roles(Role.HOLDER, Role.AGENT)
def withdraw(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask before a notice is taken back; a POST does it."""
    found = access.notice_for(request.actor, ref)
    if request.method != "POST" and found.status == NoticeStatus.RECEIVED:
        return render(request, "touchmark/holder/notice_withdraw.html", {"row": row_of(found)})
    if request.method == "POST":
        try:
            actions.withdraw(ref=ref, actor=request.actor, at=clock.now())
        except IllegalMove:
            messages.warning(request, _("This notice is decided or withdrawn already. Nothing was changed."))
        else:
            messages.success(request, _("Your notice is withdrawn."))
    return redirect("holder_notice", ref)
