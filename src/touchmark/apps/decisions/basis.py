"""
What a decision rests on, as far as the seller it concerns may see it.

The listing as it was frozen, and what a public register says of the right. Not here, and never a seller's: the right's
aliases, reference price and authorised sellers, who keeps it, what the engine made of the listing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from touchmark.apps.decisions.models import Decision


@dataclass(frozen=True, slots=True)
class FrozenPicture:
    """A picture of the frozen listing, in the shopper's order; ``sha256`` is blank where it cannot be shown."""

    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FrozenListing:
    """A listing as it was decided on."""

    taken_at: datetime
    said: Mapping[str, Any]  # the columns of the contract; what was missing is missing
    pictures: Sequence[FrozenPicture]


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """What a public register says of a right. Of an unregistered one: its kind and name only."""

    kind: str
    text: str
    office: str = ""
    number: str = ""
    owner: str = ""
    nice_classes: Sequence[str] = ()
    territories: Sequence[str] = ()
    registered_on: date | None = None
    expires_on: date | None = None


def listing_as_it_was(decision: Decision) -> FrozenListing:
    """Give the listing that was decided on; a caller has got the decision through ``access``."""
    content = decision.frozen.content
    said = {name: value for name, value in content.items() if name not in ("images", "seller", "marketplace")}
    return FrozenListing(decision.frozen.taken_at, said, _pictures(content))


def first_picture(decision: Decision) -> str:
    """Give the digest of the first picture that can be shown; blank, if there is none."""
    frozen = decision.snapshot.content if decision.snapshot else {}
    return next((picture.sha256 for picture in _pictures(frozen) if picture.sha256), "")


def _pictures(content: Mapping[str, Any]) -> list[FrozenPicture]:
    return [
        FrozenPicture(number, "" if image.get("problem") else image.get("sha256") or "")
        for number, image in enumerate(content.get("images", ()), start=1)
    ]


def register_entry(decision: Decision) -> RegisterEntry | None:
    """Give what a public register says of the right that a decision rests on, if it rests on one."""
    right = decision.right
    if right is None:
        return None
    if not (right.office and right.number):
        return RegisterEntry(right.kind, right.text)
    return RegisterEntry(
        kind=right.kind,
        text=right.text,
        office=right.office,
        number=right.number,
        owner=right.owner,
        nice_classes=right.nice_classes,
        territories=right.territories,
        registered_on=right.registered_on,
        expires_on=right.expires_on,
    )
