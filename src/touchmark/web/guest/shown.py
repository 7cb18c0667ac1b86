"""The page of the public form, as whoever fills it in or begins it with a letter sees it."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from touchmark.apps.catalog import access as catalog
from touchmark.engine.policy.read_notice import LONGEST, read
from touchmark.engine.policy.reasons import not_reasons
from touchmark.engine.terms import RightKind
from touchmark.web.guard import ActingRequest
from touchmark.web.guest.forms import GuestForm
from touchmark.web.kept import key_of
from touchmark.web.ui.words import RIGHT_KINDS


def page(
    request: ActingRequest, kind: RightKind, form: GuestForm, *, letter: str = "", status: int = 200
) -> HttpResponse:
    """Show the form; beside it, what was read in a letter, if there is one."""
    shown = {
        "form": form,
        "kind": RIGHT_KINDS[kind],
        "kind_code": kind.value,
        "key": key_of(request.POST),
        "none": [_(said) for said in not_reasons().values()],
        "marketplaces": catalog.marketplaces(),
        **_read_in(letter or request.POST.get("letter", "")),
    }
    return render(request, "touchmark/guest/report.html", shown, status=status)


def _read_in(text: str) -> Mapping[str, object]:
    """Give what is shown of a letter that was read: each element with its words, and what was not found."""
    if not text.strip():
        return {}
    reading = read(text[:LONGEST])
    asks = {element.name: element for element in read("").missing}
    return {
        "letter": text,
        "read": [(_named(asks[name].asks), found.text) for name, found in reading.found.items()],
        "unread": [(_named(element.asks), _(element.give)) for element in reading.missing],
    }


def _named(asks: str) -> str:
    said = _(asks)
    return said[:1].upper() + said[1:]
