"""What is entered of an order, and what is said when it is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from touchmark.apps.orders.kinds import TEXTS, Asked, Product
from touchmark.apps.orders.said import Said
from touchmark.web.media.evidence import file_field
from touchmark.web.orders.words import KINDS
from touchmark.web.ui.forms import Form, TerritoriesField

if TYPE_CHECKING:
    from touchmark.apps.orders.models import Order

MINUTE = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A day and an hour, in the zone of whoever enters it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)
        super().__init__(widget=widget, input_formats=[MINUTE, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **kwargs)


def _words(label: Any, help_text: Any = "", rows: int = 2) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=20_000, widget=area)


class WhatForm(Form):
    """What the letter says and can be completed later. Nothing of it is asked for at once: what is missing is told."""

    locations = _words(
        _("What it names"),
        _(
            "The address or the number of each listing, one in a line; of an order to give information, the seller's "
            "number. As it stands in the letter."
        ),
        rows=4,
    )
    territories = TerritoriesField(
        label=_("Where it applies"),
        help_text=_(
            "Countries by two letters. Where it says nothing, it is carried out in the authority's own country."
        ),
    )
    product = forms.ChoiceField(
        label=_("What it says of the goods"),
        help_text=_("Only of an order to act against listings."),
        choices=Product.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    asked = forms.MultipleChoiceField(
        label=_("Information that it asks for"),
        help_text=_("Only of an order to give information. What is not ticked is not given."),
        choices=Asked.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_basis = _words(_("Legal basis"), _("The provision on which the authority rests it."))
    reasons = _words(
        _("Reasons"), _("Why the listings are illegal, or what the information is for. The seller reads it."), 4
    )
    redress = _words(_("How it can be contested"), _("The seller reads it."))
    inform = _words(_("Whom to tell what was done"))
    language = _words(_("Language of the letter"), _("Or of the translation that came with it."), 1)
    contact = forms.EmailField(
        label=_("E-mail address of the authority"),
        help_text=_("Nothing goes there before somebody has found the order to be real."),
        required=False,
        max_length=254,
    )
    untold_until = MomentField(
        label=_("Tell the seller nothing until"),
        help_text=_("If the authority says so. Then the seller is told of itself."),
        required=False,
    )
    letter = file_field(_("The letter"), help_text=_("JPEG, PNG, WebP, AVIF or PDF."))

    def said(self, **who: Any) -> Said:
        """Give what was entered; ``who`` says from whom it is and when it was received."""
        given = self.cleaned_data
        contact = {"contact": given["contact"]} if "contact" in given else {}
        return Said(
            **contact,
            **who,
            elements={name: given[name] for name in TEXTS},
            locations=tuple(given["locations"].splitlines()),
            territories=tuple(given["territories"]),
            asked=tuple(given["asked"]),
            untold_until=given["untold_until"],
            product=given["product"],
        )


class OrderForm(WhatForm):
    """A letter by which an order came."""

    marketplace = forms.ChoiceField(label=_("Marketplace"))
    kind = forms.ChoiceField(label=_("What it orders"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    authority = forms.CharField(label=_("Authority"), help_text=_("As it calls itself."), max_length=200)
    country = forms.CharField(
        label=_("Its country"),
        help_text=_("Two letters, such as CN or DE."),
        max_length=2,
        widget=forms.TextInput(attrs={"class": "short", "maxlength": 2}),
    )
    reference = forms.CharField(
        label=_("Its reference"),
        help_text=_("By it the same order is known that comes again."),
        max_length=200,
    )
    received_at = MomentField(label=_("Received"), help_text=_("From then on the time to answer runs."))

    @property
    def whole(self) -> Said:
        """Give all that was entered."""
        given = self.cleaned_data
        names = ("kind", "authority", "country", "reference", "received_at")
        return self.said(**{name: given[name] for name in names})


class WordsForm(Form):
    """What is said when an order is moved."""

    text = forms.CharField(
        label=_("What is said"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )

    def __init__(self, *args: Any, label: Any = "", help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, help_text
        self.fields["text"].error_messages["required"] = _("Write something: it is needed here.")


class HoldForm(WordsForm):
    """Until when the seller is told nothing, and by which word of the authority."""

    until = MomentField(label=_("Tell the seller nothing until"))


def begun(order: Order) -> dict[str, Any]:
    """Give what an order says now, as the form of its change begins."""
    texts = {name: order.elements.get(name, "") for name in TEXTS}
    more = {"contact": order.contact, "asked": order.asked, "untold_until": order.untold_until}
    more |= {"product": order.product}
    named = "\n".join(order.items.values_list("said", flat=True))
    return texts | more | {"territories": ", ".join(order.territories), "locations": named}
