"""How each kind of message in the outbox is carried out, and which flow hears what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

import httpx
from django.conf import settings

from touchmark.apps.accounts import retention
from touchmark.apps.catalog import reaching
from touchmark.apps.clients import answers, uploads
from touchmark.apps.desk import recycled, redraws
from touchmark.apps.flaggers import actions as flaggers
from touchmark.apps.hooks import queries as receivers
from touchmark.apps.mandates import actions as mandates
from touchmark.apps.outbox.handlers import Handler, Handlers
from touchmark.apps.reports import publications
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import tips, waiting
from touchmark.flows import (
    act_by_rule,
    brand_gate,
    consequences,
    correct_listing,
    end_restrictions,
    hear_marketplace,
    hold_publication,
    inform_buyers,
    lapse,
    listing_gone,
    look_first,
    product_safety,
    replay_rule,
    stay_down,
    stop_rights,
    tell_desk,
    tell_organisations,
    tell_oscar,
    tell_seller,
    tell_transparency,
    trader_clocks,
)
from touchmark.integrations.answers import Answer, Later, Never
from touchmark.integrations.email.send import send
from touchmark.integrations.oscar.shop import SCHEME, Shop
from touchmark.integrations.webhooks.deliver import deliver
from touchmark.integrations.webhooks.guard import guarded_client
from touchmark.integrations.webhooks.sign import body_of
from touchmark.ops import pulling

if TYPE_CHECKING:
    from touchmark.apps.outbox.models import Message


def handlers() -> Handlers:
    """Give the table that a worker works by."""
    return {
        "webhook": Handler(carry=_call_marketplace, answered=_hear),
        "organisation": Handler(carry=_call_organisation, given_up=tell_organisations.given_up),
        "transparency": Handler(carry=_tell_transparency, one_channel=True),
        "email": Handler(carry=_send_letter, one_channel=True, forgotten=True),
    }


def due_clocks() -> tuple[Callable[[datetime], int], ...]:
    """Give what is looked at for what has fallen due."""
    return (
        lapse.lapse_due,
        end_restrictions.end_due,
        tell_seller.tell_due,
        lambda at: stop_rights.keep_up(at=at),
        lambda at: inform_buyers.keep_up(at=at),
        lambda at: product_safety.keep_up(at=at),
        lambda at: correct_listing.keep_up(at=at),
        lambda at: trader_clocks.keep_up(at=at),
        flaggers.expire_due,
        mandates.expire_due,
        lambda at: brand_gate.keep_up(at=at),
        lambda at: publications.keep_up(at=at),
        lambda at: tell_transparency.gather(at, url=settings.TOUCHMARK_TRANSPARENCY_URL),
        lambda at: stay_down.keep_up(at=at),
        lambda at: stay_down.look_back(at=at),
        lambda at: listing_gone.keep_up(at=at),
        lambda at: consequences.keep_up(at=at),
        lambda at: consequences.release_banned(at=at),
        lambda at: tell_organisations.warn_of_ends(at=at),
        lambda at: tell_desk.keep_up(at=at),
        lambda at: answers.forget(at=at),
        lambda at: uploads.forget(at=at),
        waiting.renew_reach,
        redraws.draw,
        retention.keep_to_it,
        tips.forget,
        pulling.pull_due,
    )


def keep_up(at: datetime) -> int:
    """
    Screen what was reported, compare pages of evidence, then screen one batch of what is new, has changed, or has to be
    looked at again by a register that has changed.
    """
    return look_first.keep_up(at=at) + recycled.keep_up(at=at) + screening.keep_up(at=at)


def by_rules(at: datetime) -> int:
    """Let live rules decide on a batch of what waits for them, and go on with a replay that somebody asked for."""
    held = hold_publication.answer_pending(at=at)
    return held + act_by_rule.act(at=at) + replay_rule.keep_up(at=at)


@cache
def _client() -> httpx.Client:
    return guarded_client(allow_loopback=settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK)


def _call_marketplace(message: Message, at: datetime) -> Answer:
    """
    Post the order to the marketplace, signed.

    :raises Later: also while the marketplace has no address: the order waits, and is shown as not carried out
    """
    address = reaching.webhook_of(message.to)
    if not address.url:
        raise Later(f"The marketplace {message.to} has no webhook address yet.")
    if address.url.startswith(SCHEME):
        return tell_oscar.tell(message, Shop(address.url, address.secret, _client()), at)
    body = body_of(message.payload, sequence=message.sequence)
    return deliver(url=address.url, secret=address.secret, id=f"msg_{message.id}", body=body, at=at, client=_client())


def _call_organisation(message: Message, at: datetime) -> Answer:
    """
    Post an event to an organisation's program, signed.

    :raises Never: if nothing is agreed with it any more, or it was stopped
    """
    address = receivers.address_of(int(message.to))
    if address is None or address.stopped:
        raise Never("The webhook was stopped." if address else "No webhook is agreed any more.")
    body = body_of(message.payload, sequence=message.sequence)
    return deliver(url=address.url, secret=address.secret, id=f"msg_{message.id}", body=body, at=at, client=_client())


def _tell_transparency(message: Message, at: datetime) -> Answer:
    url, token = settings.TOUCHMARK_TRANSPARENCY_URL, settings.TOUCHMARK_TRANSPARENCY_TOKEN
    return tell_transparency.tell(message, url=url, token=token, client=_client(), at=at)


def _hear(message: Message, _answer: Answer, at: datetime) -> None:
    hear_marketplace.hear(message.payload, at=at)


def _send_letter(message: Message, at: datetime) -> Answer:
    letter = message.payload
    return send(
        to=letter["to"],
        subject=letter["subject"],
        body=letter["body"],
        id=str(message.id),
        at=at,
        sender=settings.DEFAULT_FROM_EMAIL,
    )
