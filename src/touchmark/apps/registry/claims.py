"""
Rights that a guest claims in a notice, and those of others that a trusted flagger states: named, shown to who judges
the notice, never screened for.
"""

from datetime import datetime

from django.db import transaction

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.registry.actions import say
from touchmark.apps.registry.content import RightContent
from touchmark.apps.registry.models import Right
from touchmark.apps.registry.record import record, take_register
from touchmark.engine.lifecycle.right import RIGHT, RightStatus
from touchmark.engine.terms import Actor, Role


@transaction.atomic
def claim(*, content: RightContent, holder: Organisation, at: datetime) -> Right:
    """
    Keep what a guest says of its right. No reviewer verifies it by itself: it is judged with the notice.

    :raises NothingClaimed: if it has neither a text nor a picture
    """
    guest = Actor(user_id=None, organisation_id=holder.pk, roles=frozenset({Role.GUEST}))
    content.require_claim()
    take_register()
    return _claimed(content, guest, at)


@transaction.atomic
def state(*, content: RightContent, actor: Actor, at: datetime) -> Right:
    """
    Keep what a trusted flagger states of somebody's right; the same stated again is that one. The caller has seen that
    the flagger's status counts.

    :raises NothingClaimed: if it has no text
    """
    content.require_claim()
    take_register()
    known = Right.objects.filter(holder_id=actor.organisation, status=RightStatus.CLAIMED, digest=content.digest())
    return known.select_related("holder").first() or _claimed(content, actor, at)


def _claimed(content: RightContent, actor: Actor, at: datetime) -> Right:
    move = RIGHT.step(RightStatus.NEW, "claim", roles=actor.roles)
    ref = new_ref("R", at)
    right = Right(ref=ref, right_id=ref, holder=Organisation.objects.get(pk=actor.organisation))
    say([(right, content)], at=at)
    record([right], move.event, actor=actor, at=at)
    return right
