"""The public form, for one kind of right."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.notices.limits import MOST_OF_GUESTS
from touchmark.engine.policy.reasons import reasons_for
from touchmark.engine.terms import RightKind
from touchmark.web.elements import danger_field
from touchmark.web.holder.words import SHARED_WORDS
from touchmark.web.media.evidence import file_field
from touchmark.web.ui.forms import Form, TerritoriesField
from touchmark.web.ui.words import words_of_reason

FILES = ("file_1", "file_2", "file_3")


class GuestForm(Form):
    """Who, which right, which listings, why; and that it is accurate."""

    name = forms.CharField(
        label=gettext_lazy("Your name, or the name of the company that you write for"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We send a link there. The notice counts once you have opened it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Which right is it?"),
        help_text=gettext_lazy("The words of the mark, or the title of the work, design or patent."),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    office = forms.CharField(
        label=gettext_lazy("Office that registered it"),
        help_text=gettext_lazy("Such as EUIPO, USPTO or CNIPA. A work needs no registration."),
        max_length=100,
        required=False,
    )
    number = forms.CharField(label=gettext_lazy("Its number there"), max_length=100, required=False)
    territories = TerritoriesField(
        label=gettext_lazy("Countries where it is good"),
        help_text=gettext_lazy("Two letters each, such as DE, FR. Blank: those of the office; of a work, everywhere."),
    )
    listings = forms.CharField(
        label=gettext_lazy("Addresses of the listings, one in a line"),
        help_text=gettext_lazy(
            "Also of the front of a shop, a picture or a video. At most ten; with an account you report up to 300 at "
            "once."
        ),
        max_length=25_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(label=gettext_lazy("What is wrong with them?"), widget=forms.RadioSelect)
    statement = forms.CharField(
        label=gettext_lazy("Why does that infringe your right?"),
        help_text=gettext_lazy("In your own words: what in the listings uses your right, and how you know."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    danger = danger_field()
    file_1 = file_field(
        gettext_lazy("Proof of the right"),
        help_text=gettext_lazy(
            "The certificate, or for a work that is not registered what shows that you made it. JPEG, PNG, WebP, AVIF "
            "or PDF. You can give it later; the notice then waits for it."
        ),
    )
    file_2 = file_field(gettext_lazy("What shows what is wrong"))
    file_3 = file_field(gettext_lazy("Another file"))
    shared = forms.MultipleChoiceField(
        label=gettext_lazy("What may the seller see of you?"),
        choices=[(what, SHARED_WORDS[what]) for what in ("name", "email")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    good_faith = forms.BooleanField(
        label=gettext_lazy("I believe in good faith that what I say here is accurate and complete."),
        help_text=gettext_lazy("We ask because a wrong notice takes somebody's goods off sale."),
        error_messages={"required": gettext_lazy("Confirm that what you say is accurate and complete.")},
    )

    def __init__(self, *args: Any, kind: RightKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.code, words_of_reason(one.code)) for one in reasons_for(kind)]
        self.fields["reason"].choices = offered  # type: ignore[attr-defined]

    def clean_listings(self) -> str:
        """Hold that there are no more than a guest's notice names."""
        given = str(self.cleaned_data["listings"])
        if len([line for line in given.splitlines() if line.strip()]) > MOST_OF_GUESTS:
            raise forms.ValidationError(
                _("These are more than %(most)d. Send several notices, or ask for an account.")
                % {"most": MOST_OF_GUESTS}
            )
        return given
