"""What a trader fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from touchmark.web.media.evidence import file_field
from touchmark.web.ui.forms import Form


class TraderForm(Form):
    """The details that the law asks a trader for. The document is a photo or a scan: it is drawn anew to be shown."""

    name = forms.CharField(label=_("Name of the trader"), help_text=_("As in the trade register."), max_length=300)
    address = forms.CharField(
        label=_("Address"), widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}), max_length=1000
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=50, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    payment_account = forms.CharField(
        label=_("Payment account"),
        help_text=_("Such as the IBAN that you are paid to. Pages show its last four characters only."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    register = forms.CharField(
        label=_("Trade register"),
        help_text=_("Such as Handelsregister Hamburg, if you are in one."),
        max_length=200,
        required=False,
    )
    register_number = forms.CharField(label=_("Number in the register"), max_length=100, required=False)
    tax_number = forms.CharField(label=_("Tax number"), max_length=100, required=False)
    document = file_field(
        _("Identity document"), help_text=_("One page: JPEG, PNG, WebP, AVIF or PDF. Operators alone see it.")
    )
    self_certified = forms.BooleanField(
        label=_("What we say here is true, and we offer only what complies with the law of the countries we sell to.")
    )

    def __init__(self, *args: Any, account: str = "", **kwargs: Any) -> None:
        """
        Ask for the details.

        :param account: how the payment account that we have ends; blank while we have none
        """
        super().__init__(*args, **kwargs)
        if account:
            field = self.fields["payment_account"]
            field.required = False
            field.help_text = _("We have one that ends in %(account)s. Leave this blank if it is still that one.") % {
                "account": account
            }
