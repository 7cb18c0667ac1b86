"""Listings as people name them in long lists: by web address, or by number on a marketplace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from touchmark.apps.catalog.addresses import key_of
from touchmark.apps.catalog.models import Listing
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

#: What no notice and no decision asks of a listing, and what may be long.
_UNASKED = ("description", "attributes", "extra", "unreadable")


class NotYoursToName(TouchmarkError):
    """Nobody but holders and the review team looks listings up by the hundred."""


@dataclass(frozen=True, slots=True)
class Named:
    """A listing as somebody names it: by its ``address``, or by its number, on a marketplace or on whichever has it."""

    listing_id: str = ""
    marketplace: str = ""  # the slug
    address: str = ""

    def __str__(self) -> str:
        return self.address or (f"{self.marketplace}:{self.listing_id}" if self.marketplace else self.listing_id)


def named(text: str) -> Named:
    """Read one line of a list as people paste it: an address, ``marketplace:number``, or a number."""
    text = text.strip()
    if key_of(text):
        return Named(address=text)
    slug, colon, number = text.partition(":")
    return Named(listing_id=number.strip(), marketplace=slug.strip().lower()) if colon else Named(listing_id=text)


def take_each(actor: Actor, wanted: Sequence[Named]) -> list[list[Listing]]:
    """
    Give the listings that each name means, and take their rows until the transaction ends: two queries for all.

    None where there is no such listing, several where a number without a marketplace is known on more than one.

    :raises NotYoursToName: if the actor is neither a holder nor of the review team
    """
    if not actor.has(Role.HOLDER, Role.AGENT, Role.REVIEWER, Role.POLICY_OWNER):
        raise NotYoursToName("Listings are looked up by holders and by the review team.")
    by_key = _taken("url_key", {key_of(name.address) for name in wanted if name.address})
    by_number = _taken("listing_id", {name.listing_id for name in wanted if not name.address})
    return [by_key[key_of(name.address)] if name.address else _on(name, by_number) for name in wanted]


def _on(name: Named, by_number: defaultdict[str, list[Listing]]) -> list[Listing]:
    known = by_number[name.listing_id]
    return [one for one in known if not name.marketplace or one.marketplace.slug == name.marketplace]


def _taken(column: str, values: set[str]) -> defaultdict[str, list[Listing]]:
    """Rows are taken in the order of their keys, so that two who want the same ones wait, and never for each other."""
    found: defaultdict[str, list[Listing]] = defaultdict(list)
    if values := values - {""}:
        rows = Listing.objects.filter(**{f"{column}__in": values}).select_related("marketplace").defer(*_UNASKED)
        for listing in rows.order_by("pk").select_for_update(of=("self",)):
            found[getattr(listing, column)].append(listing)
    return found
