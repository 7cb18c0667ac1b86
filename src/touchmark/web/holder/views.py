"""The holder's first page: what needs them now, their rights in a line, their notices with where each stands."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from touchmark.apps.notices import access as notices
from touchmark.apps.registry import access as registry
from touchmark.apps.registry import grounding
from touchmark.apps.rows import first_rows
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.rows import row_of, rows_with_due
from touchmark.web.holder.waits import waiting_for

ON_THE_FIRST_PAGE = 10


#: Where a notice waits for a reviewer.
WAITS = (ItemStatus.RECEIVED, ItemStatus.PROPOSED)


@roles(Role.HOLDER, Role.AGENT)
def home(request: PersonRequest) -> HttpResponse:
    """Show what needs the holder now, and what is under way."""
    rights, mine = registry.rights_for(request.actor), notices.items_for(request.actor)
    counted = dict(rights.order_by().values_list("status").annotate(n=Count("id")))
    settled = mine.filter(settled_at__isnull=False).order_by("-settled_at", "-id")
    found = {
        "to_do": waiting_for(request.actor),
        "drafts": notices.drafts_for(request.actor).count(),
        "declined": rights.filter(status=RightStatus.DECLINED)[:ON_THE_FIRST_PAGE],
        "groundable": rights.filter(grounding.good_on(clock.now().date())).exists(),
        "verified_count": counted.get(RightStatus.VERIFIED, 0),
        "submitted_count": counted.get(RightStatus.SUBMITTED, 0),
        "declined_count": counted.get(RightStatus.DECLINED, 0),
        "waiting_count": mine.filter(status__in=WAITS).count(),
        "waiting": rows_with_due(
            notices.notices_for(request.actor, status__in=WAITS)[:ON_THE_FIRST_PAGE], request.actor
        ),
        "settled": [row_of(n) for n in first_rows(settled, ON_THE_FIRST_PAGE)],
    }
    return render(request, "touchmark/holder/home.html", found)
