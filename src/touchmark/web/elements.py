"""What a law asks for, as questions of a form: texts, and the words of a statement to tick."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from touchmark.engine.policy.rules import Element

#: Elements that take a paragraph.
LONG = frozenset({"explanation", "work", "claim_chart", "comparison", "evidence", "address"})


def danger_field() -> forms.CharField:
    """Give the question that no law asks: can the goods injure somebody, and how?"""
    return forms.CharField(
        label=gettext_lazy("Can the goods injure somebody? Say how"),
        help_text=gettext_lazy("Leave it blank if they cannot. It starts the time that product safety law gives us."),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


def field_of(element: "Element", *, required: bool = True) -> forms.Field:
    """
    Give the question that an element is; a statement is a box to tick, in the words of the law.

    :param required: False for what can be answered later
    """
    missing = {"required": _(element.give)}
    if element.says:
        return forms.BooleanField(
            label=_(element.says), help_text=element.source, error_messages=missing, required=required
        )
    label = _(element.asks)
    widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"}) if element.name in LONG else forms.TextInput()
    return forms.CharField(
        label=label[:1].upper() + label[1:],
        help_text=_(element.give),
        max_length=10_000,
        widget=widget,
        error_messages=missing,
        required=required,
    )
