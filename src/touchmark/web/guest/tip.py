"""A shopper says that something is wrong with a listing: less than a notice, which the page says."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.catalog import access as catalog
from touchmark.apps.catalog.naming import named
from touchmark.apps.screening import tips
from touchmark.apps.screening.kinds import TipReason
from touchmark.apps.screening.tips import Said, TooManyTips
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, public
from touchmark.web.place import place_of
from touchmark.web.ui.forms import Form


class TipForm(Form):
    """Which listing, and what is wrong with it."""

    listing = forms.CharField(
        label=gettext_lazy("Address of the listing"),
        help_text=gettext_lazy("Copy it out of your browser."),
        max_length=2_000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"), choices=TipReason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("What did you see?"),
        help_text=gettext_lazy("Such as a seam, a logo, a price. Leave out your name and other people’s."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


@public
def tip(request: ActingRequest) -> HttpResponse:
    """Ask for what a shopper saw; a POST keeps it."""
    asked = {"listing": request.GET.get("listing", "")[:2_000]}
    form = TipForm(request.POST) if request.method == "POST" else TipForm(initial=asked)
    if form.is_bound and form.is_valid() and _said(request, form):
        return redirect("tip_sent")
    page = {"form": form, "marketplaces": catalog.marketplaces()}
    return render(request, "touchmark/guest/tip.html", page, status=422 if form.errors else 200)


def _said(request: ActingRequest, form: TipForm) -> bool:
    given = form.cleaned_data
    found = tips.meant(named(given["listing"]))
    if found is None:
        form.add_error(
            "listing",
            _("No marketplace that we watch over has this listing. Copy the address of the listing’s own page."),
        )
        return False
    said = Said(TipReason(given["reason"]), given["text"], place_of(request))
    try:
        tips.say(listing=found, said=said, at=clock.now())
    except TooManyTips as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


@public
def sent(request: ActingRequest) -> HttpResponse:
    """Thank, and say what happens and what does not; the same for a first word and for a repeated one."""
    return render(request, "touchmark/guest/tip_sent.html")
