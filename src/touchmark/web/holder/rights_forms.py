"""The form of a right: one calm page, every field with what it is for."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.registry.content import LARGEST_PRICE, RightContent
from touchmark.engine.terms import OfficeStatus, RightKind
from touchmark.web.holder.picture_form import Kept, PictureForm
from touchmark.web.holder.rights_words import KINDS, OFFICE_STATUSES
from touchmark.web.ui.forms import TerritoriesField

PICTURE_NEEDED = frozenset({RightKind.FIGURATIVE_MARK, RightKind.DESIGN})


class LinesField(forms.CharField):
    """Several texts, one a line."""

    def __init__(self, *, each: int, **kwargs: Any) -> None:
        self.each = each
        super().__init__(required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value: Any) -> Any:
        """Give the lines, none twice; one that is too long is named."""
        lines = dict.fromkeys(line.strip() for line in super().clean(value).splitlines())
        for line in lines:
            if len(line) > self.each:
                raise ValidationError(
                    _("“%(line)s…” is longer than %(most)d characters. Write one on each line.")
                    % {"line": line[:40], "most": self.each}
                )
        return tuple(line for line in lines if line)


class RightForm(PictureForm):
    """What a holder says of a right. ``content`` gives it as the register keeps it."""

    kind = forms.ChoiceField(label=gettext_lazy("What kind of right is it?"), choices=list(KINDS.items()))
    text = forms.CharField(
        label=gettext_lazy("Words of the mark"),
        help_text=gettext_lazy("As registered, such as ALDERMOOR. For a logo or a design: words in it, or its title."),
        max_length=1_000,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    aliases = LinesField(
        label=gettext_lazy("Other ways it is written"),
        help_text=gettext_lazy("Translations, other scripts, abbreviations that you use yourself. One on each line."),
        each=300,
    )
    brand = forms.CharField(
        label=gettext_lazy("Brand"),
        help_text=gettext_lazy("The name under which shoppers know it, where that is another."),
        max_length=300,
        required=False,
    )
    owner = forms.CharField(
        label=gettext_lazy("Owner"),
        help_text=gettext_lazy("Whoever stands in the register of the office. A reviewer compares it."),
        max_length=300,
    )
    office = forms.CharField(
        label=gettext_lazy("Office"),
        help_text=gettext_lazy("Where it is registered, such as EUIPO, USPTO, CNIPA or WIPO."),
        max_length=100,
        required=False,
    )
    number = forms.CharField(
        label=gettext_lazy("Registration number"),
        help_text=gettext_lazy("As on the certificate, such as 017 654 321."),
        max_length=100,
        required=False,
    )
    office_status = forms.ChoiceField(
        label=gettext_lazy("Where it stands at the office"),
        help_text=gettext_lazy("Only what is registered is screened for."),
        choices=list(OFFICE_STATUSES.items()),
        initial=OfficeStatus.REGISTERED,
    )
    registered_on = forms.DateField(
        label=gettext_lazy("Registered on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day of registration as year, month, day: 2024-03-31.")},
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Expires on"),
        help_text=gettext_lazy("From then on it is no longer screened for."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day on which it expires as year, month, day: 2034-03-31.")},
    )
    nice_classes = forms.CharField(
        label=gettext_lazy("Nice classes"),
        help_text=gettext_lazy("Numbers from 1 to 45, such as 18, 25. Nothing means all."),
        max_length=300,
        required=False,
    )
    territories = TerritoriesField(
        label=gettext_lazy("Territories"),
        help_text=gettext_lazy("Two letters each, such as EU, US, CN. Nothing means everywhere."),
    )
    reference_price = forms.CharField(
        label=gettext_lazy("Usual price of the genuine product"),
        help_text=gettext_lazy("Of one piece, such as 89.90. It helps to tell what cannot be genuine."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Three letters, such as EUR."),
        max_length=3,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages={"max_length": gettext_lazy("Write the currency as three letters, such as EUR.")},
    )
    authorised_sellers = LinesField(
        label=gettext_lazy("Sellers that you have authorised"),
        help_text=gettext_lazy("Their numbers on the marketplace, one on each line: they may use the right."),
        each=200,
    )

    def clean_nice_classes(self) -> tuple[int, ...]:
        """Give the classes, in order, each once."""
        words = _words(self.cleaned_data["nice_classes"])
        if all(re.fullmatch(r"0*([1-9]|[1-3][0-9]|4[0-5])", word, re.ASCII) for word in words):
            return tuple(sorted({int(word) for word in words}))
        raise ValidationError(_("Write the numbers of the classes, from 1 to 45, such as 18, 25."))

    def clean_currency(self) -> str:
        """Give the currency in capitals."""
        currency: str = self.cleaned_data["currency"].upper()
        if currency and not re.fullmatch(r"[A-Z]{3}", currency):
            raise ValidationError(_("Write the currency as three letters, such as EUR."))
        return currency

    def clean_reference_price(self) -> Decimal | None:
        """Give the price; anything but digits and a point is said to be none."""
        written = self.cleaned_data["reference_price"].strip()
        if not written:
            return None
        if not re.fullmatch(r"[0-9]{1,14}(\.[0-9]{1,4})?", written, re.ASCII) or Decimal(written) >= LARGEST_PRICE:
            raise ValidationError(
                _("Write the price in digits, with a point before the cents and no currency: 12.90, not “12,90 €”.")
            )
        return Decimal(written)

    def clean(self) -> dict[str, Any]:
        """Say what is missing for this kind of right, and what does not fit together."""
        said = super().clean() or self.cleaned_data
        kind, text = said.get("kind"), said.get("text")
        pictured = bool(self.upload or self.kept_picture.sha256 or "picture" in self.errors)
        if kind in PICTURE_NEEDED and not pictured:
            self.add_error("picture", _("Add the picture: that is what this right protects."))
        elif kind == RightKind.WORD_MARK and not text and "text" not in self.errors:
            self.add_error("text", _("Write the words of the mark: that is what this right protects."))
        elif not text and not pictured and "text" not in self.errors:
            self.add_error("text", _("Write what is protected in words, or add a picture of it."))
        if said.get("registered_on") and said.get("expires_on") and said["expires_on"] <= said["registered_on"]:
            self.add_error("expires_on", _("It expires before it is registered: check both days."))
        if said.get("reference_price") is not None and not said.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("Say in which currency the price is, such as EUR."))
        return said

    def content(self, picture: Kept) -> RightContent:
        """Give what was said, with its picture; what only files can say stays as it stands."""
        said = self.cleaned_data
        return RightContent(
            kind=RightKind(said["kind"]),
            text=said["text"].strip(),
            aliases=said["aliases"],
            owner=said["owner"].strip(),
            brand=said["brand"].strip(),
            office=said["office"].strip(),
            number=said["number"].strip(),
            nice_classes=said["nice_classes"],
            territories=said["territories"],
            office_status=OfficeStatus(said["office_status"]),
            registered_on=said["registered_on"],
            expires_on=said["expires_on"],
            image=picture.sha256 or None,
            image_name=picture.name,
            reference_price=said["reference_price"],
            currency=said["currency"],
            authorised_sellers=said["authorised_sellers"],
            claimed=self.standing.claimed if self.standing else {},
            extra=self.standing.extra if self.standing else {},
        )


def answers_of(content: RightContent) -> Mapping[str, str | Promise]:
    """Give what a right says now as the form's first answers."""
    price = content.reference_price
    return {
        "kind": content.kind,
        "text": content.text,
        "aliases": "\n".join(content.aliases),
        "brand": content.brand,
        "owner": content.owner,
        "office": content.office,
        "number": content.number,
        "office_status": content.office_status,
        "registered_on": content.registered_on.isoformat() if content.registered_on else "",
        "expires_on": content.expires_on.isoformat() if content.expires_on else "",
        "nice_classes": ", ".join(str(number) for number in content.nice_classes),
        "territories": ", ".join(content.territories),
        "reference_price": "" if price is None else f"{price.normalize():f}",
        "currency": content.currency,
        "authorised_sellers": "\n".join(content.authorised_sellers),
    }


def _words(written: str) -> list[str]:
    return [word for word in re.split(r"[\s,;|]+", written) if word]
