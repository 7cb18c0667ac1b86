"""The holder's notices: the list, one with its outcome, and taking one back."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.catalog import access as catalog
from touchmark.apps.inbox import access as inbox
from touchmark.apps.notices import access, actions, queries
from touchmark.engine.lifecycle.notice import NoticeStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.case import exchange_of, moments_of, steps_of
from touchmark.web.holder.rows import badge_of, row_of, rows_of
from touchmark.web.holder.words import BADGES

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice, NoticeItem

ON_A_PAGE = 25
ITEMS_ON_A_PAGE = 100


@roles(Role.HOLDER, Role.AGENT)
def notices(request: PersonRequest) -> HttpResponse:
    """Show the holder's notices, newest first."""
    page = Paginator(access.notices_for(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "touchmark/holder/notices.html", {"page": page, "rows": rows_of(page, request.actor)})


@roles(Role.HOLDER, Role.AGENT)
def notice(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one notice: where it stands, what was said, what the holder can do; of many listings, each in a line."""
    item = access.items_for(request.actor).filter(ref=ref).first()
    return _whole(request, access.notice_for(request.actor, ref)) if item is None else _item(request, item)


def _item(request: PersonRequest, found: "NoticeItem") -> HttpResponse:
    moments = moments_of(found)
    letters = inbox.letters_for(request.actor).filter(about=found.ref, kind="notice_outcome")
    page = {
        "row": row_of(found),
        "whole": found.notice.ref,
        "right": found.right,
        "listing": catalog.public_listing_for(request.actor, found.listing.marketplace.slug, found.listing.listing_id),
        "steps": steps_of(found, moments),
        "exchange": exchange_of(found, letters, moments),
        "redress": actions.redress(found) if found.status in (NoticeStatus.REFUSED, NoticeStatus.REVERSED) else None,
        "waits": found.status == NoticeStatus.RECEIVED,
    }
    return render(request, "touchmark/holder/notice.html", page)


def _whole(request: PersonRequest, found: "Notice") -> HttpResponse:
    items, status = access.items_for(request.actor).filter(notice=found), request.GET.get("status", "")
    shown = items.filter(status=status) if status in BADGES else items
    page = Paginator(shown.order_by("number"), ITEMS_ON_A_PAGE).get_page(request.GET.get("page"))
    row = rows_of([found], request.actor)[0]
    return render(
        request,
        "touchmark/holder/notice_whole.html",
        {
            "row": row,
            "notice": found,
            "page": page,
            "items": [row_of(item) for item in page],
            "status": status if status in BADGES else "",
            "states": [(name, badge_of(name), count) for name, count in sorted(queries.counts_of(items).items())],
            "waits": items.filter(status=NoticeStatus.RECEIVED).exists(),
        },
    )


@roles(Role.HOLDER, Role.AGENT)
def sent(request: PersonRequest, ref: str) -> HttpResponse:
    """Say that the notice is here, and what happens next."""
    found = access.notice_for(request.actor, ref)
    summary = queries.summaries_of([found], access.items_for(request.actor))[found.pk]
    if summary.status != NoticeStatus.RECEIVED:
        return redirect("holder_notice", ref)
    page = {"row": row_of(summary.first), "ref": ref, "listings": summary.listings, "right": found.right}
    return render(request, "touchmark/holder/notice_sent.html", page)


@roles(Role.HOLDER, Role.AGENT)
def withdraw(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask before a notice, or one listing of it, is taken back; a POST does it."""
    item = access.items_for(request.actor).filter(ref=ref).first()
    found = access.notice_for(request.actor, ref) if item is None else item.notice
    asked = access.items_for(request.actor).filter(notice=found) if item is None else [item]
    waiting = [one for one in asked if one.status == NoticeStatus.RECEIVED]
    if request.method != "POST" and waiting:
        page = {"row": row_of(waiting[0]), "ref": ref, "more": len(waiting) - 1}
        return render(request, "touchmark/holder/notice_withdraw.html", page)
    if request.method == "POST":
        try:
            actions.withdraw_all(ref=ref, actor=request.actor, at=clock.now())
        except IllegalMove:
            messages.warning(request, _("This notice is decided or withdrawn already. Nothing was changed."))
        else:
            messages.success(request, _("Your notice is withdrawn."))
    return redirect("holder_notice", ref)
