"""A holder reports a listing under one of its rights."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import queries as decisions
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.registry import access as registry
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice


class NotOnSale(TouchmarkError):
    """The listing is restricted already; a notice would change nothing."""


@transaction.atomic
def report(*, right_id: str, marketplace: str, listing_id: str, form: NoticeForm, actor: Actor, at: datetime) -> Notice:
    """
    File a notice on a listing that is on sale.

    :raises NoSuchRight: if the holder has no such right
    :raises NoSuchListing: if the marketplace has no such listing
    :raises NotOnSale: if the listing is restricted already
    :raises TouchmarkError: as ``notices.file`` says
    """
    right = registry.right_for(actor, right_id)
    listing = catalog.listing_for(actor, marketplace, listing_id, lock=True)
    if decisions.in_force_on(listing):
        raise NotOnSale("This listing is restricted already. Should it come back, you can report it then.")
    return notices.file(right=right, listing=listing, form=form, actor=actor, at=at)
