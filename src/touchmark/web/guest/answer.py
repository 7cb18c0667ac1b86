"""A guest reads what sellers answered to its notice, replies, shows a suit; or takes the notice back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from touchmark.apps.counters import access
from touchmark.apps.notices import access as notices
from touchmark.apps.notices import guests
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.flows.retract_notice import retract as take_back
from touchmark.web import clock
from touchmark.web.counters import says
from touchmark.web.counters.forms import RetractForm
from touchmark.web.guard import ActingRequest, public
from touchmark.web.guest.follow import private
from touchmark.web.media.views import drawn


@public
def answer(request: ActingRequest, ref: str, secret: str, counter: str) -> HttpResponse:
    """
    Show one answer with what the guest can do; a POST does what its button says.

    :raises NoSuchNotice: if the address names none
    :raises NoSuchCounterNotice: if no such answer to this notice was forwarded
    """
    notice = guests.followed(ref, secret)
    actor = guests.actor_of(notice)
    found = access.counter_for(actor, counter)
    form = says.asked_in(request)
    if form is not None and says.done(request, counter, form, actor=actor):
        return private(redirect("guest_answer", ref, secret, counter))
    page = says.page_of(found, request.POST.get("do", ""), form)
    shown = page | {"notice": notice, "secret": secret}
    return private(render(request, "touchmark/guest/answer.html", shown, status=422 if form else 200))


@public
def picture(request: ActingRequest, ref: str, secret: str, sha256: str, width: int) -> HttpResponse:
    """
    Give a picture of an answer to the guest's notice, at most this wide.

    :raises NoSuchNotice: if the address names none
    :raises Http404: if there is no such picture for this guest
    """
    actor = guests.actor_of(guests.followed(ref, secret))
    if not access.may_see_picture(actor, sha256):
        raise Http404(_("There is no such picture."))
    return private(drawn(sha256, width))


@public
def retract(request: ActingRequest, ref: str, secret: str) -> HttpResponse:
    """Ask why a notice that was upheld is taken back; a POST takes it back, and the listings return."""
    notice = guests.followed(ref, secret)
    actor = guests.actor_of(notice)
    upheld = list(notices.items_for(actor).filter(notice=notice, status=ItemStatus.UPHELD))
    form = RetractForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count = take_back(ref=ref, reason=form.cleaned_data["reason"], actor=actor, at=clock.now())
        except IllegalMove:
            messages.warning(request, _("Nothing of this notice is upheld any more. Nothing was changed."))
        else:
            messages.success(request, _("Taken back. Listings that return: %(count)s.") % {"count": count})
        return private(redirect("guest_follow", ref, secret))
    page = {"ref": ref, "back": reverse("guest_follow", args=[ref, secret]), "upheld": upheld, "form": form}
    return private(render(request, "touchmark/counters/retract.html", page, status=422 if form.errors else 200))
