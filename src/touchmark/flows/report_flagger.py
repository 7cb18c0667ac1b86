"""A trusted flagger's numbers, as the rule of good faith counts them; and telling them to its coordinator."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchmark.apps.flaggers import access, actions
from touchmark.apps.tiers import queries as tiers
from touchmark.engine.penalties.tiers import Side
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.flaggers.models import Flagger, Report


def numbers_of(flagger: Flagger, *, at: datetime) -> dict[str, Any]:
    """Give what came of a flagger's notices: shares with counts, and in which lane the rule would put anybody else."""
    standing = tiers.standing_of(flagger.organisation_id, Side.NOTIFIER, at=at)
    return tiers.as_json(standing.made.numbers) | {"lane": str(standing.status)}


@transaction.atomic
def report(*, ref: str, text: str, actor: Actor, at: datetime) -> Report:
    """
    Tell the coordinator of a trusted flagger that its notices are poor, with the numbers of this moment.

    :raises NoSuchFlagger: if there is none that the actor may see
    :raises WhyMissing: if nothing is said to them
    """
    flagger = access.flagger_for(actor, ref, lock=True)
    return actions.report(flagger=flagger, numbers=numbers_of(flagger, at=at), text=text, actor=actor, at=at)
