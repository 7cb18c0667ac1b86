"""Finding what somebody names: a reference, an address or a number, a seller's name, words of a title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.appeals import access as appeals
from touchmark.apps.catalog import naming, titles
from touchmark.apps.counters import access as counters
from touchmark.apps.decisions import access as decisions
from touchmark.apps.desk import bulk
from touchmark.apps.examinations import access as examinations
from touchmark.apps.gates import access as gates
from touchmark.apps.notices import access as notices
from touchmark.apps.registry import access as registry
from touchmark.engine.terms import Actor
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing

#: So many are shown of what several things are called; nobody reads more.
SHOWN = 20
#: A reference, a number of a marketplace and most addresses are shorter; nothing longer is looked for.
LONGEST = 500
#: A whole reference; a listing of a notice has a number behind it.
REFERENCE = re.compile(r"[A-Z]-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(?:[-.]\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is called so: what it is, its title, and where it is looked at."""

    kind: Promise
    title: str
    about: str
    address: str


@roles(*READS)
def find(request: ActingRequest) -> HttpResponse:
    """Go to what is called so, where that is one thing; else show what is, and what can be typed."""
    asked = " ".join(request.GET.get("q", "").split())[:LONGEST].replace("\x00", "")
    called = list(found_by(request.actor, asked)) if asked else []
    said = list(titled(request.actor, asked)) if asked and not called else []
    found = called or said
    if len(found) == 1:
        return redirect(found[0].address)
    shown = {"asked": asked, "found": called or said[:SHOWN], "called": bool(called), "more": len(said) > SHOWN}
    return render(request, "touchmark/desk/find.html", shown)


def found_by(actor: Actor, asked: str) -> Iterator[Found]:
    """Give everything within the actor's reach that is called so."""
    if REFERENCE.fullmatch(asked.upper()):
        for look in BY_LETTER.get(asked[0].upper(), ()):
            yield from look(actor, asked.upper())
    for listing in naming.called(actor, asked)[:SHOWN]:
        yield _listing(listing)
    for seller in naming.sellers_called(actor, asked)[:SHOWN]:
        address = reverse("desk_seller", args=[seller.marketplace.slug, seller.seller_id])
        yield Found(_("Seller"), str(seller), f"{seller.marketplace} · {seller.seller_id}", address)


def titled(actor: Actor, asked: str) -> Iterator[Found]:
    """Give listings within the actor's reach whose titles say these words, one more than are shown."""
    for listing in titles.saying(actor, asked, most=SHOWN + 1):
        yield _listing(listing)


def _listing(listing: Listing) -> Found:
    address = reverse("desk_listing", args=[listing.marketplace.slug, listing.listing_id])
    return Found(LISTING, listing.title, f"{listing.marketplace} · {listing.listing_id}", address)


LISTING = _("Listing")
Look = Callable[[Actor, str], Iterator[Found]]


def _by_ref(kind: Promise, things: Callable[[Actor], Any], route: str, title: Callable[[Any], str]) -> Look:
    """Look a reference up among what the actor may see of one kind."""

    def look(actor: Actor, ref: str) -> Iterator[Found]:
        for one in things(actor).filter(ref=ref):
            yield Found(kind, title(one), one.ref, reverse(route, args=[one.ref]))

    return look


def _items(actor: Actor, ref: str) -> Iterator[Found]:
    """A notice, or a listing of one, is looked at on the listing."""
    named = notices.items_for(actor).select_related("listing__marketplace")
    for item in named.filter(ref__startswith=ref, listing__isnull=False).order_by("ref")[:SHOWN]:
        listing = item.listing
        address = reverse("desk_listing", args=[listing.marketplace.slug, listing.listing_id])
        yield Found(_("Notice"), listing.title, item.ref, address)


def _examinations(actor: Actor, ref: str) -> Iterator[Found]:
    """A question to a holder is looked at with the notice that it is about."""
    for one in examinations.examinations_for(actor).filter(ref=ref).select_related("item"):
        yield Found(
            _("Question to the holder"), one.ref, one.item.ref, reverse("desk_examinations", args=[one.item.ref])
        )


#: What a reference can be of, by its letter.
BY_LETTER: dict[str, tuple[Look, ...]] = {
    "D": (_by_ref(_("Decision"), decisions.decisions_for, "desk_decision", lambda one: one.title),),
    "A": (_by_ref(_("Appeal"), appeals.appeals_for, "desk_appeal", lambda one: one.ref),),
    "N": (_items,),
    "C": (_by_ref(_("Answer"), counters.counters_for, "desk_answer", lambda one: one.ref),),
    "R": (_by_ref(_("Right"), registry.rights_for, "desk_right", str),),
    "E": (_examinations,),
    "P": (_by_ref(_("Proof of origin"), gates.proofs_for, "desk_proof", lambda one: str(one.organisation)),),
    "B": (_by_ref(_("Decision on many"), bulk.bulks_for, "desk_many", lambda one: one.ref),),
}
