"""The desk's first page: what needs a reviewer now; for whoever leads the desk, how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from touchmark.apps.buyers import queries as buyers
from touchmark.apps.decisions import queue
from touchmark.apps.decisions.wanted import REPORTED, SAFETY, Wanted
from touchmark.apps.desk import due, figures, filters, holds, notes, people, proposals, redraws
from touchmark.apps.desk.redraws import Agreement
from touchmark.apps.orders import access as orders_of
from touchmark.apps.orders import queries as orders
from touchmark.apps.safety import queries as safety
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock
from touchmark.web.desk.addresses import queue_address
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.ui import dates
from touchmark.web.ui.charts import Bar, Chart, Part, bars, whole

if TYPE_CHECKING:
    from touchmark.apps.desk.models import Proposal

#: So many of what is late or due are named.
DUE_SHOWN = 5
PUT_BACK: dict[str, Promise] = {
    "appeal": gettext_lazy("on appeal"),
    "rule": gettext_lazy("a rule's decisions taken back"),
    "undone": gettext_lazy("undone by whoever decided"),
    "other": gettext_lazy("otherwise"),
}


@roles(*READS)
def home(request: ActingRequest) -> HttpResponse:
    """Show what needs the reader now."""
    at = clock.now()
    shown: dict[str, Any] = {"at": at, "mentions": list(notes.unseen(request.actor)[:20])}
    if request.actor.has(Role.REVIEWER):
        shown |= _reviewers(request.actor, at)
    if request.actor.has(Role.POLICY_OWNER):
        shown |= _leaders(request.actor, at)
    return render(request, "touchmark/desk/home.html", shown)


def _reviewers(actor: Actor, at: datetime) -> dict[str, Any]:
    held = list(holds.held_by(actor, at=at))
    queues = [
        (_("Everything"), Wanted()),
        (_("Reported"), Wanted(part=REPORTED)),
        (_("Safety-critical goods"), Wanted(goods=SAFETY)),
        *((kept.name, Wanted.of(kept.asked)) for kept in filters.seen_by(actor)[:6]),
    ]
    others = [person for person in people.colleagues(actor, Role.REVIEWER) if person.pk != actor.user_id]
    return {
        "reviews": True,
        "held": held,
        "colleagues": others,
        "queues": [(name, queue_address(wanted), *queue.counted(actor, wanted)) for name, wanted in queues],
        "late_address": queue_address(Wanted(part=REPORTED, order="due")),
        "late": queue.late(actor, at),
        "proposals": _proposals(actor),
        "sent_back": list(proposals.sent_back(actor)[:10]),
        "again": redraws.waiting(actor).count(),
        "orders_due": orders.counts(orders_of.orders_for(actor), at),
        "own": figures.own(actor, at),
    }


def _proposals(actor: Actor) -> list[tuple[Proposal, datetime | None]]:
    """Give what waits for the reader's eyes, each with by when."""
    waiting = list(proposals.waiting(actor)[:20])
    until = proposals.due_of_each(waiting)
    return [(one, until.get(one.ref)) for one in waiting]


def _leaders(actor: Actor, at: datetime) -> dict[str, Any]:
    backlog = figures.backlog(at)
    precision = figures.precision_of_rules(at)
    return {
        "leads": True,
        "backlog": backlog,
        "reported_due": due.listings(actor, at),
        "appeals_due": due.appeals(at),
        "proposals_due": proposals.due(actor, at),
        "due_first": due.items(actor, before=at + due.SOON)[:DUE_SHOWN],
        "buyers_overdue": buyers.overdue(actor),
        "safety_due": safety.counts(actor, at),
        "suspicions_due": safety.suspicion_counts(actor, at),
        "safety_first": [*safety.waiting(actor).filter(due_at__lt=at + due.SOON)[:DUE_SHOWN]],
        "live": figures.decided_but_live(at),
        "precision": precision,
        "charts": [
            _ages(backlog),
            _days(figures.days(at)),
            _put_backs(figures.put_backs(at)),
            _precision(precision),
            _load(figures.load(actor, at)),
            _agreements(redraws.agreement_of_each(actor)),
        ],
    }


