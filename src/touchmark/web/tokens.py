"""What somebody chooses of a token: its name, what it may do, how long it is good; for people and for marketplaces."""

from collections.abc import Collection
from datetime import timedelta

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.clients.scopes import Scope
from touchmark.web.ui.forms import Form

#: What each scope opens, in words.
SCOPES: dict[str, Promise] = {
    Scope.SCREEN: _("have offers screened before they are published"),
    Scope.LISTINGS_READ: _("read listings and sellers"),
    Scope.LISTINGS_WRITE: _("send listings and sellers"),
    Scope.ASSESSMENTS_READ: _("read assessments and findings"),
    Scope.DECISIONS_READ: _("read decisions"),
    Scope.DECISIONS_CONFIRM: _("confirm that decisions were carried out"),
    Scope.APPEALS_READ: _("read appeals"),
    Scope.APPEALS_WRITE: _("appeal, and withdraw appeals"),
    Scope.COUNTERS_READ: _("read answers to notices"),
    Scope.COUNTERS_WRITE: _("answer notices, and withdraw answers"),
    Scope.EVIDENCE_WRITE: _("send files that notices, answers and appeals rest on"),
    Scope.NOTICES_READ: _("read notices"),
    Scope.NOTICES_WRITE: _("file notices, complete and withdraw them"),
    Scope.RIGHTS_READ: _("read rights"),
    Scope.RIGHTS_WRITE: _("register rights and withdraw them"),
    Scope.RULES_READ: _("read written rules"),
    Scope.GATES_READ: _("read brand gates and proofs of origin"),
    Scope.GATES_WRITE: _("open and close brand gates, file and check proofs of origin"),
    Scope.TRADERS_READ: _("read trader details"),
    Scope.FLAGS_READ: _("read your status as a trusted flagger and what you filed as one"),
    Scope.FLAGS_WRITE: _("file notices as a trusted flagger"),
    Scope.MANDATES_READ: _("read mandates"),
    Scope.MANDATES_WRITE: _("give and end mandates"),
    Scope.TRADERS_WRITE: _("give trader details, and verify them"),
    Scope.SELLERS_READ: _("read where shops stand"),
    Scope.SELLERS_WRITE: _("propose something against sellers, and answer proposals"),
    Scope.RULES_WRITE: _("write rules, try them and switch them on"),
    Scope.ORDERS_READ: _("read orders of authorities"),
    Scope.ORDERS_WRITE: _("hand in orders of authorities"),
    Scope.SAFETY_READ: _("read duties of product safety"),
    Scope.SAFETY_WRITE: _("record what was told for product safety"),
    Scope.SUSPICIONS_READ: _("read suspicions of a crime"),
    Scope.SUSPICIONS_WRITE: _("raise suspicions of a crime, and record what the police was told"),
    Scope.WEBHOOKS_READ: _("read what was sent to webhooks"),
    Scope.WEBHOOKS_WRITE: _("change webhooks, and have messages sent again"),
}
#: For how many days a token can be good.
DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("a year")))


class TokenForm(Form):
    """A new token; ``possible`` are the scopes that whoever it speaks for can have."""

    name = forms.CharField(
        label=_("What it is for"),
        help_text=_("So that you know it again: which program, on which machine."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        help_text=_("As little as the program needs: whoever finds the token may do the same."),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("How long it is good"), coerce=int, choices=DAYS, initial=90, widget=forms.RadioSelect
    )

    def __init__(self, *args: object, possible: Collection[Scope], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # for the type checker
        field.choices = [(scope.value, f"{SCOPES[scope]} ({scope.value})") for scope in Scope if scope in possible]

    def chosen(self) -> tuple[str, list[Scope], timedelta]:
        """Give name, scopes and how long it is good; the form is valid."""
        given = self.cleaned_data
        return " ".join(given["name"].split()), [Scope(one) for one in given["scopes"]], timedelta(days=given["days"])
