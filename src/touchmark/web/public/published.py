"""Notices, declarations and results, published redacted where the law asks for it: anybody may read them."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.buyers import queries as buyers
from touchmark.apps.buyers.wording import text_of
from touchmark.apps.reports import publications
from touchmark.web.guard import ActingRequest, public
from touchmark.web.ui.words import RIGHT_KINDS

ON_A_PAGE = 25
RESULTS: Mapping[str, tuple[str, Promise]] = {
    "upheld": ("red", _("Upheld: the listing is restricted")),
    "refused": ("", _("Not upheld: the listing stays on sale")),
    "retracted": ("green", _("Taken back by its notifier")),
    "put_back": ("green", _("Put back after the seller answered")),
    "reversed": ("green", _("Reversed after an appeal")),
}


@public
def published(request: ActingRequest) -> HttpResponse:
    """Show what is published, the latest first."""
    page = Paginator(publications.published(), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one.content, RIGHT_KINDS[one.content["kind"]], RESULTS[one.content["result"]]) for one in page]
    return render(request, "touchmark/public/published.html", {"page": page, "rows": rows})


@public
def illegal_products(request: ActingRequest) -> HttpResponse:
    """Show what buyers are told of illegal products where they are not all known, the latest first."""
    page = Paginator(buyers.published(), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(duty, text_of(duty.content)) for duty in page]
    return render(request, "touchmark/public/illegal_products.html", {"page": page, "rows": rows})
