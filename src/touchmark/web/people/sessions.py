"""Where one is signed in: the list, ending one, ending all others."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchmark.flows.leave import end_sessions
from touchmark.web.guard import PersonRequest, nothing_beyond, signed_in


@signed_in
@nothing_beyond
def sessions(request: PersonRequest) -> HttpResponse:
    """Show where one is signed in, the newest first."""
    found = sorted(UserSession.objects.purge_and_list(request.user), key=lambda one: one.created_at, reverse=True)
    here = request.session.session_key
    shown = {"sessions": [(one, one.session_key == here) for one in found], "others": len(found) > 1}
    return render(request, "touchmark/people/sessions.html", shown)


@signed_in
@nothing_beyond
@require_POST
def end(request: PersonRequest, session_id: int) -> HttpResponse:
    """End one of one's own sessions; one that is somebody else's is not there."""
    found = UserSession.objects.filter(user=request.user, pk=session_id).first()
    if found is not None:
        found.end()
        messages.success(request, _("That session has ended."))
    return redirect("sessions")


@signed_in
@nothing_beyond
@require_POST
def end_others(request: PersonRequest) -> HttpResponse:
    """End all sessions but this one."""
    end_sessions(request.user.pk, but=request.session.session_key or "")
    messages.success(request, _("All your other sessions have ended."))
    return redirect("sessions")
