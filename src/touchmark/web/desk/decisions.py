"""Decisions that were taken, one by one: what they rested on and what became of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from touchmark.apps.appeals import access as appeals
from touchmark.apps.decisions import access, queries
from touchmark.apps.decisions.queries import Before
from touchmark.apps.notices import access as notices
from touchmark.apps.safety import queries as safety
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.desk import snapshot, timeline, words
from touchmark.web.desk.addresses import with_query
from touchmark.web.desk.buyers import buyers_of
from touchmark.web.desk.filters import Link
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.looked import looks_at
from touchmark.web.safety.words import badge_of

PAGE = 50


@roles(*READS)
def decisions(request: ActingRequest) -> HttpResponse:
    """Show the decisions taken, newest first, fifty at a time."""
    status = request.GET.get("status", "")
    status = status if status in words.DECISIONS else ""
    before = Before.read(request.GET["before"]) if request.GET.get("before") else None
    found = access.decisions_for(request.actor).select_related("decided_by", "rule", "right")
    rows = queries.page_of(found, status=status, before=before, size=PAGE + 1)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    asked = {"status": status, "before": str(Before(last.decided_at, last.pk)) if last else ""}
    shown = {
        "decisions": [(decision, words.standing_of(decision)) for decision in rows[:PAGE]],
        "next": with_query(reverse("desk_decisions"), asked) if last else "",
        "from_the_head": before is None,
        "head": with_query(reverse("desk_decisions"), {"status": status}),
        "statuses": _links(status),
    }
    return render(request, "touchmark/desk/decisions.html", shown)


def _links(status: str) -> list[Link]:
    labels = {"": words.EVERYTHING} | {name: label for name, (_colour, label) in words.DECISIONS.items()}
    here = reverse("desk_decisions")
    return [Link(str(label), with_query(here, {"status": name}), name == status) for name, label in labels.items()]


@roles(*READS)
@looks_at("decision")
def decision(request: ActingRequest, ref: str) -> HttpResponse:
    """Show one decision: on what it rested, whom it was told, what the marketplace made of it."""
    found = access.decision_for(request.actor, ref)
    contested = list(
        appeals.appeals_for(request.actor)
        .filter(decision=found)
        .select_related("appellant", "decided_by")
        .order_by("filed_at", "id")
    )
    shown = {
        "decision": found,
        "standing": words.standing_of(found),
        "restricts": hasattr(found, "statement"),
        "own": found.decided_by_id == request.actor.user_id,
        "frozen": snapshot.of(found.snapshot.content) if found.snapshot else None,
        "notices": list(
            notices.items_for(request.actor).filter(decisions=found).select_related("holder").order_by("id")
        ),
        "appeals": contested,
        "buyers": buyers_of(found),
        "safety": [(one, badge_of(one, clock.now())) for one in safety.of_decision(request.actor, found)],
        "may_act": request.actor.has(Role.REVIEWER),
        "steps": timeline.steps(found, contested),
        "entries": timeline.entries(found, queries.told_of(found), contested),
    }
    return render(request, "touchmark/desk/decision.html", shown)
