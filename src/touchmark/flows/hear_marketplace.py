"""A marketplace says that it has done what it was told: in its answer to a webhook, or of its own accord."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchmark.apps.buyers import actions as buyers
from touchmark.apps.decisions import access, answers, queries
from touchmark.apps.decisions.told import ASKS_NOTHING
from touchmark.apps.outbox import actions as outbox
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.outbox.models import Message

#: A message that asks for nothing but an answer.
TRIAL = "webhook.test"


class NothingOrdered(TouchmarkError):
    """The decision restricts nothing: there is nothing to confirm."""


@transaction.atomic
def try_out(*, marketplace: str, at: datetime) -> Message:
    """Have a message sent to a marketplace that asks for nothing but an answer. The caller may ask for it."""
    return outbox.tell_marketplace(marketplace, TRIAL, {"marketplace": marketplace}, at=at)


def hear(payload: Mapping[str, Any], *, at: datetime) -> None:
    """Record that the marketplace carried out what this webhook told it; it answers 2xx only once it has."""
    if payload["type"] == buyers.INFORM:  # it answers once they are informed
        buyers.confirm(ref=payload["data"]["decision"], actor=Actor.system(), at=at)
    elif payload["type"] != TRIAL and payload["type"] not in ASKS_NOTHING:
        answers.hear(ref=payload["data"]["decision"], event_type=payload["type"], at=at)


@transaction.atomic
def confirm(*, ref: str, event_type: str, actor: Actor, at: datetime) -> Decision:
    """
    Record what a marketplace says that it has done, whether a webhook told it or it asked us itself.

    Said twice, it changes nothing. A webhook that waits to tell it is not sent any more.

    :param event_type: ``listing.restricted`` or ``listing.restored``
    :raises NoSuchDecision: if there is none on what this marketplace sells
    :raises NothingOrdered: if the decision restricts nothing
    :raises NotTold: if it says that it put back what nobody asked it to
    """
    decision = access.decision_for(actor, ref)
    restriction = getattr(decision, "restriction", None)
    if restriction is None:
        raise NothingOrdered(f"Decision {ref} restricts nothing: there is nothing to confirm.")
    answers.require_told(restriction, event_type)
    for told in queries.told_of(decision):
        if told.event_type == event_type:
            outbox.carried_otherwise(message_id=told.message.pk, how="confirmed through the API", at=at)
    answers.hear(ref=ref, event_type=event_type, at=at)
    return access.decision_for(actor, ref)
