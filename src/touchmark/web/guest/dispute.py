"""A guest goes to an out-of-court body over an appeal of its own that failed: it tells of it, and follows it here."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchmark.apps.appeals import access as appeals
from touchmark.apps.disputes import access, actions
from touchmark.apps.notices import guests
from touchmark.apps.notices.access import NoSuchNotice
from touchmark.engine.terms import Actor
from touchmark.web.disputes.party import TellForm, asked, ended, shown, told
from touchmark.web.guard import ActingRequest, public
from touchmark.web.guest.follow import private

if TYPE_CHECKING:
    from touchmark.apps.appeals.models import Appeal
    from touchmark.apps.disputes.models import Dispute


@public
def tell(request: ActingRequest, ref: str, secret: str, number: int) -> HttpResponse:
    """
    Ask before which body the appeal about one listing was brought; a POST notes it.

    :raises NoSuchNotice: if the address names none, or nothing was appealed
    :raises NothingToDispute: if there is nothing to bring before a body
    """
    actor = guests.actor_of(guests.followed(ref, secret))
    appeal = _appeal(actor, ref, number)
    form = TellForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := told(request, appeal, form, actor)):
        return private(redirect("guest_dispute", ref, secret, made.ref))
    if request.method != "POST":
        actions.require_open(appeal)
    return private(asked(request, appeal, form, _back(ref, secret)))


@public
def dispute(request: ActingRequest, ref: str, secret: str, dispute: str) -> HttpResponse:
    """Show where a guest's dispute stands."""
    found = _dispute(ref, secret, dispute)
    end_at = reverse("guest_dispute_end", args=[ref, secret, dispute])
    return private(shown(request, found, _back(ref, secret), end_at))


@public
@require_POST
def end(request: ActingRequest, ref: str, secret: str, dispute: str) -> HttpResponse:
    """Note that a guest pursues a dispute no more."""
    found = _dispute(ref, secret, dispute)
    ended(request, found.ref, guests.actor_of(guests.followed(ref, secret)))
    return private(redirect("guest_dispute", ref, secret, dispute))


def _appeal(actor: Actor, ref: str, number: int) -> "Appeal":
    found = appeals.appeals_for(actor).filter(item__notice__ref=ref, item__number=number).first()
    if found is None:
        raise NoSuchNotice(_("This address leads to no notice. Copy the whole of it out of our letter."))
    return found


def _dispute(ref: str, secret: str, dispute: str) -> "Dispute":
    actor = guests.actor_of(guests.followed(ref, secret))
    found = access.dispute_for(actor, dispute)
    if found.appeal.item is None or found.appeal.item.notice.ref != ref:
        raise access.NoSuchDispute(f"There is no dispute {dispute} that you can see.")
    return found


def _back(ref: str, secret: str) -> tuple[str, str]:
    return reverse("guest_follow", args=[ref, secret]), ref
