"""``Idempotency-Key``: a POST that is sent again under its key is not done again, and is answered as it was."""

import hashlib
import json
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Annotated, Any, cast
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.http import HttpResponse
from ninja import Header, Schema

from touchmark.api import clock, problems
from touchmark.api.clients import Asking
from touchmark.api.files import documents_in
from touchmark.api.problems import Refused
from touchmark.apps.blobs.documents import drawn_ahead
from touchmark.apps.clients import answers
from touchmark.apps.clients.answers import Answer, Claim
from touchmark.engine.errors import TouchmarkError

#: A parameter of every operation that is a POST.
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[!-~]+$",
        description="A name of your own for this request. Sent again under it, it is not done again.",
    ),
]
View = Callable[..., tuple[int, Schema]]
_FORMS = UUID("5f0c6a52-6c1f-4e0e-8d35-58a3c9f6a1de")


def once(view: View) -> Callable[..., HttpResponse]:
    """
    Do what an operation does once under a key, and keep its answer with what it did: both, or neither.

    The operation gives a status and a schema. Its refusals are answers too and are kept; a fault of ours is not.
    """
    return _once(view, whole=True)


def once_in_steps(view: View) -> Callable[..., HttpResponse]:
    """As ``once``, for an operation that does its work in steps of which each may be done again."""
    return _once(view, whole=False)


def form_key(request: Asking, key: str | None) -> UUID:
    """Give the key of the form that a request is, for actions that know forms by theirs."""
    return uuid5(_FORMS, f"{request.auth.pk}:{key}") if key else uuid4()


def _once(view: View, *, whole: bool) -> Callable[..., HttpResponse]:
    @wraps(view)
    def inner(request: Asking, *args: Any, **kwargs: Any) -> HttpResponse:
        key: str | None = kwargs.get("idempotency_key")
        if key is None:
            with drawn_ahead(documents_in(kwargs.values())):
                return _written(_answer_of(view, request, args, kwargs, whole=whole))
        begun = answers.claim(client=request.auth, key=key, digest=_digest_of(request), at=clock.now())
        if isinstance(begun, Answer):
            return _written(begun, again=True)
        return _written(_first(view, request, args, kwargs, begun, whole=whole))

    return inner


def _first(view: View, request: Asking, args: Any, kwargs: Any, claimed: Claim, *, whole: bool) -> Answer:
    done = False
    try:
        with drawn_ahead(documents_in(kwargs.values())), transaction.atomic() if whole else nullcontext():
            answer = _answer_of(view, request, args, kwargs, whole=whole)
            answers.keep(claimed, answer)
        done = True
        return answer
    finally:
        if not done:
            answers.release(claimed)


def _answer_of(view: View, request: Asking, args: Any, kwargs: Any, *, whole: bool) -> Answer:
    """Call the operation; where it refuses, what it began is undone and the refusal is the answer."""
    try:
        with transaction.atomic() if whole else nullcontext():
            status, said = view(request, *args, **kwargs)
    except (TouchmarkError, Refused) as refusal:
        told = problems.told_of(refusal)
        return Answer(told.status_code, problems.TYPE, told.content)
    body = json.dumps(said.model_dump(mode="json", by_alias=True), ensure_ascii=False).encode()
    return Answer(status, "application/json", body)


def _written(answer: Answer, *, again: bool = False) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.code, content_type=answer.kind)
    if again:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def _digest_of(request: Asking) -> str:
    """Give the digest of a request: of its method, its address and its body, or the digest that came of a long one."""
    sent = getattr(request, "sent", None)
    body = cast("bytes", sent.digest.encode() if sent is not None else request.body)
    head = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(head + body).hexdigest()
