"""
How far roles reach among listings: on which marketplaces, where they are offered, whose brands they use.

Each room's ``access`` asks here with the path from its rows to a listing. What limits nothing asks nothing of the
database. A listing that says nothing of where it is offered is offered where its marketplace sells; a marketplace that
says nothing either sells everywhere. A listing uses a brand if a right of it was found there, reported or decided on.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from touchmark.apps.catalog.models import Listing
from touchmark.engine.terms import Reach
from touchmark.engine.territories import codes_that_meet

NOTHING = Q(pk__in=[])


def within(reaches: Iterable[Reach], path: str = "", *, brands: bool = True) -> Q:
    """
    Give what holds of rows whose listing lies within one of the reaches.

    :param path: from the row to its listing, with the two underscores at its end; blank for listings themselves
    :param brands: whether brands are asked about too; not where the row itself says which right it is about
    """
    return either(_within(reach, path, brands) for reach in reaches)


def either(conditions: Iterable[Q]) -> Q:
    """Give what holds where one of the conditions does; of none, nothing does."""
    found = list(conditions)
    return reduce(or_, found) if found else NOTHING


def _within(reach: Reach, path: str, brands: bool) -> Q:
    held = Q()
    if reach.marketplaces:
        held &= Q(**{f"{path}marketplace__slug__in": sorted(reach.marketplaces)})
    if reach.territories:
        held &= Q(Exists(_offered_in(reach.territories).filter(pk=OuterRef(f"{path}pk"))))
    if reach.brands and brands:
        held &= Q(Exists(_using(reach.brands).filter(pk=OuterRef(f"{path}pk"))))
    return held


def sellers_within(reaches: Iterable[Reach], path: str = "") -> Q:
    """
    Give what holds of rows whose seller lies within one of the reaches: by its marketplace, and by what it sells.

    :param path: from the row to its seller, with the two underscores at its end; blank for sellers themselves
    """
    return either(_sells_within(reach, path) for reach in reaches)


def _sells_within(reach: Reach, path: str) -> Q:
    held = Q(**{f"{path}marketplace__slug__in": sorted(reach.marketplaces)}) if reach.marketplaces else Q()
    if reach.territories or reach.brands:
        held &= Q(Exists(Listing.objects.filter(within((reach,)), seller=OuterRef(f"{path}pk"))))
    return held


def _offered_in(territories: Iterable[str]) -> QuerySet[Listing]:
    there = Listing.objects.alias(
        said=Cast(F("offered_in"), TextField()), sold=Cast(F("marketplace__territories"), TextField())
    )
    own, its_marketplace = names_one("said", territories), names_one("sold", territories)
    return there.filter(own | Q(offered_in=[]) & (its_marketplace | Q(marketplace__territories=[])))


def names_one(text: str, territories: Iterable[str]) -> Q:
    """Give what holds where a list of codes, as the text of its JSON, names some of the same ground."""
    return either(Q(**{f"{text}__icontains": f'"{code}"'}) for code in sorted(codes_that_meet(territories)))


def _using(brands: Iterable[int]) -> QuerySet[Listing]:
    # By the names of the relations, not their models: the rooms that keep findings, notices and decisions lie higher.
    keys = sorted(brands)
    found = Q(assessments__superseded_at=None, assessments__findings__right__brand__in=keys)
    return Listing.objects.filter(found | Q(notice_items__right__brand__in=keys) | Q(decisions__right__brand__in=keys))
