"""Noting which steps a shop has reached and left, and warning it. Choosing a ladder is ``ladders``."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from touchmark.apps.audit import actions as audit
from touchmark.apps.catalog.models import Seller
from touchmark.apps.decisions import record as told
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.statement import read_by
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.penalties import queries
from touchmark.apps.penalties.models import Consequence
from touchmark.apps.penalties.queries import Stand
from touchmark.engine.penalties.consequences import Amount, Step
from touchmark.engine.terms import Actor

WARNING = "warning"


def note(stand: Stand, *, at: datetime) -> tuple[list[Consequence], list[Consequence]]:
    """
    Note which steps a shop is on now, and give those that it has reached and is to be told of, and those it has left.

    The caller holds the seller's row. Of several steps of a track reached at once, the highest alone is given; of those
    that another ladder puts it on, none: nothing follows because a ladder was changed.
    """
    before = list(queries.open_steps(stand.seller))
    kept = {(one.track, one.step): one for one in before if one.ladder == stand.ladder.id}
    reached, now = [], set()
    for track, amount in stand.amounts.items():
        now |= {(track, step.amount) for step in amount.reached}
        new = [_noted(stand, amount, step, at=at) for step in amount.reached if (track, step.amount) not in kept]
        reached += new[-1:]
        Consequence.objects.filter(seller=stand.seller, track=track, left_at=None).update(less_at=amount.less_at)
    left = [one for one in before if one.ladder != stand.ladder.id or (one.track, one.step) not in now]
    for one in left:
        _append(one, "leave", at=at)
    Consequence.objects.filter(pk__in=[one.pk for one in left]).update(left_at=at, waits=False)
    changed = any(one.ladder != stand.ladder.id for one in before)
    return [] if changed else reached, left


def _noted(stand: Stand, amount: Amount, step: Step, *, at: datetime) -> Consequence:
    made = Consequence.objects.create(
        seller=stand.seller,
        ladder=stand.ladder.id,
        track=amount.track,
        step=step.amount,
        kind=step.consequence,
        days=step.days,
        refs=[breach.ref for breach, _ in amount.behind],
        reached_at=at,
        less_at=amount.less_at,
    )
    _append(made, "reach", at=at)
    return made


def _append(consequence: Consequence, kind: str, *, at: datetime) -> None:
    said = {
        "track": consequence.track,
        "step": consequence.step,
        "ladder": consequence.ladder,
        "refs": consequence.refs,
    }
    audit.append(stream=f"standing:{consequence.seller_id}", kind=kind, actor=Actor.clock(), at=at, payload=said)


def proposed(consequence: Consequence, decision: Decision | None) -> None:
    """Note what was proposed for a step; None: it waits until it can be."""
    consequence.decision, consequence.waits = decision, decision is None
    consequence.save(update_fields=["decision", "waits"])


@transaction.atomic
def warn(consequence: Consequence, stand: Stand, *, at: datetime) -> None:
    """Write to the seller what counts against it, and what follows if more does; or have its marketplace tell it."""
    shop, amount = stand.seller, stand.amounts[consequence.track]
    further = next((step for step in _steps(stand, consequence.track) if step.amount > amount.amount), None)
    content = {
        "shop": str(shop),
        "marketplace": shop.marketplace.name,
        "track": consequence.track,
        "amount": amount.amount,
        "refs": list(consequence.refs),
        "next": {"from": further.amount, "kind": further.consequence, "days": further.days} if further else None,
    }
    if shop.organisation is not None:
        concerns = inbox.Concerns(marketplace=shop.marketplace.slug)
        about = f"standing:{shop.pk}"
        inbox.deliver(
            organisation=shop.organisation,
            kind="standing_warning",
            about=about,
            content=content,
            at=at,
            concerns=concerns,
        )
    with translation.override(read_by(shop)):
        words = _("Several of your listings were restricted. If more are, offering new ones can be stopped for a time.")
    told.tell_warned(shop, words, at=at)


def _steps(stand: Stand, track: str) -> Sequence[Step]:
    return next(one.steps for one in stand.ladder.tracks if one.id == track)


def locked(key: int) -> Seller:
    """Take the row of a shop until the transaction ends."""
    shops = Seller.objects.select_for_update(of=("self",)).select_related("marketplace", "organisation")
    return shops.get(pk=key)
