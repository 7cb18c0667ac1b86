"""What holders and reviewers do with rights. Taking in whole files is ``taking_in``."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts.models import Membership, Organisation
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.registry import access
from touchmark.apps.registry.content import RightContent
from touchmark.apps.registry.holders import brands_named
from touchmark.apps.registry.models import Right
from touchmark.apps.registry.record import record, take_register
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.right import RIGHT, RightStatus
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor

#: So much of a right's text stands in a letter's subject.
LONGEST_NAMED = 120


class ChangedMeanwhile(TouchmarkError):
    """The right says something else now than what was looked at."""


class ReasonMissing(TouchmarkError):
    """A refusal without a reason helps nobody."""


@transaction.atomic
def submit(*, content: RightContent, actor: Actor, at: datetime) -> Right:
    """
    Enter a right of the actor's organisation, to be verified by a reviewer. Entered again as it stands, it is that one.

    :raises NotYours: if the actor acts for no holder
    :raises NothingClaimed: if the right has neither a text nor a picture
    """
    move = RIGHT.step(RightStatus.NEW, "submit", roles=actor.roles)
    if actor.organisation_id is None:
        raise NotYours("A right belongs to a holder: act for one to register it.")
    content.require_claim()
    take_register()
    same = Right.objects.filter(holder_id=actor.organisation_id, digest=content.digest())
    if stands := same.exclude(status=RightStatus.WITHDRAWN).first():
        return stands
    ref = new_ref("R", at)
    right = Right(ref=ref, right_id=ref, holder_id=actor.organisation_id)
    say([(right, content)], at=at)
    record([right], move.event, actor=actor, at=at)
    _require_reached(right, actor)
    return right


def _require_reached(right: Right, actor: Actor) -> None:
    """Refuse what lies beyond a limited role; the caller's transaction undoes it."""
    if not access.rights_for(actor).filter(pk=right.pk).exists():
        raise NotYours(_("Your role is limited to other brands or territories than this right names."))


@transaction.atomic
def amend(*, ref: str, content: RightContent, actor: Actor, at: datetime) -> Right:
    """
    Change what a right says; it is verified anew before it counts again. What changes nothing does nothing.

    :raises NoSuchRight: if the actor can see no such right
    :raises NothingClaimed: if the right would have neither a text nor a picture
    :raises IllegalMove: if it was withdrawn
    """
    content.require_claim()
    take_register()
    right = access.right_for(actor, ref, lock=True)
    move = RIGHT.step(RightStatus(right.status), "amend", roles=actor.roles)
    if content.digest() == right.digest:
        return right
    say([(right, content)], at=at)
    record([right], move.event, actor=actor, at=at)
    _require_reached(right, actor)
    return right


def say(said: Sequence[tuple[Right, RightContent]], *, at: datetime) -> None:
    """Set on each right what it says from now on. Nothing is written but the brands; the caller records the event."""
    brands = brands_named((right.holder_id, content.brand) for right, content in said)
    for right, content in said:
        for column, value in content.columns().items():
            setattr(right, column, value)
        right.brand = brands.get((right.holder_id, content.brand))
        right.digest = content.digest()
        right.submitted_at = at
        right.status_reason = ""
        right.verified_at = right.verified_by = None


@transaction.atomic
def verify(*, ref: str, seen: str, actor: Actor, at: datetime) -> Right:
    """
    Say that a right is what its holder claims; from now on it is screened for. The holder is told.

    :param seen: the ``digest`` of the right as the reviewer saw it
    :raises NoSuchRight: if the actor can see no such right
    :raises AlreadyThere: if it is verified already
    :raises IllegalMove: if it was declined or withdrawn
    :raises ChangedMeanwhile: if its holder changed it after it was looked at
    """
    right, event = _step(ref, "verify", seen, actor)
    right.verified_at, right.verified_by_id = at, actor.user_id
    record([right], event, actor=actor, at=at)
    _tell(right, "right_verified", {}, at=at)
    return right


