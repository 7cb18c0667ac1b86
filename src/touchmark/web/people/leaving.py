"""Somebody leaves: asked once, with who takes over what they hold."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.engine.errors import TouchmarkError
from touchmark.flows import leave as leaving
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.people.keepers import KEEPERS, membership_here
from touchmark.web.ui.forms import Form


class LeaveForm(Form):
    """Who takes over."""

    to = forms.TypedChoiceField(
        label=gettext_lazy("Who takes over what they hold and share"), coerce=int, empty_value=None, required=False
    )


@roles(*KEEPERS)
def leave(request: PersonRequest, membership_id: int) -> HttpResponse:
    """Ask before somebody leaves altogether; a POST has them leave."""
    membership = membership_here(request, membership_id)
    form = LeaveForm(request.POST or None)
    named = [(person.pk, person.name) for person in leaving.successors(membership_id, request.actor)]
    form.fields["to"].choices = [("", _("nobody: they hold and share nothing")), *named]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            left = leaving.leave(
                membership_id=membership_id, to=form.cleaned_data["to"], actor=request.actor, at=clock.now()
            )
        except leaving.SuccessorMissing as refused:
            form.add_error("to", str(refused))
        except TouchmarkError as refused:
            messages.error(request, str(refused))
            return redirect("team_of", membership.organisation_id)
        else:
            said = _("They have left: %(tokens)s tokens and %(sessions)s sessions ended, %(n)s listings handed over.")
            messages.success(request, said % {"tokens": left.tokens, "sessions": left.sessions, "n": left.handed_over})
            return redirect("team_of", membership.organisation_id)
    shown = {"membership": membership, "form": form, "holds": bool(named)}
    return render(request, "touchmark/people/leave.html", shown)
