"""Which listings: pasted, from a spreadsheet, or among those in which screening found the right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchmark.apps.catalog import access as catalog
from touchmark.apps.catalog.naming import Named, named, pasted
from touchmark.apps.notices import access, drafts
from touchmark.apps.notices.limits import MOST, TooManyListings
from touchmark.engine.terms import Role
from touchmark.flows import draft_notice
from touchmark.integrations.files.formats import UnusableFile
from touchmark.integrations.files.lists import Line, RefusedLine, read_list, refused_file
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.draft_steps import frame, why_of
from touchmark.web.holder.forms import ListingsForm
from touchmark.web.holder.words import WRONG
from touchmark.web.media.upload import was_refused

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice
    from touchmark.flows.draft_notice import Shown


@roles(Role.HOLDER, Role.AGENT)
def listings(request: PersonRequest, ref: str) -> HttpResponse:
    """Show what a draft names, and add to it or take out of it."""
    draft = access.draft_for(request.actor, ref)
    if request.method != "POST":
        return _page(request, draft, ListingsForm())
    match request.POST.get("do"):
        case "out":
            places = {int(place) for place in request.POST.getlist("place") if place.isascii() and place.isdigit()}
            drafts.leave_out(ref=ref, places=places, actor=request.actor, at=clock.now())
            return redirect("holder_draft_listings", ref)
        case do:
            return _given(request, draft, do or "")


def _given(request: PersonRequest, draft: "Notice", do: str) -> HttpResponse:
    """
    Add what was pasted, what a file holds and what is ticked, whichever button was pressed.

    Go on to the next step where that was asked, and nothing is wrong; where others were asked for, show those.
    """
    form = ListingsForm(request.POST, request.FILES)
    form.is_valid()
    if was_refused(request):
        form.add_error("file", _("The file is too large. A list of 300 listings is far smaller."))
    lines, refused, name = _read(form)
    ticked = map(named, request.POST.getlist("listing"))
    wanted = [*pasted(form.cleaned_data.get("pasted", "")), *map(_named, lines), *ticked]
    if form.errors:
        return _page(request, draft, form, status=422)
    if wanted or refused:
        return _add(request, draft, form, wanted, refused, name, on=do == "next")
    if do != "show" and not draft.draft.listed:
        form.add_error("pasted", _("Name at least one listing, or tick one below: its address, or its number."))
        return _page(request, draft, form, status=422)
    return redirect("holder_draft_reason", draft.ref) if do == "next" else _back(request, draft)


def _back(request: PersonRequest, draft: "Notice") -> HttpResponse:
    """Show the step again, with those found that have the words in their title that were asked for."""
    words = request.POST.get("q", "").strip()
    again = reverse("holder_draft_listings", args=[draft.ref])
    return redirect(f"{again}?{urlencode({'q': words})}#found-title" if words else again)


def _read(form: ListingsForm) -> tuple[list[Line], list[RefusedLine], str]:
    sent = form.cleaned_data.get("file")
    if not sent:
        return [], [], ""
    try:
        return *read_list(sent.read(), sent.name), sent.name
    except UnusableFile as refusal:
        form.add_error("file", str(refusal))
        return [], [], ""


def _named(line: Line) -> Named:
    if line.url:
        found = named(line.url)
        return found if found.address or found.marketplace else Named(found.listing_id, line.marketplace.lower())
    return Named(line.listing_id, line.marketplace.strip().lower())


def _add(
    request: PersonRequest,
    draft: "Notice",
    form: ListingsForm,
    wanted: Sequence[Named],
    refused: Sequence[RefusedLine] = (),
    source: str = "",
    *,
    on: bool = False,
) -> HttpResponse:
    rows = [{"row": one.row, "field": one.field, "given": one.given, "wrong": one.wrong} for one in refused]
    try:
        kept = drafts.name(
            ref=draft.ref, listings=wanted, actor=request.actor, at=clock.now(), refused=rows, source=source
        )
    except TooManyListings as refusal:
        form.add_error("file" if source else "pasted", str(refusal))
        return _page(request, draft, form, status=422)
    stands = draft_notice.shown(kept, actor=request.actor, on=clock.now().date())
    if on and not refused and not stands.refused:
        return redirect("holder_draft_reason", draft.ref)
    messages.info(request, _told(len(stands.meant)))
    return _back(request, draft)


def _told(count: int) -> str:
    said = ngettext("%(count)d listing can be reported.", "%(count)d listings can be reported.", count)
    return said % {"count": count}


def _page(request: PersonRequest, draft: "Notice", form: ListingsForm, *, status: int = 200) -> HttpResponse:
    stands = draft_notice.shown(draft, actor=request.actor, on=clock.now().date())
    words = (request.POST or request.GET).get("q", "").strip()[:200]
    about: dict[str, Any] = {"words": words, "actor": request.actor, "on": clock.now().date()}
    found = draft_notice.suggested(draft, **about)
    others = draft_notice.searched(draft, **about, besides=found) if words else []
    page = {
        "form": form,
        "meant": [(one.place, one) for one in stands.meant],
        "refused": [(one, *why_of(one)) for one in stands.refused],
        "unread": len(draft.draft.refused),
        "source": draft.draft.source,
        "found": found,
        "others": others,
        "more": len(others) >= draft_notice.SEARCHED,
        "q": words,
        "ticked": request.POST.getlist("listing"),
        "most": MOST,
        "marketplaces": catalog.marketplaces(),
    }
    shown = page | frame("listings", draft, stands)
    return render(request, "touchmark/holder/draft_listings.html", shown, status=status)


@roles(Role.HOLDER, Role.AGENT)
def refused(request: PersonRequest, ref: str) -> HttpResponse:
    """Give back as a file what is not in the notice: row, field, what stood there, why, and what to do."""
    draft = access.draft_for(request.actor, ref)
    stands = draft_notice.shown(draft, actor=request.actor, on=clock.now().date())
    answer = HttpResponse(_file(draft, stands), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{draft.ref}-refused.csv"'
    return answer


def _file(draft: "Notice", stands: "Shown") -> bytes:
    unread = [(row["row"], row["field"], row["given"], *map(str, WRONG[row["wrong"]])) for row in draft.draft.refused]
    others = [(one.place, _field(one.given), one.given, *why_of(one)) for one in stands.refused]
    return refused_file([*unread, *others]).encode("utf-8-sig")  # by the mark a spreadsheet knows what it reads


def _field(given: str) -> str:
    return "url" if given.startswith("http") else "listing_id"
