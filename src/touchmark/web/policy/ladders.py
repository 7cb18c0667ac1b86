"""Which ladder a marketplace follows: how each counts, what another would change, and choosing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.audit import queries as audit
from touchmark.apps.penalties import ladders as room
from touchmark.apps.penalties.ladders import KINDS, FollowedAlready, IncompleteChoice, NoSuchLadder
from touchmark.apps.rules import access
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.policy.rules import READS, SHOWN
from touchmark.web.ui.forms import Form
from touchmark.web.ui.steps import Entry
from touchmark.web.ui.tracks import GRAVITIES, LADDERS, NAMES, follows, rules_of

if TYPE_CHECKING:
    from touchmark.apps.penalties.ladders import Change, Preview
    from touchmark.engine.penalties.consequences import Ladder, Step, Track

NOTHING = gettext_lazy("nothing")
CONSEQUENCES: dict[str, Promise] = {
    "": NOTHING,
    "warning": gettext_lazy("a warning"),
    "listing_ban": gettext_lazy("no new offers for a time"),
    "hold": gettext_lazy("the shop is suspended for a time"),
    "closing": gettext_lazy("the shop is closed, by two people"),
}


class ChoiceForm(Form):
    """Which ladder, and why."""

    ladder = forms.CharField(widget=forms.HiddenInput, max_length=60)
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The record keeps it beside your name. Sellers do not read it."),
    )


@dataclass(frozen=True, slots=True)
class Way:
    """A track of a ladder in words: for what how much is counted, how, and what follows from which amount on."""

    name: str
    points: Sequence[tuple[str, int]]
    rules: Sequence[str]
    steps: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A ladder in words; ``here``: it is the one that is followed."""

    id: str
    name: str
    ways: Sequence[Way]
    here: bool


@roles(*READS)
def ladders(request: ActingRequest) -> HttpResponse:
    """Show what each marketplace follows."""
    followed = room.all_followed(request.actor, at=clock.now())
    lines = [(one, name_of(one.ladder)) for one in followed]
    return render(request, "touchmark/policy/ladders.html", {"lines": lines})


@roles(*READS)
def ladder(request: ActingRequest, slug: str) -> HttpResponse:
    """Show what one marketplace follows and what another ladder would change; a POST of a policy owner chooses it."""
    form = ChoiceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _chosen(request, slug, form):
        return redirect("policy_ladder", slug)
    asked = form.data.get("ladder", "") if form.is_bound else request.GET.get("ladder", "")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return _page(request, slug, asked, form, status)


def _chosen(request: ActingRequest, slug: str, form: ChoiceForm) -> bool:
    try:
        room.follow(marketplace=slug, actor=request.actor, at=clock.now(), **form.cleaned_data)
    except (NoSuchLadder, FollowedAlready) as refusal:
        form.add_error(None, str(refusal))
    except IncompleteChoice as refusal:
        form.add_error("why", str(refusal))
    else:
        messages.success(request, _("It is followed from now on. Where each shop stands is worked out anew."))
        return True
    return False


def _page(request: ActingRequest, slug: str, asked: str, form: ChoiceForm, status: HTTPStatus) -> HttpResponse:
    at = clock.now()
    followed = room.followed_by(request.actor, slug, at=at)
    found = room.in_force(at=at)
    other = next((one for one in found if one.id == asked and one.id != followed.ladder.id), None)
    if not form.is_bound:
        form.initial["ladder"] = other.id if other else ""
    preview = room.preview(followed.marketplace, other, at=at) if other else None
    shown = {
        "followed": followed,
        "ladders": [in_words(one, here=one.id == followed.ladder.id) for one in found],
        "other": name_of(other) if other else "",
        "asked": asked,
        "preview": preview,
        "counted": _counted(preview) if preview else [],
        "examples": list(_examples(preview.changes[:SHOWN])) if preview else [],
        "form": form,
        "may_choose": request.actor.reaches_everywhere(Role.POLICY_OWNER),
        "entries": _entries(slug, request.actor),
    }
    return render(request, "touchmark/policy/ladder.html", shown, status=status)


def name_of(ladder: Ladder) -> str:
    """Give a ladder's name as people say it."""
    return str(LADDERS.get(ladder.id, ladder.id))


def in_words(ladder: Ladder, *, here: bool) -> Shown:
    """Put a ladder into words."""
    return Shown(ladder.id, name_of(ladder), [_way(track) for track in ladder.tracks], here)


def _way(track: Track) -> Way:
    points = [(str(GRAVITIES[gravity]), amount) for gravity, amount in track.points.items()]
    return Way(str(NAMES[track.id]), points, rules_of(track), [(step.amount, follows(step)) for step in track.steps])


def _counted(preview: Preview) -> list[tuple[str, int, int]]:
    """Give, from the mildest consequence on, how many shops are on it now and would be."""
    return [(str(CONSEQUENCES[kind]), preview.now.get(kind, 0), preview.then.get(kind, 0)) for kind in KINDS]


def _examples(changes: Sequence[Change]) -> Iterator[tuple[Change, str, str]]:
    for one in changes:
        yield one, _follows(one.now), _follows(one.then)


def _follows(step: Step | None) -> str:
    return follows(step) if step else str(NOTHING)


def _entries(slug: str, actor: Actor) -> list[Entry]:
    """Give who chose what when, the newest first."""
    events = list(audit.events_of(f"ladder:{slug}"))
    names = access.names_of(actor, {event.user_id for event in events})
    return [
        Entry(
            names.get(event.user_id, "Touchmark"),
            _("chose: %s") % LADDERS.get(event.payload["ladder"], event.payload["ladder"]),
            event.at,
            event.payload.get("why", ""),
            mine=False,
        )
        for event in reversed(events)
    ]
