"""A holder reports a listing under one of its rights."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import queries as decisions
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices import queries as notice_queries
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.registry import access as registry
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.notices.models import Notice
    from touchmark.apps.registry.models import Right


class NotOnSale(TouchmarkError):
    """The listing is restricted already; a notice would change nothing."""


@transaction.atomic
def report(*, right: str, marketplace: str, listing_id: str, form: NoticeForm, actor: Actor, at: datetime) -> Notice:
    """
    File a notice on a listing that is on sale. The same form sent again gives the notice that stands.

    :param right: the right's reference; ``marketplace``: its slug
    :raises NoSuchRight: if the holder has no such right
    :raises NoSuchListing: if the marketplace has no such listing
    :raises NotOnSale: if the listing is restricted already
    :raises TouchmarkError: as ``notices.file`` says
    """
    under = registry.right_for(actor, right)
    listing = catalog.listing_for(actor, marketplace, listing_id, lock=True)
    if sent := notice_queries.sent_before(form.request_key, actor):
        return sent
    require_reportable(right=under, listing=listing, actor=actor)
    return notices.file(right=under, listing=listing, form=form, actor=actor, at=at)


def require_reportable(*, right: Right, listing: Listing, actor: Actor) -> None:
    """
    Pass if a notice under this right on this listing could be filed now: a page asks before it lets somebody write.

    :raises NotOnSale: if the listing is restricted already
    :raises NotYours: if the right belongs to another holder
    :raises RightNotVerified: if no reviewer has verified the right
    :raises AlreadyReported: if this right's notice on this listing waits already
    """
    if decisions.in_force_on(listing):
        raise NotOnSale("This listing is restricted already. Should it come back, you can report it then.")
    notices.require_fit(right, listing, actor)
