"""Pages on which somebody looks at what is another's: each look goes on record, by reference, once it was shown."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.audit import looks
from touchmark.web import clock

#: What is looked at, by the word on record.
WHAT: dict[str, Promise] = {
    "listing": _("listing"),
    "seller": _("seller"),
    "decision": _("decision"),
    "appeal": _("appeal"),
    "counter-notice": _("answer to a notice"),
    "right": _("right"),
    "notice": _("notice"),
    "safety": _("safety duty"),
    "suspicion": _("suspicion of a crime"),
    "order": _("order of an authority"),
    "people": _("people of an organisation"),
}


def looks_at(what: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Put a look at this on record. Stands below the guard, so that only who was let in looks."""

    def noted(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def inner(request: Any, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if request.method == "GET" and response.status_code == HTTPStatus.OK:
                about = "/".join(str(value) for value in (*args, *kwargs.values()) if value is not None)
                looks.note(what=what, about=about, actor=request.actor, at=clock.now())
            return response

        return inner

    return noted
