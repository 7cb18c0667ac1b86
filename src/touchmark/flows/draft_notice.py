"""A draft of a notice: what it would come to if it were sent now, and sending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import compress
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.catalog import access as catalog
from touchmark.apps.catalog import naming, titles
from touchmark.apps.catalog.naming import Named
from touchmark.apps.decisions import queries as decisions
from touchmark.apps.notices import access, drafts, joining, law
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices import queries as notice_queries
from touchmark.apps.notices.actions import NoticeForm, ReasonMissing, Reported
from touchmark.apps.notices.limits import MOST
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.screening import access as screening
from touchmark.engine.policy.which_law import Law
from touchmark.flows.report_listing import NothingToReport, Refused, Report, lane_of, sorted_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from touchmark.apps.catalog.access import PublicListing
    from touchmark.apps.notices.law import Procedure
    from touchmark.apps.notices.models import Notice
    from touchmark.engine.policy.rules import Element
    from touchmark.engine.terms import Actor


#: So many listings in which the right was found are offered at once.
SUGGESTED = 50
#: So many others whose titles say what was looked for.
SEARCHED = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """
    What a draft comes to: the listings that can be reported with the law of each, in ``procedures``; those that cannot;
    what the laws ``ask`` for besides, and of that what is ``lacking``.
    """

    meant: tuple[Reported, ...]
    refused: tuple[Refused, ...]
    procedures: tuple[Procedure, ...]
    asks: tuple[Element, ...]
    lacking: tuple[Element, ...]


def shown(notice: Notice, *, actor: Actor, on: date) -> Shown:
    """Give what a draft, which the actor has got through ``access``, would come to on this day; nothing is taken."""
    rests_on = joining.rests_on(notice)
    meant, refused = sorted_out(notice.right, drafts.listed_in(notice), actor, on, lock=False, evidence=rests_on)
    parts = [(one.listing.marketplace.name, one.law.regime, one.law.territories) for one in meant]
    asked = law.Asked.of((one.law.regime, one.target) for one in meant)
    agent = law.files_as_agent(actor, notice)
    return Shown(
        meant=tuple(meant),
        refused=tuple(refused),
        procedures=law.procedures_of(parts),
        asks=law.asked_besides(notice, asked, agent=agent),
        lacking=law.missing_from(notice, asked, agent=agent),
    )


def suggested(notice: Notice, *, words: str, actor: Actor, on: date, size: int = SUGGESTED) -> list[PublicListing]:
    """
    Give listings on sale in which screening found the right of a draft, the surest first, as every shopper sees them.

    Those that the draft names, that were reported under the right already, that are restricted, or that are offered
    where the right is not good are left out.
    """
    keys = screening.found_under(notice.right, words=words, size=size * 4)
    return _offered(notice, keys, actor, on, size)


def searched(
    notice: Notice, *, words: str, actor: Actor, on: date, besides: Sequence[PublicListing] = (), size: int = SEARCHED
) -> list[PublicListing]:
    """
    Give other listings on sale whose titles say these words, the newest first, as every shopper sees them: screening
    found nothing of the right in them. Left out is what ``suggested`` leaves out, and what is shown ``besides``.
    """
    shown = {(one.marketplace, one.listing_id) for one in besides}
    keys = titles.on_sale_saying(actor, words, most=size + len(shown) + MOST)
    found = _offered(notice, keys, actor, on, len(keys))
    return [one for one in found if (one.marketplace, one.listing_id) not in shown][:size]


def _offered(notice: Notice, keys: Sequence[int], actor: Actor, on: date, size: int) -> list[PublicListing]:
    """Give those of the listings of these keys that could be reported, in their order."""
    done = notice_queries.waiting_under(notice.right, keys).keys() | decisions.restricted_among(keys)
    named = naming.find_each(actor, drafts.listed_in(notice))
    done = done | {listing.pk for known in named for listing in known}
    offered = catalog.public_among(actor, [key for key in keys if key not in done][: size * 2])
    meant = naming.find_each(actor, [Named(one.listing_id, one.marketplace) for one in offered])
    good = [isinstance(law.governing(notice.right, known[0], on), Law) for known in meant]
    return list(compress(offered, good))[:size]


@transaction.atomic
def send(*, ref: str, declared: Mapping[str, bool], good_faith: bool, actor: Actor, at: datetime) -> Report:
    """
    File a draft on all of its listings that can be reported, and give back the others with the reason of each.

    :param declared: the statements of the laws that are confirmed, by their names
    :raises NoSuchNotice: if the actor has no such draft
    :raises ReasonMissing: if it does not say yet why
    :raises NothingToReport: if not one of its listings can be reported
    :raises Suspended, Throttled: if the notifier is suspended, or reports no more today
    :raises TouchmarkError: as ``notices.file`` says
    """
    notice = access.draft_for(actor, ref, lock=True)
    notices.require_groundable(notice.right, actor, at.date())
    if not notice.reason:
        raise ReasonMissing(_("Say first why you object: choose a reason for the draft."))
    rests_on = joining.rests_on(notice)
    meant, refused = sorted_out(notice.right, drafts.listed_in(notice), actor, at.date(), evidence=rests_on)
    if not meant:
        raise NothingToReport(refused)
    form = NoticeForm(
        reason=NoticeReason(notice.reason),
        statement=notice.statement,
        good_faith=good_faith,
        request_key=notice.request_key,
        particulars={**notice.particulars, **{name: True for name, said in declared.items() if said}},
        shared=notice.shared,
    )
    lane = lane_of(notice.right, reason=form.reason, listings=len(meant), actor=actor, at=at)
    drafts.sent(notice, at=at)
    filed = notices.file(right=notice.right, listings=meant, form=form, actor=actor, at=at, draft=notice, lane=lane)
    return Report(filed, tuple(refused))
