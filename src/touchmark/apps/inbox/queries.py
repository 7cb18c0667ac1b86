"""Counting letters, and asking whether somebody had one."""

from datetime import datetime

from touchmark.apps.accounts.models import User
from touchmark.apps.inbox import access
from touchmark.apps.inbox.models import Letter
from touchmark.engine.terms import Actor


def unread(actor: Actor) -> int:
    """Give how many letters that the actor may see nobody has opened yet."""
    return access.letters_for(actor).filter(read_at=None).order_by().count()


def had_since(person: User, kind: str, since: datetime) -> bool:
    """Whether a person has had a letter of this kind of their own since a moment."""
    return Letter.objects.filter(person=person, kind=kind, delivered_at__gte=since).exists()
