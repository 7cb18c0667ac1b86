"""A guest says whether goods are genuine, at the notice's own address: who examined them, and what shows it."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render

from touchmark.apps.examinations import access
from touchmark.apps.notices import guests
from touchmark.web.guard import ActingRequest, public
from touchmark.web.guest.follow import private
from touchmark.web.holder.examinations import answered, due_by, form_of

if TYPE_CHECKING:
    from touchmark.apps.examinations.models import Examination
    from touchmark.engine.terms import Actor


@public
def examination(request: ActingRequest, ref: str, secret: str, examination: str) -> HttpResponse:
    """Ask what the goods are; a POST answers, late or as a correction too."""
    notice = guests.followed(ref, secret)
    actor = guests.actor_of(notice)
    asked = _asked(actor, ref, examination)
    form = form_of(request, asked)
    if request.method == "POST" and form.is_valid() and answered(request, asked, form, actor):
        return private(redirect("guest_follow", ref, secret))
    page = {"notice": notice, "secret": secret, "asked": asked, "form": form, "due": due_by(asked)}
    return private(render(request, "touchmark/guest/examination.html", page, status=422 if form.errors else 200))


def _asked(actor: "Actor", ref: str, examination: str) -> "Examination":
    found = access.examination_for(actor, examination)
    if found.item.notice.ref != ref:  # another notice of the same guest has an address of its own
        raise access.NoSuchExamination(f"There is no request {examination} that you can see.")
    return found
