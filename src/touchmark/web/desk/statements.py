"""Statements of reasons that the transparency database refused: which field, what to do, and sending one again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.reports import statements
from touchmark.apps.reports.statements import NotRefused
from touchmark.web import clock
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles

if TYPE_CHECKING:
    from touchmark.apps.reports.models import Submission

ON_A_PAGE = 50
#: What to do, by the field that was refused; of any other, the last.
WHAT_TO_DO: Mapping[str, Promise] = {
    "puid": gettext_lazy(
        "The name was used before by somebody with the same token. Ask whether a test system uses it."
    ),
    "territorial_scope": gettext_lazy("Correct where the marketplace sells: countries of the European Economic Area."),
    "content_id": gettext_lazy("The listing's GTIN is no EAN-13. Have the marketplace correct it."),
    "content_date": gettext_lazy("Have the marketplace correct when the listing was published."),
    "application_date": gettext_lazy(
        "The restriction lies before the day that the database takes. Tell the database's help desk."
    ),
    "decision_facts": gettext_lazy(
        "The facts of the decision are too long, or empty. They are cut when it is sent again."
    ),
    "": gettext_lazy(
        "Correct what it names at its source, then send it again: the statement is made anew from the decision."
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that was refused, what the database said, and what to do."""

    field: str
    said: str
    remedy: Promise


@roles(*READS)
def refused(request: ActingRequest) -> HttpResponse:
    """Show the refused statements, newest first, and how many stand where."""
    page = Paginator(statements.refused(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "rows": [(row, _faults(row)) for row in page], "counts": statements.counts()}
    return render(request, "touchmark/desk/statements.html", shown)


def _faults(row: "Submission") -> list[Fault]:
    return [
        Fault(field, _said(said), WHAT_TO_DO.get(field.partition(".")[0], WHAT_TO_DO[""]))
        for field, said in sorted(row.errors.items())
    ]


def _said(said: Any) -> str:
    return " ".join(str(one) for one in said) if isinstance(said, list) else str(said)


@roles(*READS)
@require_POST
def again(request: ActingRequest, ref: str) -> HttpResponse:
    """Make one anew from its decision, under whose number it goes, and send it again."""
    try:
        statements.mend(puid=ref, actor=request.actor, at=clock.now())
    except NotRefused:
        messages.warning(request, _("This statement is not refused any more. Nothing was changed."))
    else:
        messages.success(request, _("Statement %s is made anew and goes with the next call.") % ref)
    return redirect("desk_statements")
