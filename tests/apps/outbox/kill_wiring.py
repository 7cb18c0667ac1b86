"""
The wiring of a worker that is to be killed: real webhooks to ``RECEIVER``, and an event when one is answered.

With ``STAND_STILL_AT`` in the environment the worker stops at that point for good, having made the file ``REACHED``.
"""

import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from touchmark.apps.audit import actions as audit
from touchmark.apps.outbox.handlers import Handler, Handlers
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Actor
from touchmark.integrations.answers import Answer
from touchmark.integrations.webhooks.deliver import deliver
from touchmark.integrations.webhooks.guard import guarded_client
from touchmark.integrations.webhooks.sign import body_of

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#: Statements before which a worker can stand still, within the transaction that they belong to.
STATEMENTS = {
    "claiming": 'INSERT INTO "outbox_attempt"',
    "sealing, nothing written": 'INSERT INTO "audit_leaf"',
    "sealing, leaves written": 'INSERT INTO "audit_checkpoint"',
    "sealing, checkpoint written": 'DELETE FROM "audit_unsealed"',
}


def handlers() -> Handlers:
    connection.execute_wrappers.append(_watch)
    return {"webhook": Handler(carry=_carry, answered=_answered)}


def _carry(message: Message, at: datetime) -> Answer:
    _perhaps_stand_still("claimed, nothing sent")
    with guarded_client(allow_loopback=True) as client:
        body = body_of(message.payload, sequence=message.sequence)
        answer = deliver(url=os.environ["RECEIVER"], secret=SECRET, id=str(message.pk), body=body, at=at, client=client)
    _perhaps_stand_still("answered, nothing recorded")
    return answer


def _answered(message: Message, answer: Answer, at: datetime) -> None:
    audit.append(stream=f"order:{message.pk}", kind="obeyed", actor=Actor.system(), at=at, payload={})
    _perhaps_stand_still("recording")


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    for point, statement in STATEMENTS.items():
        if sql.startswith(statement):
            _perhaps_stand_still(point)
    return execute(sql, params, many, context)


def _perhaps_stand_still(point: str) -> None:
    if os.environ.get("STAND_STILL_AT") == point:
        Path(os.environ["REACHED"]).touch()
        time.sleep(600)
