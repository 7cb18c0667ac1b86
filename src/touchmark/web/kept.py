"""
What a long form is owed: to be sent once, and not to lose what somebody wrote in it.

A form that can be sent twice carries the name it is sent under (``request_key``). One that arrives without a session,
because it ran out meanwhile, is put aside in a new one; the page that asks again, after signing in, finds it there. It
is kept under the page's own address, choices and all: whoever cannot open that page does not get to see it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponseBase

P = ParamSpec("P")
Page = Callable[Concatenate[Any, P], HttpResponseBase]

#: The session's key for what was put aside, and how much of each answer is: whoever posts here is not known.
PUT_ASIDE = "put_aside"
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Kept:
    """Answers that were put aside; ``signed_out``: because the session had run out."""

    answers: Mapping[str, str] = field(default_factory=dict)
    signed_out: bool = False


def keeps_answers(*names: str) -> Callable[[Page[P]], Page[P]]:
    """Put these fields of a form aside if nobody is signed in any more. Stands above the guard."""

    def keeper(page: Page[P]) -> Page[P]:
        @wraps(page)  # takes the guard's mark along
        def inner(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method == "POST" and not request.user.is_authenticated:
                _put_aside(request, names, page=request.get_full_path(), user=None)
            return page(request, *args, **kwargs)

        return inner

    return keeper


def carry(request: HttpRequest, *names: str) -> None:
    """Put these fields aside while the person goes back to an earlier question; this page asks again."""
    _put_aside(request, names, page=request.path, user=request.user.pk)


def _put_aside(request: HttpRequest, names: tuple[str, ...], *, page: str, user: int | None) -> None:
    answers = {name: request.POST[name][:LONGEST] for name in names if name in request.POST}
    request.session[PUT_ASIDE] = {"page": page, "user": user, "answers": answers}


def answers_kept(request: HttpRequest) -> Kept:
    """Give what was put aside for this page, once; nothing, where nothing was."""
    found = request.session.get(PUT_ASIDE)
    if not found or found["user"] not in (None, request.user.pk):
        return Kept()
    signed_out = found["user"] is None
    if found["page"] != (request.get_full_path() if signed_out else request.path):
        return Kept()
    del request.session[PUT_ASIDE]
    return Kept(found["answers"], signed_out)


def key_of(answers: Mapping[str, Any]) -> UUID:
    """Give the name that a form was sent under; a new one, where there is none to read."""
    try:
        return UUID(str(answers.get("request_key", "")))
    except ValueError:
        return uuid4()
