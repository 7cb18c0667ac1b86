"""The holder's notices: the list, one with its outcome, and taking one back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.catalog import access as catalog
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.inbox import access as inbox
from touchmark.apps.notices import access, evidence, law, queries
from touchmark.apps.notices.letters import redress
from touchmark.apps.notices.record import stream_of_notice, timed_by
from touchmark.apps.notices.running import clocks_of_each
from touchmark.apps.notices.standing import OPEN
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy.load import regimes
from touchmark.engine.terms import Role
from touchmark.flows import withdraw_notice
from touchmark.web import clock
from touchmark.web.counters.offers import answers_to
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.appeals import contested
from touchmark.web.holder.case import exchange_of, moments_of, steps_of
from touchmark.web.holder.rows import NoticeRow, badge_of, counted, row_of, rows_of, seen_as
from touchmark.web.holder.words import BADGES, FILE_KINDS
from touchmark.web.ui.due import Due, due_of

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice, NoticeItem

ON_A_PAGE = 25
ITEMS_ON_A_PAGE = 100


@roles(Role.HOLDER, Role.AGENT)
def notices(request: PersonRequest) -> HttpResponse:
    """Show the holder's notices, newest first."""
    mine = access.notices_for(request.actor)
    page = Paginator(mine.values_list("pk", flat=True), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(mine.filter(pk__in=list(page)), request.actor)
    shown = {"page": page, "rows": rows, "drafts": access.drafts_for(request.actor).count()}
    return render(request, "touchmark/holder/notices.html", shown)


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
        "parties": found.notice,
        "target": found.target,
        "picture": found.picture,
        "right": found.right,
        "listing": catalog.public_listing_for(request.actor, found.listing.marketplace.slug, found.listing.listing_id),
        "steps": steps_of(found, moments),
        "exchange": exchange_of(found, letters, moments),
        "redress": redress(found) if found.status in (ItemStatus.REFUSED, ItemStatus.REVERSED) else None,
        "waits": found.status in OPEN,
        "incomplete": found.status == ItemStatus.WAITING,
        "due": _due_of(found),
        "law": regimes()[found.regime].name,
        **contested(found, request.actor, clock.now()),
        "answers": answers_to([found], request.actor),
        "may_retract": found.status == ItemStatus.UPHELD,
    }
    return render(request, "touchmark/holder/notice.html", page)


def _due_of(item: "NoticeItem") -> list[Due]:
    """Give what falls due for an item, and for the whole notice while that is not complete."""
    whole = stream_of_notice(item.notice)
    return due_of([*deadlines.running_of_each([whole])[whole], *clocks_of_each([item])[item.pk]])


def _with_next_due(items: Iterable["NoticeItem"]) -> list[tuple[NoticeRow, list[Due]]]:
    """Give items as rows, each with what falls due for it next."""
    found = list(items)
    running = clocks_of_each(found)
    return [(row_of(item), due_of(running[item.pk][:1])) for item in found]


def _whole(request: PersonRequest, found: "Notice") -> HttpResponse:
    items, status = access.items_for(request.actor).filter(notice=found), request.GET.get("status", "")
    meant = [one for one in BADGES if seen_as(one) == status]
    shown = items.filter(status__in=meant) if meant else items
    page = Paginator(shown.order_by("number"), ITEMS_ON_A_PAGE).get_page(request.GET.get("page"))
    row = rows_of([found], request.actor)[0]
    return render(
        request,
        "touchmark/holder/notice_whole.html",
        {
            "row": row,
            "notice": found,
            "procedures": law.procedures_of(queries.parts_of(items)),
            "files": [(one, FILE_KINDS[one.kind]) for one in evidence.of(found)],
            "page": page,
            "items": _with_next_due(page),
            "status": status if meant else "",
            "states": [(name, badge_of(name), count) for name, count in counted(queries.counts_of(items))],
            "waits": items.filter(status__in=OPEN).exists(),
            "incomplete": found.status == FilingStatus.INCOMPLETE,
            "due": due_of(deadlines.running_of_each([stream_of_notice(found)])[stream_of_notice(found)]),
        },
    )


@roles(Role.HOLDER, Role.AGENT)
def sent(request: PersonRequest, ref: str) -> HttpResponse:
    """Say that the notice is here, and what happens next."""
    found = access.notice_for(request.actor, ref)
    summary = queries.summaries_of([found], access.items_for(request.actor))[found.pk]
    if not set(summary.counts) <= set(OPEN):
        return redirect("holder_notice", ref)
    whole, first = stream_of_notice(found), timed_by(summary.first)
    running = deadlines.running_of_each([whole, first])
    page = {
        "row": row_of(summary.first),
        "ref": ref,
        "listings": summary.listings,
        "right": found.right,
        "incomplete": found.status == FilingStatus.INCOMPLETE,
        "due": due_of([*running[whole], *running[first]][:1]),
    }
    return render(request, "touchmark/holder/notice_sent.html", page)


@roles(Role.HOLDER, Role.AGENT)
def withdraw(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask before a notice, or one listing of it, is taken back; a POST does it."""
    item = access.items_for(request.actor).filter(ref=ref).first()
    found = access.notice_for(request.actor, ref) if item is None else item.notice
    asked = access.items_for(request.actor).filter(notice=found) if item is None else [item]
    waiting = [one for one in asked if one.status in OPEN]
    if request.method != "POST" and waiting:
        page = {"row": row_of(waiting[0]), "ref": ref, "more": len(waiting) - 1}
        return render(request, "touchmark/holder/notice_withdraw.html", page)
    if request.method == "POST":
        try:
            withdraw_notice.withdraw(ref=ref, actor=request.actor, at=clock.now())
        except IllegalMove:
            messages.warning(request, _("This notice is decided or withdrawn already. Nothing was changed."))
        else:
            messages.success(request, _("Your notice is withdrawn."))
    return redirect("holder_notice", ref)
