"""Opening marketplaces, and freezing listings. Taking in whole files is ``listings_in`` and ``sellers_in``."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.db import transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.catalog import frozen, webhook_secrets
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.models import Listing, ListingSnapshot, Marketplace, SnapshotImage
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.policy.calendars import calendars
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.which_law import Size
from touchmark.engine.terms import Actor, Role

MAY_WRITE = (Role.OPERATOR, Role.SYSTEM)
#: Words that stand in addresses where a marketplace's slug stands too.
RESERVED = frozenset(
    (  # noqa: SIM905
        "again alike answers appeals buyers decisions deliveries examinations filters find gates good-faith "
        "hand-all-over hand-over home many next note notices preview proposals rights sellers skip statement statements"
    ).split()
)
#: How a marketplace is spoken to: by webhooks, or as a shop on django-oscar.
SPOKEN = ("http", "https", "oscar+http", "oscar+https")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


class UnusableMarketplace(TouchmarkError):
    """The marketplace cannot be opened as it was described."""


def require_may_import(actor: Actor) -> None:
    """
    Pass if the actor may write to the catalogue.

    :raises NotYours: if not
    """
    if not actor.has(*MAY_WRITE):
        raise NotYours("Marketplaces and what they sell are entered by whoever runs the installation.")


def require_may_take_in(actor: Actor, marketplaces: Marketplaces) -> None:
    """
    Pass if the actor may say what these marketplaces sell: whoever runs the installation, and a marketplace's program
    where it is the only one of them.

    :raises NotYours: if not
    """
    own = {marketplace.slug for marketplace in marketplaces.by_word.values()} == {actor.marketplace}
    if not (actor.has(Role.MARKETPLACE) and own):
        require_may_import(actor)


@dataclass(frozen=True, slots=True)
class Company:
    """The company behind a marketplace: its country, its size, and by which calendar and zone it counts its days."""

    established: str = ""
    size: Size = Size.LARGE
    calendar: str = "weekdays"
    zone: str = "UTC"


def _require_usable(company: Company) -> None:
    if company.established and not re.fullmatch(r"[A-Z]{2}", company.established):
        raise UnusableMarketplace("Write the country of the company as two capital letters, such as NL.")
    if company.calendar not in calendars():
        known = ", ".join(sorted(calendars()))
        raise UnusableMarketplace(f"There is no calendar '{company.calendar}'; known: {known}.")
    if company.zone not in _zones():
        raise UnusableMarketplace(f"There is no time zone '{company.zone}': write one like Europe/Amsterdam.")


@cache
def _zones() -> frozenset[str]:
    """Name every time zone; each is a file, and there are hundreds to be looked at."""
    return frozenset(available_timezones())


@transaction.atomic
def open_marketplace(
    *,
    slug: str,
    name: str,
    regime: str = "platform",
    territories: Sequence[str] = (),
    webhook_url: str = "",
    webhook_secret: str = "",
    company: Company | None = None,
    actor: Actor,
    at: datetime,
) -> Marketplace:
    """
    Begin to watch over a shop system.

    :param regime: the law whose clocks and forms its decisions follow: an id of ``engine.policy``
    :param territories: the countries it sells to, as two capital letters each
    :raises NotYours: if the actor does not run the installation
    :raises UnusableMarketplace: if the slug or name is taken or cannot be used, or nobody wrote down that regime
    """
    require_may_import(actor)
    if slug in RESERVED:
        raise UnusableMarketplace(f"'{slug}' is the name of a page here: choose another.")
    if not _SLUG.fullmatch(slug):
        raise UnusableMarketplace(f"'{slug}' cannot stand in addresses: use small letters, digits and hyphens.")
    if not name.strip():
        raise UnusableMarketplace("Give the marketplace the name by which people know it.")
    if webhook_url and urlsplit(webhook_url).scheme not in SPOKEN:
        raise UnusableMarketplace(f"'{webhook_url}' is no web address: write one like https://shop.example/hooks.")
    if not all(re.fullmatch(r"[A-Z]{2}", territory) for territory in territories):
        raise UnusableMarketplace("Write the territories as two capital letters each, such as DE, FR.")
    if regime not in regimes():
        raise UnusableMarketplace(f"There is no regime '{regime}'; known: {', '.join(sorted(regimes()))}.")
    if Marketplace.objects.filter(slug=slug).exists() or Marketplace.objects.filter(name__iexact=name.strip()).exists():
        raise UnusableMarketplace(f"A marketplace '{slug}' or '{name}' is open already.")
    company = company or Company()
    _require_usable(company)
    marketplace = Marketplace.objects.create(
        **asdict(company),
        slug=slug,
        name=name.strip(),
        regime=regime,
        territories=list(territories),
        webhook_url=webhook_url,
        webhook_secret=webhook_secrets.sealed(webhook_secret),
    )
    payload = {"regime": regime, "territories": list(territories), **asdict(company)}
    audit.append(stream=f"marketplace:{slug}", kind="open", actor=actor, at=at, payload=payload)
    return marketplace


def answered(listing: Listing) -> None:
    """Note that the marketplace was told whether a listing may be published. The caller holds its row."""
    listing.pending_since = None
    listing.save(update_fields=["pending_since"])


@transaction.atomic
def take_snapshot(listing: Listing, *, at: datetime) -> ListingSnapshot:
    """
    Freeze a listing as it is: its columns, its pictures by digest, its seller. Frozen as it is already, that one again.

    The caller holds the listing's row, so that it does not change while it is read.
    """
    pictures = list(listing.images.order_by("place"))
    content = frozen.content(listing, pictures)
    digest = frozen.digest(content)
    snapshot, made = ListingSnapshot.objects.get_or_create(
        listing=listing, digest=digest, defaults={"content": content, "taken_at": at}
    )
    if made:
        SnapshotImage.objects.bulk_create(
            SnapshotImage(snapshot=snapshot, place=picture.place, blob_id=picture.blob_id)
            for picture in pictures
            if picture.blob_id
        )
    return snapshot


def hold(key: int) -> None:
    """
    Take a listing's row until the transaction ends, as whoever decides on it does.

    The caller may do something about the listing; it is not shown to anybody by this.
    """
    list(Listing.objects.filter(pk=key).select_for_update(of=("self",)).values_list("pk"))
