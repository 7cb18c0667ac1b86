"""Rights that somebody without an account claims in a notice: named, shown to who judges it, never screened for."""

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
    content.require_claim()
    guest = Actor(user_id=None, organisation_id=holder.pk, roles=frozenset({Role.GUEST}))
    move = RIGHT.step(RightStatus.NEW, "claim", roles=guest.roles)
    take_register()
    ref = new_ref("R", at)
    right = Right(ref=ref, right_id=ref, holder=holder)
    say([(right, content)], at=at)
    record([right], move.event, actor=guest, at=at)
    return right
