"""A trusted flagger reports listings that infringe somebody's right: one of the register, or one as it states it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.flaggers import queries as flaggers
from touchmark.apps.mandates import access as mandates
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices import joining
from touchmark.apps.notices import queries as notice_queries
from touchmark.apps.notices.limits import require_at_most
from touchmark.apps.registry import claims
from touchmark.flows.report_listing import NothingToReport, Report, lane_of, report_all, sorted_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchmark.apps.catalog.naming import Named
    from touchmark.apps.notices.actions import NoticeForm
    from touchmark.apps.registry.content import RightContent
    from touchmark.engine.terms import Actor


@dataclass(frozen=True, slots=True)
class Flag:
    """What a trusted flagger sends: the reference of a right under which it may file, or a right as it states it."""

    listings: Sequence[Named]
    form: NoticeForm
    right: str = ""
    stated: RightContent | None = None


@transaction.atomic
def flag(said: Flag, *, actor: Actor, at: datetime) -> Report:
    """
    File a trusted flagger's notice, which goes first and is judged like any other. A right that it states is judged
    with the notice, as a guest's is; the same one stated again is that one. The same form sent again gives the notice
    that stands.

    :raises NotTrusted: if the status does not count today, or not for this kind of right
    :raises NothingToReport: if not one of the listings can be reported
    :raises TouchmarkError: as ``report_all`` and ``claims.claim`` say
    """
    if sent := notice_queries.sent_before(said.form.request_key, actor):
        return Report(sent)
    if said.stated is None:
        right = mandates.right_to_report(actor, said.right)
        flaggers.require_trusted(actor.organisation_id, right.kind, at.date())
        return report_all(right=right.ref, listings=said.listings, form=said.form, actor=actor, at=at)
    flaggers.require_trusted(actor.organisation_id, said.stated.kind, at.date())
    require_at_most(len(said.listings))
    stated = claims.state(content=said.stated, actor=actor, at=at)
    notices.require_groundable(stated, actor, at.date())
    evidence = joining.in_words(said.form.particulars)
    meant, refused = sorted_out(stated, said.listings, actor, at.date(), evidence=evidence)
    if not meant:
        raise NothingToReport(refused)
    lane = lane_of(stated, reason=said.form.reason, listings=len(meant), actor=actor, at=at)
    filed = notices.file(right=stated, listings=meant, form=said.form, actor=actor, at=at, lane=lane)
    return Report(filed, tuple(refused))
