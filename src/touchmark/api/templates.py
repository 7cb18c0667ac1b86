"""``/notice-templates``: words of notices that are used again."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from ninja import Path, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.forms import INK, Body
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.problems import refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.notices import access, templates

router = Router(tags=["notice templates"])

Number = Annotated[str, Path(max_length=40, description="The number of the template.")]


class TemplateIn(Body):
    """The draft whose words are kept, by its reference, and under which name."""

    draft: Annotated[str, Field(min_length=1, max_length=40)]
    name: Annotated[str, Field(min_length=1, max_length=100, pattern=INK)]


class TemplateOut(Schema):
    """Words for notices under rights of one ``kind``. A template never declares and never signs."""

    number: str
    name: str
    kind: str
    reason: str
    statement: str
    particulars: dict[str, str | bool]
    shared: list[str]
    made_at: datetime


class TemplatesOut(Schema):
    """A page of templates, newest first."""

    items: list[TemplateOut]
    next: str | None


class TemplateGoneOut(Schema):
    """The number of a template that is no more."""

    number: str


@router.get(
    "/notice-templates",
    response={200: TemplatesOut, **refusing(404)},
    auth=may(Scope.NOTICES_READ),
    operation_id="list_templates",
    summary="Read your templates",
)
def list_templates(request: Asking, cursor: Cursor = None, limit: Limit = 50) -> TemplatesOut:
    """Give the words that your organisation keeps for its notices."""
    rows = access.templates_for(request.actor)
    items, following = page(request, "list_templates", rows, cursor, limit, _template)
    return TemplatesOut(items=items, next=following)


@router.get(
    "/notice-templates/{number}",
    response={200: TemplateOut, **refusing(404)},
    auth=may(Scope.NOTICES_READ),
    operation_id="get_template",
    summary="Read one template",
)
def get_template(request: Asking, number: Number) -> TemplateOut:
    """Give one template."""
    found = access.template_for(request.actor, number_of(number))
    looked(request, "get_template", 1)
    return _template(found)


@router.post(
    "/notice-templates",
    response={201: TemplateOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="keep_template",
    summary="Keep the words of a draft",
)
@once
def keep_template(request: Asking, template: TemplateIn, idempotency_key: Key = None) -> tuple[int, TemplateOut]:
    """Keep the words of a draft under a name; a template of the same name is replaced."""
    kept = templates.keep(ref=template.draft, name=template.name, actor=request.actor, at=clock.now())
    return HTTPStatus.CREATED, _template(kept)


@router.post(
    "/notice-templates/{number}/deletion",
    response={200: TemplateGoneOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="delete_template",
    summary="Delete a template",
)
@once
def delete_template(request: Asking, number: Number, idempotency_key: Key = None) -> tuple[int, TemplateGoneOut]:
    """Delete a template; drafts that began with it keep their words."""
    templates.delete(key=number_of(number), actor=request.actor)
    return HTTPStatus.OK, TemplateGoneOut(number=number)


def number_of(word: str) -> int:
    """Give the key that a word is; 0, which nothing has, for one that is none."""
    return int(word) if word.isascii() and word.isdigit() and len(word) < 19 else 0


def _template(row: Any) -> TemplateOut:
    same = ("name", "kind", "reason", "statement", "particulars", "shared", "made_at")
    return TemplateOut(number=str(row.pk), **{name: getattr(row, name) for name in same})
