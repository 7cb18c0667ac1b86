"""``/rules``: written rules, their versions, what a replay says of them, and the steps that bring one into force."""

from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from ninja import Path, Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, may
from touchmark.api.forms import Body, Said
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.problems import refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.rules import access, actions, queries
from touchmark.apps.rules.access import NoSuchRule
from touchmark.engine.lifecycle.rule import RuleStatus
from touchmark.engine.screening.verdict import Rules
from touchmark.flows import replay_rule

if TYPE_CHECKING:
    from touchmark.apps.rules.models import RuleVersion

router = Router(tags=["rules"])

Ref = Annotated[str, Path(max_length=80, description="A version: the name of the rule, a point, the number: bags.3")]


class Step(StrEnum):
    """What can be done with a version; who may, and when, is as on the pages."""

    SHADOW = "shadow"
    SWITCH_ON = "switch_on"
    PROPOSE = "propose"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    STOP = "stop"
    RETIRE = "retire"


#: Steps that say why, and steps that a number can be typed with.
_SAY_WHY = (Step.SEND_BACK, Step.STOP)
_CONFIRM = (Step.SWITCH_ON, Step.PROPOSE, Step.APPROVE)


class RulesIn(Body):
    """A file of rules as text, and why it is written, for those rules that do not say so themselves."""

    text: Annotated[str, Field(min_length=1, max_length=500_000)]
    reason: Said


class WrittenOut(Schema):
    """How many of the rules say something new; each of those is a draft now."""

    written: int


class StepIn(Body):
    """A step. ``why`` goes with stopping and sending back; ``expects`` confirms for how many a wide rule holds."""

    step: Step
    why: Annotated[str, Field(max_length=20_000)] = ""
    expects: Annotated[int, Field(ge=0, le=2**31)] | None = None


class ReplayOut(Schema):
    """What a version would have said of the listings that are here; ``counts`` beside what people decided on them."""

    asked_at: datetime
    finished_at: datetime | None
    listings: int
    held: int
    would_act: int
    counts: dict[str, Any]


class RuleOut(Schema):
    """One version of a rule. ``text`` is it as it stands in a file."""

    ref: str
    name: str
    number: int
    status: str
    effect: str
    description: str
    reason: str
    text: str
    author: str
    written_at: datetime
    shadow_since: datetime | None
    proposed_by: str | None
    live_by: str | None
    live_since: datetime | None
    stopped_at: datetime | None
    stopped_because: str
    ended_at: datetime | None
    replay: ReplayOut | None


class RulesOut(Schema):
    """A page of versions, newest first."""

    items: list[RuleOut]
    next: str | None


@router.get(
    "/rules",
    response={200: RulesOut, **refusing(404)},
    auth=may(Scope.RULES_READ),
    operation_id="list_rules",
    summary="Read the written rules",
)
def list_rules(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[RuleStatus | None, Query(description="Only those that stand so.")] = None,
    name: Annotated[str | None, Query(max_length=60, description="Only versions of this rule.")] = None,
) -> RulesOut:
    """Give the versions of rules that you may see."""
    given = {key: value for key, value in {"status": status, "name": name}.items() if value is not None}
    rows = access.versions_for(request.actor).filter(**given)
    items, following = page(request, "list_rules", rows, cursor, limit, _told)
    return RulesOut(items=items, next=following)


@router.post(
    "/rules",
    response={201: WrittenOut, **refusing(409)},
    auth=may(Scope.RULES_WRITE),
    operation_id="write_rules",
    summary="Write rules",
)
@once
def write_rules(request: Asking, rules: RulesIn, idempotency_key: Key = None) -> tuple[int, WrittenOut]:
    """Write the rules of a file, all or none, each as a draft; a rule that says what its last version says is left."""
    read = Rules.of(rules.text, "text").rules
    count = actions.take_in(rules=read, reason=rules.reason, actor=request.actor, at=clock.now())
    return HTTPStatus.CREATED, WrittenOut(written=count)


@router.get(
    "/rules/{ref}",
    response={200: RuleOut, **refusing(404)},
    auth=may(Scope.RULES_READ),
    operation_id="get_rule",
    summary="Read one version of a rule",
)
def get_rule(request: Asking, ref: Ref) -> RuleOut:
    """Give one version, with its last replay."""
    return _told(_version(request, ref))


@router.post(
    "/rules/{ref}/replay",
    response={202: ReplayOut, **refusing(404, 409)},
    auth=may(Scope.RULES_WRITE),
    operation_id="replay_rule",
    summary="Replay a version over past listings",
)
@once
def replay(request: Asking, ref: Ref, idempotency_key: Key = None) -> tuple[int, ReplayOut]:
    """Have a version replayed; a large catalogue is gone on with in the background, and `finished_at` says when."""
    version = _version(request, ref)
    asked = replay_rule.ask(name=version.name, number=version.number, actor=request.actor, at=clock.now())
    return HTTPStatus.ACCEPTED, ReplayOut.from_orm(asked)


@router.post(
    "/rules/{ref}/steps",
    response={200: RuleOut, **refusing(404, 409)},
    auth=may(Scope.RULES_WRITE),
    operation_id="step_rule",
    summary="Try a version, bring it into force, stop it",
)
@once
def step(request: Asking, ref: Ref, asked: StepIn, idempotency_key: Key = None) -> tuple[int, RuleOut]:
    """Take a step. A rule that acts is proposed by one person and approved by another, whose token it then is."""
    version = _version(request, ref)
    said: dict[str, Any] = {"why": asked.why} if asked.step in _SAY_WHY else {}
    said |= {"expects": asked.expects} if asked.step in _CONFIRM else {}
    take = getattr(actions, asked.step)
    return HTTPStatus.OK, _told(
        take(name=version.name, number=version.number, actor=request.actor, at=clock.now(), **said)
    )


def _version(request: Asking, ref: str) -> "RuleVersion":
    name, _, number = ref.rpartition(".")
    try:
        return access.version_for(request.actor, name, int(number) if number.isascii() and number.isdigit() else 0)
    except NoSuchRule:
        raise NoSuchRule(f"There is no version {ref} of a rule that you can see.") from None


def _told(version: "RuleVersion") -> RuleOut:
    said: dict[str, Any] = {name: getattr(version, name) for name in _AS_THEY_ARE}
    said |= {"ref": f"{version.name}.{version.number}", "author": version.author.name}
    for name in ("proposed_by", "live_by"):
        person = getattr(version, name)
        said[name] = person.name if person else None
    replay = queries.replay_of(version)
    return RuleOut(**said, replay=ReplayOut.from_orm(replay) if replay else None)


_AS_THEY_ARE: tuple[str, ...] = (
    *("name", "number", "status", "effect", "description", "reason", "text", "written_at"),
    *("shadow_since", "live_since", "stopped_at", "stopped_because", "ended_at"),
)
