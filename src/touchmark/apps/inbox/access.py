"""Whose letters somebody may see: those of the organisation they act for, but for those to another of its people."""

from django.db.models import Q, QuerySet

from touchmark.apps.inbox.models import Letter
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor


class NoSuchLetter(TouchmarkError):
    """There is no such letter, or none that this actor may see; which of the two is not said."""


def letters_for(actor: Actor) -> QuerySet[Letter]:
    """Give the letters of the actor's organisation, newest first."""
    if actor.organisation_id is None:
        return Letter.objects.none()
    own = Q(person=None) | Q(person_id=actor.user_id)
    return Letter.objects.filter(own, organisation_id=actor.organisation_id).order_by("-delivered_at", "-id")


def letter_for(actor: Actor, letter_id: int) -> Letter:
    """
    Give one letter of the actor's organisation.

    :raises NoSuchLetter: if there is none
    """
    letter = letters_for(actor).filter(pk=letter_id).first()
    if letter is None:
        raise NoSuchLetter("There is no such letter in your inbox.")
    return letter
