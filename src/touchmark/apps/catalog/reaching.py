"""How to reach those whom decisions concern: a marketplace's webhook, and the people who run a shop."""

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.audit import actions as audit
from touchmark.apps.catalog import webhook_secrets
from touchmark.apps.catalog.actions import require_may_import
from touchmark.apps.catalog.marketplaces import NoSuchMarketplace
from touchmark.apps.catalog.models import Marketplace, Seller
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role
from touchmark.integrations.oscar.shop import SCHEME


class NoSuchShop(TouchmarkError):
    """The marketplace has no seller of this id."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a marketplace hears orders, and the secret they are signed with (never shown, never logged)."""

    url: str
    kept: str = field(repr=False)  # as it lies in the database

    @property
    def secret(self) -> str:
        """
        What the orders are signed with.

        :raises SealedElsewhere: if it was sealed under another key than those of this installation
        """
        return webhook_secrets.opened(self.kept)

    @property
    def secrets(self) -> int:
        """How many secrets sign: two while one is being changed."""
        return len(self.kept.split())


def webhook_of(slug: str) -> Webhook:
    """
    Give the webhook of a marketplace; its address is empty while none is agreed.

    :raises NoSuchMarketplace: if it is not open
    """
    marketplace = Marketplace.objects.filter(slug=slug).first()
    if marketplace is None:
        raise NoSuchMarketplace(f"No marketplace '{slug}' is open here.")
    return Webhook(marketplace.webhook_url, marketplace.webhook_secret)


class NothingAgreed(TouchmarkError):
    """There is no webhook, or no second secret, that could be changed."""


@transaction.atomic
def move_webhook(*, marketplace: str, url: str, actor: Actor, at: datetime) -> None:
    """
    Say where a marketplace hears orders from now on; the secret stays. The caller has looked at the address.

    :raises NotYours: if the actor neither runs the installation nor is the marketplace's program
    """
    held = _held(marketplace, actor)
    held.webhook_url = url
    held.save(update_fields=["webhook_url"])
    audit.append(stream=f"marketplace:{marketplace}", kind="agree_webhook", actor=actor, at=at, payload={"url": url})


@transaction.atomic
def rotate_secret(*, marketplace: str, actor: Actor, at: datetime) -> str:
    """
    Make a new secret and give it, this once. Until ``retire_secret``, orders are signed with the one before as well.

    :raises NotYours: if the actor neither runs the installation nor is the marketplace's program
    """
    held = _held(marketplace, actor)
    made = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
    held.webhook_secret = " ".join([webhook_secrets.sealed(made), *held.webhook_secret.split()[:1]])
    held.save(update_fields=["webhook_secret"])
    audit.append(stream=f"marketplace:{marketplace}", kind="rotate_secret", actor=actor, at=at, payload={})
    return made


@transaction.atomic
def retire_secret(*, marketplace: str, actor: Actor, at: datetime) -> None:
    """
    Sign with the newest secret alone from now on.

    :raises NotYours: if the actor neither runs the installation nor is the marketplace's program
    :raises NothingAgreed: if there is no older one
    """
    held = _held(marketplace, actor)
    if len(held.webhook_secret.split()) < 2:
        raise NothingAgreed("There is one secret: make a new one first.")
    held.webhook_secret = held.webhook_secret.split()[0]
    held.save(update_fields=["webhook_secret"])
    audit.append(stream=f"marketplace:{marketplace}", kind="retire_secret", actor=actor, at=at, payload={})


def _held(slug: str, actor: Actor) -> Marketplace:
    if not (actor.has(Role.MARKETPLACE) and slug == actor.marketplace):
        require_may_import(actor)
    held = Marketplace.objects.select_for_update().get(slug=slug)
    if held.webhook_url.startswith(SCHEME):
        raise NothingAgreed("This shop is spoken to as django-oscar: it has no webhook that could be changed.")
    return held


@transaction.atomic
def agree_webhook(*, marketplace: str, url: str, secret: str, actor: Actor, at: datetime) -> None:
    """
    Say where a marketplace hears orders from now on, and the secret agreed with it; orders that wait go there too.

    :raises NotYours: if the actor does not run the installation
    """
    require_may_import(actor)
    Marketplace.objects.filter(slug=marketplace).update(webhook_url=url, webhook_secret=webhook_secrets.sealed(secret))
    audit.append(stream=f"marketplace:{marketplace}", kind="agree_webhook", actor=actor, at=at, payload={"url": url})


@transaction.atomic
def entrust(*, marketplace: str, seller_id: str, organisation: Organisation, actor: Actor, at: datetime) -> Seller:
    """
    Say that the people of this organisation run this shop: from now on its letters go to them.

    :raises NotYours: if the actor does not run the installation
    :raises NoSuchShop: if there is no such seller
    """
    require_may_import(actor)
    shop = Seller.objects.select_for_update().filter(marketplace__slug=marketplace, seller_id=seller_id).first()
    if shop is None:
        raise NoSuchShop(f"{marketplace} has no seller '{seller_id}'. Import its sellers first.")
    shop.organisation = organisation
    shop.save(update_fields=["organisation"])
    payload = {"seller": shop.pk, "organisation": organisation.pk}
    audit.append(stream=f"marketplace:{marketplace}", kind="entrust_shop", actor=actor, at=at, payload=payload)
    return shop
