"""How to reach those whom decisions concern: a marketplace's webhook, and the people who run a shop."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.audit import actions as audit
from touchmark.apps.catalog.actions import require_may_import
from touchmark.apps.catalog.models import Marketplace, Seller
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor


class NoSuchShop(TouchmarkError):
    """The marketplace has no seller of this id."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a marketplace hears orders, and the secret they are signed with (never shown, never logged)."""

    url: str
    secret: str = field(repr=False)


def webhook_of(slug: str) -> Webhook:
    """Give the webhook of a marketplace; its address is empty while none is agreed."""
    marketplace = Marketplace.objects.get(slug=slug)
    return Webhook(marketplace.webhook_url, marketplace.webhook_secret)


@transaction.atomic
def agree_webhook(*, marketplace: str, url: str, secret: str, actor: Actor, at: datetime) -> None:
    """
    Say where a marketplace hears orders from now on, and the secret agreed with it; orders that wait go there too.

    :raises NotYours: if the actor does not run the installation
    """
    require_may_import(actor)
    Marketplace.objects.filter(slug=marketplace).update(webhook_url=url, webhook_secret=secret)
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
