"""The information that an order asks for: shown only when somebody asks to see it, and taken out as a file."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from touchmark.apps.orders.kinds import Asked
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Role
from touchmark.flows import give_information
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles


@roles(Role.REVIEWER)
def data(request: PersonRequest, ref: str) -> HttpResponse:
    """Show what is held of what is asked for, by a POST alone: a look is an act, and on record."""
    if request.method != "POST":
        return redirect("order", ref)
    try:
        if request.POST.get("do") == "disclose":
            return _file(request, ref)
        order, held = give_information.look(ref=ref, actor=request.actor, at=clock.now())
    except TouchmarkError as refusal:
        messages.error(request, str(refusal))
        return redirect("order", ref)
    labels = dict(Asked.choices)
    rows = [(one, [(labels[name], value) for name, value in one.fields.items()]) for one in held]
    return render(request, "touchmark/orders/data.html", {"order": order, "rows": rows}, status=HTTPStatus.OK)


def _file(request: PersonRequest, ref: str) -> HttpResponse:
    _order, written = give_information.disclose(ref=ref, actor=request.actor, at=clock.now())
    answer = HttpResponse(written, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{ref}.json"'
    return answer
