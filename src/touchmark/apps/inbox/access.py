"""
Whose letters somebody may see: those of the organisation they act for as far as their role reaches, but for those to
another of its people.
"""

from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from touchmark.apps.inbox.models import Letter
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Reach
from touchmark.engine.territories import codes_that_meet


class NoSuchLetter(TouchmarkError):
    """There is no such letter, or none that this actor may see; which of the two is not said."""


def letters_for(actor: Actor) -> QuerySet[Letter]:
    """Give the letters of the actor's organisation, newest first."""
    if actor.organisation_id is None:
        return Letter.objects.none()
    own = Q(person=None) | Q(person_id=actor.user_id)
    letters = Letter.objects.filter(own, organisation_id=actor.organisation_id).order_by("-delivered_at", "-id")
    reaches = actor.reaches(*actor.roles)
    if any(reach.everywhere for reach in reaches):
        return letters
    said = letters.alias(said=Cast(F("territories"), TextField()))
    return said.filter(reduce(or_, [_within(reach) for reach in reaches], Q(person_id=actor.user_id)))


def _within(reach: Reach) -> Q:
    held = Q(marketplace__isnull=False)
    if reach.marketplaces:
        held &= Q(marketplace__in=["", *sorted(reach.marketplaces)])
    if reach.brands:
        held &= Q(brand__in=sorted(reach.brands))
    if reach.territories:
        named = [Q(said__icontains=f'"{code}"') for code in sorted(codes_that_meet(reach.territories))]
        held &= reduce(or_, named, Q(territories=[]))
    return held


def letter_for(actor: Actor, letter_id: int) -> Letter:
    """
    Give one letter of the actor's organisation.

    :raises NoSuchLetter: if there is none
    """
    return one_of(letters_for(actor).filter(pk=letter_id), NoSuchLetter("There is no such letter in your inbox."))
