"""What is done with a version: tried, replayed, proposed, switched on, sent back, stopped, retired, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from touchmark.apps.rules import access, actions, queries
from touchmark.apps.rules.actions import NotReady, SamePerson, TooWide
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Role
from touchmark.flows import replay_rule
from touchmark.flows import take_back_rule as taking_back
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.policy.forms import TypedForm, WhyForm
from touchmark.web.ui.forms import Form


class NoSuchStep(TouchmarkError):
    """The address names nothing that is done with a rule."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: its words, whether it asks why or for the number, and which action does it."""

    title: Promise
    what: Promise
    button: Promise
    done: Promise
    call: Callable[..., Any]
    why: bool = False
    number: bool = False
    danger: bool = False


ACTS = {
    "shadow": Act(
        gettext_lazy("Try it in shadow"),
        gettext_lazy(
            "From now on it is noted what the rule would make of each listing that is screened. Nothing else changes."
        ),
        gettext_lazy("Try it in shadow"),
        gettext_lazy("The rule is in shadow."),
        actions.shadow,
    ),
    "switch_on": Act(
        gettext_lazy("Switch it on"),
        gettext_lazy("From now on the rule counts for what is screened. It decides nothing by itself."),
        gettext_lazy("Switch on"),
        gettext_lazy("The rule is live."),
        actions.switch_on,
        number=True,
    ),
    "propose": Act(
        gettext_lazy("Propose it"),
        gettext_lazy("The rule acts by itself, so a second person looks at it and switches it on."),
        gettext_lazy("Propose"),
        gettext_lazy("The rule waits for a second person. Tell somebody."),
        actions.propose,
        number=True,
    ),
    "approve": Act(
        gettext_lazy("Switch it on as the second person"),
        gettext_lazy(
            "From now on the rule restricts what it holds for, among what is screened, by itself. Each seller "
            "is told that a rule decided, and a person answers each appeal."
        ),
        gettext_lazy("Switch on"),
        gettext_lazy("The rule is live, and acts."),
        actions.approve,
        number=True,
        danger=True,
    ),
    "send_back": Act(
        gettext_lazy("Send it back"),
        gettext_lazy("The rule goes on in shadow; whoever proposed it reads why."),
        gettext_lazy("Send back"),
        gettext_lazy("The rule is in shadow again."),
        actions.send_back,
        why=True,
    ),
    "retire": Act(
        gettext_lazy("Retire it"),
        gettext_lazy("This version never counts again. What it decided stands."),
        gettext_lazy("Retire"),
        gettext_lazy("The version is retired."),
        actions.retire,
        danger=True,
    ),
}
STOP = Act(
    gettext_lazy("Stop it"),
    gettext_lazy("At once the rule decides nothing more and counts for nothing. What it decided stands."),
    gettext_lazy("Stop the rule"),
    gettext_lazy("The rule is stopped."),
    actions.stop,
    why=True,
    danger=True,
)


@roles(Role.POLICY_OWNER)
def step(request: ActingRequest, name: str, number: int, event: str) -> HttpResponse:
    """Show what a step does, or take it."""
    if event not in ACTS:
        raise NoSuchStep(_("There is no such thing to do with a rule."))
    return _stepped(request, name, number, ACTS[event])


@roles(Role.POLICY_OWNER, Role.REVIEWER)
def stop(request: ActingRequest, name: str, number: int) -> HttpResponse:
    """Show what stopping does, or stop."""
    return _stepped(request, name, number, STOP)


def _stepped(request: ActingRequest, name: str, number: int, act: Act) -> HttpResponse:
    version = access.version_for(request.actor, name, number)
    wide = act.number and actions.is_wide(version)
    data = request.POST if request.method == "POST" else None
    form = _form(act, data, wide=wide)
    if data is not None and form.is_valid():
        more = form.cleaned_data if act.why or act.number else {}
        try:
            act.call(name=name, number=number, actor=request.actor, at=clock.now(), **more)
        except TooWide as refusal:
            form.add_error("expects", str(refusal))
        except (NotReady, SamePerson) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(act.done))
            return redirect("policy_rule", name, number)
    shown = {"version": version, "act": act, "form": form, "wide": wide, "replay": queries.replay_of(version)}
    status = HTTPStatus.OK if data is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "touchmark/policy/step.html", shown, status=status)


def _form(act: Act, data: QueryDict | None, *, wide: bool) -> Form:
    if act.why:
        return WhyForm(data, use_required_attribute=False)
    form = TypedForm(data, use_required_attribute=False)
    form.fields["expects"].required = wide
    return form


@roles(Role.POLICY_OWNER)
@require_POST
def replay(request: ActingRequest, name: str, number: int) -> HttpResponse:
    """Replay a version over past listings; what is too much for one page is gone on with in the background."""
    found = replay_rule.ask(name=name, number=number, actor=request.actor, at=clock.now())
    if found.finished_at is None:
        messages.info(request, _("The replay goes on in the background. Come back in a while."))
    return redirect("policy_rule", name, number)


@roles(Role.POLICY_OWNER)
def take_back(request: ActingRequest, name: str, number: int) -> HttpResponse:
    """Ask why, and put back what a stopped version decided."""
    version = access.version_for(request.actor, name, number)
    form = WhyForm(request.POST or None, use_required_attribute=False)
    waiting = taking_back.to_take_back(version, request.actor).count()
    if request.method == "POST" and form.is_valid():
        why, at = form.cleaned_data["why"], clock.now()
        count = taking_back.take_back(name=name, number=number, why=why, actor=request.actor, at=at)
        _say_taken_back(request, count, taking_back.to_take_back(version, request.actor).count())
        return redirect("policy_rule", name, number)
    shown = {"version": version, "form": form, "waiting": waiting, "batch": taking_back.BATCH}
    status = HTTPStatus.OK if request.method != "POST" else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "touchmark/policy/take_back.html", shown, status=status)


def _say_taken_back(request: ActingRequest, count: int, more: int) -> None:
    text = ngettext(
        "{count} decision is reversed; the marketplace and the seller are told.",
        "{count} decisions are reversed; the marketplaces and the sellers are told.",
        count,
    )
    messages.success(request, text.format(count=count))
    if more:
        left = ngettext("{more} more stands: ask again.", "{more} more stand: ask again.", more)
        messages.warning(request, left.format(more=more))
