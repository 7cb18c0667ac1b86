"""Who looked at what of others: for whoever answers for the installation."""

from django.http import HttpResponse
from django.shortcuts import render

from touchmark.apps.accounts import queries
from touchmark.apps.audit import looks as record
from touchmark.engine.terms import Role
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.looked import WHAT

ON_A_PAGE = 100


@roles(Role.OPERATOR)
def looks(request: PersonRequest) -> HttpResponse:
    """Show the last privileged looks, one person's or everybody's."""
    asked, before = request.GET.get("person", ""), request.GET.get("before", "")
    person = int(asked) if asked.isdecimal() and len(asked) < 18 else None
    after = int(before) if before.isdecimal() and len(before) < 18 else None
    found = record.looks_for(request.actor, person=person, before=after, size=ON_A_PAGE + 1)
    rows, names = found[:ON_A_PAGE], queries.names_of({look.user_id for look in found})
    shown = {
        "looks": [(look, names.get(look.user_id, ""), WHAT.get(look.what, look.what)) for look in rows],
        "next": rows[-1].key if len(found) > ON_A_PAGE else 0,
        "person": person,
        "name": names.get(person, ""),
    }
    return render(request, "touchmark/people/looks.html", shown)
