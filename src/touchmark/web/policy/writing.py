"""Writing a rule, its next version, or taking in a file of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchmark.apps.rules import access, actions
from touchmark.apps.rules.actions import NothingNew, ReasonMissing
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.screening.rules.rule import RulesRefused
from touchmark.engine.screening.verdict import Rules
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.policy.forms import ConditionsForm, FileForm, RuleForm, initial_of

if TYPE_CHECKING:
    from touchmark.apps.rules.models import RuleVersion

#: Fields of the form, in the order of its parts; the others belong to a rule that acts.
PARTS = {
    "what": ("id", "description", "then"),
    "measure": ("kind", "territories", "ground", "reference", "explanation"),
    "brake": ("per_hour", "per_day", "reversed_share"),
}


@roles(Role.POLICY_OWNER)
def new(request: ActingRequest) -> HttpResponse:
    """Write a new rule."""
    forms = _Forms(request)
    if request.method == "POST":
        return _written(request, forms)
    return _page(request, forms)


@roles(Role.POLICY_OWNER)
def change(request: ActingRequest, name: str, number: int) -> HttpResponse:
    """Write a rule's next version, beginning with what this one says; a draft is written anew."""
    version = access.version_for(request.actor, name, number)
    forms = _Forms(request, version)
    if request.method == "POST":
        return _written(request, forms, version)
    return _page(request, forms, version)


class _Forms:
    """The three forms of one rule: what it is, its conditions, its exceptions."""

    def __init__(self, request: ActingRequest, version: RuleVersion | None = None) -> None:
        data = request.POST if request.method == "POST" else None
        said, when, unless = initial_of(version) if version else ({}, {}, {})
        fixed = version.name if version else ""
        options: dict[str, Any] = {"use_required_attribute": False}
        self.rule = RuleForm(data, initial=said, fixed=fixed, **options)
        self.when = ConditionsForm(data, initial=when, prefix="when", **options)
        self.unless = ConditionsForm(data, initial=unless, prefix="unless", **options)

    @property
    def all(self) -> tuple[RuleForm, ConditionsForm, ConditionsForm]:
        return self.rule, self.when, self.unless

    @property
    def valid(self) -> bool:
        checked = [form.is_valid() for form in self.all]  # each is asked, so that all errors show
        return all(checked)


def _written(request: ActingRequest, forms: _Forms, version: RuleVersion | None = None) -> HttpResponse:
    if forms.valid:
        try:
            rule = forms.rule.rule(forms.when.conditions(), forms.unless.conditions())
            reason = forms.rule.cleaned_data["reason"]
            made = actions.write(rule=rule, reason=reason, actor=request.actor, at=clock.now())
        except (RulesRefused, NothingNew, IllegalMove) as refusal:
            forms.rule.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Version {number} is a draft. Replay it to see what it would have done.").format(number=made.number),
            )
            return redirect("policy_rule", made.name, made.number)
    return _page(request, forms, version, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(
    request: ActingRequest,
    forms: _Forms,
    version: RuleVersion | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    shown = {
        "version": version,
        "forms": forms,
        "parts": {part: [forms.rule[name] for name in names] for part, names in PARTS.items()},
        "has_exceptions": any(forms.unless.initial.values()) or forms.unless.is_bound,
    }
    return render(request, "touchmark/policy/write.html", shown, status=status)


@roles(Role.POLICY_OWNER)
def take_in(request: ActingRequest) -> HttpResponse:
    """Take in a file of rules: each becomes a draft, those that say nothing new are left."""
    form = FileForm(request.POST or None, request.FILES or None, use_required_attribute=False)
    if request.method != "POST":
        return render(request, "touchmark/policy/take_in.html", {"form": form})
    if form.is_valid():
        try:
            taken = actions.take_in(
                rules=Rules.of(form.cleaned_data["file"], str(request.FILES["file"])).rules,
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                at=clock.now(),
            )
        except RulesRefused as refusal:
            form.add_error("file", str(refusal))
        except ReasonMissing as refusal:
            form.add_error("reason", str(refusal))
        except IllegalMove as refusal:
            form.add_error(None, str(refusal))
        else:
            text = ngettext("{count} rule was taken in as a draft.", "{count} rules were taken in as drafts.", taken)
            messages.success(request, text.format(count=taken))
            return redirect("policy_rules")
    return render(request, "touchmark/policy/take_in.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
