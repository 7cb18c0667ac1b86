"""A notifier appeals the refusal of one listing of its notice: once, within the time that the law gives."""

from datetime import datetime
from typing import Any

from django.db import transaction

from touchmark.apps.appeals import files
from touchmark.apps.appeals.actions import (
    AlreadyAppealed,
    AppealForm,
    GroundsMissing,
    NothingToAppeal,
    TooLate,
    record,
    tell_received,
)
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.decisions import statement
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices import access, law
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.lifecycle.appeal import APPEAL, AppealStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.terms import Actor


@transaction.atomic
def file(*, item_ref: str, form: AppealForm, actor: Actor, at: datetime) -> Appeal:
    """
    Record a notifier's appeal and acknowledge it. The same form sent again gives the appeal that stands.

    :raises NoSuchNotice: if the actor can see no such notice
    :raises NotYours: if the actor is not the notifier
    :raises GroundsMissing: if nothing is said against the refusal
    :raises NothingToAppeal: if the notice was not refused, or by nobody
    :raises AlreadyAppealed: if it was appealed already
    :raises TooLate: if the time to appeal is over
    """
    item = access.item_for(actor, item_ref, lock=True)
    if sent := Appeal.objects.filter(request_key=form.request_key, appellant_id=actor.organisation_id).first():
        return sent
    move = APPEAL.step(AppealStatus.NEW, "file", roles=actor.roles)
    if not form.grounds.strip():
        raise GroundsMissing("Say what is wrong with the refusal, so that somebody else can look at it again.")
    appeal = Appeal(
        ref=new_ref("A", at),
        decision=require_contestable(item, at=at),
        item=item,
        appellant_id=actor.organisation,
        filed_by_id=actor.user_id,  # none where a guest appeals
        grounds=form.grounds.strip(),
        request_key=form.request_key,
        filed_at=at,
    )
    said: dict[str, Any] = {"decision": appeal.decision.ref, "notice": item.ref}
    said |= {"files": files.names_in(form.files)} if form.files else {}
    record(appeal, move.event, actor=actor, at=at, payload=said)
    files.keep(appeal, form.files, at=at)
    tell_received(appeal, at=at)
    return appeal


def require_contestable(item: NoticeItem, *, at: datetime) -> Decision:
    """
    Give the decision that refused an item, if it can be appealed now: a page asks before it lets somebody write.

    :raises NothingToAppeal: if it is not refused, or nobody decided so
    :raises AlreadyAppealed: if it was appealed already
    :raises TooLate: if the time to appeal is over
    """
    decision = item.decisions.order_by("-decided_at", "-id").first()
    if item.status != ItemStatus.REFUSED or decision is None:
        raise NothingToAppeal(f"Notice {item.ref} was not refused by anybody: there is nothing to appeal.")
    if earlier := Appeal.objects.filter(item=item, decision=decision).first():
        raise AlreadyAppealed(f"You have appealed this refusal already: {earlier.ref}.")
    until = law.appealable_until(item)
    if until is not None and at > until:
        raise TooLate(f"This refusal could be appealed until {statement.moment(until)}. You can still go to a court.")
    return decision
