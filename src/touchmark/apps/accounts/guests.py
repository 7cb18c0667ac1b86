"""Organisations for people who send something without an account: each stands for one of them, and nobody joins it."""

from datetime import datetime

from touchmark.apps.accounts.actions import one_line
from touchmark.apps.accounts.models import Organisation, OrganisationKind


def found(*, name: str, at: datetime) -> Organisation:
    """Add the organisation that stands for a guest. It has no people and no roles; two of one name are two."""
    return Organisation.objects.create(kind=OrganisationKind.GUEST, name=one_line(name)[:300], created_at=at)
