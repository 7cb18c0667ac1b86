"""Forms that say what is missing: derive from ``Form`` here, and "This field is required." is never read by anybody."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class Form(forms.Form):
    """A form whose empty fields are named in the error: choose, tick or fill in what."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_what_is_missing(self)


class TerritoriesField(forms.CharField):
    """Countries by their two letters, in one line: gives the codes in capitals, in order, each once."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(required=False, max_length=1_000, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """Give the codes; what is no country's code is named."""
        codes = [code.upper() for code in re.split(r"[\s,;|]+", super().clean(value)) if code]
        for code in codes:
            if not re.fullmatch(r"[A-Z]{2}", code):
                raise forms.ValidationError(
                    _("“%(code)s” is no code of a country. Write two letters each, such as DE, FR.")
                    % {"code": code[:40]}
                )
        return tuple(sorted(set(codes)))


def name_what_is_missing(form: forms.BaseForm) -> None:
    """Give each field without words of its own an error that names the field."""
    for name, field in form.fields.items():
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = _missing(field, str(field.label or name))


def _missing(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.BooleanField):
        return _("Tick this to go on: “%(label)s”") % {"label": label}
    if isinstance(field, forms.ChoiceField):
        return _("Choose an answer to “%(label)s”") % {"label": label}
    if isinstance(field, forms.FileField):
        return _("Choose a file for “%(label)s”") % {"label": label}
    return _("Fill in “%(label)s”") % {"label": label}
