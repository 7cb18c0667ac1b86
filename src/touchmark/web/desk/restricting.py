"""How a listing is restricted where something else than its own page leads there: a ruling, an out-of-court body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy

from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.web.desk.forms import GROUNDS, ProvenWords, new_key

if TYPE_CHECKING:
    from touchmark.apps.registry.models import Right


class RestrictForm(forms.Form):
    """What is done with the listing, and on what ground."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What to do with the listing"),
        required=False,
        choices=[
            (DecisionKind.REMOVE, gettext_lazy("Take it off sale")),
            (DecisionKind.HIDE, gettext_lazy("Hide it from search")),
        ],
    )
    ground = forms.ChoiceField(label=gettext_lazy("It rests on"), required=False, choices=GROUNDS)
    ground_reference = forms.CharField(label=gettext_lazy("Which law or term"), required=False, max_length=500)
    ground_explanation: forms.CharField = ProvenWords(
        label=gettext_lazy("Why it is broken"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5_000,
    )

    def restriction(self, *, facts: str, right: Right | None) -> Choice:
        """Give how the listing is restricted, for what it stands on."""
        given = self.cleaned_data
        return Choice(
            kind=DecisionKind(given["kind"] or DecisionKind.REMOVE),
            facts=facts,
            request_key=new_key(),
            right=right,
            ground=Ground(given["ground"]) if given["ground"] else None,
            ground_reference=given["ground_reference"],
            ground_explanation=given["ground_explanation"],
        )
