"""Sharing the queue out: the next listing, skipping one, handing one over, notes, filters that are kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import queries
from touchmark.apps.decisions.wanted import Place, Wanted
from touchmark.apps.desk import filters, holds, notes
from touchmark.apps.desk.holds import HeldBySomebody
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.desk.addresses import listing_address, queue_address, wanted_of
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles

WRITES = (Role.REVIEWER, Role.POLICY_OWNER)


@roles(Role.REVIEWER)
@require_POST
def following(request: ActingRequest) -> HttpResponse:
    """Take the next listing of what is wanted that nobody else holds, behind the one that was shown, and go to it."""
    return onward(request, wanted_of(request), request.POST.get("place", ""))


def onward(request: ActingRequest, wanted: Wanted, place: str) -> HttpResponse:
    """Go to the next listing behind a place, now held by the reader; to the queue where none is free."""
    try:
        after = Place.read(place, wanted.order) if place else None
    except queries.BadPlace:
        after = None
    listing = holds.take_next(wanted=wanted, actor=request.actor, at=clock.now(), after=after)
    if listing is None:
        messages.info(request, _("Nothing more is free here: what is left is in others' hands, or you skipped it."))
        return redirect(queue_address(wanted))
    return redirect(listing_address(listing, wanted))


@roles(Role.REVIEWER)
@require_POST
def skip(request: ActingRequest, marketplace: str, listing_id: str) -> HttpResponse:
    """Leave a listing to somebody else, with the reason, and go to the next."""
    listing = catalog.listing_for(request.actor, marketplace, listing_id)
    reason, text = request.POST.get("reason", ""), request.POST.get("text", "")
    holds.skip(listing=listing, reason=reason, text=text, actor=request.actor, at=clock.now())
    return onward(request, wanted_of(request), request.POST.get("place", ""))


@roles(*WRITES)
@require_POST
def note(request: ActingRequest, marketplace: str, listing_id: str) -> HttpResponse:
    """Keep a note on a listing; whom it calls has a letter."""
    listing = catalog.listing_for(request.actor, marketplace, listing_id)
    try:
        written = notes.write(listing=listing, text=request.POST.get("note", ""), actor=request.actor, at=clock.now())
    except notes.IncompleteNote:
        longest = notes.LONGEST
        messages.error(request, _("Write what the others should know, in at most %(n)d characters.") % {"n": longest})
    else:
        called = [mention.person.name for mention in written.mentions.select_related("person").order_by("id")]
        messages.success(request, _("Noted. A letter went to: %s") % ", ".join(called) if called else _("Noted."))
    return redirect(listing_address(listing, wanted_of(request)))


@roles(Role.REVIEWER)
@require_POST
def hand_over(request: ActingRequest, marketplace: str, listing_id: str) -> HttpResponse:
    """Give a listing to another reviewer, and go to the next."""
    listing = catalog.listing_for(request.actor, marketplace, listing_id)
    to = _number(request.POST, "to")
    try:
        given = holds.hand_over(
            listing=listing, to=to, why=request.POST.get("why", ""), actor=request.actor, at=clock.now()
        )
    except HeldBySomebody:
        messages.error(request, _("Somebody else works on this listing now."))
        return redirect(listing_address(listing, wanted_of(request)))
    messages.success(request, _("Handed to %s, who has a letter about it.") % given.by.name)
    return onward(request, wanted_of(request), request.POST.get("place", ""))


@roles(Role.REVIEWER)
@require_POST
def hand_all_over(request: ActingRequest) -> HttpResponse:
    """Give everything that the reader holds to another reviewer."""
    count = holds.hand_all_over(
        to=_number(request.POST, "to"), why=request.POST.get("why", ""), actor=request.actor, at=clock.now()
    )
    messages.success(request, _("Handed over: %(n)d.") % {"n": count})
    return redirect("desk_home")


@roles(*READS)
@require_POST
def keep_filter(request: ActingRequest) -> HttpResponse:
    """Keep what is shown of the queue under a name."""
    wanted = Wanted.of(request.POST)
    try:
        kept = filters.keep(name=request.POST.get("name", ""), wanted=wanted, actor=request.actor, at=clock.now())
    except filters.IncompleteFilter:
        messages.error(request, _("Give the filter a name, and let it narrow or order the queue."))
    else:
        messages.success(request, _("Kept as “%s”.") % kept.name)
    return redirect(queue_address(wanted))


@roles(*READS)
@require_POST
def drop_filter(request: ActingRequest) -> HttpResponse:
    """Keep a filter no longer."""
    filters.drop(key=_number(request.POST, "filter"), actor=request.actor)
    return _back(request)


@roles(*READS)
@require_POST
def share_filter(request: ActingRequest) -> HttpResponse:
    """Let the team see a filter of the reader's, or see it no longer."""
    key = _number(request.POST, "filter")
    if request.POST.get("share") != "yes":
        filters.keep_to_oneself(key=key, actor=request.actor)
        return _back(request)
    try:
        filters.share(key=key, actor=request.actor)
    except filters.TooManyFilters:
        most = filters.TEAM_AT_MOST
        messages.error(
            request, _("Your team shares %(n)d filters already: let one be shared no longer first.") % {"n": most}
        )
    return _back(request)


def _back(request: ActingRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else "desk_queue")


def _number(data: QueryDict, name: str) -> int:
    text = data.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0
