"""Counting letters."""

from touchmark.apps.inbox.models import Letter


def unread(organisation_id: int | None) -> int:
    """Give how many letters of this organisation nobody has opened yet."""
    if organisation_id is None:
        return 0
    return Letter.objects.filter(organisation_id=organisation_id, read_at=None).count()
