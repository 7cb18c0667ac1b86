"""The questions of a notice, one form each."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy

from touchmark.web.holder.words import REASONS, WHAT_TO_SAY
from touchmark.web.ui.forms import Form


class RightForm(Form):
    """Under which right."""

    right = forms.ChoiceField(
        label=gettext_lazy("Your verified rights"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the right that the listing infringes.")},
    )

    def __init__(self, *args: object, rights: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["right"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker: it is, a few lines up
        field.choices = list(rights)


class ListingForm(Form):
    """Which listing."""

    q = forms.CharField(
        label=gettext_lazy("Address or number of the listing"),
        help_text=gettext_lazy(
            "Copy the address out of your browser, such as https://shop.example/item/1005006. If you have only the "
            "listing's number, that will do."
        ),
        max_length=2_000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
        error_messages={
            "required": gettext_lazy("Give the address or the number of the listing."),
            "max_length": gettext_lazy("That is longer than any address of a listing. Copy only the address."),
        },
    )


class ReasonForm(Form):
    """Why."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Choose what fits best"),
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong with the listing.")},
    )


class StatementForm(Form):
    """What the holder says, and that it is accurate."""

    statement = forms.CharField(
        label=gettext_lazy("In your words"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Say why this listing infringes your right, so that a reviewer can follow it."),
            "max_length": gettext_lazy("That is longer than %(limit_value)d characters. Keep to what matters most."),
        },
    )
    good_faith = forms.BooleanField(
        label=gettext_lazy("I believe in good faith that what I say here is accurate and complete."),
        help_text=gettext_lazy("We ask because a wrong notice takes somebody's goods off sale."),
        error_messages={"required": gettext_lazy("Confirm that what you say is accurate and complete.")},
    )

    def __init__(self, *args: object, reason: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statement"].help_text = str(WHAT_TO_SAY[reason])
