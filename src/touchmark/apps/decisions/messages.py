"""Messages between a seller and the reviewers about a decision, through the inbox of either side."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.accounts.models import Organisation
from touchmark.apps.audit import actions as audit
from touchmark.apps.decisions import access
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.record import concerns_of
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.inbox.models import Letter
from touchmark.apps.inbox.threads import FROM_DESK, FROM_SELLER, thread_about
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role

LONGEST = 5_000


class NothingSaid(TouchmarkError):
    """The message says nothing, or too much."""


class NobodyToWriteTo(TouchmarkError):
    """Nobody of the other side signs in here."""


def said_about(decision: Decision) -> QuerySet[Letter]:
    """Give what was written about a decision, the first one first; a caller has got it through ``access``."""
    return thread_about(decision.ref)


@transaction.atomic
def say(*, ref: str, text: str, request_key: UUID, actor: Actor, at: datetime) -> Letter:
    """
    Write to the other side about a decision. The same form sent again gives the message that was sent.

    :raises NoSuchDecision: if there is none that the actor may see
    :raises NotYours: if the actor is neither the seller concerned nor a reviewer
    :raises NothingSaid: if the text is blank, or longer than ``LONGEST``
    :raises NobodyToWriteTo: if nobody of the other side signs in here
    """
    decision = access.decision_for(actor, ref, lock=True)
    kind, to = _other_side(decision, actor)
    if not text.strip() or len(text) > LONGEST:
        raise NothingSaid(f"Write something, of at most {LONGEST} characters.")
    if sent := said_about(decision).filter(kind=kind, content__key=str(request_key)).first():
        return sent
    content = {
        "decision": ref,
        "kind": decision.kind,
        "listing": decision.statement.content["listing"],
        "text": text.strip(),
        "key": str(request_key),
    }
    # At the desk, whoever looks first answers: forty reviewers are not written to.
    copies, concerns = kind == FROM_DESK, concerns_of(decision)
    letter = inbox.deliver(
        organisation=to, kind=kind, about=ref, content=content, at=at, copies=copies, concerns=concerns
    )
    audit.append(stream=f"messages:{ref}", kind=kind, actor=actor, at=at, payload={"letter": letter.pk})
    return letter


def _other_side(decision: Decision, actor: Actor) -> tuple[str, Organisation]:
    if actor.has(Role.SELLER):
        kind, to = FROM_SELLER, accounts.platform()
    elif actor.has(Role.REVIEWER):
        kind, to = FROM_DESK, decision.statement.addressed_to if hasattr(decision, "statement") else None
        if decision.untold_until is not None:
            raise NobodyToWriteTo("By the authority's order the seller is told nothing of this decision yet.")
    else:
        raise NotYours("Only the seller concerned and reviewers write about a decision.")
    if to is None:
        raise NobodyToWriteTo("Nobody of the other side signs in here: write through the marketplace.")
    return kind, to
