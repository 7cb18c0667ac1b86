"""What a notifier is told of a notice, by letter: that it is here, what it lacks, what came of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.inbox import wording
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import law
from touchmark.apps.notices.addresses import address_of
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.notices.record import stream_of, stream_of_notice, timed_by
from touchmark.apps.notices.standing import TRUSTED
from touchmark.apps.outbox import actions as outbox
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.policy.bodies import named_bodies
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import Element


def acknowledge(notice: Notice, items: Sequence[NoticeItem], *, at: datetime) -> None:
    """Tell that a notice is here, of how many listings, and by when it is acted on (DSA, art. 16(4))."""
    running = deadlines.running_of_each(timed_by(item) for item in items)
    last = [found[-1].due_at for found in running.values() if found and found[-1].due_at]
    content = content_of(items[0]) | {"notice": notice.ref, "listings": len(items)}
    content["by"] = max(last).isoformat() if last else ""
    content["trusted"] = notice.lane == TRUSTED
    content["joined"] = [[item.listing.listing_id, item.joined_to.ref] for item in items if item.joined_to]
    _deliver(notice, "notice_received", notice.ref, content, items, at)


def ask_to_complete(notice: Notice, items: Sequence[NoticeItem], lacking: Sequence[Element], *, at: datetime) -> None:
    """Tell what a notice lacks, how to give each, and by when; the texts are translated where they are read."""
    running = deadlines.running_of_each([stream_of_notice(notice)])[stream_of_notice(notice)]
    content = {
        "notice": notice.ref,
        "right": notice.right.text or notice.right.right_id,
        "lacking": [{"asks": element.asks, "give": element.give, "source": element.source} for element in lacking],
        "by": running[0].due_at.isoformat() if running and running[0].due_at else "",
    }
    _deliver(notice, "notice_incomplete", notice.ref, content, items, at)


def tell_lapsed(notice: Notice, items: Sequence[NoticeItem], *, at: datetime) -> None:
    """Tell that a notice was not completed in time."""
    content = {"notice": notice.ref, "right": notice.right.text or notice.right.right_id}
    _deliver(notice, "notice_lapsed", notice.ref, content, items, at)


def tell_gone(item: NoticeItem, *, at: datetime) -> None:
    """Tell that a listing which was reported is gone, that a copy is kept, and what happens if it comes back."""
    running = deadlines.running_of_each([stream_of(item)])[stream_of(item)]
    content = content_of(item) | {"because": item.listing.gone_because}
    content["by"] = running[0].due_at.isoformat() if running and running[0].due_at else ""
    _deliver(item.notice, "notice_gone", item.ref, content, [item], at)


def tell_goes_on(item: NoticeItem, because: str, *, at: datetime) -> None:
    """
    Tell that the time to act on an item begins now, and by when it is acted on.

    :param because: ``back``, the listing is there again; ``alone``, the notice to which it was joined is judged no more
    """
    running = deadlines.running_of_each([stream_of(item)])[stream_of(item)]
    content = content_of(item) | {"because": because}
    content["by"] = running[0].due_at.isoformat() if running and running[0].due_at else ""
    _deliver(item.notice, "notice_goes_on", item.ref, content, [item], at)


def tell_stopped(notice: Notice, items: Sequence[NoticeItem], *, at: datetime) -> None:
    """Tell that what waited of a notice was stopped, because its right does not count any more."""
    content = {"notice": notice.ref, "right": notice.right.text or notice.right.right_id, "listings": len(items)}
    _deliver(notice, "notice_stopped", notice.ref, content, items, at)


def tell_outcome(item: NoticeItem, *, at: datetime) -> None:
    """Tell what came of an item, why, and where else to turn."""
    content = content_of(item) | {"outcome": item.status, "reasons": item.outcome_text} | redress(item)
    until = law.appealable_until(item) if item.status == ItemStatus.REFUSED else None
    content |= {"appeal_by": until.isoformat() if until else "", "held_until": _held_until(item)}
    _deliver(item.notice, "notice_outcome", item.ref, content, [item], at)


def _held_until(item: NoticeItem) -> str:
    """Give until when an upheld item has its listing restricted, where the law wants a court's order by then."""
    if item.status != ItemStatus.UPHELD or not law.wants_a_courts_order(item):
        return ""
    decision = item.decisions.exclude(ends_at=None).order_by("-decided_at", "-id").first()
    return decision.ends_at.isoformat() if decision is not None and decision.ends_at else ""


def _deliver(
    notice: Notice, kind: str, about: str, content: dict[str, Any], items: Sequence[NoticeItem], at: datetime
) -> None:
    """
    Put the letter into the holder's inbox, and into that of whoever filed for it by a mandate.

    One about several things goes to those alone who may read about each.
    """
    concerns = {_concerns(item) for item in items}
    one = concerns.pop() if len(concerns) == 1 else None
    said: dict[str, Any] = {"kind": kind, "about": about, "content": content | parties_of(notice), "at": at}
    letter = inbox.deliver(organisation=notice.holder, concerns=one, **said)
    if notice.agent is not None:
        inbox.deliver(organisation=notice.agent, concerns=one, **said)
    if notice.filed_by is None:
        copy_to_guest(notice, letter, at)


def parties_of(notice: Notice) -> dict[str, str]:
    """Give what a letter says of who files for whom; nothing where the holder files itself."""
    if notice.agent is None or notice.mandate is None:
        return {}
    return {"agent": notice.agent.name, "principal": notice.holder.name, "mandate": notice.mandate.ref}


def copy_to_guest(notice: Notice, letter: Letter, at: datetime, *, page: str = "") -> None:
    """Send a guest, who has no inbox, what would lie there, with the way to the notice's own page, or to one below."""
    with translation.override(notice.guest.language), timezone.override(UTC):  # where a guest is, nobody knows
        subject, body = wording.written(letter, link=address_of(notice) + page)
    payload = {"to": notice.guest.email, "subject": subject, "body": body}
    outbox.put(kind="email", to=notice.guest.email, payload=payload, at=at)


def _concerns(item: NoticeItem) -> inbox.Concerns:
    listing = item.listing
    return inbox.Concerns(listing.marketplace.slug, item.right.brand_id, tuple(listing.sold_in))


def redress(item: NoticeItem) -> dict[str, Any]:
    """Give what a holder is told beside an outcome: who decided, and where else to turn (DSA, art. 16(5) and (6))."""
    regime = regimes()[item.regime]
    texts = {**(regime.base.texts if regime.base else {}), **regime.texts}
    language = accounts.language_of(item.holder_id)
    with translation.override(language):
        decided_by = _("A person decided; no decision was made by a machine.")
    told = {"automated_decision": decided_by, "out_of_court": texts["out_of_court"], "court": texts["court"]}
    return told | named_bodies(regime.id, language, on=(item.settled_at or item.filed_at).date())


def content_of(item: NoticeItem) -> dict[str, Any]:
    """Give what every letter about an item says: the notice, the right, the listing."""
    listing = item.listing
    return {
        "notice": item.ref,
        "right": item.right.text or item.right.right_id,
        "listing": {
            "title": listing.title,
            "marketplace": listing.marketplace.name,
            "listing_id": listing.listing_id,
        },
    }
