"""Looking again, blind, at what a colleague decided: the listing as it was, and nothing of the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.desk import redraws
from touchmark.apps.desk.redraws import IncompleteLook
from touchmark.apps.registry import queries as rights
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.desk import snapshot
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.ui.marked import Span
from touchmark.web.ui.words import WAYS

#: So many that wait are listed; the others come after them.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that had been found when the listing was decided on."""

    right: str
    way: str
    field: str
    confidence: float


@roles(Role.REVIEWER)
def waiting(request: ActingRequest) -> HttpResponse:
    """Show what waits to be looked at again, and how often others agree with the reader."""
    shown = {
        "waiting": list(redraws.waiting(request.actor)[:SHOWN]),
        "agreement": redraws.agreement(request.actor),
        "differed": list(redraws.differed(request.actor)),
    }
    return render(request, "touchmark/desk/again.html", shown)


@roles(Role.REVIEWER)
def look(request: ActingRequest, redraw: int) -> HttpResponse:
    """Show one listing as it was decided on, or keep what the reader would do."""
    drawn = redraws.redraw_for(request.actor, redraw)
    problem = ""
    if request.method == "POST":
        said = {"restrict": True, "leave": False}.get(request.POST.get("outcome", ""))
        words = request.POST.get("words", "")
        try:
            redraws.look(key=redraw, restricts=said, words=words, actor=request.actor, at=clock.now())
        except IncompleteLook:
            problem = _("Say what you would do: restrict the listing, or leave it on sale.")
        else:
            messages.success(request, _("Kept. It changes nothing; your colleague sees whether you agree."))
            following = redraws.waiting(request.actor).first()
            return redirect("desk_look_again", following.pk) if following else redirect("desk_again")
    found = _found(drawn.decision.evidence)
    shown = {
        "redraw": drawn,
        "frozen": snapshot.of(drawn.decision.snapshot.content) if drawn.decision.snapshot else None,
        "found": found,
        "spans": _spans(drawn.decision.evidence, found),
        "risk": drawn.decision.evidence.get("risk"),
        "problem": problem,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "touchmark/desk/look_again.html", shown, status=status)


def _found(evidence: Mapping[str, Any]) -> list[Found]:
    said = evidence.get("findings", ())
    names = rights.names_of({one["right"] for one in said})
    return [Found(names.get(one["right"], one["right"]), one["way"], one["field"], one["confidence"]) for one in said]


def _spans(evidence: Mapping[str, Any], found: list[Found]) -> list[Span]:
    """Give the marks in the title, as they were found."""
    return [
        Span(one["start"], one["end"], one["way"], f"{WAYS[one['way']]}: {row.right}")
        for one, row in zip(evidence.get("findings", ()), found, strict=True)
        if one["field"] == "title" and one["start"] is not None and one["end"] is not None
    ]
