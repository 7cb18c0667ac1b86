"""The queue: what waits, in one-line rows, with a preview beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import queue as decisions
from touchmark.apps.decisions.facts import name_of
from touchmark.apps.decisions.queue import Row
from touchmark.apps.decisions.wanted import Place, Wanted
from touchmark.apps.desk import due, holds
from touchmark.apps.desk import filters as saved
from touchmark.engine.terms import Actor, Role, Way
from touchmark.web import clock
from touchmark.web.desk import filters, pictures
from touchmark.web.desk.addresses import listing_address, queue_address, wanted_of
from touchmark.web.desk.evidence import gathered
from touchmark.web.desk.proposed import WORDS as PROPOSED
from touchmark.web.desk.words import GOODS
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.ui import dates
from touchmark.web.ui.marked import Span
from touchmark.web.ui.words import WAYS

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.registry.models import Right
    from touchmark.apps.screening.models import Finding

READS = (Role.REVIEWER, Role.POLICY_OWNER)


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the page shows it."""

    listing: Listing
    address: str
    preview: str
    thumbnail: str
    spans: list[Span]
    rights: tuple[str, ...]
    risk: float
    safety: object
    came_back: bool
    tips: int
    proposed: tuple[str, object] | None
    held: str
    notices: int
    waits_since: datetime
    due: tuple[str, str] | None  # the colour and the words of the first clock of its notices

    @property
    def seller(self) -> str:
        return str(self.listing.seller) if self.listing.seller else ""


@roles(*READS)
def queue(request: ActingRequest) -> HttpResponse:
    """Show what waits at the desk, fifty rows at a time."""
    wanted = wanted_of(request)
    after = Place.read(request.GET["after"], wanted.order) if request.GET.get("after") else None
    rows = decisions.page(request.actor, wanted, after=after, size=decisions.PAGE + 1)
    more = len(rows) > decisions.PAGE
    count, more_wait = decisions.counted(request.actor, wanted)
    until = due.of_listings([notice for row in rows for notice in row.notices])
    held = holds.in_others_hands([row.listing.pk for row in rows], request.actor, at=clock.now())
    found = {
        "lines": [
            line(row, wanted, held.get(row.listing.pk, ""), until.get(row.listing.pk)) for row in rows[: decisions.PAGE]
        ],
        "may_decide": request.actor.has(Role.REVIEWER),
        "kept": kept_links(wanted, request.actor),
        "count": count,
        "more_than_counted": more_wait,
        "from_the_head": after is None,
        "next": queue_address(wanted, after=rows[decisions.PAGE - 1].place) if more else "",
        "head": queue_address(wanted),
        "wanted": wanted,
        **filters.shown(wanted),
    }
    return render(request, "touchmark/desk/queue.html", found)


@roles(*READS)
def preview(request: ActingRequest, marketplace: str, listing_id: str) -> HttpResponse:
    """Show what the queue shows beside its rows; asked for without a script, go to the listing itself."""
    listing = catalog.listing_for(request.actor, marketplace, listing_id)
    address = listing_address(listing, wanted_of(request))
    if "X-Preview" not in request.headers:
        return redirect(address)
    return render(
        request, "touchmark/desk/preview.html", {"evidence": gathered(listing, request.actor), "address": address}
    )


def kept_links(wanted: Wanted, actor: Actor) -> list[filters.Kept]:
    """Give the filters that the reader keeps, then the team's, the first nine of both with a key."""
    return [
        filters.Kept(
            key=one.pk,
            name=one.name,
            address=queue_address(Wanted.of(one.asked)),
            here=one.asked == wanted.asked(),
            number=str(n) if n < 10 else "",
            shared=one.shared_with_id is not None,
            by="" if one.by_id == actor.user_id else one.by.name,
        )
        for n, one in enumerate(saved.seen_by(actor), start=1)
    ]


def line(row: Row, wanted: Wanted, held: str = "", until: datetime | None = None) -> Line:
    """Give a row as the page shows it; ``held``: who works on it; ``until``: when its notices are to be acted on."""
    reported = [notice.right for notice in row.notices]
    strongest = sorted(row.findings, key=lambda finding: (finding.way == Way.REFERENTIAL, -finding.confidence))
    rights = [*reported, *(finding.right for finding in strongest)]
    return Line(
        listing=row.listing,
        address=listing_address(row.listing, wanted),
        preview=listing_address(row.listing, wanted, "desk_preview"),
        thumbnail=pictures.address(row.picture, pictures.SMALL) if row.picture else "",
        spans=title_spans(row.findings),
        rights=names(rights),
        risk=row.risk,
        safety=GOODS.get(row.safety, ""),
        came_back=row.came_back,
        tips=row.tips,
        proposed=PROPOSED.get(row.proposed),
        held=held,
        notices=len(row.notices),
        waits_since=row.waits_since,
        due=dates.due_badge(until, clock.now()) if until else None,
    )


def names(rights: Sequence[Right]) -> tuple[str, ...]:
    """Name each right once."""
    return tuple(dict.fromkeys(name_of(right) for right in rights))


def title_spans(found: Sequence[Finding]) -> list[Span]:
    """Give the marks in a title."""
    return [
        Span(finding.start, finding.end, finding.way, f"{WAYS[Way(finding.way)]}: {name_of(finding.right)}")
        for finding in found
        if finding.field == "title" and finding.start is not None and finding.end is not None
    ]