@transaction.atomic
def decline(*, ref: str, seen: str, reason: str, actor: Actor, at: datetime) -> Right:
    """
    Say that a right could not be verified, and why. The holder is told, and may correct it.

    :raises ReasonMissing: if no reason is given
    :raises TouchmarkError: else as ``verify``
    """
    if not reason.strip():
        raise ReasonMissing("Write why, so that the holder can put it right.")
    right, event = _step(ref, "decline", seen, actor)
    right.status_reason = reason.strip()
    record([right], event, actor=actor, at=at, payload={"reason": right.status_reason})
    _tell(right, "right_declined", {"reason": right.status_reason}, at=at)
    return right


def _step(ref: str, event: str, seen: str, actor: Actor) -> tuple[Right, str]:
    take_register()
    right = access.right_for(actor, ref, lock=True)
    move = RIGHT.step(RightStatus(right.status), event, roles=actor.roles)
    if right.digest != seen:
        raise ChangedMeanwhile("The holder has changed this right since you opened it. Look at it again.")
    return right, move.event


@transaction.atomic
def withdraw(*, ref: str, actor: Actor, at: datetime) -> Right:
    """
    Take a right out of the register for good. It is no longer screened for, and nothing new is reported under it.

    :raises NoSuchRight: if the actor can see no such right
    :raises AlreadyThere: if it is withdrawn already
    :raises NotYours: if the actor does not act for its holder
    """
    take_register()
    right = access.right_for(actor, ref, lock=True)
    move = RIGHT.step(RightStatus(right.status), "withdraw", roles=actor.roles)
    record([right], move.event, actor=actor, at=at)
    return right


@transaction.atomic
def vouch(*, right_ids: Collection[str], actor: Actor, at: datetime) -> int:
    """
    Verify those of these rights that wait, in the name of a reviewer who knows where the file comes from.

    Holders with people here get one letter each for all of theirs.

    :return: how many were verified
    :raises NotYours: if the actor is no reviewer
    """
    event = RIGHT.step(RightStatus.SUBMITTED, "verify", roles=actor.roles).event
    take_register()
    waiting = access.waiting_for(actor).filter(right_id__in=right_ids)
    rights = list(waiting.order_by("id"))
    for right in rights:
        right.verified_at, right.verified_by_id = at, actor.user_id
    record(rights, event, actor=actor, at=at)
    _tell_once(rights, at=at)
    return len(rights)


def _tell_once(rights: Sequence[Right], *, at: datetime) -> None:
    theirs: dict[Organisation, list[Right]] = {}
    for right in rights:
        theirs.setdefault(right.holder, []).append(right)
    held = Membership.objects.filter(organisation__in=theirs, ended_at=None)
    with_people = set(held.values_list("organisation_id", flat=True))
    for holder, found in theirs.items():
        if holder.pk in with_people:
            concerns = {_concerns(right) for right in found}
            about = concerns.pop() if len(concerns) == 1 else None
            content = {"right": _named(found), "ref": found[0].ref}
            _deliver(found[0], "right_verified", content, about, at=at)


def _named(rights: Sequence[Right]) -> str:
    """Give the first by name and the others by number: ``ALDERMOOR + 3``."""
    return f"{str(rights[0])[:LONGEST_NAMED]}{f' + {len(rights) - 1}' if len(rights) > 1 else ''}"


def _tell(right: Right, kind: str, more: dict[str, object], *, at: datetime) -> None:
    content = {"right": _named([right]), "ref": right.ref, **more}
    _deliver(right, kind, content, _concerns(right), at=at)


def _deliver(
    right: Right, kind: str, content: Mapping[str, object], concerns: inbox.Concerns | None, *, at: datetime
) -> None:
    inbox.deliver(organisation=right.holder, kind=kind, about=right.ref, content=content, at=at, concerns=concerns)


def _concerns(right: Right) -> inbox.Concerns:
    return inbox.Concerns(brand=right.brand_id, territories=tuple(right.territories))
