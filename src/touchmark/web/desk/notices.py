"""One notice at the desk: what it says, and each of its listings with what was found of the right beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from touchmark.apps.decisions.facts import quoted
from touchmark.apps.decisions.wanted import EVERYTHING
from touchmark.apps.desk import recycled
from touchmark.apps.desk.kinds import Source
from touchmark.apps.notices import access, evidence, queries
from touchmark.apps.notices.standing import JUDGED
from touchmark.apps.screening import queries as screened
from touchmark.web.desk.addresses import listing_address
from touchmark.web.desk.proposed import Proposed, proposed_for
from touchmark.web.desk.queue import READS
from touchmark.web.desk.words import ITEMS
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.looked import looks_at
from touchmark.web.tiers.shown import LANES

if TYPE_CHECKING:
    from touchmark.apps.notices.models import NoticeItem
    from touchmark.apps.screening.models import Assessment, Finding

ON_A_PAGE = 100
#: So many findings of the right are shown in a row; the listing's own page has all.
USES = 3
EVIDENT = "evident"


@dataclass(frozen=True, slots=True)
class Use:
    """Where the right is used, in a line: the way, the words, how sure."""

    way: str
    surface: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """One listing of the notice as the page shows it."""

    item: NoticeItem
    badge: tuple[str, Promise]
    address: str
    uses: tuple[Use, ...]
    more: int
    risk: float | None
    proposed: Proposed | None


@roles(*READS)
@looks_at("notice")
def notice(request: ActingRequest, ref: str) -> HttpResponse:
    """Show one notice with its listings, those that are evident first where they are asked for."""
    found = access.notice_for(request.actor, ref)
    items = access.items_for(request.actor).filter(notice=found).order_by("number")
    part = request.GET.get("part", "")
    shown = {EVIDENT: items.exclude(evident="").filter(status__in=JUDGED), "open": items.filter(status__in=JUDGED)}
    page = Paginator(shown.get(part, items), ON_A_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts_of(items)
    return render(
        request,
        "touchmark/desk/notice.html",
        {
            "notice": found,
            "lane": LANES.get(found.lane),
            "files": evidence.of(found),
            "recycled": recycled.found_of(Source.NOTICE, [found.ref]).get(found.ref, []),
            "page": page,
            "lines": _lines(found.right_id, list(page)),
            "part": part if part in shown else "",
            "states": [(ITEMS[name], count) for name, count in sorted(counts.items())],
            "total": sum(counts.values()),
            "open": sum(count for name, count in counts.items() if name in JUDGED),
            "evident": shown[EVIDENT].count(),
        },
    )


def _lines(right: int, items: Sequence[NoticeItem]) -> list[Line]:
    """Give the rows, in two queries however many they are."""
    keys = [item.listing_id for item in items]
    assessed, uses = screened.assessed_of(keys), screened.uses_of(right, keys)
    return [_line(item, assessed.get(item.listing_id), uses.get(item.listing_id, [])) for item in items]


def _line(item: NoticeItem, assessment: Assessment | None, uses: Sequence[Finding]) -> Line:
    once = list({(use.way, use.surface): use for use in reversed(uses)}.values())[::-1]
    return Line(
        item=item,
        badge=ITEMS[item.status],
        address=listing_address(item.listing, EVERYTHING),
        uses=tuple(Use(one.way, quoted(one.surface) if one.surface else "", one.confidence) for one in once[:USES]),
        more=len(once[USES:]),
        risk=assessment.risk if assessment else None,
        proposed=proposed_for(item),
    )
