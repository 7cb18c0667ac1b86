"""The drafts and the templates of a holder."""

from django.http import HttpResponse
from django.shortcuts import render

from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.notices import access
from touchmark.apps.notices.record import stream_of_notice
from touchmark.engine.terms import Role
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.ui.due import due_of
from touchmark.web.ui.words import RIGHT_KINDS, words_of_reason


@roles(Role.HOLDER, Role.AGENT)
def drafts(request: PersonRequest) -> HttpResponse:
    """Show the drafts, the latest change first, with when each is deleted; and the templates."""
    found = list(access.drafts_for(request.actor))
    running = deadlines.running_of_each(stream_of_notice(draft) for draft in found)
    page = {
        "drafts": [
            (
                draft,
                len(draft.draft.listed),
                words_of_reason(draft.reason) if draft.reason else "",
                due_of(running[stream_of_notice(draft)]),
            )
            for draft in found
        ],
        "templates": [(one, RIGHT_KINDS[one.kind]) for one in access.templates_for(request.actor)],
    }
    return render(request, "touchmark/holder/drafts.html", page)
