"""A guest appeals the refusal of one listing of its notice: once, in time, decided by somebody else."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.appeals import refusals
from touchmark.apps.appeals.actions import AlreadyAppealed, AppealForm, NothingToAppeal, TooLate
from touchmark.apps.notices import access, guests, law
from touchmark.apps.notices.access import NoSuchNotice
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, public
from touchmark.web.guest.follow import private
from touchmark.web.holder.appeals import grounds_of
from touchmark.web.kept import key_of
from touchmark.web.media.shown import signed

CANNOT = (TooLate, AlreadyAppealed, NothingToAppeal)


@public
def appeal(request: ActingRequest, ref: str, secret: str, number: int) -> HttpResponse:
    """
    Ask what is wrong with a refusal; a POST sends the appeal.

    :raises NoSuchNotice: if the address names none, or the notice has no such listing
    """
    notice = guests.followed(ref, secret)
    actor = guests.actor_of(notice)
    item = access.items_for(actor).filter(notice=notice, number=number).first()
    if item is None:
        raise NoSuchNotice(_("This address leads to no notice. Copy the whole of it out of our letter."))
    form, sent = grounds_of(request, {})
    try:
        if form.is_valid():
            said = AppealForm(grounds=form.cleaned_data["grounds"], request_key=key_of(request.POST), files=sent)
            refusals.file(item_ref=item.ref, form=said, actor=actor, at=clock.now())
            messages.success(
                request, _("We have your appeal. Somebody who did not take the decision looks at it again.")
            )
            return private(redirect("guest_follow", ref, secret))
        refusals.require_contestable(item, at=clock.now())
    except CANNOT as refusal:
        messages.warning(request, str(refusal))
        return private(redirect("guest_follow", ref, secret))
    page = {
        "notice": notice,
        "item": item,
        "secret": secret,
        "form": form,
        "until": law.appealable_until(item),
        "key": key_of(request.POST),
        "files": sent,
        "kept_files": signed(sent, request),
    }
    return private(render(request, "touchmark/guest/appeal.html", page, status=422 if form.errors else 200))
