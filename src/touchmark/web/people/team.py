"""Colleagues: who acts for an organisation, who is invited, and taking either back."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.accounts import access, actions, queries
from touchmark.apps.audit import looks
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.people.keepers import KEEPERS, membership_here
from touchmark.web.people.teams import said, team_choices
from touchmark.web.ui.forms import Form
from touchmark.web.ui.words import KINDS, ROLES

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import Team


class InviteForm(Form):
    """Whom to invite, to what."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("We send a link there that works once, for seven days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.RadioSelect)

    team = forms.TypedChoiceField(
        label=gettext_lazy("Team"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, allowed: list[Role], teams: "list[Team]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(teams)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker: it is, four lines up
        field.choices = [(role, str(ROLES[role]).capitalize()) for role in allowed]
        if len(allowed) == 1:
            field.initial = allowed[0]

    def _offer(self, teams: "list[Team]") -> None:
        field = self.fields["team"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  # for the type checker
        field.choices = team_choices(teams)
        field.initial = ""
        if not teams:
            del self.fields["team"]


#: There is one platform, and whoever has no account adds themselves.
NOBODY_ADDS = ("platform", "guest")


class OrganisationForm(Form):
    """A new organisation."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=lambda: [(kind, capfirst(str(name))) for kind, name in KINDS.items() if kind not in NOBODY_ADDS],
        widget=forms.RadioSelect,
    )
    country = forms.RegexField(
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("Two letters, such as CN or DE."),
        regex=r"^[A-Za-z]{2}$",
        required=False,
        error_messages={"invalid": gettext_lazy("Write the country as two letters, such as CN or DE.")},
        widget=forms.TextInput(attrs={"class": "short", "maxlength": 2}),
    )


#: So many organisations stand on a page.
ON_A_PAGE = 100


@roles(*KEEPERS)
def team(request: PersonRequest, organisation_id: int | None = None) -> HttpResponse:
    """Show an organisation's people and open invitations."""
    return _page(request, organisation_id)


def _page(request: PersonRequest, organisation_id: int | None, form: InviteForm | None = None) -> HttpResponse:
    organisation = access.team_for(request.actor, organisation_id)
    allowed = actions.roles_to_give(request.actor, organisation)
    teams = list(queries.teams_of(organisation.pk))
    found = {
        "organisation": organisation,
        "own": organisation.pk == request.actor.organisation_id,
        "members": queries.members_of(organisation.pk),
        "invitations": queries.open_invitations_of(organisation.pk, clock.now()),
        "allowed": allowed,
        "teams": said(request.actor, organisation, teams),
        "form": form or InviteForm(allowed=allowed, teams=teams),
        "is_operator": request.actor.has(Role.OPERATOR),
    }
    if not found["own"]:
        looks.note(what="people", about=str(organisation.pk), actor=request.actor, at=clock.now())
    return render(request, "touchmark/people/team.html", found)


@roles(*KEEPERS)
@require_POST
def invite(request: PersonRequest, organisation_id: int) -> HttpResponse:
    """Invite an address to a role."""
    organisation = access.team_for(request.actor, organisation_id)
    allowed = actions.roles_to_give(request.actor, organisation)
    form = InviteForm(request.POST, allowed=allowed, teams=list(queries.teams_of(organisation.pk)))
    if not form.is_valid():
        return _page(request, organisation_id, form)
    given = form.cleaned_data
    try:
        actions.invite(
            organisation_id=organisation_id,
            email=given["email"],
            role=Role(given["role"]),
            team_id=given.get("team"),
            actor=request.actor,
            at=clock.now(),
        )
    except (actions.AlreadyInThatRole, actions.RoleNotYoursToGive, actions.TooManyInvitations) as refused:
        form.add_error("email", str(refused))
        return _page(request, organisation_id, form)
    messages.success(request, _("Invited: a link is on its way to %(email)s.") % {"email": given["email"]})
    return redirect("team_of", organisation_id)


@roles(*KEEPERS)
@require_POST
def withdraw(request: PersonRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    try:
        found = actions.withdraw(invitation_id=invitation_id, actor=request.actor, at=clock.now())
    except (actions.InvitationGone, actions.RoleNotYoursToGive) as refused:
        messages.error(request, str(refused))
        return redirect("team")
    messages.success(request, _("The invitation is withdrawn: its link no longer works."))
    return redirect("team_of", found.organisation_id)


@roles(*KEEPERS)
def end(request: PersonRequest, membership_id: int) -> HttpResponse:
    """Ask before a role is taken away; a POST does it."""
    membership = membership_here(request, membership_id)
    if request.method != "POST":
        return render(request, "touchmark/people/end_membership.html", {"membership": membership})
    try:
        actions.end_membership(membership_id=membership_id, actor=request.actor, at=clock.now())
    except TouchmarkError as refused:
        messages.error(request, str(refused))
        return redirect("team_of", membership.organisation_id)
    messages.success(request, _("Done. It takes effect with their next click."))
    if membership.user_id == request.user.pk:
        return redirect("home")
    return redirect("team_of", membership.organisation_id)


@roles(Role.OPERATOR)
def organisations(request: PersonRequest) -> HttpResponse:
    """Show every organisation of the installation; a POST adds one."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = actions.found_organisation(
            kind=given["kind"],
            name=given["name"],
            country=given["country"].upper(),
            actor=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Added. Invite the first person to act for it."))
        return redirect("team_of", made.pk)
    page = Paginator(queries.organisations(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "touchmark/people/organisations.html", {"page": page, "form": form})
