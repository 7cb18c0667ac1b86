"""Entering a right, and correcting one: the same form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.registry import access, actions
from touchmark.apps.registry.content import RightContent, content_of
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.picture_form import taken_picture
from touchmark.web.holder.rights_forms import RightForm, answers_of
from touchmark.web.holder.work_form import WorkForm, work_answers_of
from touchmark.web.kept import answers_kept, keeps_answers
from touchmark.web.media.upload import was_refused

if TYPE_CHECKING:
    from touchmark.apps.registry.models import Right

FORMS: tuple[type[RightForm | WorkForm], ...] = (RightForm, WorkForm)
WRITTEN = tuple({name for form in FORMS for name in form.base_fields if not name.startswith("picture")})


@keeps_answers(*WRITTEN)
@roles(Role.HOLDER, Role.AGENT)
def new(request: PersonRequest) -> HttpResponse:
    """Ask for a right; a POST enters it."""
    if request.method != "POST":
        return _ask(request, {"owner": _own_name(request)})
    form = _sent(request)
    picture = taken_picture(form)
    if not form.is_valid():
        return _show(request, form)
    entered = actions.submit(content=form.content(picture), actor=request.actor, at=clock.now())
    messages.success(request, _("The right is entered. A reviewer checks it; we write to you as soon as that is done."))
    return redirect("holder_right", entered.ref)


@keeps_answers(*WRITTEN)
@roles(Role.HOLDER, Role.AGENT)
def new_work(request: PersonRequest) -> HttpResponse:
    """Ask for a work that no office registered; a POST claims it. Listings can be reported under it at once."""
    if request.method != "POST":
        return _ask(request, {"owner": _own_name(request)}, work=True)
    form = _sent(request, work=True)
    picture = taken_picture(form)
    if not form.is_valid():
        return _show(request, form)
    entered = actions.submit(content=form.content(picture), actor=request.actor, at=clock.now())
    messages.success(request, _("The work is entered. You can report listings under it now; a reviewer judges both."))
    return redirect("holder_right", entered.ref)


@keeps_answers(*WRITTEN)
@roles(Role.HOLDER, Role.AGENT)
def change(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask what is to be corrected; a POST does it."""
    found = access.right_for(request.actor, ref)
    if found.status == RightStatus.WITHDRAWN:
        messages.warning(request, _("This right is withdrawn, and cannot be changed any more."))
        return redirect("holder_right", ref)
    standing = content_of(found)
    work = bool(standing.claimed)
    if request.method != "POST":
        return _ask(request, work_answers_of(standing) if work else answers_of(standing), found, work=work)
    form = _sent(request, standing, work=work)
    picture = taken_picture(form)
    if not form.is_valid():
        return _show(request, form, found)
    content = form.content(picture)
    try:
        actions.amend(ref=ref, content=content, actor=request.actor, at=clock.now())
    except IllegalMove as refusal:
        messages.warning(request, str(refusal))
        return redirect("holder_right", ref)
    if content.digest() == found.digest:
        messages.info(request, _("Nothing was different, so nothing was changed."))
    else:
        messages.success(request, _("The right is changed. A reviewer checks it again before it counts again."))
    return redirect("holder_right", ref)


def _ask(request: PersonRequest, answers: object, right: Right | None = None, *, work: bool = False) -> HttpResponse:
    kept = answers_kept(request)
    initial = {**dict(answers), **kept.answers}  # type: ignore[call-overload]
    standing = content_of(right) if right else None
    form = (WorkForm if work else RightForm)(person=request.user.pk, kept=standing, initial=initial)
    return _show(request, form, right, signed_out=kept.signed_out)


def _sent(request: PersonRequest, standing: RightContent | None = None, *, work: bool = False) -> RightForm | WorkForm:
    data, files = request.POST, request.FILES  # read before it is asked whether one was left out
    of = WorkForm if work else RightForm
    return of(data, files, person=request.user.pk, kept=standing, too_large=was_refused(request))


def _show(
    request: PersonRequest, form: RightForm | WorkForm, right: Right | None = None, *, signed_out: bool = False
) -> HttpResponse:
    page = {"form": form, "right": right, "kept": form.kept_picture.name, "signed_out": signed_out}
    template = "work_form" if isinstance(form, WorkForm) else "right_form"
    return render(request, f"touchmark/holder/{template}.html", page)


def _own_name(request: PersonRequest) -> str:
    held = accounts.organisations_of(request.user.pk)
    return next((found.name for found in held if found.organisation_id == request.actor.organisation_id), "")
