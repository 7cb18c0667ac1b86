"""
Whose rights somebody may see: a holder its own, the review team and investigators all, anybody else none.

Holders compete: that a right of another exists, under which name, and how many there are is not theirs to learn.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from touchmark.apps.registry import queries
from touchmark.apps.registry.models import Brand, Right
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Reach, Role
from touchmark.engine.territories import codes_that_meet

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER, Role.INVESTIGATOR)
SEE_OWN = (Role.HOLDER, Role.AGENT)


class NoSuchRight(TouchmarkError):
    """There is no such right, or none that this actor may see; which of the two is not said."""


def rights_for(actor: Actor) -> QuerySet[Right]:
    """Give the rights that the actor may see, newest first."""
    rights = Right.objects.select_related("holder", "brand", "image").order_by("-submitted_at", "-id")
    if actor.has(*SEE_ALL):
        return rights.filter(within(actor.reaches(*SEE_ALL)))
    if actor.has(*SEE_OWN):
        return rights.filter(within(actor.reaches(*SEE_OWN)), holder_id=actor.organisation_id)
    return rights.none()


def within(reaches: Iterable[Reach], path: str = "") -> Q:
    """
    Give what holds of rows whose right lies within one of the reaches; marketplaces say nothing about rights.

    :param path: from the row to its right, with the two underscores at its end; blank for rights themselves
    """
    held = [_within(reach, path) for reach in reaches]
    return reduce(or_, held) if held else Q(pk__in=[])


def _within(reach: Reach, path: str) -> Q:
    held = Q(**{f"{path}brand__in": sorted(reach.brands)}) if reach.brands else Q()
    if reach.territories:
        held &= Q(Exists(_valid_in(reach.territories).filter(pk=OuterRef(f"{path}pk"))))
    return held


def _valid_in(territories: Iterable[str]) -> QuerySet[Right]:
    """Give the rights that are valid in one of the territories; one that names none is valid everywhere."""
    there = Right.objects.alias(said=Cast(F("territories"), TextField()))
    named = [Q(said__icontains=f'"{code}"') for code in sorted(codes_that_meet(territories))]
    return there.filter(reduce(or_, named, Q(territories=[])))


def brands_for(actor: Actor) -> QuerySet[Brand]:
    """Give the brands that the actor may know of, by holder and name: whoever gives roles limits them to such."""
    brands = Brand.objects.select_related("holder").order_by("holder__name", "name", "id")
    if actor.has(Role.OPERATOR):
        return brands
    return brands.filter(rights__in=rights_for(actor).order_by()).distinct()


def right_for(actor: Actor, ref: str, *, lock: bool = False) -> Right:
    """
    Give one right; ``lock`` takes its row until the transaction ends.

    :raises NoSuchRight: if there is none that the actor may see
    """
    return one_of(
        rights_for(actor).filter(ref=ref), NoSuchRight(f"There is no right {ref} that you can see."), lock=lock
    )


def waiting_for(actor: Actor) -> QuerySet[Right]:
    """Give the rights that wait for a reviewer, as far as the actor may see them, the longest-waiting first."""
    return queries.waiting().filter(pk__in=rights_for(actor).order_by().values("pk"))


def like_for(actor: Actor, right: Right) -> QuerySet[Right]:
    """Give the rights of the same words or number that the actor may see."""
    return queries.like(right).filter(pk__in=rights_for(actor).order_by().values("pk"))


def uses_a_brand_of(reaches: Iterable[Reach], right: Right) -> bool:
    """Whether a right is one of a brand within one of the reaches."""
    return any(not reach.brands or right.brand_id in reach.brands for reach in reaches)


def may_see_picture(actor: Actor, sha256: str) -> bool:
    """Whether a right that the actor may see has this picture."""
    return rights_for(actor).filter(image_id=sha256).exists()
