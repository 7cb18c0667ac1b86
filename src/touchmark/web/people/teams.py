"""Teams of an organisation: how far the roles of their people reach, and who is in which."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.accounts import access, queries, teams
from touchmark.apps.catalog import access as catalog
from touchmark.apps.registry import access as registry
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Reach
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.people.keepers import KEEPERS
from touchmark.web.ui.forms import Form, TerritoriesField

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import Organisation, Team

#: Organisations whose people's roles can be limited to brands: a seller has none of its own.
WITH_BRANDS = ("platform", "holder")


class TeamForm(Form):
    """A team's name, and how far the roles of its people reach."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    marketplaces = forms.MultipleChoiceField(
        label=gettext_lazy("Marketplaces"),
        help_text=gettext_lazy("None ticked: all of them."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    territories = TerritoriesField(
        label=gettext_lazy("Territories"),
        help_text=gettext_lazy("Countries where listings are offered and rights hold, as DE, FR. Blank: everywhere."),
    )
    brands = forms.CharField(
        label=gettext_lazy("Brands"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, actor: Actor, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = _brands(actor, organisation)
        choices = [(found.slug, found.name) for found in catalog.marketplaces()]
        field = self.fields["marketplaces"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # for the type checker
        field.choices = choices
        own = organisation.kind == "holder"
        line = _("Alder") if own else _("Timber Brands: Alder")
        self.fields["brands"].help_text = _("One a line, as “%(line)s”. Blank: all of them.") % {"line": line}
        if organisation.kind not in WITH_BRANDS:
            del self.fields["brands"]

    def clean_brands(self) -> frozenset[int]:
        """
        Give the brands' keys.

        :raises ValidationError: if one is not known
        """
        lines = [line.strip() for line in self.cleaned_data["brands"].splitlines() if line.strip()]
        keys = {name.casefold(): key for key, name in self._known.items()}
        for line in lines:
            if line.casefold() not in keys:
                raise forms.ValidationError(_("There is no brand “%(line)s”.") % {"line": line})
        return frozenset(keys[line.casefold()] for line in lines)

    def reach(self) -> Reach:
        """Give how far the roles are to reach; the form is valid."""
        given = self.cleaned_data
        return Reach(
            frozenset(given["marketplaces"]), frozenset(given["territories"]), given.get("brands", frozenset())
        )


class MoveForm(Form):
    """Which team somebody's role is in."""

    team = forms.TypedChoiceField(
        label=gettext_lazy("Team"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, found: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  # for the type checker
        field.choices = team_choices(found)


def team_choices(found: list[Team]) -> list[tuple[Any, str]]:
    """Give what can be chosen where somebody is put into a team, or into none."""
    return [("", _("none: the role reaches everywhere")), *((team.pk, team.name) for team in found)]


def _brands(actor: Actor, organisation: Organisation) -> dict[int, str]:
    """Give the brands that roles can be limited to, by key, as the form names them."""
    brands = registry.brands_for(actor)
    if organisation.kind == "holder":
        return {brand.pk: brand.name for brand in brands.filter(holder=organisation)}
    return {brand.pk: f"{brand.holder.name}: {brand.name}" for brand in brands}


def said(actor: Actor, organisation: Organisation, found: list[Team]) -> list[tuple[Team, list[str]]]:
    """Give each team with what limits it, in words."""
    known = _brands(actor, organisation) if any(team.brands for team in found) else {}
    names = dict(catalog.marketplaces().values_list("slug", "name")) if found else {}
    return [
        (
            team,
            [
                *(names.get(slug, slug) for slug in team.marketplaces),
                *team.territories,
                *(known.get(key, _("a brand that is gone")) for key in team.brands),
            ],
        )
        for team in found
    ]


@roles(*KEEPERS)
def new(request: PersonRequest, organisation_id: int) -> HttpResponse:
    """Ask for a new team's name and limits; a POST makes it."""
    organisation = access.team_for(request.actor, organisation_id)
    form = TeamForm(request.POST or None, actor=request.actor, organisation=organisation)

    def make(name: str, reach: Reach) -> None:
        teams.found_team(organisation_id=organisation.pk, name=name, reach=reach, actor=request.actor, at=clock.now())

    return _written(request, organisation, form, make, None)


@roles(*KEEPERS)
def team(request: PersonRequest, team_id: int) -> HttpResponse:
    """Show a team's name and limits; a POST changes them."""
    found = teams.team_for(request.actor, team_id)
    organisation = found.organisation
    known = _brands(request.actor, organisation)
    initial = {
        "name": found.name,
        "marketplaces": found.marketplaces,
        "territories": ", ".join(found.territories),
        "brands": "\n".join(known[key] for key in found.brands if key in known),
    }
    form = TeamForm(request.POST or None, initial=initial, actor=request.actor, organisation=organisation)

    def change(name: str, reach: Reach) -> None:
        teams.change_team(team_id=found.pk, name=name, reach=reach, actor=request.actor, at=clock.now())

    return _written(request, organisation, form, change, found)


def _written(
    request: PersonRequest,
    organisation: Organisation,
    form: TeamForm,
    write: Callable[[str, Reach], None],
    team: Team | None,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            write(form.cleaned_data["name"], form.reach())
        except (teams.TeamNamedAlready, teams.NotYoursToMove) as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Saved. It takes effect with the next click of those in it."))
            return redirect("team_of", organisation.pk)
    found = {"form": form, "organisation": organisation, "team": team}
    return render(request, "touchmark/people/team_form.html", found)


@roles(*KEEPERS)
@require_POST
def dissolve(request: PersonRequest, team_id: int) -> HttpResponse:
    """End a team that nobody is in."""
    found = teams.team_for(request.actor, team_id)
    try:
        teams.dissolve_team(team_id=team_id, actor=request.actor, at=clock.now())
    except teams.TeamNotEmpty as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The team is gone."))
    return redirect("team_of", found.organisation_id)


@roles(*KEEPERS)
def move(request: PersonRequest, membership_id: int) -> HttpResponse:
    """Ask into which team somebody's role goes; a POST puts it there."""
    membership = access.membership_for(request.actor, membership_id)
    access.team_for(request.actor, membership.organisation_id)
    found = list(queries.teams_of(membership.organisation_id))
    initial = {"team": membership.team_id or ""}
    form = MoveForm(request.POST or None, found=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            teams.move(
                membership_id=membership_id, team_id=form.cleaned_data["team"], actor=request.actor, at=clock.now()
            )
        except TouchmarkError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Done. It takes effect with their next click."))
        return redirect("team_of", membership.organisation_id)
    shown = {"form": form, "membership": membership, "organisation": membership.organisation}
    return render(request, "touchmark/people/move.html", shown)
