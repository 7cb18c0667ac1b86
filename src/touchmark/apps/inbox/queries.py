"""Counting letters."""

from touchmark.apps.inbox import access
from touchmark.engine.terms import Actor


def unread(actor: Actor) -> int:
    """Give how many letters that the actor may see nobody has opened yet."""
    return access.letters_for(actor).filter(read_at=None).order_by().count()
