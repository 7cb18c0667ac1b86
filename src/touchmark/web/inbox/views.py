"""The list of letters, and one letter. Opening it marks it as read."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.inbox import access, actions, queries, wording
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, signed_in
from touchmark.web.inbox.onward import onward

ON_A_PAGE = 25


@signed_in
def letters(request: PersonRequest) -> HttpResponse:
    """Show the letters of the organisation, newest first."""
    page = Paginator(access.letters_for(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    found = {
        "page": page,
        "letters": [(letter, wording.subject_of(letter)) for letter in page],
        "unread": queries.unread(request.actor),
    }
    return render(request, "touchmark/inbox/letters.html", found)


@signed_in
def letter(request: PersonRequest, letter_id: int) -> HttpResponse:
    """Show one letter as a letter, with what can be done about it as buttons."""
    at = clock.now()
    opened = actions.read(letter_id=letter_id, actor=request.actor, at=at)
    found = {
        "letter": opened,
        "c": opened.content,
        "sender": accounts.platform(),
        "onward": onward(opened, request.actor, at),
    }
    return render(request, f"touchmark/inbox/letters/{opened.kind}.html", found)
