"""What stands beside the queue: the ways to narrow and to order it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions.wanted import EVIDENT, REPORTED, RETURNED, SAFETY, Wanted
from touchmark.engine.terms import Verdict
from touchmark.web.desk.addresses import queue_address
from touchmark.web.desk.words import GOODS

#: Languages that listings are told apart by, the most frequent ones of shops first.
LANGUAGES = (
    "en", "zh", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "ko", "ru", "uk", "tr", "ar", "th", "vi", "id", "ms",
    "sv", "da", "fi", "no", "cs", "sk", "hu", "ro", "bg", "el", "he", "fa", "hi",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """One filter: where it leads, and whether it is what is shown."""

    label: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """
    One filter that the reader sees; ``number`` is its key, for the first nine.

    ``shared``: with the team; ``by``: who shares it, where that is somebody else.
    """

    key: int
    name: str
    address: str
    here: bool
    number: str
    shared: bool
    by: str


class NarrowForm(forms.Form):
    """What is typed to narrow the queue; the fields are named as ``Wanted`` names them."""

    brand = forms.CharField(label=gettext_lazy("Brand"), required=False, max_length=300)
    category = forms.CharField(label=gettext_lazy("Category"), required=False, max_length=300)
    seller = forms.CharField(label=gettext_lazy("Seller's id"), required=False, max_length=200)
    right = forms.CharField(label=gettext_lazy("Right's reference"), required=False, max_length=20)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    goods = forms.ChoiceField(label=gettext_lazy("Goods"), required=False)

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(initial=wanted.asked(), auto_id="narrow-%s")
        named = [(code, _language(code)) for code in LANGUAGES]
        self.fields["language"].choices = [("", _("any")), *named]  # type: ignore[attr-defined]
        goods = [(SAFETY, _("all safety-critical")), *GOODS.items()]
        self.fields["goods"].choices = [("", _("any")), *goods]  # type: ignore[attr-defined]
        self.fields["brand"].widget.attrs["data-key"] = "/"


def _language(code: str) -> str:
    """Give a language's name in the reader's own: Django's, but for those that it knows by their scripts only."""
    own = {"zh": _("Chinese"), "no": _("Norwegian")}
    return own.get(code) or str(get_language_info(code)["name_translated"])


def shown(wanted: Wanted) -> dict[str, Any]:
    """Give what the queue's page shows of the filters."""
    kept = {name: wanted.asked().get(name, "") for name in ("marketplace", "part", "order")}
    return {
        "parts": part_links(wanted),
        "marketplaces": marketplace_links(wanted),
        "orders": order_links(wanted),
        "narrow": NarrowForm(wanted),
        "kept_beside": {name: value for name, value in kept.items() if value},
        "typed": any(wanted.asked().get(name) for name in NarrowForm.base_fields),
        "everything": queue_address(Wanted(order=wanted.order)),
    }


def part_links(wanted: Wanted) -> Sequence[Link]:
    """Give the filters by why something waits."""
    labels = {
        "": _("Everything"),
        REPORTED: _("Reported"),
        EVIDENT: _("Evident"),
        RETURNED: _("Came back"),
        Verdict.ACT: _("Likely to act on"),
        Verdict.REVIEW: _("To be looked at"),
    }
    return [
        Link(label, queue_address(replace(wanted, part=str(part))), part == wanted.part)
        for part, label in labels.items()
    ]


def marketplace_links(wanted: Wanted) -> Sequence[Link]:
    """Give the filters by marketplace."""
    every = [("", _("All marketplaces")), *((found.slug, found.name) for found in catalog.marketplaces())]
    return [
        Link(name, queue_address(replace(wanted, marketplace=slug)), slug == wanted.marketplace) for slug, name in every
    ]


def order_links(wanted: Wanted) -> Sequence[Link]:
    """Give the orders."""
    labels = {
        "": _("Most urgent first"),
        "risk": _("Riskiest first"),
        "due": _("Due first"),
        "age": _("Longest waiting first"),
        "views": _("Most looked at first"),
        "sold": _("Most sold first"),
    }
    return [
        Link(label, queue_address(replace(wanted, order=order)), order == wanted.order)
        for order, label in labels.items()
    ]
