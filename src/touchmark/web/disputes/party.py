"""A party brings an appeal that was decided before a certified body: it tells of it, and follows what comes of it."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchmark.apps.appeals import access as appeals
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.disputes import access, actions
from touchmark.apps.disputes.actions import DisputeForm, IncompleteDispute, NotCertified, NothingToDispute
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy import bodies
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock
from touchmark.web.disputes.words import RESULTS, STANDINGS
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.kept import key_of
from touchmark.web.ui.due import due_of
from touchmark.web.ui.forms import Form

if TYPE_CHECKING:
    from touchmark.apps.appeals.models import Appeal
    from touchmark.apps.disputes.models import Dispute

PARTIES = (Role.SELLER, Role.HOLDER, Role.AGENT)


class TellForm(Form):
    """Before which body, under which number, since when."""

    body = forms.ChoiceField(label=gettext_lazy("Which body"), widget=forms.RadioSelect)
    number = forms.CharField(
        label=gettext_lazy("Its number for the dispute"),
        help_text=gettext_lazy("It stands in what the body wrote to you when it received your complaint."),
        max_length=120,
    )
    received_on = forms.DateField(
        label=gettext_lazy("When the body received it"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("The body’s time to decide counts from this day."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fit = bodies.fit_for(get_language() or "en", on=clock.now().date())
        others = [one for one in bodies.bodies() if one not in self.fit]
        choices = [(one.id, f"{one.name} ({one.country})") for one in (*self.fit, *others)]
        self.fields["body"].choices = choices  # type: ignore[attr-defined]


@roles(*PARTIES)
def tell(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask before which body an appeal was brought; a POST notes it."""
    appeal = appeals.appeal_for(request.actor, ref)
    form = TellForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := told(request, appeal, form, request.actor)):
        return redirect("dispute", made.ref)
    if request.method != "POST":
        actions.require_open(appeal)
    return asked(request, appeal, form, back_to(appeal, request.actor))


def asked(request: HttpRequest, appeal: "Appeal", form: TellForm, back: tuple[str, str]) -> HttpResponse:
    """Give the page that asks which body somebody went to."""
    page = {"appeal": appeal, "form": form, "bodies": form.fit, "back": back, "request_key": key_of(request.POST)}
    return render(request, "touchmark/disputes/tell.html", page, status=422 if form.errors else 200)


def told(request: HttpRequest, appeal: "Appeal", form: TellForm, actor: Actor) -> "Dispute | None":
    """Note what a form says; None where it cannot be noted, and the form says why."""
    given = form.cleaned_data
    said = DisputeForm(given["body"], given["number"], given["received_on"], key_of(request.POST))
    try:
        dispute = actions.tell(appeal_ref=appeal.ref, form=said, actor=actor, at=clock.now())
    except IncompleteDispute as refusal:
        form.add_error(refusal.field, str(refusal))
    except NotCertified as refusal:
        form.add_error("received_on", str(refusal))
    except NothingToDispute as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("We have noted it. What comes of it stands here, and in letters."))
        return dispute
    return None


@roles(*PARTIES)
def dispute(request: PersonRequest, ref: str) -> HttpResponse:
    """Show where a dispute of one's own stands."""
    found = access.dispute_for(request.actor, ref)
    end_at = reverse("dispute_end", args=[ref])
    return shown(request, found, back_to(found.appeal, request.actor), end_at)


def shown(request: HttpRequest, found: "Dispute", back: tuple[str, str], end_at: str) -> HttpResponse:
    """Give the page of a dispute to its party."""
    running = deadlines.running_of_each([actions.stream_of(found)])[actions.stream_of(found)]
    page = {
        "dispute": found,
        "body": bodies.body(found.body),
        "stands": STANDINGS[found.status],
        "result": RESULTS.get(found.result, ""),
        "due": due_of(running),
        "may_end": found.status in ("open", "overdue"),
        "back": back,
        "end_at": end_at,
    }
    return render(request, "touchmark/disputes/party.html", page)


@roles(*PARTIES)
@require_POST
def end(request: PersonRequest, ref: str) -> HttpResponse:
    """Note that one pursues a dispute no more."""
    ended(request, ref, request.actor)
    return redirect("dispute", ref)


def ended(request: HttpRequest, ref: str, actor: Actor) -> None:
    """Let a party pursue a dispute no more, and say that it is noted."""
    try:
        actions.end(ref=ref, actor=actor, at=clock.now())
    except IllegalMove:
        messages.warning(request, _("This dispute is over already. Nothing was changed."))
    else:
        messages.success(request, _("We have noted that you do not pursue it. The decision stands."))


def back_to(appeal: "Appeal", actor: Actor) -> tuple[str, str]:
    """Give the address and the reference of the page that an appeal belongs to, for whichever side reads."""
    if actor.has(Role.SELLER) or appeal.item is None:
        return reverse("seller_decision", args=[appeal.decision.ref]), appeal.decision.ref
    return reverse("holder_notice", args=[appeal.item.ref]), appeal.item.ref
