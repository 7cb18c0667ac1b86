"""Who works at the desk, for those who do: to give a listing to, to call in a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from touchmark.apps.accounts import access as accounts
from touchmark.apps.accounts.models import Membership, Organisation, User
from touchmark.apps.catalog import access as catalog
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing

#: Who reads what reviewers tell each other.
TEAM = (Role.REVIEWER, Role.POLICY_OWNER)


class NoSuchReviewer(TouchmarkError):
    """There is no such person at the desk, or none whom this actor may see; which of the two is not said."""


def colleagues(actor: Actor, *roles: Role) -> QuerySet[User]:
    """Give the people of the actor's review team in these roles (any of the team's), by name; the actor too."""
    if not actor.has(*TEAM) or actor.organisation_id is None:
        return User.objects.none()
    held = Membership.objects.filter(organisation_id=actor.organisation_id, role__in=roles or TEAM, ended_at=None)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("name", "pk")


def at_the_desk(actor: Actor) -> dict[User, frozenset[Role]]:
    """Give the others of the actor's review team with their roles in it, by name."""
    if not actor.has(*TEAM) or actor.organisation_id is None:
        return {}
    held = Membership.objects.filter(organisation_id=actor.organisation_id, role__in=TEAM, ended_at=None)
    others = held.filter(user__is_active=True).exclude(user_id=actor.person).select_related("user")
    found: dict[User, frozenset[Role]] = {}
    for one in others.order_by("user__name", "user_id"):
        found[one.user] = found.get(one.user, frozenset()) | {Role(one.role)}
    return found


def reviewer(actor: Actor, key: int) -> User:
    """
    Give one of the actor's fellow reviewers.

    :raises NoSuchReviewer: if there is none
    """
    found = colleagues(actor, Role.REVIEWER).filter(pk=key).first()
    if found is None:
        raise NoSuchReviewer("There is no such reviewer in your team.")
    return found


def sees(person: User, actor: Actor, listing: Listing) -> bool:
    """Whether a colleague's role reaches a listing: what lies beyond it is neither given nor told to them."""
    theirs = accounts.actor_for(person, actor.organisation_id)
    return catalog.listings_for(theirs).filter(pk=listing.pk).exists()


def team(actor: Actor) -> Organisation:
    """Give the organisation whose people the desk's are."""
    return Organisation.objects.get(pk=actor.organisation)


def letter_on(listing: Listing, actor: Actor, text: str) -> dict[str, Any]:
    """Give what a letter between reviewers about a listing says."""
    return {
        "by": User.objects.get(pk=actor.person).name,
        "text": text.strip(),
        "listing": {
            "title": listing.title,
            "marketplace": listing.marketplace.name,
            "slug": listing.marketplace.slug,
            "listing_id": listing.listing_id,
        },
    }
