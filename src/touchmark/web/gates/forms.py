"""What is filled in about gates and proofs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from touchmark.apps.gates.kinds import ProofKind
from touchmark.web.desk.forms import ProvenWords
from touchmark.web.media.evidence import file_field
from touchmark.web.ui.forms import Form

KINDS = [
    (ProofKind.INVOICE, _("An invoice from whoever you bought the goods from")),
    (ProofKind.AUTHORISATION, _("An authorisation by the holder, or by somebody whom the holder authorised")),
]
FILES = ("file_1", "file_2", "file_3")


class ProofForm(Form):
    """A proof of origin."""

    kind = forms.ChoiceField(label=_("What do you send?"), choices=KINDS, widget=forms.RadioSelect)
    issued_by = forms.CharField(label=_("Issued by"), help_text=_("The name that stands on it."), max_length=300)
    issued_on = forms.DateField(label=_("Issued on"), widget=forms.DateInput(attrs={"type": "date"}))
    file_1 = file_field(
        _("Photo, scan or PDF"),
        required=True,
        help_text=_("JPEG, PNG, WebP, AVIF or PDF. Prices may be made unreadable."),
    )
    file_2 = file_field(_("Another page"))
    file_3 = file_field(_("Another page"))
    note = forms.CharField(
        label=_("Anything else"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CheckForm(forms.Form):
    """What a reviewer makes of a proof."""

    valid_until = forms.DateField(
        label=_("Good until"), required=False, widget=forms.DateInput(attrs={"type": "date", "class": "short"})
    )
    answer = ProvenWords(label=_("Why not"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000)


class GateForm(Form):
    """A gate."""

    brand = forms.ChoiceField(label=_("Brand"), required=False)
    category = forms.CharField(
        label=_("Or a category"), help_text=_("What the category begins with, such as “watches”."), required=False
    )
    marketplace = forms.ChoiceField(label=_("Marketplace"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))
