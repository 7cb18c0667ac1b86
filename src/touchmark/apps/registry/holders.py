"""Holders and brands that a file names, found or made."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from touchmark.apps.accounts.models import Organisation, OrganisationKind
from touchmark.apps.audit.bulk import Happened, append_many
from touchmark.apps.registry.models import Brand
from touchmark.engine.terms import Actor

LONGEST_NAME = 300


def holders_named(names: Iterable[str], *, actor: Actor, at: datetime) -> Mapping[str, Organisation]:
    """
    Give the holder of each name; one that is not here yet is added, so that people can be invited to it.

    Of two holders of one name the first that came is meant. The caller holds the register's row.
    """
    wanted = set(names)
    found = _found(wanted)
    made = Organisation.objects.bulk_create(
        Organisation(kind=OrganisationKind.HOLDER, name=name, created_at=at) for name in sorted(wanted - found.keys())
    )
    payload = {"kind": OrganisationKind.HOLDER.value, "country": ""}
    founded = (Happened(f"organisation:{organisation.pk}", "organisation_founded", payload) for organisation in made)
    append_many(founded, actor=actor, at=at)
    return found | {organisation.name: organisation for organisation in made}


def _found(names: set[str]) -> dict[str, Organisation]:
    holders = Organisation.objects.filter(kind=OrganisationKind.HOLDER, name__in=names)
    return {holder.name: holder for holder in holders.order_by("-id")}


def brands_named(named: Iterable[tuple[int, str]]) -> Mapping[tuple[int, str], Brand]:
    """
    Give the brand for each pair of a holder's key and a name; one that is not here yet is added.

    The caller holds the register's row.
    """
    wanted = {pair for pair in named if pair[1]}
    found = _brands(wanted)
    made = Brand.objects.bulk_create(Brand(holder_id=pair[0], name=pair[1]) for pair in sorted(wanted - found.keys()))
    return found | {(brand.holder_id, brand.name): brand for brand in made}


def _brands(wanted: set[tuple[int, str]]) -> dict[tuple[int, str], Brand]:
    """Brands of these holders and of these names: a few too many, each under its own pair."""
    holders, names = {holder for holder, _ in wanted}, {name for _, name in wanted}
    found = Brand.objects.filter(holder_id__in=holders, name__in=names)
    return {(brand.holder_id, brand.name): brand for brand in found}
