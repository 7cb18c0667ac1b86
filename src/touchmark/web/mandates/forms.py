"""What is asked where a mandate is given, and where one is ended."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from touchmark.apps.mandates.actions import Given
from touchmark.web.ui.forms import Form

ALL, SOME = "all", "some"


class GiveForm(Form):
    """To whom, for which rights, from when until when."""

    agent = forms.CharField(
        label=gettext_lazy("Number of the association"),
        help_text=gettext_lazy("It stands on its own page “Mandates”, such as O-00012-7XK2PM. Ask them for it."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "id"}),
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("For which rights?"),
        widget=forms.RadioSelect,
        choices=[
            (ALL, gettext_lazy("All of ours, and those that we enter later")),
            (SOME, gettext_lazy("Those named below")),
        ],
    )
    brands = forms.MultipleChoiceField(
        label=gettext_lazy("All rights of these brands"), required=False, widget=forms.CheckboxSelectMultiple
    )
    rights = forms.CharField(
        label=gettext_lazy("Single rights, one number in a line"),
        help_text=gettext_lazy("The numbers on the pages of your rights, such as R-2026-4K7Q-M2XV."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )
    from_on = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Blank: until one of you ends it."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, brands: list[tuple[int, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brands"].choices = [(str(key), name) for key, name in brands]  # type: ignore[attr-defined]
        self.fields["from_on"].initial = today
        if not brands:
            del self.fields["brands"]

    @property
    def given(self) -> Given:
        """What was said."""
        said = self.cleaned_data
        some = said["scope"] == SOME
        refs = [one.upper() for one in re.split(r"[\s,;]+", said.get("rights", "")) if one] if some else []
        return Given(
            agent=said["agent"],
            from_on=said["from_on"],
            until_on=said["until_on"],
            whole=not some,
            brands=[int(key) for key in said.get("brands", ())] if some else [],
            rights=refs,
        )


class EndForm(Form):
    """Why a mandate ends."""

    why = forms.CharField(
        label=gettext_lazy("Why do you end it?"),
        help_text=gettext_lazy("The other side reads it."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
