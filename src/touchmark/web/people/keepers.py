"""Whose pages of colleagues are: those who keep an organisation's people; and whose roles they may touch there."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from touchmark.apps.accounts import access
from touchmark.web.guard import ActingRequest, bound_to

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import Membership

KEEPERS = tuple(access.KEEPS_A_TEAM)


def membership_here(request: ActingRequest, membership_id: int) -> "Membership":
    """
    Give a membership that may be touched in this session.

    One's own is one's own everywhere, but whoever runs a provider must not give it up in one's name elsewhere.

    :raises NoSuchOrganisation: if there is none
    """
    membership = access.membership_for(request.actor, membership_id)
    if bound_to(request) not in (None, membership.organisation_id):
        raise access.NoSuchOrganisation(_("There is no such person among those whom you may see."))
    return membership