def _ages(backlog: figures.Backlog) -> Chart:
    labels = [_("up to a day"), _("1 to 3 days"), _("3 to 7 days"), _("7 to 30 days"), _("longer")]
    late = sum(backlog.ages[2:])
    title = ngettext("%(n)s listing waits longer than three days", "%(n)s listings wait longer than three days", late)
    rows = list(zip(labels, backlog.ages, strict=True))
    return bars(
        "ages",
        title % {"n": whole(late)},
        [Bar(label, (Part(count),), whole(count)) for label, count in rows],
        head=[_("Waits since"), _("Listings")],
        table=[[label, whole(count)] for label, count in rows],
    )


def _days(counted: Sequence[figures.Day]) -> Chart:
    total = sum(day.people + day.rules for day in counted)
    title = ngettext("%(n)s decision in 14 days", "%(n)s decisions in 14 days", total)
    return bars(
        "days",
        title % {"n": whole(total)},
        [
            Bar(dates.near_day(day.on), (Part(day.people), Part(day.rules, "second")), whole(day.people + day.rules))
            for day in counted
        ],
        head=[_("Day"), _("By people"), _("By rules")],
        table=[[dates.day(day.on), whole(day.people), whole(day.rules)] for day in counted],
        keys=[("first", _("by people")), ("second", _("by rules"))],
    )


def _put_backs(counted: Sequence[tuple[str, int]]) -> Chart:
    total = sum(count for _why, count in counted)
    title = ngettext("%(n)s listing put back in 90 days", "%(n)s listings put back in 90 days", total)
    rows = [(str(PUT_BACK[why]), count) for why, count in counted]
    return bars(
        "put-backs",
        title % {"n": whole(total)},
        [Bar(label, (Part(count),), whole(count)) for label, count in rows],
        head=[_("Why"), _("Listings")],
        table=[[label, whole(count)] for label, count in rows],
    )


def _precision(found: Agreement) -> Chart:
    if found.looked:
        share, low, high = found.percent
        said = {"share": share, "low": low, "high": high}
        title = _("%(share)s %% of what rules decided stands (%(low)s to %(high)s %%)") % said
    else:
        title = _("Rules have decided nothing in 90 days")
    row = Bar(_("stands"), (Part(found.share),), _percent(found), found.interval if found.looked else None)
    return bars(
        "precision",
        title,
        [row] if found.looked else [],
        head=[_("Decided by rules"), _("Stands"), _("Share")],
        table=[[whole(found.looked), whole(found.agreed), _percent(found)]],
        most=1.0,
    )


def _load(found: Sequence[figures.Load]) -> Chart:
    total = sum(one.decided for one in found)
    title = ngettext("Reviewers took %(n)s decision this week", "Reviewers took %(n)s decisions this week", total)
    return bars(
        "load",
        title % {"n": whole(total)},
        [Bar(one.name, (Part(one.decided), Part(one.held, "second")), _both(one)) for one in found],
        head=[_("Reviewer"), _("Decided in 7 days"), _("In hand now")],
        table=[[one.name, whole(one.decided), whole(one.held)] for one in found],
        keys=[("first", _("decided in 7 days")), ("second", _("in hand now"))],
    )


def _both(one: figures.Load) -> str:
    """Say the number of each piece of the bar: what is in hand was not decided."""
    return f"{whole(one.decided)} + {whole(one.held)}" if one.held else whole(one.decided)


def _agreements(found: Sequence[tuple[str, Agreement]]) -> Chart:
    looked = sum(one.looked for _name, one in found)
    title = ngettext("%(n)s decision looked at again", "%(n)s decisions looked at again", looked)
    return bars(
        "agreement",
        title % {"n": whole(looked)},
        [Bar(name, (Part(one.share),), _percent(one), one.interval if one.looked else None) for name, one in found],
        head=[_("Reviewer"), _("Looked at again"), _("Agreed"), _("Share")],
        table=[[name, whole(one.looked), whole(one.agreed), _percent(one)] for name, one in found],
        most=1.0,
    )


def _percent(found: Agreement) -> str:
    if not found.looked:
        return "–"
    share, low, high = found.percent
    return _("%(share)s %% (%(low)s–%(high)s)") % {"share": share, "low": low, "high": high}
