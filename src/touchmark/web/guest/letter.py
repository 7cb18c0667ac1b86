"""A notice that somebody has as a letter: pasted, read for what United States law asks, carried on by the form."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from touchmark.engine.policy.read_notice import LONGEST, Reading, read
from touchmark.engine.terms import RightKind
from touchmark.web.guard import ActingRequest, public
from touchmark.web.guest.forms import GuestForm
from touchmark.web.guest.shown import page
from touchmark.web.ui.forms import Form

#: What the form asks for itself; the rest of a letter goes along as it was read.
ASKED = frozenset({"name", "email", "locations"})


class LetterForm(Form):
    """The letter."""

    letter = forms.CharField(
        label=gettext_lazy("Your letter"),
        help_text=gettext_lazy("As text, with everything that it says. You see what we read before anything is sent."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
    )


@public
def letter(request: ActingRequest) -> HttpResponse:
    """Take a letter, and show the form with what was read in it."""
    form = LetterForm(request.POST or None)
    if not form.is_valid():
        return render(request, "touchmark/guest/letter.html", {"form": form}, status=422 if form.errors else 200)
    text = form.cleaned_data["letter"]
    asked = GuestForm(kind=RightKind.COPYRIGHT, initial=_begun(text, read(text)))
    return page(request, RightKind.COPYRIGHT, asked, letter=text)


def _begun(text: str, reading: Reading) -> dict[str, str]:
    said = {name: found.text for name, found in reading.found.items()}
    return {
        "name": said.get("name", ""),
        "email": said.get("email", ""),
        "text": said.get("work", "")[:500],
        "listings": "\n".join(reading.addresses),
        "statement": text[:10_000],
    }


def particulars_of(text: str) -> dict[str, Any]:
    """Give what a letter says of what the law asks for besides; a statement that it makes is made."""
    if not text.strip():
        return {}
    statements = {element.name for element in read("").missing if element.says}
    found = read(text[:LONGEST]).found
    return {name: name in statements or one.text for name, one in found.items() if name not in ASKED}
