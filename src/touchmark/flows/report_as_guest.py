"""Somebody without an account reports listings: the right is claimed, the notice waits to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.accounts import guests as organisations
from touchmark.apps.notices import evidence, guests
from touchmark.apps.notices import queries as notice_queries
from touchmark.apps.notices.guests import Who
from touchmark.apps.notices.limits import MOST_OF_GUESTS, require_at_most
from touchmark.apps.registry import claims
from touchmark.engine.terms import Actor, Role
from touchmark.flows.report_listing import NothingToReport, Report, sorted_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchmark.apps.catalog.naming import Named
    from touchmark.apps.notices.actions import NoticeForm
    from touchmark.apps.notices.evidence import Sent
    from touchmark.apps.registry.content import RightContent


@dataclass(frozen=True, slots=True)
class GuestNotice:
    """What the public form holds: who, which right as they say, which listings, why, and files."""

    who: Who
    right: RightContent
    listings: Sequence[Named]
    form: NoticeForm
    files: Sequence[Sent] = ()


@transaction.atomic
def report_as_guest(said: GuestNotice, *, at: datetime) -> Report:
    """
    Keep a guest's notice on those listings that can be reported, and send a link to the address. The same form sent
    again gives the notice that stands.

    :raises TooManyListings: if there are more than a guest's notice names
    :raises TooManyNotices: if more come from there than a person writes
    :raises NothingToReport: if not one of the listings can be reported
    :raises TouchmarkError: as ``guests.file`` and ``evidence.add`` say
    """
    if sent := notice_queries.sent_by_guest(said.form.request_key):
        return Report(sent)
    require_at_most(len(said.listings), most=MOST_OF_GUESTS)
    guests.require_room(said.who, at=at)
    holder = organisations.found(name=said.who.name, at=at)
    right = claims.claim(content=said.right, holder=holder, at=at)
    actor = Actor(user_id=None, organisation_id=holder.pk, roles=frozenset({Role.GUEST}))
    meant, refused = sorted_out(right, said.listings, actor, at.date(), most=MOST_OF_GUESTS)
    if not meant:
        raise NothingToReport(refused)
    notice = guests.file(right=right, holder=holder, listings=meant, form=said.form, who=said.who, at=at)
    for file in said.files:
        evidence.add(notice, file, at=at)
    return Report(notice, tuple(refused))
