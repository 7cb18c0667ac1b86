"""Agreeing on a webhook, changing its secret, telling it, stopping it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.hooks import access, carried, secrets
from touchmark.apps.hooks.models import Receiver, Warned
from touchmark.apps.outbox import access as outbox_access
from touchmark.apps.outbox import actions as outbox
from touchmark.apps.outbox import queries as told
from touchmark.apps.outbox.models import Message
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor


class NothingAgreed(TouchmarkError):
    """There is no webhook, or no second secret, that could be changed."""


@transaction.atomic
def agree(*, url: str, actor: Actor, at: datetime) -> str:
    """
    Say where an organisation hears from now on, what waits too; give the secret if it is the first one, this once.

    The caller has looked at the address. One that was stopped starts again.

    :raises NotYours: if the actor does not speak for all of an organisation
    """
    held, secret = access.receiver_for(actor, lock=True), ""
    if held is None:
        secret = secrets.made()
        organisation = access.organisation_of(actor)
        held = Receiver(organisation_id=organisation, secret=secrets.sealed(secret), agreed_at=at)
    held.url, held.stopped_at, held.stopped_because = url, None, ""
    held.save()
    _note(held, "agree", actor, at, {"url": url})
    return secret


@transaction.atomic
def rotate(*, actor: Actor, at: datetime) -> str:
    """
    Make a new secret and give it, this once. Until ``retire``, calls are signed with the one before as well.

    :raises NothingAgreed: if no webhook is agreed
    """
    held, secret = _held(actor), secrets.made()
    held.secret = " ".join([secrets.sealed(secret), *held.secret.split()[:1]])
    held.save(update_fields=["secret"])
    _note(held, "rotate_secret", actor, at)
    return secret


@transaction.atomic
def retire(*, actor: Actor, at: datetime) -> None:
    """
    Sign with the newest secret alone from now on.

    :raises NothingAgreed: if there is no older one
    """
    held = _held(actor)
    if len(held.secret.split()) < 2:
        raise NothingAgreed("There is one secret: make a new one first.")
    held.secret = held.secret.split()[0]
    held.save(update_fields=["secret"])
    _note(held, "retire_secret", actor, at)


@transaction.atomic
def start_again(*, actor: Actor, at: datetime) -> None:
    """
    Tell a webhook again that was stopped.

    :raises NothingAgreed: if no webhook is agreed
    """
    held = _held(actor)
    if held.stopped_at is not None:
        held.stopped_at, held.stopped_because = None, ""
        held.save(update_fields=["stopped_at", "stopped_because"])
        _note(held, "start_again", actor, at)


@transaction.atomic
def give_up(*, actor: Actor, at: datetime) -> None:
    """
    Tell an organisation no more; what waits is not sent.

    :raises NothingAgreed: if no webhook is agreed
    """
    held = _held(actor)
    _note(held, "end", actor, at)
    held.delete()


@transaction.atomic
def try_out(*, actor: Actor, at: datetime) -> Message:
    """
    Have a message sent that asks for nothing but an answer.

    :raises NothingAgreed: if no webhook is agreed
    """
    held = _held(actor)
    return _put(held.organisation_id, carried.TRIAL, {"organisation": held.organisation.name}, at)


def tell(*, organisation: int, letter: str, about: str, content: Mapping[str, Any], at: datetime) -> None:
    """Tell an organisation's program of a letter, within the caller's transaction, if one is to be told of such."""
    found = carried.event_of(letter, about, content)
    if found is not None and Receiver.objects.filter(organisation=organisation).exists():
        _put(organisation, *found, at)


def warn(*, organisation: int, deadline: int, due_at: datetime, data: Mapping[str, Any], at: datetime) -> bool:
    """Tell once that a clock which waits for an organisation ends soon; whether that was news."""
    _, new = Warned.objects.get_or_create(deadline=deadline, due_at=due_at)
    if new:
        _put(organisation, carried.ENDS_SOON, data, at)
    return new


@transaction.atomic
def stop(*, organisation: int, message: Message, why: str, at: datetime) -> bool:
    """
    Tell an organisation no more of which nobody took a message in all its tries, nor any other since; whether it is so.
    """
    held = Receiver.objects.select_for_update().filter(organisation=organisation, stopped_at=None).first()
    if held is None or message.created_at < held.agreed_at or told.carried_since(message):
        return False
    held.stopped_at, held.stopped_because = at, why
    held.save(update_fields=["stopped_at", "stopped_because"])
    _note(held, "stop", Actor.system(), at, {"why": why})
    return True


def _put(organisation: int, event: str, data: Mapping[str, Any], at: datetime) -> Message:
    payload = {"type": event, "timestamp": at.isoformat(), "data": dict(data)}
    return outbox.put(kind=outbox_access.TO_ORGANISATIONS, to=str(organisation), payload=payload, at=at)


def _held(actor: Actor) -> Receiver:
    held = access.receiver_for(actor, lock=True)
    if held is None:
        raise NothingAgreed("No webhook is agreed yet: say first where your organisation hears.")
    return held


def _note(held: Receiver, event: str, actor: Actor, at: datetime, said: Mapping[str, Any] | None = None) -> None:
    audit.append(stream=f"receiver:{held.organisation_id}", kind=event, actor=actor, at=at, payload=dict(said or {}))
