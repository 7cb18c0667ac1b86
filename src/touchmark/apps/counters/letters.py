"""What either side is told of an answer to a notice: what happened, by when to do what, what happens then."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from touchmark.apps.counters.content import forwarded_of
from touchmark.apps.counters.record import stream_of, stream_of_suit
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions.record import concerns_of
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.inbox.actions import Concerns
from touchmark.apps.notices.letters import copy_to_guest, parties_of
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.reasons import grounds
from touchmark.engine.policy.rules import Party
from touchmark.engine.policy.words import gives_time_to, happens_then

if TYPE_CHECKING:
    from touchmark.apps.counters.models import CounterNotice, Suit
    from touchmark.engine.policy.rules import Element


def received(counter: "CounterNotice", lacking: Sequence["Element"], *, at: datetime) -> None:
    """
    Tell a seller that the answer is here, and whether it went on or waits for a reviewer; or what it lacks, how to give
    it, and by when.
    """
    told = [{"asks": element.asks, "give": element.give, "source": element.source} for element in lacking]
    said = {"lacking": told, "waits": counter.arrived_at is None}
    _to_seller(counter, "counter_incomplete" if lacking else "counter_received", said, at)


def asked(counter: "CounterNotice", text: str, *, at: datetime) -> None:
    """Tell a seller what a reviewer asks for."""
    _to_seller(counter, "counter_incomplete", {"lacking": [], "text": text}, at)


def forwarded(counter: "CounterNotice", *, at: datetime) -> None:
    """Give a holder the answer, and tell by when to do what."""
    ground = grounds().get(counter.ground)
    said: dict[str, Any] = {"ground": ground.says if ground else "", "explanation": counter.explanation}
    shown = {element.name: value for element, value in forwarded_of(counter)}
    said |= {"statutory": counter.statutory, "law": counter.regime}
    _to_holder(counter, "counter_forwarded", said, at, for_programs={"declared": shown})


def suit_shown(counter: "CounterNotice", suit: "Suit", *, at: datetime) -> None:
    """Tell a seller that a suit, or a complaint, keeps the listing down."""
    said: dict[str, Any] = {"suit": suit.ref, "suit_kind": suit.kind, "body": suit.body, "number": suit.number}
    said["due"] = _due(stream_of_suit(suit), Party.SELLER)
    _to_seller(counter, "counter_suit", said, at)


def ruling_shown(counter: "CounterNotice", said: str, *, at: datetime) -> None:
    """Tell a seller that the holder shows a ruling, and that a reviewer looks at it: nothing follows yet."""
    _to_seller(counter, "counter_ruling", {"ruling": said}, at)


def ask_of_suit(counter: "CounterNotice", suit: "Suit", *, at: datetime) -> None:
    """Ask a holder how a suit stands."""
    said: dict[str, Any] = {"suit": suit.ref, "suit_kind": suit.kind, "body": suit.body, "number": suit.number}
    running = deadlines.running_of_each([stream_of_suit(suit)])[stream_of_suit(suit)]
    said["by"] = next((one.due_at.isoformat() for one in running if one.due_at), "")
    _to_holder(counter, "counter_suit_asked", said, at)


def goes_on(counter: "CounterNotice", what: str, *, at: datetime, suit: "Suit | None" = None) -> None:
    """
    Tell both sides that something happened which sets a clock going, or moves one, and what falls due now.

    :param what: ``sent_on``, ``objected``, ``struck_out``, ``delayed``, ``delay_over``; of a ``suit``: ``suit_taken``,
        ``suit_asked``, ``suit_told``
    """
    said: dict[str, Any] = {"what": what, "statutory": counter.statutory}
    if suit is None:
        mine, theirs = {}, {}
    else:
        said |= {"suit": suit.ref, "suit_kind": suit.kind, "body": suit.body, "number": suit.number}
        mine, theirs = ({"due": _due(stream_of_suit(suit), reader)} for reader in (Party.SELLER, Party.HOLDER))
    _to_seller(counter, "counter_goes_on", said | mine | {"mine": True}, at)
    if what not in TOLD_OTHERWISE:
        _to_holder(counter, "counter_goes_on", said | theirs | {"mine": False}, at)


#: Of these the holder has a letter of its own: that it got the answer, and that it is asked.
TOLD_OTHERWISE = frozenset({"sent_on", "suit_asked"})


def settled(counter: "CounterNotice", *, back: bool, at: datetime) -> None:
    """Tell both sides what came of an answer; ``back``: the marketplace was told to put the listing back."""
    said = {"outcome": counter.status, "text": counter.outcome_text, "back": back}
    law = regimes()[counter.regime]
    said |= {"out_of_court": law.texts["out_of_court"], "court": law.texts["court"]}
    _to_seller(counter, "counter_settled", said | {"mine": True}, at)
    if counter.arrived_at is not None:
        _to_holder(counter, "counter_settled", said | {"mine": False}, at)


def content_of(counter: "CounterNotice") -> dict[str, Any]:
    """Give what every letter about an answer says: the answer, the notice, the listing."""
    listing = counter.item.listing
    return {
        "counter": counter.ref,
        "notice": counter.item.ref,
        "decision": counter.decision.ref,
        "listing": {
            "title": listing.title,
            "marketplace": listing.marketplace.name,
            "listing_id": listing.listing_id,
        },
    }


def _due(subject: str, reader: Party) -> list[dict[str, str]]:
    """Give what runs for an answer, or a suit: in words that say whose turn it is to whoever reads them."""
    found = []
    for one in deadlines.running_of_each([subject])[subject]:
        rule = deadlines.rule_of(one)
        by = one.due_at.isoformat() if one.due_at else ""
        act = gives_time_to(reader, rule)
        found.append({"act": act, "by": by, "then": happens_then(rule), "waits_for": rule.waits_for})
    return found


def _to_seller(counter: "CounterNotice", kind: str, said: dict[str, Any], at: datetime) -> None:
    concerns = concerns_of(counter.decision)
    content = content_of(counter) | {"due": _due(stream_of(counter), Party.SELLER)} | said
    inbox.deliver(organisation=counter.seller, kind=kind, about=counter.ref, content=content, at=at, concerns=concerns)


def _to_holder(
    counter: "CounterNotice",
    kind: str,
    said: dict[str, Any],
    at: datetime,
    *,
    for_programs: Mapping[str, Any] | None = None,
) -> None:
    item = counter.item
    concerns = Concerns(item.listing.marketplace.slug, item.right.brand_id, tuple(item.listing.sold_in))
    due = {"due": _due(stream_of(counter), Party.HOLDER)}
    content = content_of(counter) | due | said | parties_of(item.notice)
    about: dict[str, Any] = {"about": counter.ref, "content": content, "at": at, "concerns": concerns}
    letter = inbox.deliver(organisation=item.holder, kind=kind, for_programs=for_programs, **about)
    if item.agent is not None:  # who filed by a mandate goes on with it, and the holder sees it all
        inbox.deliver(organisation=item.agent, kind=kind, for_programs=for_programs, **about)
    if item.notice.filed_by is None:
        copy_to_guest(item.notice, letter, at, page=f"answers/{counter.ref}/")
