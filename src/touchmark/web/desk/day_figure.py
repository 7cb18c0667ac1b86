"""The 24-hour figure, for whoever leads the desk: which share of reports was processed in time, and how that counts."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.desk import day_figure
from touchmark.apps.desk.day_figure import Figure
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.ui.charts import Bar, Chart, Part, bars, whole

#: For how many days back it is asked; the first one if nobody says.
SPANS = (30, 7, 90)
LEVELS: dict[str, Promise] = {
    "listing": gettext_lazy("By listing"),
    "notice": gettext_lazy("By notice: as late as its latest listing"),
}


@roles(Role.POLICY_OWNER)
def figure(request: ActingRequest) -> HttpResponse:
    """Show the figure of the last days, per listing and per notice, of all marketplaces and of each."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdecimal() and int(asked) in SPANS else SPANS[0]
    found = day_figure.figures(request.actor, clock.now(), days=days)
    shown = {
        "days": days,
        "spans": sorted(SPANS),
        "charts": [_chart(level, [row for row in found if row.level == level]) for level in LEVELS],
        "counted": any(row.counted or row.waiting for row in found),
    }
    return render(request, "touchmark/desk/day_figure.html", shown)


def _chart(level: str, found: Sequence[Figure]) -> Chart:
    all_of_them = next((row for row in found if not row.marketplace), None)
    if all_of_them and all_of_them.share is not None:
        title = _("%(share)s of %(counted)s processed within 24 hours") % {
            "share": _percent(all_of_them),
            "counted": whole(all_of_them.counted),
        }
    else:
        title = _("Nothing counts yet")
    return bars(
        f"day-{level}",
        f"{LEVELS[level]} · {title}",
        [Bar(_name(row), (Part(row.share or 0.0),), _percent(row)) for row in found],
        head=[_("Marketplace"), _("Counted"), _("Within 24 hours"), _("Late"), _("Waits, in time"), _("Share")],
        table=[
            [_name(row), *(whole(n) for n in (row.counted, row.within, row.late, row.waiting)), _percent(row)]
            for row in found
        ],
        most=1.0,
    )


def _name(row: Figure) -> str:
    return row.marketplace or _("All")


def _percent(row: Figure) -> str:
    return "–" if row.share is None else f"{100 * row.share:.1f} %"
