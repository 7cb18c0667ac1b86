"""Answers to notices as rows of a table: how each stands, and what falls due next, in the reader's own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects

from touchmark.apps.counters import access
from touchmark.apps.deadlines.queries import running_of_each
from touchmark.web.counters.case import subjects_of
from touchmark.web.counters.words import badge_of
from touchmark.web.guard import ActingRequest
from touchmark.web.ui.due import Due, due_of

if TYPE_CHECKING:
    from touchmark.apps.counters.models import CounterNotice
    from touchmark.apps.deadlines.models import Deadline

ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    """An answer in a list. ``next`` is what falls due first, whoever it waits for; None where no clock runs."""

    counter: "CounterNotice"
    badge: dict[str, str]
    next: Due | None


def page_of(request: ActingRequest, side: str) -> dict[str, Any]:
    """Give what a page of the answers that its reader may see needs, newest first."""
    page = Paginator(access.counters_for(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": rows_of(page, side), "side": side}


def rows_of(counters: Iterable["CounterNotice"], side: str) -> list[Row]:
    """Give answers, which their reader has got through ``access``, as rows for that side."""
    found = list(counters)
    prefetch_related_objects(found, "suits")
    running = running_of_each(subject for counter in found for subject in subjects_of(counter))
    return [Row(counter, badge_of(counter.status), _next(counter, running, side)) for counter in found]


def _next(counter: "CounterNotice", running: Mapping[str, list["Deadline"]], side: str) -> Due | None:
    clocks = due_of((one for subject in subjects_of(counter) for one in running[subject]), side)
    dated = [(one.until, place) for place, one in enumerate(clocks) if one.until]
    return clocks[min(dated)[1]] if dated else None
